/** What needs somebody in a namespace, the worst first; each with what it stands on and where it leads. */
import { formatDuration } from '../lib/duration.ts';
import { formatCount, plural } from '../lib/number.ts';
import type { IndexedQueue } from './queue-trouble.ts';
import { figuresOf, queueTrouble } from './queue-trouble.ts';
import type { Tone } from './status.ts';

export type AttentionLink =
  | { readonly to: 'runs'; readonly query: string }
  | { readonly to: 'queue'; readonly name: string }
  | { readonly to: 'error'; readonly id: string }
  | { readonly to: 'worker'; readonly key: string }
  | { readonly to: 'schedule'; readonly id: string }
  | { readonly to: 'pausedSchedules' };

export interface AttentionItem {
  readonly tone: Exclude<Tone, 'wait'>;
  readonly what: string;
  readonly evidence: string;
  readonly link: AttentionLink;
}

type Counts = Readonly<Record<string, number>>;

export interface AttentionFacts {
  readonly now: number;
  readonly overview: {
    readonly lastHour: Counts | null;
    readonly hourBefore: Counts | null;
    readonly hourFrom: number;
    readonly failingTasks: { readonly count: number; readonly query: string } | null;
  };
  readonly errors: readonly {
    readonly id: string;
    readonly type: string;
    readonly template: string;
    readonly byKind: Readonly<Partial<Record<'failed' | 'timedOut' | 'activity' | 'task', number>>>;
    readonly activities: readonly string[];
  }[];
  readonly queues: readonly IndexedQueue[];
  readonly pausedSchedules: readonly string[];
  readonly workers: readonly {
    readonly key: string;
    readonly identity: string;
    readonly queue: string;
    readonly status: string;
    readonly heartbeatAt: number | null;
  }[];
}

/** Of one kind so many are named. */
const EACH_MAX = 5;
/** More failures than in the hour before by this much are worth a look. */
const RISE = 1.5;
/** Workers report once a minute; two missed reports are worth a word. */
export const SILENT_MS = 150_000;

export const badOf = (counts: Counts): number => (counts['Failed'] ?? 0) + (counts['TimedOut'] ?? 0);

export function attentionOf(facts: AttentionFacts): readonly AttentionItem[] {
  return [
    ...tasks(facts),
    ...stuckQueues(facts),
    ...failures(facts),
    ...retries(facts),
    ...slowQueues(facts),
    ...silent(facts),
    ...paused(facts),
  ];
}

function tasks({ overview: { failingTasks }, errors }: AttentionFacts): readonly AttentionItem[] {
  const count = failingTasks?.count ?? 0;
  const group = errors.find(({ byKind }) => (byKind.task ?? 0) > 0);
  if (failingTasks !== null && count > 0) {
    const evidence = group === undefined ? 'their workers answer with an error' : `${group.type}: ${group.template}`;
    const what =
      count === 1 ? '1 run cannot go on: its workflow task fails' : `${formatCount(count)} runs cannot go on: their workflow tasks fail`;
    return [{ tone: 'taskfail', what, evidence, link: { to: 'runs', query: failingTasks.query } }];
  }
  if (group === undefined) return [];
  const what = `Workflow tasks of ${plural(group.byKind.task ?? 0, 'run')} fail`;
  return [{ tone: 'taskfail', what, evidence: `${group.type}: ${group.template}`, link: { to: 'error', id: group.id } }];
}

function queuesOf({ queues }: AttentionFacts, rank: number, tone: AttentionItem['tone']): readonly AttentionItem[] {
  const found = queues.filter((queue) => queueTrouble(queue).rank === rank).slice(0, EACH_MAX);
  return found.map((queue) => {
    const { backlog, oldestMs } = figuresOf(queue) ?? { backlog: null, oldestMs: 0 };
    const waits = backlog
      ? `${plural(backlog, 'task')} ${backlog === 1 ? 'waits' : 'wait'}, the oldest for ${formatDuration(oldestMs)}`
      : '';
    return {
      tone,
      what: `Queue ${queue.name}: ${queueTrouble(queue).words}`,
      evidence: [waits, plural(queue.openRuns, 'open run')].filter(Boolean).join(' · '),
      link: { to: 'queue', name: queue.name },
    };
  });
}
const stuckQueues = (facts: AttentionFacts) => queuesOf(facts, 3, 'failed');
const slowQueues = (facts: AttentionFacts) => queuesOf(facts, 2, 'retrying');

function failures({ overview: { lastHour, hourBefore, hourFrom } }: AttentionFacts): readonly AttentionItem[] {
  if (lastHour === null || hourBefore === null) return [];
  const [late, before] = [badOf(lastHour), badOf(hourBefore)];
  if (late === 0 || late < before * RISE) return [];
  const query = `ExecutionStatus IN ('Failed', 'TimedOut') AND CloseTime >= '${new Date(hourFrom).toISOString()}'`;
  return [
    {
      tone: 'failed',
      what: `${plural(late, 'run')} failed or timed out in the last hour`,
      evidence: before === 0 ? 'none in the hour before' : `${formatCount(before)} in the hour before`,
      link: { to: 'runs', query },
    },
  ];
}

function retries({ errors }: AttentionFacts): readonly AttentionItem[] {
  return errors
    .filter(({ byKind }) => (byKind.activity ?? 0) > 0)
    .slice(0, EACH_MAX)
    .map(({ id, type, template, byKind, activities }) => ({
      tone: 'retrying',
      what: `${plural(byKind.activity ?? 0, 'activity', 'activities')} ${byKind.activity === 1 ? 'is' : 'are'} tried again: ${activities.slice(0, 2).join(', ')}`,
      evidence: `${type}: ${template}`,
      link: { to: 'error', id },
    }));
}

function silent({ workers, now }: AttentionFacts): readonly AttentionItem[] {
  return workers
    .filter(({ status, heartbeatAt }) => status === 'Running' && heartbeatAt !== null && now - heartbeatAt > SILENT_MS)
    .slice(0, EACH_MAX)
    .map(({ key, identity, queue, heartbeatAt }) => ({
      tone: 'retrying',
      what: `Worker ${identity} is silent`,
      evidence: `no heartbeat for ${formatDuration(now - (heartbeatAt ?? now))} · ${queue}`,
      link: { to: 'worker', key },
    }));
}

function paused({ pausedSchedules: [first, ...rest] }: AttentionFacts): readonly AttentionItem[] {
  if (first === undefined) return [];
  if (rest.length === 0)
    return [{ tone: 'paused', what: `Schedule ${first} is paused`, evidence: 'it starts nothing', link: { to: 'schedule', id: first } }];
  const evidence = [first, ...rest].slice(0, 3).join(', ');
  return [{ tone: 'paused', what: `${formatCount(rest.length + 1)} schedules are paused`, evidence, link: { to: 'pausedSchedules' } }];
}
