'use client';
import { useSyncExternalStore } from 'react';
import type { Hours } from '../lib/time.ts';
import { writeHours } from '../lib/time.ts';

export type ListStrip = 'starts' | 'durations' | 'steps';
export type Density = 'compact' | 'default' | 'comfortable';

/** What a reader chose, kept in this browser. */
export interface Preferences {
  /** `UTC`, `local`, or an IANA name. */
  readonly zone: string;
  readonly hours: Hours;
  readonly density: Density;
  /** Else the navigation is icons alone, on screens that have it at the side. */
  readonly showsNavNames: boolean;
  readonly isLive: boolean;
  /** Keys without Ctrl, which some people press by accident or by voice. */
  readonly hasSingleKeys: boolean;
  /** What a key of the product was moved to, by what it was. */
  readonly movedKeys: Readonly<Record<string, string>>;
  readonly foldsIdle: boolean;
  /** Every attempt of an activity is drawn inside its bar. */
  readonly showsTries: boolean;
  /** The lane of the workflow tasks. */
  readonly showsTasks: boolean;
  /** Of the list: which, in their order, and pixels of those that were dragged. */
  readonly columns: readonly string[];
  readonly widths: Readonly<Record<string, number>>;
  /** What stands above the list: when runs started, how long they took, or how long their steps did. */
  readonly strip: ListStrip;
  /** Of a namespace: where its codec server is. */
  readonly codecs: Readonly<Record<string, string>>;
  readonly recent: readonly { readonly path: string; readonly title: string; readonly detail: string }[];
}

const KEY = 'tidemark-preferences';
const RECENT_MAX = 8;
const initial: Preferences = {
  zone: 'UTC',
  hours: '24',
  density: 'default',
  showsNavNames: true,
  isLive: true,
  hasSingleKeys: true,
  movedKeys: {},
  foldsIdle: true,
  showsTries: true,
  showsTasks: true,
  columns: [],
  widths: {},
  strip: 'starts',
  codecs: {},
  recent: [],
};
const listeners = new Set<() => void>();
let current: Preferences | undefined;

function read(): Preferences {
  if (current === undefined) {
    try {
      current = { ...initial, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) };
    } catch {
      // Storage may be off or hold something older.
      current = initial;
    }
    writeHours(current.hours);
  }
  return current;
}

/** For what is no component. */
export const preferences = (): Preferences => read();

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...read(), ...change };
  writeHours(current.hours);
  const { dataset } = document.documentElement;
  dataset['density'] = current.density;
  dataset['nav'] = current.showsNavNames ? 'names' : 'icons';
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // It then lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

export function rememberPage(page: Preferences['recent'][number]): void {
  setPreferences({ recent: [page, ...read().recent.filter((one) => one.path !== page.path)].slice(0, RECENT_MAX) });
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** All of them, for who shows or changes them all: drawn anew whenever one of them changes. */
export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, read, () => initial);

/** One of them. What is drawn by it stays as it is while the others change, and as the server drew it while this one is as it was at first. */
export const usePreference = <Name extends keyof Preferences>(name: Name): Preferences[Name] =>
  useSyncExternalStore(
    subscribe,
    () => read()[name],
    () => initial[name],
  );
