'use client';
import { useSyncExternalStore } from 'react';
import type { WirePayload } from '../domain/wire-payload.ts';
import type { RunId } from './queries.ts';

export type MessageKind = 'signal' | 'query' | 'update';

export type Answer =
  | { readonly ok: true; readonly payloads: readonly WirePayload[]; readonly note?: string }
  | { readonly ok: false; readonly message: string };

/** What was asked of a run, or told to it, from this page. */
export interface Call {
  readonly id: number;
  readonly at: number;
  readonly kind: MessageKind;
  readonly name: string;
  /** Arguments as they were typed, so that they can be sent again. */
  readonly text: string;
  readonly tookMs: number;
  readonly answer: Answer;
}

const CALLS_MAX = 20;
const RUNS_MAX = 20;
const none: readonly Call[] = [];
/** In memory alone: arguments and answers may hold what must not lie in a browser's storage. */
const calls = new Map<string, readonly Call[]>();
const listeners = new Set<() => void>();
let lastId = 0;

const keyOf = ({ namespace, workflowId, runId }: RunId): string => JSON.stringify([namespace, workflowId, runId]);

export function addCall(run: RunId, call: Omit<Call, 'id'>): void {
  const key = keyOf(run);
  lastId += 1;
  const list = [{ ...call, id: lastId }, ...(calls.get(key) ?? none)].slice(0, CALLS_MAX);
  calls.delete(key);
  calls.set(key, list);
  for (const oldest of calls.keys()) {
    if (calls.size <= RUNS_MAX) break;
    calls.delete(oldest);
  }
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** The last calls to a run, newest first; they outlast its tab, but not the page. */
export function useRunCalls(run: RunId): readonly Call[] {
  const key = keyOf(run);
  return useSyncExternalStore(
    subscribe,
    () => calls.get(key) ?? none,
    () => none,
  );
}
