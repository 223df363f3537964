'use client';
import { createContext, use, useSyncExternalStore } from 'react';
import { clockNow, subscribeClock } from '../lib/page-clock.ts';

const stopped = () => () => undefined;

/** When the page was made, milliseconds: its HTML and its first drawing in the browser must say the same. */
export const ServedAt = createContext(0);

const MINUTE = 60_000;
const minuteOf = (ms: number): number => Math.floor(ms / MINUTE) * MINUTE;

/** The minute that runs, milliseconds since the epoch: for what says a day or a clock, and need not be drawn each second. */
export function useMinute(): number {
  const servedAt = use(ServedAt);
  return useSyncExternalStore(
    subscribeClock,
    () => minuteOf(clockNow()),
    () => minuteOf(servedAt),
  );
}

/** What is told of the moment that runs: a second in which that stays the same draws nothing. */
export function useTold(tell: (now: number) => string, runs = true): string {
  const servedAt = use(ServedAt);
  return useSyncExternalStore(
    runs ? subscribeClock : stopped,
    () => tell(clockNow()),
    () => tell(servedAt),
  );
}

/** Milliseconds since the epoch, once a second; a clock that does not run keeps its last value and renders nothing. */
export function useNow(runs = true): number {
  const servedAt = use(ServedAt);
  return useSyncExternalStore(runs ? subscribeClock : stopped, clockNow, () => servedAt);
}
