'use client';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { startAnew } from '../../ui/announcer.tsx';
import { restFocus } from '../../ui/free-focus.ts';

/**
 * After a change of pages the focus goes to the new heading, if it was on something that went with the old page; Next announces the title. Who
 * comes from outside starts where browsers start.
 */
export function PageChange() {
  const path = usePathname();
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return undefined;
    before.current = path;
    startAnew();
    if (restFocus()) return undefined;
    const watch = new MutationObserver(() => restFocus() && watch.disconnect());
    watch.observe(document.body, { childList: true, subtree: true });
    return () => watch.disconnect();
  }, [path]);
  return null;
}
