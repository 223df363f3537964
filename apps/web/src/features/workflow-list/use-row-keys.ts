'use client';
import type { ExecutionRow } from '../../data/queries.ts';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { paths } from '../../data/paths.ts';
import type { RunSelection } from '../../domain/run-selection.ts';
import { chooseRange, everything, isNothing, isWholePage, noSelection, togglePage, toggleRun } from '../../domain/run-selection.ts';
import type { Shortcut } from '../../ui/shortcuts.ts';
import { useShortcuts } from '../../ui/shortcuts.ts';

interface RowKeys {
  readonly namespace: string;
  readonly rows: readonly ExecutionRow[];
  readonly selection: RunSelection;
  readonly canTakeAll: boolean;
  readonly onSelect: (selection: RunSelection) => void;
  readonly scrollTo: (index: number) => void;
}

/** Moving over the rows, opening and choosing them without a mouse. */
export function useRowKeys({ namespace, rows, selection, canTakeAll, onSelect, scrollTo }: RowKeys) {
  const router = useRouter();
  const [hereId, setHereId] = useState<string>();
  const [isPeeking, setPeeking] = useState(false);
  const here = rows.findIndex((row) => row.runId === hereId);
  const move = (by: number) => {
    const next = Math.min(Math.max(here + by, 0), rows.length - 1);
    setHereId(rows[next]?.runId);
    if (next >= 0) scrollTo(next);
  };
  const open = () => {
    const row = rows[here];
    if (row) router.push(paths.run({ namespace, ...row }));
  };
  const choose = (how: typeof toggleRun) => {
    const row = rows[here];
    if (row) onSelect(how(selection, rows, row));
  };
  const key = ([keys, shown]: readonly [string, string], label: string, run: () => void): Shortcut => ({
    keys,
    shown,
    label,
    scope: 'List',
    run,
  });
  useShortcuts([
    key(['j', 'j'], 'Next row', () => move(1)),
    key(['k', 'k'], 'Previous row', () => move(-1)),
    key(['ArrowDown', '↓'], 'Next row', () => move(1)),
    key(['ArrowUp', '↑'], 'Previous row', () => move(-1)),
    key(['o', 'o'], 'Open the row', open),
    key(['x', 'x'], 'Choose the row', () => choose(toggleRun)),
    key(['Shift+X', '⇧X'], 'Choose up to the row', () => choose(chooseRange)),
    key(['$mod+a', 'Ctrl A'], 'Choose all loaded, then all that match', () =>
      onSelect(isWholePage(selection, rows) && canTakeAll ? everything : togglePage(noSelection, rows)),
    ),
    key(['Space', 'Space'], 'Peek at the row', () => {
      const focused = document.activeElement;
      if (focused instanceof HTMLElement && focused.matches('a, button, input')) focused.click();
      else if (here >= 0) setPeeking(!isPeeking);
    }),
    ...(isPeeking
      ? [key(['Escape', 'Esc'], 'Close the inspector', () => setPeeking(false))]
      : isNothing(selection)
        ? []
        : [key(['Escape', 'Esc'], 'Choose nothing', () => onSelect(noSelection))]),
    key(['Enter', 'Enter'], 'Open the row', () => {
      const focused = document.activeElement;
      if (focused instanceof HTMLElement && focused.matches('a, button')) focused.click();
      else open();
    }),
  ]);
  return {
    here,
    isPeeking: isPeeking && here >= 0,
    closePeek: () => setPeeking(false),
    setHere: ({ runId }: { readonly runId: string }) => setHereId(runId),
  };
}
