/** What is wrong with a task queue of an index, in a few words, and how much it matters. */
import { formatDuration } from '../lib/duration.ts';

export interface QueueSideFacts {
  readonly pollers: readonly { readonly identity: string; readonly build: string | null }[];
  readonly stats: {
    readonly backlog: number;
    readonly oldestMs: number;
    readonly inPerSecond: number;
    readonly outPerSecond: number;
  } | null;
  readonly limit: { readonly perSecond: number } | null;
}
export interface IndexedQueue {
  readonly name: string;
  readonly runs: number;
  readonly openRuns: number;
  readonly sides: { readonly workflow: QueueSideFacts; readonly activity: QueueSideFacts } | null;
  readonly closeName: string | null;
}

export interface QueueFigures {
  readonly pollers: number;
  /** Null where the server keeps no statistics. */
  readonly backlog: number | null;
  readonly oldestMs: number;
  readonly inPerSecond: number;
  readonly outPerSecond: number;
}

/** Both kinds of task together. Nothing of a queue that was not looked into. */
export function figuresOf({ sides }: Pick<IndexedQueue, 'sides'>): QueueFigures | undefined {
  if (sides === null) return undefined;
  const both = [sides.workflow, sides.activity];
  const stats = both.flatMap((side) => side.stats ?? []);
  const sum = (read: (one: (typeof stats)[number]) => number) => stats.reduce((all, one) => all + read(one), 0);
  return {
    pollers: new Set(both.flatMap(({ pollers }) => pollers.map(({ identity }) => identity))).size,
    backlog: stats.length === 0 ? null : sum(({ backlog }) => backlog),
    oldestMs: Math.max(0, ...stats.filter(({ backlog }) => backlog > 0).map(({ oldestMs }) => oldestMs)),
    inPerSecond: sum(({ inPerSecond }) => inPerSecond),
    outPerSecond: sum(({ outPerSecond }) => outPerSecond),
  };
}

export interface QueueTrouble {
  /** 3 for what stands still, 2 for what falls behind, 1 for what catches up, 0 for what is well. */
  readonly rank: 0 | 1 | 2 | 3;
  readonly words: string;
}

/** A wait that a person notices. */
const SLOW_MS = 10_000;
/** Rates are told over half a minute; less than this is chance. */
const DRIFT = 0.05;

export function queueTrouble(queue: IndexedQueue): QueueTrouble {
  const figures = figuresOf(queue);
  if (figures === undefined) return { rank: 0, words: '' };
  const { pollers, backlog, oldestMs, inPerSecond, outPerSecond } = figures;
  // Tasks of runs that have ended lie there until somebody polls; nobody waits for them.
  const isNeeded = queue.openRuns > 0 || (queue.runs === 0 && (backlog ?? 0) > 0);
  if (pollers === 0) {
    if (!isNeeded) return { rank: 0, words: 'nobody polls, nothing needs it' };
    return { rank: 3, words: queue.closeName === null ? 'nobody polls' : `nobody polls; did you mean ${queue.closeName}?` };
  }
  if (queue.sides?.activity.limit?.perSecond === 0) return { rank: 3, words: 'activities are limited to 0 a second' };
  if (backlog === null || backlog === 0) return { rank: 0, words: '' };
  const growth = inPerSecond - outPerSecond;
  if (growth > DRIFT) return { rank: oldestMs >= SLOW_MS ? 2 : 0, words: `growing by ${growth.toFixed(1)} a second` };
  if (growth < -DRIFT)
    return { rank: oldestMs >= SLOW_MS ? 1 : 0, words: `draining, empty in ${formatDuration((backlog / -growth) * 1000)}` };
  return { rank: oldestMs >= SLOW_MS ? 2 : 0, words: oldestMs >= SLOW_MS ? 'not moving' : '' };
}

/** What needs somebody first, then what holds the most open runs. */
export const byTrouble = <Queue extends IndexedQueue>(queues: readonly Queue[]): readonly Queue[] =>
  queues
    .map((queue) => ({ queue, rank: queueTrouble(queue).rank, backlog: figuresOf(queue)?.backlog ?? 0 }))
    .sort(
      (one, other) =>
        other.rank - one.rank ||
        other.backlog - one.backlog ||
        other.queue.openRuns - one.queue.openRuns ||
        one.queue.name.localeCompare(other.queue.name),
    )
    .map(({ queue }) => queue);
