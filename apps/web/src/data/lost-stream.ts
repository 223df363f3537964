'use client';
import { useEffect, useSyncExternalStore } from 'react';

/** Whether the live stream of the page is lost, so that the frame around the page can say so. */
let isLost = false;
const listeners = new Set<() => void>();

function tellLost(next: boolean): void {
  isLost = next;
  for (const listener of listeners) listener();
}

/** For the component that holds the stream. */
export function useTellLost(lost: boolean): void {
  useEffect(() => {
    tellLost(lost);
    return () => tellLost(false);
  }, [lost]);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

export const useLostStream = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => isLost,
    () => false,
  );
