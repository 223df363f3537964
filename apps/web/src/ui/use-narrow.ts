'use client';
import { useEffect, useState } from 'react';

/** Up to these widths, in pixels, as the style sheets have them: rows are stacked, and the inspector is a sheet over the page. */
export const STACKED_PX = 640;
export const SHEET_PX = 1023;

/** Whether the page is no wider. */
export function useNarrow(px = STACKED_PX): boolean {
  const [isNarrow, setNarrow] = useState(false);
  useEffect(() => {
    const query = matchMedia(`(max-width: ${px}px)`);
    const look = () => setNarrow(query.matches);
    look();
    query.addEventListener('change', look);
    return () => query.removeEventListener('change', look);
  }, [px]);
  return isNarrow;
}
