'use client';
import type { Shortcut } from '../../ui/shortcuts.ts';
import { useShortcuts } from '../../ui/shortcuts.ts';

export interface StateKeys {
  readonly step: (by: 1 | -1) => void;
  readonly stepTask: (by: 1 | -1) => void;
  readonly pin: () => void;
  readonly first: () => void;
  readonly last: () => void;
}

export function useStateKeys({ step, stepTask, pin, first, last }: StateKeys): void {
  const key = (keys: string, shown: string, [label, run]: readonly [string, () => void]): Shortcut => ({
    keys,
    shown,
    label,
    scope: 'State',
    run,
  });
  const held = (keys: string, shown: string, deed: readonly [string, () => void]): Shortcut => ({
    ...key(keys, shown, deed),
    repeats: true,
  });
  useShortcuts([
    held('ArrowRight', '→', ['Next event', () => step(1)]),
    held('ArrowLeft', '←', ['Previous event', () => step(-1)]),
    held('Alt+ArrowRight', '⌥ →', ['Next workflow task', () => stepTask(1)]),
    held('Alt+ArrowLeft', '⌥ ←', ['Previous workflow task', () => stepTask(-1)]),
    key('Home', 'Home', ['First event', first]),
    key('End', 'End', ['Last event', last]),
    key('c', 'c', ['Pin or free the position to compare with', pin]),
  ]);
}
