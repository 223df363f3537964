'use client';
import type { Shortcut } from '../../ui/shortcuts.ts';
import { useShortcuts } from '../../ui/shortcuts.ts';

export interface HistoryKeys {
  readonly move: (by: number) => void;
  readonly jump: (by: 1 | -1) => void;
  readonly toggleAll: () => void;
  readonly clear: () => void;
  readonly mode: (mode: 'groups' | 'events' | 'json') => void;
}

export function useHistoryKeys(keys: HistoryKeys): void {
  const key = ([bound, shown]: readonly [string, string], label: string, run: () => void): Shortcut => ({
    keys: bound,
    shown,
    label,
    scope: 'History',
    run,
  });
  useShortcuts([
    key(['j', 'j'], 'Next event', () => keys.move(1)),
    key(['k', 'k'], 'Previous event', () => keys.move(-1)),
    key(['ArrowDown', '↓'], 'Next event', () => keys.move(1)),
    key(['ArrowUp', '↑'], 'Previous event', () => keys.move(-1)),
    key(['e', 'e'], 'Next failure', () => keys.jump(1)),
    key(['Shift+E', '⇧ E'], 'Previous failure', () => keys.jump(-1)),
    key(['Alt+ArrowRight', '⌥ →'], 'Open or close all', () => keys.toggleAll()),
    key(['v g', 'v g'], 'As groups', () => keys.mode('groups')),
    key(['v e', 'v e'], 'As events', () => keys.mode('events')),
    key(['v j', 'v j'], 'As JSON', () => keys.mode('json')),
    key(['/', '/'], 'Find in the history', () => document.querySelector<HTMLInputElement>('#find-in-history')?.focus()),
    key(['Escape', 'Esc'], 'Close the event', () => keys.clear()),
  ]);
}
