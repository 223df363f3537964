'use client';
import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';

/** How far down a scroller stood at an address, for the way back there: by the browser’s own button, or by ours. */
const kept = new Map<string, number>();
const KEPT_MAX = 50;
/** The address that is gone back to; who comes to it another way begins at the top. */
let returned: string | undefined;

/** One address may be written in several ways. */
const addressOf = (path: string, search: string): string => `${path}?${new URLSearchParams(search).toString()}`;
/** Asked with every step of a scroll, while the address stays. */
let known = { href: '', address: '' };
function here(): string {
  if (known.href !== location.href) known = { href: location.href, address: addressOf(location.pathname, location.search) };
  return known.address;
}
if (typeof window !== 'undefined')
  window.addEventListener('popstate', () => {
    returned = here();
  });

/** Said before a link that leads back is followed. */
export function returnTo(href: string): void {
  const [path = '', search = ''] = href.split('?');
  returned = addressOf(path, search);
}

/** Pixels. */
export function keepScroll(offset: number): void {
  const address = here();
  kept.delete(address);
  kept.set(address, offset);
  const [oldest] = kept.keys();
  if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
}

/** Where a scroller begins. While the page is drawn the browser may still show the address of the one before; the router knows better. */
export function useKeptScroll(): number {
  const address = addressOf(usePathname(), useSearchParams().toString());
  const [from] = useState(() => (returned === address ? (kept.get(address) ?? 0) : 0));
  useEffect(() => {
    returned = undefined;
  }, []);
  return from;
}
