/**
 * Every attempt of a run's activities and every workflow task that failed, read off its transitions in order. History has one Started event
 * however many attempts there were; the notes beside it say the rest. What is kept is bounded, so that the thousandth attempt costs what the
 * thirtieth did.
 */
import { api } from '@tidemark/protocol/api';
import { fromTimestamp, toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { Instant } from '../../kernel/ports.ts';
import type { Draft, HistoryEvent } from './events.ts';
import { camelCase } from './events.ts';
import { FirstAndLast } from './first-and-last.ts';
import type { FailedTask, Note } from './notes.ts';
import { storedFailure } from './stored-failure.ts';
import type { ActivityProgress, WorkflowTask } from './volatile.ts';

const { TimeoutType, WorkflowTaskFailedCause } = api.enums.v1;
type IFailure = temporal.api.failure.v1.IFailure;

export interface Attempt {
  /** As its worker was told; it begins again at 1 after a reset. */
  readonly number: number;
  readonly scheduledAt: Instant;
  readonly startedAt: Instant;
  worker: string;
  build: string;
  outcome: 'running' | 'failed' | 'completed' | 'canceled';
  endedAt?: Instant;
  heartbeatAt?: Instant;
  /** When the attempt after it is, or was, to be handed out. */
  retryAt?: Instant;
  /** Of a workflow task: why it failed, as the protocol names it. */
  cause?: string;
  /** Encoded Failure; one object for failures that are alike. */
  failure?: Uint8Array;
}

/** Failures in a row that are alike. */
export interface Streak {
  readonly failure: Uint8Array;
  /** Among all attempts, from 1. */
  readonly from: number;
  to: number;
}

export interface Attempts {
  /** Of an activity, or of the first workflow task of a row that failed. */
  readonly scheduledEventId: number;
  /** Of a row of workflow tasks: the latest of them, the one that succeeded included. */
  lastEventId: number;
  readonly attempts: FirstAndLast<Attempt>;
  readonly streaks: FirstAndLast<Streak>;
  failed: number;
  isOver: boolean;
}

/** Attempts that history does not know of, by who had them. */
export interface WorkerAttempts {
  readonly worker: string;
  readonly build: string;
  activityAttempts: number;
  taskAttempts: number;
  readonly firstAt: Instant;
  lastAt: Instant;
}

/** One committed step, decoded. */
export interface PastStep {
  readonly events: readonly HistoryEvent[];
  readonly notes: readonly Note[];
}

const KEPT = { first: 3, last: 20 };
/** Of the activities that are over, the latest of those that were tried more than once; of rows of failed tasks the latest. */
const OVER_MAX = 200;
const TOLD_MAX = 300;
const ROWS_MAX = 50;
const WORKERS_MAX = 200;
const NOTHING = new Uint8Array();

export class AttemptJournal {
  private readonly byActivity = new Map<number, Attempts>();
  private readonly byWorker = new Map<string, WorkerAttempts>();
  private readonly ended = new Set<number>();
  private over = 0;
  private leftOut = 0;
  /** The last one that a worker took. */
  private task: WorkflowTask | undefined;

  readonly rows: Attempts[] = [];

  constructor(private readonly failureBytesMax: number) {}

  /** Those that failed at least once, the latest of them, in the order in which they were first tried. */
  get activities(): readonly Attempts[] {
    return this.tried.slice(-TOLD_MAX);
  }

  private get tried(): readonly Attempts[] {
    return [...this.byActivity.values()].filter(({ attempts, failed, isOver }) => attempts.total > 1 || (failed > 0 && !isOver));
  }

  get workers(): readonly WorkerAttempts[] {
    return [...this.byWorker.values()];
  }

  /** Activities that failed and are not told of any more. */
  get activitiesLeftOut(): number {
    return this.leftOut + Math.max(0, this.tried.length - TOLD_MAX);
  }

  /** The next step of the run. */
  take({ events, notes }: PastStep): void {
    for (const note of notes) this.takeNote(note);
    for (const event of events) this.takeEvent(event);
    for (const id of this.ended) this.settle(id);
    this.ended.clear();
  }

  private takeNote(note: Note): void {
    switch (note.type) {
      case 'activityProgress':
        this.takeProgress(note.scheduledEventId, note.progress);
        return;
      case 'eventBuffered':
        this.takeEnd(note.draft.name, note.draft.attributes, note.draft.time ?? 0);
        return;
      case 'workflowTaskSet':
        if (note.failed !== undefined && this.task !== undefined) this.takeFailedTask(this.task, note.failed);
        if (note.task !== undefined && note.task.startedEventId > 0) this.task = note.task;
        return;
      default:
        return;
    }
  }

  private takeProgress(id: number, progress: ActivityProgress | undefined): void {
    if (progress === undefined) {
      this.ended.add(id);
      return;
    }
    let entry = this.byActivity.get(id);
    if (entry === undefined) this.byActivity.set(id, (entry = empty(id)));
    const newest = entry.attempts.newest;
    if (progress.phase !== 'started') {
      if (newest?.outcome === 'running') {
        const endedAt = progress.lastAttemptEndedAt ?? newest.startedAt;
        this.fail(entry, newest, { endedAt, failure: progress.lastFailure });
        this.count(newest, 'activityAttempts', endedAt);
      }
      if (newest !== undefined) newest.retryAt = progress.scheduledAt;
      return;
    }
    // Heartbeats, pauses and changed options say again what the attempt is.
    const attempt =
      newest?.outcome === 'running' && newest.startedAt === progress.startedAt && newest.number === progress.attempt
        ? newest
        : started(entry, progress);
    attempt.worker = progress.identity ?? '';
    attempt.build = progress.build ?? '';
    if (progress.heartbeatAt !== undefined) attempt.heartbeatAt = progress.heartbeatAt;
  }

  private takeEvent(event: HistoryEvent): void {
    const at = fromTimestamp(event.eventTime) ?? 0;
    const name = ends.find((one) => event[`${one}EventAttributes`]);
    if (name !== undefined) this.takeEnd(name, event[`${name}EventAttributes`] ?? {}, at);
    this.takeTaskEvent(event, at);
  }

  /** How the last attempt ended: also as an event that waits for the workflow task in flight. */
  private takeEnd(name: Draft['name'], attributes: object, at: Instant): void {
    const outcome = outcomes[name];
    if (outcome === undefined) return;
    // The events that are listed above have these fields, and are told apart by their name alone.
    const { scheduledEventId, failure: given } = attributes as EndAttributes;
    const entry = this.byActivity.get(toNumber(scheduledEventId));
    const newest = entry?.attempts.newest;
    if (entry === undefined || newest?.outcome !== 'running') return;
    if (outcome === 'failed') {
      const failure = given ? storedFailure(given, this.failureBytesMax) : undefined;
      this.fail(entry, newest, { endedAt: at, failure });
      return;
    }
    newest.outcome = outcome;
    newest.endedAt = at;
  }

  private fail(
    entry: Attempts,
    attempt: Attempt,
    { endedAt, failure = NOTHING }: { endedAt: Instant; failure: Uint8Array | undefined },
  ): void {
    const streak = entry.streaks.newest;
    const isLike = streak !== undefined && isEqual(streak.failure, failure);
    attempt.outcome = 'failed';
    attempt.endedAt = endedAt;
    attempt.failure = isLike ? streak.failure : failure;
    entry.failed += 1;
    const ordinal = entry.attempts.total;
    if (isLike && streak.to === ordinal - 1) streak.to = ordinal;
    else entry.streaks.push({ failure: attempt.failure, from: ordinal, to: ordinal });
  }

  /** An activity that needed one attempt is told by history alone. */
  private settle(id: number): void {
    const entry = this.byActivity.get(id);
    if (entry === undefined || entry.isOver) return;
    entry.isOver = true;
    if (entry.attempts.total <= 1) {
      this.byActivity.delete(id);
      return;
    }
    this.over += 1;
    if (this.over <= OVER_MAX) return;
    for (const [oldest, { isOver }] of this.byActivity) {
      if (!isOver) continue;
      this.byActivity.delete(oldest);
      this.over -= 1;
      this.leftOut += 1;
      return;
    }
  }

  private takeTaskEvent(event: HistoryEvent, at: Instant): void {
    const { workflowTaskFailedEventAttributes: failed, workflowTaskTimedOutEventAttributes: timedOut } = event;
    const completed = event.workflowTaskCompletedEventAttributes;
    const row = this.rows.at(-1);
    if (completed && row?.isOver === false) {
      row.isOver = true;
      row.lastEventId = toNumber(completed.scheduledEventId);
    }
    const ended = failed ?? timedOut;
    // One that waited in the queue of a worker that is gone was nobody's attempt.
    if (!ended || this.task?.scheduledEventId !== toNumber(ended.scheduledEventId) || toNumber(ended.startedEventId) === 0) return;
    const cause = failed ? WorkflowTaskFailedCause[failed.cause ?? 0] : TimeoutType[timedOut?.timeoutType ?? 0];
    const failure = failed?.failure ? { failure: storedFailure(failed.failure, this.failureBytesMax) } : {};
    this.takeFailedTask(this.task, {
      at,
      cause: camelCase((cause ?? '').replace(/^(WORKFLOW_TASK_FAILED_CAUSE|TIMEOUT_TYPE)_/, '')),
      ...failure,
    });
  }

  private takeFailedTask(task: WorkflowTask, { at, cause, build = '', failure }: FailedTask): void {
    let row = this.rows.at(-1);
    if (row === undefined || row.isOver) this.rows.push((row = empty(task.scheduledEventId)));
    if (this.rows.length > ROWS_MAX) this.rows.shift();
    row.lastEventId = task.scheduledEventId;
    const attempt: Attempt = {
      number: task.attempt,
      scheduledAt: task.scheduledAt,
      startedAt: task.startedAt ?? task.scheduledAt,
      worker: task.identity,
      build,
      outcome: 'running',
      cause,
    };
    row.attempts.push(attempt);
    this.fail(row, attempt, { endedAt: at, failure });
    if (task.attempt > 1) this.count(attempt, 'taskAttempts', at);
  }

  private count({ worker, build, startedAt }: Attempt, of: 'activityAttempts' | 'taskAttempts', at: Instant): void {
    const key = `${worker}\0${build}`;
    let known = this.byWorker.get(key);
    if (known === undefined) {
      if (this.byWorker.size === WORKERS_MAX) return;
      this.byWorker.set(key, (known = { worker, build, activityAttempts: 0, taskAttempts: 0, firstAt: startedAt, lastAt: at }));
    }
    known[of] += 1;
    known.lastAt = at;
  }
}

const empty = (scheduledEventId: number): Attempts => ({
  scheduledEventId,
  lastEventId: scheduledEventId,
  attempts: new FirstAndLast(KEPT),
  streaks: new FirstAndLast(KEPT),
  failed: 0,
  isOver: false,
});

function started(entry: Attempts, { attempt: number, scheduledAt, startedAt = scheduledAt }: ActivityProgress): Attempt {
  const attempt: Attempt = { number, scheduledAt, startedAt, worker: '', build: '', outcome: 'running' };
  entry.attempts.push(attempt);
  return attempt;
}

interface EndAttributes {
  readonly scheduledEventId?: Parameters<typeof toNumber>[0];
  readonly failure?: IFailure | null;
}

const ends = ['activityTaskCompleted', 'activityTaskFailed', 'activityTaskTimedOut', 'activityTaskCanceled'] as const;
const outcomes: Readonly<Partial<Record<Draft['name'], Attempt['outcome']>>> = {
  activityTaskCompleted: 'completed',
  activityTaskFailed: 'failed',
  activityTaskTimedOut: 'failed',
  activityTaskCanceled: 'canceled',
};

const isEqual = (one: Uint8Array, other: Uint8Array): boolean =>
  one.byteLength === other.byteLength && one.every((byte, at) => byte === other[at]);
