'use client';
import { useEffect, useRef } from 'react';
import type { TimelineRow } from '../../domain/timeline-layout.ts';

interface NamedRowOptions {
  /** The step that the address names; the one with which the page was opened counts, and the one that other rows were asked for under. */
  readonly named: number | null;
  /** What rows are looked for by. */
  readonly find: string;
  /** Draws the members of a woven row each on its own. */
  readonly onExpand: (key: string) => void;
  readonly scrollTo: (index: number) => void;
}

/**
 * A link that names a step opens with its row in sight, out of a woven row if need be: once, for then somebody else's hand is on it. Other
 * rows that are looked for may be woven otherwise, so that the step is to be found among them once more.
 */
export function useNamedRow(rows: readonly TimelineRow[], { named, find, onExpand, scrollTo }: NamedRowOptions): void {
  const wanted = useRef(named);
  const found = useRef(find);
  const act = useRef({ onExpand, scrollTo });
  useEffect(() => {
    act.current = { onExpand, scrollTo };
  });
  useEffect(() => {
    if (found.current !== find) wanted.current = named;
    else if (named !== wanted.current) wanted.current = null;
    found.current = find;
    const id = wanted.current;
    if (id === null) return;
    const index = rows.findIndex(
      ({ group, members, isExpanded }) => group.id === id || (!isExpanded && members.some((one) => one.id === id)),
    );
    const row = rows[index];
    if (row === undefined) return;
    // Its row comes with the next drawing.
    if (row.group.id !== id) return act.current.onExpand(row.key);
    wanted.current = null;
    act.current.scrollTo(index);
  }, [rows, named, find]);
}
