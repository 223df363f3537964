'use client';
import { useEffect, useState } from 'react';

/** Whether rows are stacked, as the style sheets do below the same width. */
export function useNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(false);
  useEffect(() => {
    const query = matchMedia('(max-width: 640px)');
    const look = () => setNarrow(query.matches);
    look();
    query.addEventListener('change', look);
    return () => query.removeEventListener('change', look);
  }, []);
  return isNarrow;
}
