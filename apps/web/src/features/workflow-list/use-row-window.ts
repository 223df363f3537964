'use client';
import type { RefObject } from 'react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RowWindow } from '../../domain/row-window.ts';
import { rowWindow, topFor } from '../../domain/row-window.ts';

interface Rows {
  readonly count: number;
  readonly rowPx: number;
  /** Pixels that are scrolled at first. */
  readonly from: number;
}

interface ShownRows extends RowWindow {
  /** Rows rush by. */
  readonly isScrolling: boolean;
  readonly scrollTo: (index: number) => void;
}

/** What the server draws before there is a window to measure, pixels. */
const FIRST_PX = 720;
const REST_MS = 150;

/** The rows to draw of many of one height. A step of scrolling that needs no other rows draws nothing. */
export function useRowWindow(scroller: RefObject<HTMLElement | null>, { count, rowPx, from }: Rows): ShownRows {
  const [view, setView] = useState({ top: from, height: FIRST_PX, isScrolling: false });
  const latest = useRef({ view, count, rowPx });
  useLayoutEffect(() => {
    latest.current = { view, count, rowPx };
  });
  // Once: where it begins is not where it is scrolled to later.
  const begin = useRef(from);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    if (begin.current > 0) box.scrollTo({ top: begin.current });
    begin.current = 0;
  }, [scroller]);
  useEffect(() => {
    const box = scroller.current;
    if (box === null) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const rest = () => setView((old) => ({ ...old, top: box.scrollTop, isScrolling: false }));
    const scroll = () => {
      clearTimeout(timer);
      timer = setTimeout(rest, REST_MS);
      const { view: drawn, count: rows, rowPx: px } = latest.current;
      const next = { ...drawn, top: box.scrollTop, isScrolling: true };
      if (!drawn.isScrolling || !holdsSame(rowWindow(drawn, px, rows), rowWindow(next, px, rows))) setView(next);
    };
    const size = new ResizeObserver(([entry]) => {
      const height = entry?.contentRect.height ?? 0;
      const top = box.scrollTop;
      setView((old) => (old.height === height && old.top === top ? old : { ...old, top, height }));
    });
    size.observe(box);
    box.addEventListener('scroll', scroll, { passive: true });
    return () => {
      clearTimeout(timer);
      size.disconnect();
      box.removeEventListener('scroll', scroll);
    };
  }, [scroller]);
  const scrollTo = (index: number) => {
    const box = scroller.current;
    // The head stays over the rows.
    box?.scrollTo({ top: topFor(index, rowPx, { top: box.scrollTop, height: box.clientHeight - headPx(box) }) });
  };
  return { ...rowWindow(view, rowPx, count), isScrolling: view.isScrolling, scrollTo };
}

const holdsSame = (a: RowWindow, b: RowWindow): boolean => a.first === b.first && a.end === b.end;

const headPx = (box: HTMLElement): number => box.querySelector('tbody')?.offsetTop ?? 0;
