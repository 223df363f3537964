/**
 * While a page is being left, what it still writes into its own address (a filter just typed, a selection just cleared) must not be
 * taken by the router for a newer navigation: the router would give the one under way up. Such a write carries the state the router left
 * with the entry, so that the router lets it pass and the way back still leads to what was written.
 */
let goal: string | undefined;
let isWatching = false;

/** Called with the address that a navigation leads to, as it begins. */
export function keepNavigation(url: string): void {
  goal = new URL(url, location.href).pathname;
  if (isWatching) return;
  isWatching = true;
  // The router has put its own functions here by now; this one stands in front of them.
  const write = history.replaceState.bind(history);
  history.replaceState = (state: unknown, unused, to) => write(isLeaving() ? (state ?? history.state) : state, unused, to);
}

/** A navigation within one page, by its query alone, leaves nothing. */
const isLeaving = (): boolean => goal !== undefined && goal !== location.pathname;
