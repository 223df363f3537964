/** Where the time of a run went: every moment belongs to the one thing that best explains it. */
import { attemptSegments } from './attempt-segments.ts';
import type { AttemptIndex } from './attempts.ts';
import { NO_ATTEMPTS } from './attempts.ts';
import type { Group, RunGroups } from './event-groups.ts';
import type { Segment } from './timeline-layout.ts';
import { segmentsOf } from './timeline-layout.ts';

export type SplitKind = 'run' | 'failed' | 'backoff' | 'queue' | 'timer' | 'child' | 'task' | 'idle';
export interface SplitPart {
  readonly kind: SplitKind;
  readonly ms: number;
}

/** Somebody working explains a moment before somebody waiting does. */
const ORDER: readonly SplitKind[] = ['run', 'failed', 'task', 'backoff', 'queue', 'child', 'timer', 'idle'];

const isGood = (group: Group, { end }: Segment): boolean => end === 'open' || (group.status === 'completed' && end !== 'hatch');

interface Edge {
  readonly at: number;
  readonly kind: SplitKind;
  readonly by: 1 | -1;
}

export interface SplitSpan {
  readonly start: number;
  readonly end: number;
  /** Tell tries and the back-off between them apart. */
  readonly attempts?: AttemptIndex;
}

export function timeSplit(run: RunGroups, { start, end, attempts = NO_ATTEMPTS }: SplitSpan): SplitPart[] {
  const piecesOf = (group: Group): readonly Segment[] => {
    const tried = attempts.ofActivity(group.id);
    return tried === undefined ? segmentsOf(group, end) : attemptSegments(group, tried, end);
  };
  const edges: Edge[] = [];
  const add = (kind: SplitKind, from: number, to: number) => {
    const a = Math.max(from, start);
    const b = Math.min(to, end);
    if (b > a) edges.push({ at: a, kind, by: 1 }, { at: b, kind, by: -1 });
  };
  for (const task of run.tasks) {
    add('queue', task.scheduledAt, task.startedAt ?? task.endedAt ?? end);
    if (task.startedAt !== undefined) add('task', task.startedAt, task.endedAt ?? end);
  }
  const last = run.tasks.at(-1);
  // Later attempts of a task that failed leave no events, yet nothing else goes on until one of them succeeds.
  if (last?.endedAt !== undefined && (last.status === 'failed' || last.status === 'timedout')) add('failed', last.endedAt, end);
  for (const group of run.groups) {
    if (group.kind === 'child') add('child', group.openedAt, group.endedAt ?? end);
    else if (group.kind === 'timer') add('timer', group.openedAt, group.endedAt ?? end);
    else
      for (const segment of piecesOf(group)) {
        if (segment.kind === 'queue') add('queue', segment.from, segment.to);
        else if (segment.kind === 'backoff') add('backoff', segment.from, segment.to);
        else if (segment.kind === 'run') add(isGood(group, segment) ? 'run' : 'failed', segment.from, segment.to);
      }
  }
  edges.sort((a, b) => a.at - b.at);
  const depth = new Map<SplitKind, number>();
  const sums = new Map<SplitKind, number>();
  let reached = start;
  const spend = (until: number) => {
    const kind = ORDER.find((one) => (depth.get(one) ?? 0) > 0) ?? 'idle';
    sums.set(kind, (sums.get(kind) ?? 0) + until - reached);
    reached = until;
  };
  for (const edge of edges) {
    if (edge.at > reached) spend(edge.at);
    depth.set(edge.kind, (depth.get(edge.kind) ?? 0) + edge.by);
  }
  if (end > reached) spend(end);
  return ORDER.flatMap((kind) => ((sums.get(kind) ?? 0) >= 0.5 ? [{ kind, ms: sums.get(kind) ?? 0 }] : []));
}
