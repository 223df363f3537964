'use client';
import type { RefObject } from 'react';
import { useEffect, useState } from 'react';

/** Pixels of an element's width, followed while it is asked for; undefined before that. */
export function useWidth(element: RefObject<HTMLElement | null>, isAsked: boolean): number | undefined {
  const [width, setWidth] = useState<number>();
  useEffect(() => {
    if (!isAsked || element.current === null) return undefined;
    const watch = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width));
    watch.observe(element.current);
    return () => {
      watch.disconnect();
      setWidth(undefined);
    };
  }, [element, isAsked]);
  return isAsked ? width : undefined;
}
