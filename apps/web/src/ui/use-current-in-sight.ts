'use client';
import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';

/** Where a strip of links is wider than the window, the one of the page that is shown stands in sight. `current` says which that is. */
export function useCurrentInSight<Strip extends HTMLElement>(current: string): RefObject<Strip | null> {
  const strip = useRef<Strip>(null);
  useEffect(() => {
    const link = strip.current?.querySelector<HTMLElement>('[aria-current]');
    if (!strip.current || !link || strip.current.scrollWidth <= strip.current.clientWidth) return;
    // Of the strip alone: the page stays where it is.
    strip.current.scrollLeft = link.offsetLeft - strip.current.offsetLeft - (strip.current.clientWidth - link.offsetWidth) / 2;
  }, [current]);
  return strip;
}
