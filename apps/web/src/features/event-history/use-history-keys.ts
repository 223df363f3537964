'use client';
import type { Shortcut } from '../../ui/shortcuts.ts';
import { useShortcuts } from '../../ui/shortcuts.ts';

export interface HistoryKeys {
  readonly move: (by: number) => void;
  readonly jump: (by: 1 | -1) => void;
  readonly jumpPending: () => void;
  readonly openAll: (opens: boolean) => void;
  readonly clear: () => void;
  readonly mode: (mode: 'groups' | 'events' | 'json') => void;
  readonly bodies: () => void;
}

export function useHistoryKeys(keys: HistoryKeys): void {
  const key = ([bound, shown]: readonly [string, string], label: string, run: () => void): Shortcut => ({
    keys: bound,
    shown,
    label,
    scope: 'History',
    run,
  });
  const step = (bound: readonly [string, string], label: string, by: number): Shortcut => ({
    ...key(bound, label, () => keys.move(by)),
    repeats: true,
  });
  useShortcuts([
    step(['j', 'j'], 'Next event', 1),
    step(['k', 'k'], 'Previous event', -1),
    step(['ArrowDown', '↓'], 'Next event', 1),
    step(['ArrowUp', '↑'], 'Previous event', -1),
    key(['e', 'e'], 'Next failure', () => keys.jump(1)),
    key(['Shift+E', '⇧ E'], 'Previous failure', () => keys.jump(-1)),
    key(['m', 'm'], 'Next of what is pending', () => keys.jumpPending()),
    key(['Alt+ArrowRight', '⌥ →'], 'Open all', () => keys.openAll(true)),
    key(['Alt+ArrowLeft', '⌥ ←'], 'Close all', () => keys.openAll(false)),
    key(['v g', 'v g'], 'As groups', () => keys.mode('groups')),
    key(['v e', 'v e'], 'As events', () => keys.mode('events')),
    key(['v j', 'v j'], 'As JSON', () => keys.mode('json')),
    key(['/', '/'], 'Find in the history', () => document.querySelector<HTMLInputElement>('#find-in-history')?.focus()),
    key(['b', 'b'], 'Find in bodies too', () => keys.bodies()),
    key(['Escape', 'Esc'], 'Close the event', () => keys.clear()),
  ]);
}
