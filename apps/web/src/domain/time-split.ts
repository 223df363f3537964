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
const ORDER = ['run', 'failed', 'task', 'backoff', 'queue', 'child', 'timer'] as const satisfies readonly SplitKind[];

const isGood = (group: Group, { end }: Segment): boolean => end === 'open' || (group.status === 'completed' && end !== 'hatch');

/** Waited, worked, ended: so are nearly all of a long run, and their pieces need not be made to be counted. */
const isPlain = (group: Group): group is Group & { readonly startedAt: number; readonly endedAt: number } =>
  group.kind !== 'update' &&
  group.status !== 'received' &&
  group.pending === undefined &&
  group.startedAt !== undefined &&
  group.endedAt !== undefined;

/** Where stretches of one kind begin and end, each for itself: how many are open is all that counts. */
interface Edges {
  readonly begins: number[];
  readonly ends: number[];
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
  const edges = new Map<SplitKind, Edges>(ORDER.map((kind) => [kind, { begins: [], ends: [] }]));
  const add = (kind: SplitKind, from: number, to: number) => {
    const a = Math.max(from, start);
    const b = Math.min(to, end);
    const edge = edges.get(kind);
    if (b <= a || edge === undefined) return;
    edge.begins.push(a);
    edge.ends.push(b);
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
    else if (isPlain(group) && attempts.ofActivity(group.id) === undefined) {
      add(group.attempt > 1 ? 'backoff' : 'queue', group.openedAt, group.startedAt);
      add(group.status === 'completed' ? 'run' : 'failed', group.startedAt, group.endedAt);
    } else
      for (const segment of piecesOf(group)) {
        if (segment.kind === 'queue') add('queue', segment.from, segment.to);
        else if (segment.kind === 'backoff') add('backoff', segment.from, segment.to);
        else if (segment.kind === 'run') add(isGood(group, segment) ? 'run' : 'failed', segment.from, segment.to);
      }
  }
  return spent([...edges], { start, end });
}

/** Walks over all edges in the order of time; each kind's begins and ends are sorted by themselves, which numbers alone are quickly. */
function spent(edges: readonly (readonly [SplitKind, Edges])[], { start, end }: { start: number; end: number }): SplitPart[] {
  const kinds = edges.map(([kind, { begins, ends }]) => ({
    kind,
    begins: Float64Array.from(begins).sort(),
    ends: Float64Array.from(ends).sort(),
    begun: 0,
    ended: 0,
    ms: 0,
  }));
  let idle = 0;
  for (let reached = start; reached < end; ) {
    let until = end;
    let explained: (typeof kinds)[number] | undefined;
    // In the order in which they explain a moment.
    for (const one of kinds) {
      while (one.begun < one.begins.length && (one.begins[one.begun] ?? 0) <= reached) one.begun += 1;
      while (one.ended < one.ends.length && (one.ends[one.ended] ?? 0) <= reached) one.ended += 1;
      if (one.begun > one.ended) explained ??= one;
      until = Math.min(until, one.begins[one.begun] ?? end, one.ends[one.ended] ?? end);
    }
    if (explained === undefined) idle += until - reached;
    else explained.ms += until - reached;
    reached = until;
  }
  const parts = [...kinds.map(({ kind, ms }) => ({ kind, ms })), { kind: 'idle' as const, ms: idle }];
  return parts.filter(({ ms }) => ms >= 0.5);
}
