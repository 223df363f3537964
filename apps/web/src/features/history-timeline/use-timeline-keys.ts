'use client';
import type { Shortcut } from '../../ui/shortcuts.ts';
import { useShortcuts } from '../../ui/shortcuts.ts';
import type { ZoomControl } from './zoom-control.ts';

export interface TimelineKeys {
  readonly move: (by: number) => void;
  readonly toggle: () => void;
  /** Closes the row, or goes to the one that it was opened out of. */
  readonly leave: () => void;
  readonly clear: () => void;
  /** Undefined while nothing is looked for. */
  readonly nextMatch: ((by: 1 | -1) => void) | undefined;
  readonly nextFailure: (by: 1 | -1) => void;
  readonly nextPending: () => void;
  readonly extend: (by: 1 | -1) => void;
  readonly inspector: () => void;
  readonly tasks: () => void;
  readonly tries: () => void;
  readonly path: () => void;
  /** Undefined where nothing goes on. */
  readonly live: (() => void) | undefined;
  readonly control: ZoomControl;
  readonly table: () => void;
  readonly isTable: boolean;
}

/** What is done to bars, by keys that do nothing where there are none. */
const OF_BARS: ReadonlySet<string> = new Set(['w', 't', '+', '=', 'Shift++', '-', '0', 'Shift+ArrowLeft', 'Shift+ArrowRight', 'i']);

export function useTimelineKeys(keys: TimelineKeys): void {
  const key = ([bound, shown]: readonly [string, string], label: string, run: () => void): Shortcut => ({
    keys: bound,
    shown,
    label,
    scope: 'Timeline',
    run,
  });
  const step = (bound: readonly [string, string], label: string, run: () => void): Shortcut => ({
    ...key(bound, label, run),
    repeats: true,
  });
  const all = [
    step(['j', 'j'], 'Next row', () => keys.move(1)),
    step(['k', 'k'], 'Previous row', () => keys.move(-1)),
    step(['ArrowDown', '↓'], 'Next row', () => keys.move(1)),
    step(['ArrowUp', '↑'], 'Previous row', () => keys.move(-1)),
    key(['ArrowRight', '→'], 'Open or close a woven row or a child workflow', () => keys.toggle()),
    key(['ArrowLeft', '←'], 'Close a row, or go to the one around it', () => keys.leave()),
    key(['e', 'e'], 'Next failure', () => keys.nextFailure(1)),
    key(['Shift+E', '⇧ E'], 'Previous failure', () => keys.nextFailure(-1)),
    key(['m', 'm'], 'Next of what is pending', () => keys.nextPending()),
    ...(keys.nextMatch === undefined
      ? []
      : [
          step(['n', 'n'], 'Next match', () => keys.nextMatch?.(1)),
          step(['Shift+N', '⇧ N'], 'Previous match', () => keys.nextMatch?.(-1)),
        ]),
    step(['Shift+ArrowDown', '⇧ ↓'], 'Choose the next row too', () => keys.extend(1)),
    step(['Shift+ArrowUp', '⇧ ↑'], 'Choose the previous row too', () => keys.extend(-1)),
    key([']', ']'], 'Open or close the inspector', () => keys.inspector()),
    key(['w', 'w'], 'Show or hide the workflow tasks', () => keys.tasks()),
    key(['t', 't'], 'Show or hide attempts in their bars', () => keys.tries()),
    key(['p', 'p'], 'Critical path', () => keys.path()),
    key(['v', 'v'], 'Table or bars', () => keys.table()),
    step(['+', '+'], 'Zoom in', () => keys.control.by(1.6)),
    step(['=', '='], 'Zoom in', () => keys.control.by(1.6)),
    step(['Shift++', '⇧ +'], 'Zoom in', () => keys.control.by(1.6)),
    step(['-', '−'], 'Zoom out', () => keys.control.by(1 / 1.6)),
    key(['0', '0'], 'Whole run', () => keys.control.by(0)),
    ...(keys.live === undefined ? [] : [key(['.', '.'], 'Back to live', keys.live)]),
    step(['Shift+ArrowLeft', '⇧ ←'], 'Earlier', () => keys.control.pan(-0.25)),
    step(['Shift+ArrowRight', '⇧ →'], 'Later', () => keys.control.pan(0.25)),
    key(['i', 'i'], 'Fold idle time', () => document.querySelector<HTMLButtonElement>('#fold-idle')?.click()),
    key(['/', '/'], 'Find in the run', () => document.querySelector<HTMLInputElement>('#find-in-run')?.focus()),
    key(['Escape', 'Esc'], 'Close the inspector', () => keys.clear()),
  ];
  useShortcuts(keys.isTable ? all.filter((one) => !OF_BARS.has(one.keys)) : all);
}
