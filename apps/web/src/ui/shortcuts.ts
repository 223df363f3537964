'use client';
import { use, useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { KeyDispatch } from './key-dispatch.ts';
import type { Need, Rights } from './rights.ts';
import { refusalOf, RightsContext } from './rights.ts';
import { tell } from './toasts.tsx';

/** One key of the product. `keys` is what tinykeys reads, or `NO_KEY`; `shown` is what people read. */
export interface Shortcut {
  readonly keys: string;
  readonly shown: string;
  readonly label: string;
  readonly scope: string;
  readonly run: () => void;
  /** Also while a field has the focus. */
  readonly inFields?: boolean;
  /** Once more and again while it is held: what moves by one step. Of one key alone. */
  readonly repeats?: boolean;
  /** It is done to what the page shows, so the palette offers it too. */
  readonly isAction?: boolean;
  /** The role it takes, where it changes something: the palette says who may not. */
  readonly needs?: Need;
}

/** Of what the palette alone offers. */
export const NO_KEY = '';

/** What the reader made of the keys: whether those without Ctrl work at all, and where they were moved. */
export interface KeyChoices {
  readonly hasSingleKeys: boolean;
  readonly movedKeys: Readonly<Record<string, string>>;
}

/** The scope of the keys that work on every page. */
export const EVERYWHERE = 'Everywhere';

let choices: KeyChoices = { hasSingleKeys: true, movedKeys: {} };

export function chooseKeys(next: KeyChoices): void {
  choices = next;
  publish();
}

/** What a shortcut is bound to now. */
export const boundTo = ({ keys }: Shortcut): string => choices.movedKeys[keys] ?? keys;

/** What people read of it. */
export function shownKeys(shortcut: Shortcut): string {
  const keys = boundTo(shortcut);
  if (keys === shortcut.keys) return shortcut.shown;
  return keys.replaceAll('$mod+', 'Ctrl ').replaceAll('Shift+', '⇧ ');
}

/** Without a modifier that letters are not typed with. */
export const isSingleKey = (keys: string): boolean => !keys.includes('$mod+') && !keys.includes('Control+') && !keys.includes('Alt+');

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

interface Binding {
  /** What is bound to the key now. */
  readonly shortcut: Shortcut;
  readonly keys: string;
  readonly isOfPage: boolean;
  readonly repeats: boolean | undefined;
}

const dispatch = new KeyDispatch<Binding>();
/** The keys of each part of the page, as they were last drawn. */
const latest = new Set<{ readonly current: readonly Shortcut[] }>();

function onKey(event: KeyboardEvent): void {
  // A field that is filled in by the browser says that a key was pressed, and not which.
  if (typeof event.key !== 'string') return;
  const bindings = [...latest].flatMap(({ current }) =>
    current
      .filter(({ keys }) => keys !== NO_KEY)
      .map((shortcut) => ({
        shortcut,
        keys: boundTo(shortcut),
        isOfPage: shortcut.scope !== EVERYWHERE,
        repeats: shortcut.repeats,
      })),
  );
  const taken = dispatch.take(event, bindings, ({ shortcut }) => mayAct(shortcut, event));
  if (taken === undefined) return;
  event.preventDefault();
  taken.shortcut.run();
}

/** Binds keys while the component is mounted. The list may be a new one on every render; what a key does is read when it is pressed. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const rights = use(RightsContext);
  const own = useRef(shortcuts);
  // With the drawing itself: a key that is pressed at what is seen must never act on what stood there before.
  useLayoutEffect(() => {
    own.current = shortcuts.map((one) => permitted(one, rights));
  });
  useSyncExternalStore(
    subscribe,
    () => choices,
    () => choices,
  );
  // The sheet and the palette change only when one joins, leaves, is moved or is called otherwise.
  const signature = shortcuts.map((one) => `${boundTo(one)} ${one.label}`).join(' | ');
  useEffect(() => {
    const bound = own.current;
    // Once for all of them: a listener is added no second time.
    window.addEventListener('keydown', onKey);
    latest.add(own);
    active.add(bound);
    publish();
    return () => {
      latest.delete(own);
      active.delete(bound);
      publish();
    };
  }, [signature]);
}

/** Who may not do it is told why, as the button for it says. */
function permitted(shortcut: Shortcut, rights: Rights | undefined): Shortcut {
  const refusal = refusalOf(rights, shortcut.needs);
  return refusal === undefined ? shortcut : { ...shortcut, run: () => tell(refusal, 'problem') };
}

/** Does what it does now: what is listed may have been drawn a while ago. */
export function runNow({ keys, label }: Shortcut): void {
  const now = [...latest].flatMap(({ current }) => current).find((one) => one.keys === keys && one.label === label);
  now?.run();
}

export const SHEET_KEY = 'Shift+?';

function mayAct(shortcut: Shortcut, event: KeyboardEvent): boolean {
  // The sheet itself stays in reach, or nobody could switch the keys on again.
  if (!choices.hasSingleKeys && isSingleKey(boundTo(shortcut)) && shortcut.keys !== SHEET_KEY) return false;
  if (shortcut.inFields) return true;
  // A menu has keys of its own, and the key that closed it is done with.
  const isInMenu = event.target instanceof Element && event.target.closest('[role="menu"]') !== null;
  return !isField(event.target) && !isInMenu && document.querySelector('[role="dialog"]') === null;
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
