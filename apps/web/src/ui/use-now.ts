'use client';
import { createContext, use, useSyncExternalStore } from 'react';

/** One clock for the whole page, so that all ages and live edges move together. */
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  if (document.hidden) return;
  now = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
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

const stopped = () => () => undefined;

/** When the page was made, milliseconds: its HTML and its first drawing in the browser must say the same. */
export const ServedAt = createContext(0);

/** Milliseconds since the epoch, once a second; a clock that does not run keeps its last value and renders nothing. */
export function useNow(runs = true): number {
  const servedAt = use(ServedAt);
  return useSyncExternalStore(
    runs ? subscribe : stopped,
    () => now,
    () => servedAt,
  );
}
