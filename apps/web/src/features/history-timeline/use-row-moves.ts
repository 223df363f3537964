'use client';
import { useCallback, useEffect, useRef } from 'react';
import type { TimelineRow } from '../../domain/timeline-layout.ts';
import { placeOf } from './chosen-steps.ts';
import type { Children } from './use-children.ts';

interface Moves {
  readonly expanded: ReadonlySet<string>;
  readonly toggleWoven: (key: string) => void;
  readonly scrollTo: (index: number) => void;
}

/** Opening and closing of rows, and ways between them. `toggle` stays the same function, so that rows are not drawn for it. */
export function useRowMoves(rows: readonly TimelineRow[], children: Children, { expanded, toggleWoven, scrollTo }: Moves) {
  const { sel, to, onSelect, onExtend, onToggle } = children;
  const here = placeOf(rows, sel);
  const latest = useRef({ rows, expanded, toggleWoven, onToggle });
  useEffect(() => {
    latest.current = { rows, expanded, toggleWoven, onToggle };
  });
  const toggle = useCallback((key: string) => {
    const { rows: all, onToggle: toggleChild, ...woven } = latest.current;
    const at = all.findIndex((row) => row.key === key);
    const row = all[at];
    if (row === undefined || !row.isExpandable) return;
    if (row.members.length === 1) return toggleChild(row.group.id, !row.isExpanded);
    if (woven.expanded.has(key) || !row.isExpanded) woven.toggleWoven(key);
    // Children that are open hold their woven row open.
    if (row.isExpanded) for (const { group } of openMembers(all, at)) toggleChild(group.id, false);
  }, []);
  /** The next row that can be chosen, or the last there is. */
  const placeBeside = (here: number, by: number): number => {
    const way = Math.sign(by);
    let to = Math.min(Math.max((here < 0 && way > 0 ? -1 : here) + by, 0), rows.length - 1);
    while (rows[to]?.note !== undefined && rows[to + way] !== undefined) to += way;
    return rows[to]?.note === undefined ? to : here;
  };
  const selectRow = (index: number): void => {
    const row = rows[index];
    if (row === undefined) return;
    onSelect(row.group.id);
    scrollTo(index);
  };
  const move = (by: number): void => selectRow(placeBeside(here, by));
  const leave = (): void => {
    const row = rows[here];
    if (row === undefined) return;
    const around = rows.findLastIndex((one, index) => index < here && one.level < row.level);
    if (row.isExpanded) toggle(row.key);
    // A woven row is not chosen while it is open: its first member stands for it.
    else if (row.isMember) toggle(rows[around]?.key ?? '');
    else if (around >= 0) selectRow(around);
  };
  const extend = (by: 1 | -1): void => {
    const from = placeOf(rows, to ?? sel);
    const next = rows[placeBeside(from, by)];
    if (from < 0 || next === undefined) return;
    onExtend(next.group.id);
    scrollTo(rows.indexOf(next));
  };
  return { here, toggle, selectRow, move, leave, extend };
}

function openMembers(rows: readonly TimelineRow[], at: number): readonly TimelineRow[] {
  const level = rows[at]?.level ?? 1;
  const end = rows.findIndex((row, index) => index > at && row.level <= level);
  return rows.slice(at + 1, end === -1 ? undefined : end).filter((row) => row.level === level + 1 && row.isExpanded);
}
