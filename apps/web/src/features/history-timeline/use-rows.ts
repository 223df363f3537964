'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';
import { useMemo } from 'react';
import type { TimelineRow } from '../../domain/timeline-layout.ts';
import { useNarrow } from '../../ui/use-narrow.ts';

/** No event has this id. */
const TASKS = 0;
const ROW_PX = { row: 32, sub: 24, narrow: 46, narrowSub: 38 };

/** Which rows are drawn: that of the workflow tasks first, then `rows`. */
export function useRows(rows: readonly TimelineRow[], scroller: RefObject<HTMLDivElement | null>) {
  const isNarrow = useNarrow();
  // The same functions for the same rows, or every drawing measures all of them anew; others for others, or none is.
  const { sizeOf, keyOf } = useMemo(
    () => ({
      sizeOf: (index: number) => {
        const isSub = rows[index - 1]?.level === 2;
        return isNarrow ? (isSub ? ROW_PX.narrowSub : ROW_PX.narrow) : isSub ? ROW_PX.sub : ROW_PX.row;
      },
      keyOf: (index: number) => {
        const row = rows[index - 1];
        return row === undefined ? TASKS : row.isExpandable ? -row.group.id : row.group.id;
      },
    }),
    [rows, isNarrow],
  );
  return useVirtualizer({
    count: rows.length + 1,
    getScrollElement: () => scroller.current,
    estimateSize: sizeOf,
    overscan: 10,
    // What the server draws before there is a window to measure.
    initialRect: { width: 1, height: 720 },
    getItemKey: keyOf,
  });
}
