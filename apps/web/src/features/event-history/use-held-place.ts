'use client';
import type { Virtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef } from 'react';

interface HeldPlace {
  readonly virtual: Virtualizer<HTMLDivElement, Element>;
  readonly rows: readonly { readonly key: string }[];
  /** The row that is chosen; below zero for none. */
  readonly here: number;
  /** Less than this from the top somebody follows what comes in, pixels. */
  readonly topPx: number;
}

/** A row in sight and where it begins, pixels from the top of all rows. */
interface Place {
  readonly key: string;
  readonly start: number;
}

/** Rows that come in above leave what somebody reads where it is; who has chosen nothing and is at the top sees them come. */
export function useHeldPlace({ virtual, rows, here, topPx }: HeldPlace): void {
  const read = useRef<readonly Place[]>([]);
  useLayoutEffect(() => {
    for (const { key, start } of read.current) {
      // What was pending is told by another row once it has ended, so the next one that is still there holds.
      const place = virtual.measurementsCache[rows.findIndex((row) => row.key === key)];
      if (place === undefined) continue;
      if (place.start !== start) virtual.scrollElement?.scrollBy(0, place.start - start);
      return;
    }
  }, [virtual, rows]);
  useLayoutEffect(() => {
    const from = virtual.scrollOffset ?? 0;
    const to = from + (virtual.scrollRect?.height ?? 0);
    const shown = virtual.getVirtualItems().filter(({ start, end }) => end > from && start < to);
    const chosen = shown.filter(({ index }) => index === here);
    const held = chosen.length > 0 || from >= topPx ? [...chosen, ...shown] : [];
    read.current = held.map(({ index, start }) => ({ key: rows[index]?.key ?? '', start }));
  });
}
