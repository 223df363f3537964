'use client';
import { useSyncExternalStore } from 'react';
import type { SavedView } from '../domain/saved-views.ts';
import { readViews } from '../domain/saved-views.ts';

const KEY = 'tidemark-views';
const none: readonly SavedView[] = [];
const listeners = new Set<() => void>();
let current: readonly SavedView[] | undefined;

function read(): readonly SavedView[] {
  if (current === undefined) {
    try {
      current = readViews(JSON.parse(localStorage.getItem(KEY) ?? '[]'));
    } catch {
      // Storage may be off or hold something older.
      current = none;
    }
  }
  return current;
}

export function setSavedViews(views: readonly SavedView[]): void {
  current = views;
  try {
    localStorage.setItem(KEY, JSON.stringify(views));
  } catch {
    // They then last as long as the page.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  // Another tab may have saved one.
  const onStorage = (event: StorageEvent) => {
    if (event.key !== KEY) return;
    current = undefined;
    listener();
  };
  listeners.add(listener);
  window.addEventListener('storage', onStorage);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', onStorage);
  };
}

/** The views kept in this browser, of all namespaces. */
export const useSavedViews = (): readonly SavedView[] => useSyncExternalStore(subscribe, read, () => none);
