'use client';
import { useEffect, useRef, useSyncExternalStore } from 'react';

/** What changes while it is said is said as it is then, and the next thing waits as long as this. */
const SETTLE_MS = 400;
const PAUSE_MS = 5_000;
/** Then it is gone, so that who reads the page does not come across it again at its end. */
const STAYS_MS = 3_000;

let said = '';
let waiting: string | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let lastAt = Number.NEGATIVE_INFINITY;
const listeners = new Set<() => void>();

function show(text: string): void {
  said = text;
  for (const listener of listeners) listener();
}

function say(): void {
  timer = undefined;
  if (waiting === undefined) return;
  const text = waiting;
  waiting = undefined;
  lastAt = performance.now();
  show(text);
  setTimeout(() => said === text && show(''), STAYS_MS);
}

/** What another page has to say waits for nothing that was said on this one. */
export function startAnew(): void {
  lastAt = Number.NEGATIVE_INFINITY;
  if (timer === undefined) return;
  clearTimeout(timer);
  timer = setTimeout(say, SETTLE_MS);
}

/** Tells those who do not see the page, politely and at most every five seconds: of what comes faster the last is said. */
export function announce(text: string): void {
  waiting = text;
  timer ??= setTimeout(say, Math.max(SETTLE_MS, lastAt + PAUSE_MS - performance.now()));
}

/**
 * Announces the text when `subject` becomes another; what moves within the text, a clock or a count of attempts, is no news, nor
 * is a subject that comes back within `restMs`.
 */
export function useAnnounced(subject: string | undefined, text: string, restMs = 0): void {
  const known = useRef(new Map<string, number>());
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  });
  useEffect(() => {
    const now = performance.now();
    const isKnown = subject === undefined || now - (known.current.get(subject) ?? Number.NEGATIVE_INFINITY) < restMs;
    if (isKnown) return;
    known.current.set(subject, now);
    announce(latest.current);
  }, [subject, restMs]);
}

/** The one place of a page where things are announced; it is there before there is anything to say. */
export function Announcer() {
  const text = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    () => said,
    () => '',
  );
  return (
    <p className="sr" aria-live="polite" aria-atomic="true">
      {text}
    </p>
  );
}
