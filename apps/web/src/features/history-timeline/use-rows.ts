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
const TABLE_PX = { head: 28, row: 32, narrow: 60 };
/** What stands above the rows: the lane of the workflow tasks, or the head of a table. */
export type RowsLead = 'tasks' | 'head' | 'nothing';

/** Which rows are drawn: what leads them first, then `rows`, with the row of the gap among them. */
export function useRows({ rows, gapAt }: Pick<Timeline, 'rows' | 'gapAt'>, scroller: RefObject<HTMLDivElement | null>, lead: RowsLead) {
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
        if (index === 0 && lead === 'nothing') return 0;
        if (lead === 'head') return index === 0 ? (isNarrow ? 0 : TABLE_PX.head) : isNarrow ? TABLE_PX.narrow : TABLE_PX.row;
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
  }, [rows, gapAt, isNarrow, lead]);
  const virtual = useVirtualizer({
    count: rows.length + (gapAt === undefined ? 1 : 2),
    getScrollElement: () => scroller.current,
    estimateSize: sizeOf,
    overscan: 10,
    // The head stays over what scrolls.
    scrollPaddingStart: lead === 'head' && !isNarrow ? TABLE_PX.head : 0,
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
