'use client';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { tinykeys } from 'tinykeys';

/** One key of the product. `keys` is what tinykeys reads; `shown` is what people read. */
export interface Shortcut {
  readonly keys: string;
  readonly shown: string;
  readonly label: string;
  readonly scope: string;
  readonly run: () => void;
  /** Also while a field has the focus. */
  readonly inFields?: boolean;
}

const active = new Set<readonly Shortcut[]>();
const listeners = new Set<() => void>();
let snapshot: readonly Shortcut[] = [];

function publish(): void {
  snapshot = [...active].flat();
  for (const listener of listeners) listener();
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)) &&
  !(target instanceof HTMLInputElement && target.type === 'checkbox');

/** Binds keys while the component is mounted. The list may be a new one on every render; what a key does is read when it is pressed. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  // The sheet and the bindings change only when a key joins or leaves.
  const signature = shortcuts.map((one) => one.keys).join(' | ');
  useEffect(() => {
    const bound = latest.current;
    active.add(bound);
    publish();
    const bindings = Object.fromEntries(
      bound.map((one, index) => [one.keys, (event: KeyboardEvent) => press(latest.current[index] ?? one, event)]),
    );
    const unbind = tinykeys(window, bindings);
    return () => {
      unbind();
      active.delete(bound);
      publish();
    };
  }, [signature]);
}

function press(shortcut: Shortcut, event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const isBlocked = !shortcut.inFields && (isField(event.target) || document.querySelector('[role="dialog"]') !== null);
  if (isBlocked) return;
  event.preventDefault();
  shortcut.run();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};
const none: readonly Shortcut[] = [];

/** Every key that works at this moment: the sheet is made of it. */
export const useActiveShortcuts = (): readonly Shortcut[] =>
  useSyncExternalStore(
    subscribe,
    () => snapshot,
    () => none,
  );
