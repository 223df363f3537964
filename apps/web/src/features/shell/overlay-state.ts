'use client';
import { useSyncExternalStore } from 'react';

export type OverlayName = 'palette' | 'keys' | 'preferences' | undefined;
let open: OverlayName;
/** In the palette. Pages outside a namespace have a frame of their own, and what is open goes over from one to the other. */
let typed = '';
const listeners = new Set<() => void>();

export function openOverlay(name: OverlayName): void {
  open = name;
  typed = '';
  for (const listener of listeners) listener();
}

export const typedSoFar = (): string => typed;

export function keepTyped(text: string): void {
  typed = text;
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
