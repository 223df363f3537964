/** Failures of many runs as the few errors they are. */
import type { FailureChain, Fingerprint } from './fingerprint.ts';
import { fingerprintOf } from './fingerprint.ts';

/** A run that ended by it, an activity that is tried again, a workflow task that does not get through. */
export type FailingKind = 'failed' | 'timedOut' | 'activity' | 'task';

export interface Occurrence {
  readonly kind: FailingKind;
  readonly workflowId: string;
  readonly runId: string;
  readonly workflowType: string;
  /** The activity, or the workflow itself. */
  readonly where: string;
  /** Milliseconds since the epoch: the last time it failed like this. */
  readonly at: number;
  /** The first time it failed like this; undefined where only the last is known. */
  readonly since?: number;
  /** How often it was tried so far. */
  readonly attempts: number;
  readonly builds: readonly string[];
  readonly queue: string;
  readonly failure: FailureChain;
}

export interface ErrorGroup extends Fingerprint {
  readonly runs: number;
  readonly byKind: Readonly<Partial<Record<FailingKind, number>>>;
  readonly firstAt: number;
  /** Whether it may have been seen before: of some activity only the last attempt is known. */
  readonly isFirstOpen: boolean;
  readonly lastAt: number;
  /** Occurrences in equal parts of the span that was asked about, the oldest first. */
  readonly trend: readonly number[];
  /** The most frequent first. */
  readonly workflowTypes: readonly string[];
  readonly activities: readonly string[];
  readonly builds: readonly string[];
  /** The newest first. */
  readonly occurrences: readonly Occurrence[];
}

export interface TrendSpan {
  readonly from: number;
  readonly to: number;
  readonly buckets: number;
}

/** The error of the most runs first. */
export function groupErrors(occurrences: readonly Occurrence[], span: TrendSpan): readonly ErrorGroup[] {
  const groups = new Map<string, { readonly print: Fingerprint; readonly found: Occurrence[] }>();
  for (const one of occurrences) {
    const print = fingerprintOf(one.failure, one.where);
    const group = groups.get(print.id) ?? { print, found: [] };
    groups.set(print.id, group);
    group.found.push(one);
  }
  return [...groups.values()]
    .map(({ print, found }) => toGroup(print, found, span))
    .sort((one, other) => other.runs - one.runs || other.lastAt - one.lastAt);
}

function toGroup(print: Fingerprint, found: readonly Occurrence[], span: TrendSpan): ErrorGroup {
  const occurrences = found.toSorted((one, other) => other.at - one.at);
  const byKind: Partial<Record<FailingKind, number>> = {};
  for (const { kind } of found) byKind[kind] = (byKind[kind] ?? 0) + 1;
  return {
    ...print,
    runs: new Set(found.map(({ runId }) => runId)).size,
    byKind,
    firstAt: Math.min(...found.map(({ at, since = at }) => since)),
    isFirstOpen: found.some(({ kind, since }) => kind === 'activity' && since === undefined),
    lastAt: occurrences[0]?.at ?? 0,
    trend: trendOf(found, span),
    workflowTypes: frequent(found.map(({ workflowType }) => workflowType)),
    activities: frequent(found.flatMap(({ where, workflowType }) => (where === workflowType ? [] : [where]))),
    builds: frequent(found.flatMap((one) => one.builds)),
    occurrences,
  };
}

function trendOf(found: readonly Occurrence[], { from, to, buckets }: TrendSpan): readonly number[] {
  const counts = Array.from({ length: buckets }, () => 0);
  const width = (to - from) / buckets;
  for (const { at } of found) {
    const index = Math.min(buckets - 1, Math.floor((at - from) / width));
    if (index >= 0) counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}

function frequent(names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const name of names) if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([one, n], [other, m]) => m - n || one.localeCompare(other)).map(([name]) => name);
}
