/**
 * Stands in front of what the router makes of `history`, for two things that it gets wrong.
 *
 * While a page is being left, what it still writes into its own address (a filter just typed, a selection just cleared) must not be
 * taken by the router for a newer navigation: the router would give the one under way up. Such a write carries the state the router left
 * with the entry, so that the router lets it pass and the way back still leads to what was written.
 *
 * And what a page writes must not be written over by the router, which is late (`WrittenAddress`).
 */
import { WrittenAddress } from './written-address.ts';

let goal: string | undefined;
let isWatching = false;
const listeners = new Set<() => void>();

/** Calls back as each navigation begins. */
export function onNavigation(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Called with the address that a navigation leads to, as it begins. */
export function keepNavigation(url: string): void {
  goal = new URL(url, location.href).pathname;
  for (const listener of listeners) listener();
}

/** Called once the router has put its own functions in the place of the browser's. */
export function watchHistory(): void {
  if (isWatching) return;
  isWatching = true;
  const address = new WrittenAddress(location.href);
  const replace = history.replaceState.bind(history);
  const push = history.pushState.bind(history);
  history.replaceState = (state: unknown, unused, to) => {
    if (isRouters(state)) return replace(state, unused, address.draw(hrefOf(to)));
    if (isLeaving()) return replace(state ?? history.state, unused, to);
    address.write(hrefOf(to));
    replace(state, unused, to);
  };
  history.pushState = (state: unknown, unused, to) => {
    if (isRouters(state)) address.leave(hrefOf(to));
    else address.write(hrefOf(to));
    push(state, unused, to);
  };
  addEventListener('popstate', () => address.leave(location.href));
}

const hrefOf = (to: string | URL | null | undefined): string => new URL(to ?? location.href, location.href).href;

/** The router marks the entries of the browser's history that it writes. */
const isRouters = (state: unknown): boolean => typeof state === 'object' && state !== null && '__NA' in state;

/** A navigation within one page, by its query alone, leaves nothing. */
export const isLeaving = (): boolean => goal !== undefined && goal !== location.pathname;
