'use client';
import { useEffect, useRef } from 'react';
import { nextFailure } from '../../domain/next-failure.ts';
import type { TimelineRow } from '../../domain/timeline-layout.ts';

interface NextFailureOptions {
  readonly selected: number | null;
  readonly onSelect: (id: number) => void;
  /** Draws the members of a woven row each on its own. */
  readonly onExpand: (key: string) => void;
  readonly scrollTo: (index: number) => void;
}

/** Goes to the next step that failed, out of a woven row if need be. */
export function useNextFailure(rows: readonly TimelineRow[], { selected, onSelect, onExpand, scrollTo }: NextFailureOptions) {
  /** Its row may have to be drawn first. */
  const wanted = useRef<number>(undefined);
  const scroll = useRef(scrollTo);
  useEffect(() => {
    scroll.current = scrollTo;
  });
  useEffect(() => {
    const index = rows.findIndex((row) => row.group.id === wanted.current && row.members.length === 1);
    if (index === -1) return;
    wanted.current = undefined;
    scroll.current(index);
  }, [rows]);
  return (by: 1 | -1): void => {
    const stop = nextFailure(rows, selected, by);
    if (stop === undefined) return;
    if (stop.row.members.length > 1) {
      wanted.current = stop.group.id;
      onExpand(stop.row.key);
    } else scrollTo(rows.indexOf(stop.row));
    onSelect(stop.group.id);
  };
}
