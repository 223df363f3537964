/** An error of the inbox in words, and the queries that name its runs. */
import { plural } from '../lib/number.ts';

export type FailingKind = 'failed' | 'timedOut' | 'activity' | 'task';
export type KindCounts = Readonly<Partial<Record<FailingKind, number>>>;

const WORDS: Readonly<Record<FailingKind, (count: number) => string>> = {
  task: (count) => plural(count, 'workflow task fails', 'workflow tasks fail'),
  activity: (count) => plural(count, 'activity retries', 'activities retry'),
  failed: (count) => plural(count, 'run failed', 'runs failed'),
  timedOut: (count) => plural(count, 'run timed out', 'runs timed out'),
};
const ORDER = ['task', 'activity', 'failed', 'timedOut'] as const satisfies readonly FailingKind[];

/** What it does to runs, the worst first: `2 activities retry, 1 run failed`. */
export const kindWords = (counts: KindCounts): string =>
  ORDER.flatMap((kind) => ((counts[kind] ?? 0) > 0 ? [WORDS[kind](counts[kind] ?? 0)] : [])).join(', ');

export const KIND_LOOKS = {
  task: { tone: 'taskfail', glyph: 'taskfail', word: 'Task failing', isCalm: false },
  activity: { tone: 'retrying', glyph: 'retrying', word: 'Retrying', isCalm: false },
  failed: { tone: 'failed', glyph: 'failed', word: 'Failed', isCalm: false },
  timedOut: { tone: 'timedout', glyph: 'timedout', word: 'Timed out', isCalm: false },
} as const;

/** The kind that stands for the group: what still goes on before what is over. */
export const worstKind = (counts: KindCounts): FailingKind => ORDER.find((kind) => (counts[kind] ?? 0) > 0) ?? 'failed';

/** Addresses and queries carry so many ids at most. */
export const NAMED_MAX = 150;

/** A list filter that finds exactly these runs; the first ones when there are too many to name. */
export function queryOf(runIds: readonly string[]): string {
  const named = [...new Set(runIds)].slice(0, NAMED_MAX).map((id) => `'${id.replaceAll("'", "''")}'`);
  return named.length === 1 ? `RunId = ${named[0]}` : `RunId IN (${named.join(', ')})`;
}

export interface LookedAt {
  readonly closedLookedAt: number;
  readonly openLookedAt: number;
  readonly hasMoreClosed: boolean;
  readonly hasMoreOpen: boolean;
}

/** What an answer stands on: `from the last 200 failed runs and 100 open runs`. */
export const lookedWords = ({ closedLookedAt, openLookedAt, hasMoreClosed, hasMoreOpen }: LookedAt): string =>
  `from ${hasMoreClosed ? 'the last ' : ''}${plural(closedLookedAt, 'failed run')} and ${hasMoreOpen ? 'the newest ' : ''}${plural(openLookedAt, 'open run')}`;
