/** The chain of waits and work that made a run as long as it is: what is not on it could have been slower at no cost. */
import { attemptSegments } from './attempt-segments.ts';
import type { AttemptIndex } from './attempts.ts';
import { NO_ATTEMPTS } from './attempts.ts';
import type { Group, RunGroups, WorkflowTask } from './event-groups.ts';
import type { RunEvent } from './run-event.ts';
import type { SplitKind } from './time-split.ts';
import type { Segment } from './timeline-layout.ts';
import { segmentsOf } from './timeline-layout.ts';

/** `taskQueue` is a workflow task that waits for a worker; `taskRetry` the time between one that failed and the next. */
export type PathCause = Exclude<SplitKind, 'idle'> | 'taskQueue' | 'taskRetry' | 'message' | 'other';

/** The name of a wait that nothing in the history gives a name to. */
export const NOBODY = 'a message';

export interface PathStep {
  readonly cause: PathCause;
  readonly from: number;
  readonly to: number;
  readonly name: string;
  /** The event that opened the group or scheduled the task; undefined for a wait for somebody outside. */
  readonly id: number | undefined;
}

export interface PathTotal {
  readonly cause: PathCause;
  readonly ms: number;
  /** The names that took the most of it, three at most. */
  readonly top: readonly { readonly name: string; readonly ms: number }[];
}

export interface CriticalPath {
  /** In time order; together they cover the run from its start to its end. */
  readonly steps: readonly PathStep[];
  /** Steps by the id of their group or task. */
  readonly byId: ReadonlyMap<number, readonly PathStep[]>;
  /** The longest first. */
  readonly totals: readonly PathTotal[];
  /** Moments at which several things arrived together, so that which of them was waited for is a guess. */
  readonly guesses: readonly number[];
  /** Milliseconds by which a group off the path could have ended later; undefined for what is on it, or has not ended. */
  readonly slackOf: (group: Group) => number | undefined;
}

export interface PathSubject {
  readonly events: readonly RunEvent[];
  readonly groups: RunGroups;
  /** The end of the run, or now. */
  readonly end: number;
  readonly attempts?: AttemptIndex;
}

export function criticalPath(subject: PathSubject): CriticalPath {
  const walk = new Walk(subject);
  walk.run();
  const steps = walk.steps.reverse();
  const byId = new Map<number, PathStep[]>();
  for (const step of steps) if (step.id !== undefined) byId.set(step.id, [...(byId.get(step.id) ?? []), step]);
  const joins = walk.joins.sort((a, b) => a - b);
  const slackOf = (group: Group): number | undefined => {
    if (group.endedAt === undefined || group.status === 'abandoned' || group.status === 'received' || byId.has(group.id)) return undefined;
    const ended = group.endedAt;
    return (joins.find((join) => join >= ended) ?? subject.end) - ended;
  };
  return { steps, byId, totals: totalsOf(steps), guesses: walk.guesses.reverse(), slackOf };
}

/** What the walk stands before: the group or the task whose end is explained next. */
type Stand = { readonly group: Group } | { readonly task: WorkflowTask } | undefined;

interface Trigger {
  readonly event: RunEvent;
  readonly isGuess: boolean;
}

/** Goes back from the end, and always to something that began earlier. */
class Walk {
  readonly steps: PathStep[] = [];
  readonly guesses: number[] = [];
  /** Moments at which the path goes from a group or a message into a workflow task. */
  readonly joins: number[] = [];
  readonly #subject: PathSubject;
  readonly #start: number;
  #reached: number;

  constructor(subject: PathSubject) {
    this.#subject = subject;
    this.#start = subject.events[0]?.at ?? subject.end;
    this.#reached = subject.end;
  }

  run(): void {
    let stand = this.#last();
    while (stand !== undefined) stand = 'group' in stand ? this.#overGroup(stand.group) : this.#overTask(stand.task);
    this.#put('other', this.#start, { name: 'before the first task', id: undefined });
  }

  #put(cause: PathCause, from: number, { name, id }: Pick<PathStep, 'name' | 'id'>): void {
    const begin = Math.max(Math.min(from, this.#reached), this.#start);
    const after = this.steps.at(-1);
    if (begin < this.#reached) {
      const isSame = after?.cause === cause && after.id === id && after.name === name;
      const to = isSame ? after.to : this.#reached;
      if (isSame) this.steps.pop();
      this.steps.push({ cause, from: begin, to, name, id });
    }
    this.#reached = begin;
  }

  /** The task that ended the run; where none did, what the run waits for. */
  #last(): Stand {
    const { events, groups } = this.#subject;
    const closing = groups.taskByEvent.get(events.at(-1)?.taskId ?? 0);
    const task = groups.tasks.at(-1);
    if (closing !== undefined && groups.byEvent.get(events.at(-1)?.id ?? 0) === undefined) return { task: closing };
    if (task === undefined || task.status === 'open') return task && { task };
    if (task.status !== 'completed') {
      this.#put('taskRetry', task.endedAt ?? task.scheduledAt, taskSubject(task));
      return { task };
    }
    const awaited = awaitedOf(groups.groups);
    if (awaited === undefined) return this.#waitsSince(task, NOBODY);
    this.guesses.push(this.#subject.end);
    return { group: awaited };
  }

  #waitsSince(task: WorkflowTask | undefined, name: string): Stand {
    this.#put('message', task?.endedAt ?? this.#start, { name, id: undefined });
    return task && { task };
  }

