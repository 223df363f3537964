'use client';
import { useEffect, useSyncExternalStore } from 'react';
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

/** Binds keys while the component is mounted. The list must be stable (memoised), or it is bound anew on every render. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    active.add(shortcuts);
    publish();
    const bindings = Object.fromEntries(
      shortcuts.map((one) => [
        one.keys,
        (event: KeyboardEvent) => {
          if (event.defaultPrevented) return;
          const isBlocked = !one.inFields && (isField(event.target) || document.querySelector('[role="dialog"]') !== null);
          if (isBlocked) return;
          event.preventDefault();
          one.run();
        },
      ]),
    );
    const unbind = tinykeys(window, bindings);
    return () => {
      unbind();
      active.delete(shortcuts);
      publish();
    };
  }, [shortcuts]);
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
