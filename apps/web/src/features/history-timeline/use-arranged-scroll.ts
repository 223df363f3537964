'use client';
import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';
import type { TimelineRow } from '../../domain/timeline-layout.ts';
import type { TimelineOrder } from '../../domain/timeline-order.ts';

interface ArrangedScrollOptions {
  /** Another one moves what is in sight. */
  readonly order: TimelineOrder;
  readonly selected: number | null;
  readonly scrollTo: (index: number) => void;
  readonly scroller: RefObject<HTMLDivElement | null>;
}

/** Rows that were arranged otherwise are seen from where the selected one stands now, or is woven in; without one, from the top. */
export function useArrangedScroll(rows: readonly TimelineRow[], { order, selected, scrollTo, scroller }: ArrangedScrollOptions): void {
  const seen = useRef(order);
  useEffect(() => {
    if (seen.current === order) return;
    seen.current = order;
    const index = rows.findIndex(({ group, members, isExpanded }) =>
      members.length === 1 ? group.id === selected : !isExpanded && members.some(({ id }) => id === selected),
    );
    if (index >= 0) scrollTo(index);
    else scroller.current?.scrollTo({ top: 0 });
  });
}