  #overGroup(group: Group): Stand {
    const { groups, end, attempts = NO_ATTEMPTS } = this.#subject;
    const tried = group.kind === 'activity' ? attempts.ofActivity(group.id) : undefined;
    const segments = tried === undefined ? segmentsOf(group, end) : attemptSegments(group, tried, end);
    for (const segment of segments.toReversed()) this.#put(causeOf(group, segment), segment.from, { name: group.name, id: group.id });
    this.#put(WHOLE[group.kind] ?? 'queue', group.openedAt, { name: group.name, id: group.id });
    const task = groups.taskByEvent.get(group.taskId ?? 0) ?? this.#taskBefore(group.id);
    return task && { task };
  }

  #overTask(task: WorkflowTask): Stand {
    const { groups } = this.#subject;
    const before = groups.tasks[task.index - 2];
    const trigger = this.#triggerOf(task, before);
    if (task.startedAt !== undefined) this.#put('task', task.startedAt, taskSubject(task));
    this.#put('taskQueue', Math.max(task.scheduledAt, trigger?.event.at ?? 0), taskSubject(task));
    if (trigger === undefined) return this.#withoutTrigger(task, before);
    this.joins.push(trigger.event.at);
    if (trigger.isGuess) this.guesses.push(trigger.event.at);
    const group = groups.byEvent.get(trigger.event.id);
    if (group === undefined) return undefined;
    if (group.status !== 'received') return { group };
    return this.#waitsSince(this.#taskBefore(group.id), group.name);
  }

  /** The start of the run, a task that is tried again, or an update, which leaves no event before the task that takes it in. */
  #withoutTrigger(task: WorkflowTask, before: WorkflowTask | undefined): Stand {
    if (before === undefined) return undefined;
    if (before.status !== 'completed') {
      this.#put('taskRetry', before.endedAt ?? before.scheduledAt, taskSubject(before));
      return { task: before };
    }
    const update = this.#subject.groups.byEvent.get((task.eventIds.at(-1) ?? 0) + 1);
    return this.#waitsSince(before, update?.kind === 'update' ? update.name : NOBODY);
  }

  /** The last thing from outside that came after the task before and no later than this one began. */
  #triggerOf(task: WorkflowTask, before: WorkflowTask | undefined): Trigger | undefined {
    const { events, groups } = this.#subject;
    const startedId = task.status === 'open' && task.eventIds.length < 2 ? events.length + 1 : (task.eventIds[1] ?? task.id);
    let found: RunEvent | undefined;
    let candidates = 0;
    for (let id = startedId - 1; id > (before?.eventIds.at(-1) ?? 0); id--) {
      const event = events[id - 1];
      const group = groups.byEvent.get(id);
      if (event === undefined || group === undefined || !isFromOutside(event, group)) continue;
      candidates += 1;
      found ??= event;
    }
    return found && { event: found, isGuess: candidates > 1 };
  }

  #taskBefore(eventId: number): WorkflowTask | undefined {
    const { tasks } = this.#subject.groups;
    let low = 0;
    let high = tasks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tasks[middle]?.eventIds.at(-1) ?? eventId) < eventId) low = middle + 1;
      else high = middle;
    }
    while (low > 0 && tasks[low - 1]?.status !== 'completed') low -= 1;
    return tasks[low - 1];
  }
}

const taskSubject = (task: WorkflowTask) => ({ name: `workflow task ${task.index}`, id: task.id });

/** What the workflow hears of: the end of something, or a message. Its own commands and the start of an activity wake nothing. */
const isFromOutside = (event: RunEvent, group: Group): boolean =>
  group.status === 'received'
    ? group.kind === 'signal' || group.kind === 'cancel'
    : group.id !== event.id && group.endedAt !== undefined && group.eventIds.at(-1) === event.id && group.kind !== 'update';

/** Of what is open: work before timers, which are often no more than deadlines; the newest work, and the next timer. */
function awaitedOf(groups: readonly Group[]): Group | undefined {
  const open = groups.filter((group) => (group.endedAt === undefined || group.status === 'abandoned') && group.status !== 'received');
  const work = open.findLast((group) => group.kind !== 'timer' && group.kind !== 'update');
  if (work !== undefined) return work;
  return open.filter(({ kind }) => kind === 'timer').toSorted((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))[0];
}

const WHOLE: Readonly<Partial<Record<Group['kind'], PathCause>>> = { child: 'child', timer: 'timer', nexus: 'run', external: 'other' };

function causeOf(group: Group, { kind, end }: Segment): PathCause {
  const whole = WHOLE[group.kind];
  if (whole !== undefined) return whole;
  if (kind === 'queue') return 'queue';
  if (kind !== 'run') return 'backoff';
  return end === 'open' || (group.status === 'completed' && end !== 'hatch') ? 'run' : 'failed';
}

const TOP = 3;

function totalsOf(steps: readonly PathStep[]): PathTotal[] {
  const sums = new Map<PathCause, Map<string, number>>();
  for (const { cause, name, from, to } of steps) {
    const names = sums.get(cause) ?? new Map<string, number>();
    names.set(name, (names.get(name) ?? 0) + to - from);
    sums.set(cause, names);
  }
  return [...sums]
    .map(([cause, names]) => {
      const all = [...names].map(([name, ms]) => ({ name, ms })).sort((a, b) => b.ms - a.ms);
      return { cause, ms: all.reduce((sum, { ms }) => sum + ms, 0), top: all.slice(0, TOP) };
    })
    .sort((a, b) => b.ms - a.ms);
}
