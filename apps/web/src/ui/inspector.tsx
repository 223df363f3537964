'use client';
import type { ReactNode } from 'react';
import { useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { PaneBoundary } from './pane-boundary.tsx';

/** The slot of the page that is shown. A frame that is drawn anew brings another, and what is open has to move into it. */
let slot: HTMLElement | null = null;
const watchers = new Set<() => void>();

function place(element: HTMLElement | null): void {
  slot = element;
  for (const watcher of watchers) watcher();
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function attach(element: HTMLElement | null): () => void {
  place(element);
  // The next page's slot may be there before this one goes.
  return () => {
    if (slot === element) place(null);
  };
}

/** Where the one inspector of a page appears, beside its main pane. */
export const InspectorSlot = () => <div ref={attach} style={{ display: 'contents' }} />;

/** Puts its children into the page's inspector. */
export function Inspector({ label, children }: { label: string; children: ReactNode }) {
  const target = useSyncExternalStore(
    subscribe,
    () => slot,
    () => null,
  );
  return target === null
    ? null
    : createPortal(
        <aside className="insp" aria-label={label}>
          <PaneBoundary pane="inspector">{children}</PaneBoundary>
        </aside>,
        target,
      );
}
