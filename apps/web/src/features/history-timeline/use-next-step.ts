'use client';
import { useEffect, useRef } from 'react';
import type { Group } from '../../domain/event-groups.ts';
import { nextStep } from '../../domain/next-step.ts';
import type { TimelineRow } from '../../domain/timeline-layout.ts';

interface NextStepOptions {
  readonly selected: number | null;
  readonly onSelect: (id: number) => void;
  /** Draws the members of a woven row each on its own. */
  readonly onExpand: (key: string) => void;
  readonly scrollTo: (index: number) => void;
}

/** Goes to the next step of those wanted, out of a woven row if need be. */
export function useNextStep(rows: readonly TimelineRow[], { selected, onSelect, onExpand, scrollTo }: NextStepOptions) {
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
  return (is: (group: Group) => boolean, by: 1 | -1): void => {
    const stop = nextStep(rows, selected, { by, is });
    if (stop === undefined) return;
    if (stop.row.members.length > 1) {
      wanted.current = stop.group.id;
      onExpand(stop.row.key);
    } else scrollTo(rows.indexOf(stop.row));
    onSelect(stop.group.id);
  };
}
