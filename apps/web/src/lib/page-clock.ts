/** One clock for the whole page, so that all ages and live edges move together. It stands while nobody asks or nobody looks. */
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

/** Milliseconds since the epoch, at the last tick. */
export const clockNow = (): number => now;

export function subscribeClock(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    tick();
    timer = setInterval(tick, 1000);
    document.addEventListener('visibilitychange', tick);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
    document.removeEventListener('visibilitychange', tick);
  };
}

/** Ticks with something else that changes the page, and then not again for a second: one drawing instead of two. */
export function tickNow(): void {
  if (timer === undefined) return;
  clearInterval(timer);
  timer = setInterval(tick, 1000);
  tick();
}

function tick(): void {
  if (document.hidden) return;
  now = Date.now();
  for (const listener of listeners) listener();
}
