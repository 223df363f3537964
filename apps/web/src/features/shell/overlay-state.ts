'use client';
import { useSyncExternalStore } from 'react';

export type OverlayName = 'palette' | 'keys' | 'preferences' | undefined;
let open: OverlayName;
const listeners = new Set<() => void>();

export function openOverlay(name: OverlayName): void {
  open = name;
  for (const listener of listeners) listener();
}

export const useOverlay = (): OverlayName =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    () => open,
    () => undefined,
  );
