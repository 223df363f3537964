'use client';
import type { ComponentType, ReactNode } from 'react';
import { useEffect, useState, useSyncExternalStore } from 'react';

/** Whether it was done or could not be. */
export type Tone = 'done' | 'problem';

export interface News {
  readonly message: ReactNode;
  readonly tone: Tone;
}

interface ToasterProps {
  readonly news: readonly News[];
}

/** What was told so far and is not shown yet, as one list for each round. */
let told: readonly News[] = [];
const listeners = new Set<() => void>();

/** What was done, and where to see it. */
export function tell(message: ReactNode, tone: Tone = 'done'): void {
  told = [{ message, tone }];
  for (const listener of listeners) listener();
}

const none: readonly News[] = [];

/** Comes with the first thing that is told; until then it costs nothing. */
export function Toasts() {
  const [Toaster, setToaster] = useState<ComponentType<ToasterProps>>();
  const [unshown, setUnshown] = useState(none);
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
  useEffect(() => {
    if (news.length === 0 || Toaster !== undefined) return;
    import('./toaster.tsx').then(
      (module) => setToaster(() => module.Toaster),
      () => setUnshown(news),
    );
  }, [news, Toaster]);
  if (news.length === 0) return null;
  if (Toaster !== undefined) return <Toaster news={news} />;
  return unshown === news ? <PlainToast news={news} onClose={() => setUnshown(none)} /> : null;
}

/** What is told while not even the code that tells it can be loaded. */
const PlainToast = ({ news, onClose }: ToasterProps & { readonly onClose: () => void }) => (
  <div className="toast plain" role="status">
    <span className="grow">{news.map(({ message }) => message)}</span>
    <button className="linkb" type="button" onClick={onClose}>
      Close
    </button>
  </div>
);
