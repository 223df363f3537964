'use client';
import type { ExecutionRow } from '../../data/queries.ts';
import { useState } from 'react';
import type { RunSelection } from '../../domain/run-selection.ts';
import { chooseRange, everything, isNothing, isWholePage, noSelection, togglePage, toggleRun } from '../../domain/run-selection.ts';
import type { Shortcut } from '../../ui/shortcuts.ts';
import { useShortcuts } from '../../ui/shortcuts.ts';
import type { OpenRow } from './use-open-row.ts';

interface RowKeys {
  readonly rows: readonly ExecutionRow[];
  readonly selection: RunSelection;
  readonly canTakeAll: boolean;
  readonly onSelect: (selection: RunSelection) => void;
  readonly open: OpenRow['open'];
  readonly scrollTo: (index: number) => void;
}

/** A click on one sorts, so does Enter; Tab goes on to the next. */
const toHeads = (): void =>
  (document.querySelector<HTMLElement>('th[aria-sort] .sortb') ?? document.querySelector<HTMLElement>('.tblwrap .sortb'))?.focus();

/** Moving over the rows, opening and choosing them without a mouse. */
export function useRowKeys({ rows, selection, canTakeAll, onSelect, open, scrollTo }: RowKeys) {
  const [hereId, setHereId] = useState<string>();
  const [isPeeking, setPeeking] = useState(false);
  const here = rows.findIndex((row) => row.runId === hereId);
  const move = (by: number) => {
    const next = Math.min(Math.max(here + by, 0), rows.length - 1);
    setHereId(rows[next]?.runId);
    if (next >= 0) scrollTo(next);
  };
  const openHere = (isBeside = false) => {
    const row = rows[here];
    if (row !== undefined) open(row, isBeside);
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
  const step = (keys: readonly [string, string], label: string, by: number): Shortcut => ({
    ...key(keys, label, () => move(by)),
    repeats: true,
  });
  useShortcuts([
    step(['j', 'j'], 'Next row', 1),
    step(['k', 'k'], 'Previous row', -1),
    step(['ArrowDown', '↓'], 'Next row', 1),
    step(['ArrowUp', '↑'], 'Previous row', -1),
    key(['o', 'o'], 'Open the row', () => openHere()),
    key(['$mod+Enter', 'Ctrl ⏎'], 'Open the row in a tab of its own', () => openHere(true)),
    key(['s', 's'], 'To the heads, which sort by their columns', toHeads),
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
      else openHere();
    }),
  ]);
  return {
    here,
    isPeeking: isPeeking && here >= 0,
    closePeek: () => setPeeking(false),
    peek: ({ runId }: { readonly runId: string }) => {
      setHereId(runId);
      setPeeking(true);
    },
    setHere: ({ runId }: { readonly runId: string }) => setHereId(runId),
  };
}
