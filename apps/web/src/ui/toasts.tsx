'use client';
import type { ReactNode } from 'react';
import { lazy, Suspense, useSyncExternalStore } from 'react';

/** What was told so far and is not shown yet, as one list for each round. */
let told: readonly ReactNode[] = [];
const listeners = new Set<() => void>();

/** What was done, and where to see it. */
export function tell(message: ReactNode): void {
  told = [message];
  for (const listener of listeners) listener();
}

const Toaster = lazy(() => import('./toaster.tsx').then((module) => ({ default: module.Toaster })));
const none: readonly ReactNode[] = [];

/** Comes with the first thing that is told; until then it costs nothing. */
export function Toasts() {
  const news = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    () => told,
    () => none,
  );
  return news.length === 0 ? null : (
    <Suspense>
      <Toaster news={news} />
    </Suspense>
  );
}
