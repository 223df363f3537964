'use client';
import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
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
  /** Once more and again while it is held: what moves by one step. Of one key alone. */
  readonly repeats?: boolean;
}

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

/** As long as tinykeys waits for the second key of two. */
const SECOND_KEY_MS = 1000;
const MODIFIERS: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph']);
interface Pressed {
  readonly key: string;
  readonly at: number;
}
let pressed: readonly [before: Pressed, last: Pressed] = [
  { key: '', at: 0 },
  { key: '', at: 0 },
];

function notePress({ key, timeStamp }: KeyboardEvent): void {
  if (!MODIFIERS.has(key)) pressed = [pressed[1], { key, at: timeStamp }];
}

/** The second of two keys is theirs alone: `a p` replays, and does nothing of what `p` does. */
function isSecondOfTwo(shortcut: Shortcut, { timeStamp }: KeyboardEvent): boolean {
  const [before] = pressed;
  const both = `${before.key} ${boundTo(shortcut)}`;
  return timeStamp - before.at < SECOND_KEY_MS && snapshot.some((one) => boundTo(one) === both);
}

/** Of two keys, the second without the first right before it: tinykeys goes on waiting for `a d` when `a p` was pressed. */
function isWithoutFirst(shortcut: Shortcut): boolean {
  const [first, second] = boundTo(shortcut).split(' ');
  return second !== undefined && first?.split('+').at(-1)?.toLowerCase() !== pressed[0].key.toLowerCase();
}

/** What a page makes of a key goes before what the key does everywhere. */
const isTakenHere = (shortcut: Shortcut): boolean =>
  shortcut.scope === EVERYWHERE && snapshot.some((one) => one.scope !== EVERYWHERE && boundTo(one) === boundTo(shortcut));

/** Binds keys while the component is mounted. The list may be a new one on every render; what a key does is read when it is pressed. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  // With the drawing itself: a key that is pressed at what is seen must never act on what stood there before.
  useLayoutEffect(() => {
    latest.current = shortcuts;
  });
  useSyncExternalStore(
    subscribe,
    () => choices,
    () => choices,
  );
  // The sheet and the bindings change only when a key joins, leaves or is moved.
  const signature = shortcuts.map(boundTo).join(' | ');
  useEffect(() => {
    const bound = latest.current;
    active.add(bound);
    publish();
    const bind = (repeats: boolean) => {
      const bindings = bound
        .filter((one) => (one.repeats ?? false) === repeats)
        .map((one) => [boundTo(one), (event: KeyboardEvent) => pressNow(one, latest.current, event)] as const);
      // Of itself it hears nothing in fields; which keys work there is said here.
      return tinykeys(window, Object.fromEntries(bindings), {
        // The first of two keys that is held would be forgotten with its second repetition.
        ignore: ({ repeat, isComposing }) => (repeat && !repeats) || isComposing,
      });
    };
    // Once for all of them, and before any of them: a listener is added no second time.
    window.addEventListener('keydown', notePress, true);
    const unbinds = [bind(false), bind(true)];
    return () => {
      for (const unbind of unbinds) unbind();
      active.delete(bound);
      publish();
    };
  }, [signature]);
}

export const SHEET_KEY = 'Shift+?';

/** What the key does now; nothing when it has left since it was bound. */
function pressNow({ keys }: Shortcut, latest: readonly Shortcut[], event: KeyboardEvent): void {
  const shortcut = latest.find((one) => one.keys === keys);
  if (shortcut !== undefined) press(shortcut, event);
}

function press(shortcut: Shortcut, event: KeyboardEvent): void {
  if (event.defaultPrevented || isSecondOfTwo(shortcut, event) || isWithoutFirst(shortcut) || isTakenHere(shortcut)) return;
  // The sheet itself stays in reach, or nobody could switch the keys on again.
  if (!choices.hasSingleKeys && isSingleKey(boundTo(shortcut)) && shortcut.keys !== SHEET_KEY) return;
  // A menu has keys of its own, and the key that closed it is done with.
  const isInMenu = event.target instanceof Element && event.target.closest('[role="menu"]') !== null;
  const isBlocked = !shortcut.inFields && (isField(event.target) || isInMenu || document.querySelector('[role="dialog"]') !== null);
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
