'use client';
import type { Virtualizer } from '@tanstack/react-virtual';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { Key, RefObject } from 'react';
import { useLayoutEffect, useMemo, useRef } from 'react';
import type { TimelineRow } from '../../domain/timeline-layout.ts';
import { useNarrow } from '../../ui/use-narrow.ts';
import type { Timeline } from './use-timeline.ts';

/** No event has these ids, nor these less than none. */
const TASKS = 0;
const GAP = 0.5;
const ROW_PX = { row: 32, sub: 24, narrow: 46, narrowSub: 38 };

/** Which rows are drawn: that of the workflow tasks first, then `rows`, with the row of the gap among them. */
export function useRows(
  { rows, gapAt }: Pick<Timeline, 'rows' | 'gapAt'>,
  scroller: RefObject<HTMLDivElement | null>,
  showsTasks: boolean,
) {
  const isNarrow = useNarrow();
  // The same functions for the same rows, or every drawing measures all of them anew; others for others, or none is.
  const { sizeOf, keyOf, rowAt } = useMemo(() => {
    const rowAt = (index: number): TimelineRow | 'gap' | undefined => {
      const at = index - 1;
      if (gapAt === undefined || at < gapAt) return rows[at];
      return at === gapAt ? 'gap' : rows[at - 1];
    };
    return {
      rowAt,
      sizeOf: (index: number) => {
        if (index === 0 && !showsTasks) return 0;
        const row = rowAt(index);
        const isSub = row !== 'gap' && row?.isMember === true;
        return isNarrow ? (isSub ? ROW_PX.narrowSub : ROW_PX.narrow) : isSub ? ROW_PX.sub : ROW_PX.row;
      },
      keyOf: (index: number) => {
        const row = rowAt(index);
        if (row === 'gap') return GAP;
        return row === undefined ? TASKS : row.members.length > 1 ? -row.group.id : row.group.id;
      },
    };
  }, [rows, gapAt, isNarrow, showsTasks]);
  const virtual = useVirtualizer({
    count: rows.length + (gapAt === undefined ? 1 : 2),
    getScrollElement: () => scroller.current,
    estimateSize: sizeOf,
    overscan: 10,
    // What the server draws before there is a window to measure.
    initialRect: { width: 1, height: 720 },
    getItemKey: keyOf,
  });
  useHeldRow(virtual, gapAt !== undefined);
  const scrollTo = (row: number) => virtual.scrollToIndex(row + (gapAt === undefined || row < gapAt ? 1 : 2));
  return { virtual, rowAt, scrollTo };
}

/** When what was missing joins, rows come between those above the gap and those below: what somebody looks at stays where it is. */
function useHeldRow(virtual: Virtualizer<HTMLDivElement, Element>, hasGap: boolean): void {
  const held = useRef<{ readonly key: Key; readonly by: number }>(undefined);
  const hadGap = useRef(hasGap);
  useLayoutEffect(() => {
    const offset = virtual.scrollOffset ?? 0;
    if (hadGap.current && !hasGap && held.current !== undefined && offset > 0) {
      const { key, by } = held.current;
      const place = virtual.measurementsCache.find((one) => one.key === key);
      if (place !== undefined) virtual.scrollToOffset(place.start + by);
    }
    hadGap.current = hasGap;
    const first = hasGap ? virtual.getVirtualItemForOffset(offset) : undefined;
    held.current = first === undefined ? undefined : { key: first.key, by: offset - first.start };
  });
}
