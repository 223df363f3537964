'use client';
import { useEffect, useRef } from 'react';
import type { TimelineRow } from '../../domain/timeline-layout.ts';

interface NamedRowOptions {
  /** The step that the address names; only the one with which the page was opened counts. */
  readonly named: number | null;
  /** Draws the members of a woven row each on its own. */
  readonly onExpand: (key: string) => void;
  readonly scrollTo: (index: number) => void;
}

/** A link that names a step opens with its row in sight, out of a woven row if need be: once, for then somebody else's hand is on it. */
export function useNamedRow(rows: readonly TimelineRow[], { named, onExpand, scrollTo }: NamedRowOptions): void {
  const wanted = useRef(named);
  const act = useRef({ onExpand, scrollTo });
  useEffect(() => {
    act.current = { onExpand, scrollTo };
  });
  useEffect(() => {
    if (named !== wanted.current) wanted.current = null;
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
  }, [rows, named]);
}
