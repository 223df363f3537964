/** Activities: attempts live in memory only, and history gets one Scheduled, one Started and one end however many there were. */
import { api } from '@tidemark/protocol/api';
import { fromDuration, toLong } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { Instant } from '../../kernel/ports.ts';
import type { WorkerVersion } from '../../kernel/worker-version.ts';
import type { PendingActivity } from './derived.ts';
import type { Draft } from './events.ts';
import { nextAttempt } from './retry.ts';
import type { Step } from './step.ts';
import { storedFailure } from './stored-failure.ts';
import type { ActivityProgress } from './volatile.ts';

const { RetryState, TimeoutType } = api.enums.v1;
const { ActivityOptions } = api.activity.v1;
const { Failure } = api.failure.v1;
const { Payloads } = api.common.v1;
type IFailure = temporal.api.failure.v1.IFailure;

/** What holds for an activity: what its workflow asked for, or what was put in its place. */
export function optionsOf({ attributes }: PendingActivity, { options }: ActivityProgress): PendingActivity['attributes'] {
  if (options === undefined) return attributes;
  const changed = ActivityOptions.decode(options);
  return { ...attributes, ...Object.fromEntries(optionNames.map((name) => [name, changed[name] ?? null])) };
}

const optionNames = [
  'taskQueue',
  'scheduleToCloseTimeout',
  'scheduleToStartTimeout',
  'startToCloseTimeout',
  'heartbeatTimeout',
  'retryPolicy',
  'priority',
] as const;

interface Attempt {
  readonly scheduledEventId: number;
  readonly waiting: ActivityProgress;
}

interface Taker {
  readonly requestId: string;
  readonly identity: string;
  /** Absent where the worker does not say it. */
  readonly build?: string | undefined;
  readonly version?: WorkerVersion | undefined;
}

/** A worker takes the attempt that waits. */
export function startAttempt(step: Step, { scheduledEventId, waiting }: Attempt, { build, version, ...taker }: Taker): ActivityProgress {
  const { heartbeatAt: _before, build: _other, version: _others, ...fresh } = waiting;
  const progress: ActivityProgress = {
    ...fresh,
    ...taker,
    ...(build ? { build } : {}),
    ...(version === undefined ? {} : { version }),
    phase: 'started',
    startedAt: step.env.now,
  };
  step.note({ type: 'activityProgress', scheduledEventId, progress });
  return progress;
}

/** Why an activity ends, in the words of the closing event, and who says so. */
export type ActivityEnd = { readonly identity: string } & ActivityOutcome;
type ActivityOutcome =
  | { readonly name: 'activityTaskCompleted'; readonly result: temporal.api.common.v1.IPayloads | null | undefined }
  | { readonly name: 'activityTaskFailed'; readonly failure: IFailure; readonly retryState: temporal.api.enums.v1.RetryState }
  | { readonly name: 'activityTaskTimedOut'; readonly failure: IFailure; readonly retryState: temporal.api.enums.v1.RetryState }
  | { readonly name: 'activityTaskCanceled'; readonly details: temporal.api.common.v1.IPayloads | null | undefined };

/** Ends a pending activity: Started (if an attempt ran) and the end, both through the buffer, and no attempt any more. */
export function endActivity(step: Step, activity: PendingActivity, end: ActivityEnd): void {
  const { scheduledEventId } = activity;
  const progress = step.volatile.progress.get(scheduledEventId);
  const isStarted = progress?.phase === 'started';
  if (progress !== undefined && isStarted) step.add(startedDraft(scheduledEventId, progress));
  const base = { scheduledEventId: toLong(scheduledEventId), startedEventId: toLong(0), identity: end.identity };
  step.add(endDraft(end, base, activity));
  step.note({ type: 'activityProgress', scheduledEventId, progress: undefined });
}

interface EndBase {
  readonly scheduledEventId: ReturnType<typeof toLong>;
  readonly startedEventId: ReturnType<typeof toLong>;
  readonly identity: string;
}

function endDraft(end: ActivityEnd, base: EndBase, activity: PendingActivity): Draft {
  switch (end.name) {
    case 'activityTaskCompleted':
      return { name: end.name, attributes: { ...base, ...(end.result ? { result: end.result } : {}) } };
    case 'activityTaskFailed':
      return { name: end.name, attributes: { ...base, failure: end.failure, retryState: end.retryState } };
    case 'activityTaskTimedOut':
      return {
        name: end.name,
        attributes: {
          scheduledEventId: base.scheduledEventId,
          startedEventId: base.startedEventId,
          failure: end.failure,
          retryState: end.retryState,
        },
      };
    case 'activityTaskCanceled':
      return {
        name: end.name,
        attributes: {
          ...base,
          latestCancelRequestedEventId: toLong(activity.cancelRequestedEventId),
          ...(end.details ? { details: end.details } : {}),
        },
      };
  }
}

function startedDraft(scheduledEventId: number, progress: ActivityProgress): Draft<'activityTaskStarted'> {
  return {
    name: 'activityTaskStarted',
    attributes: {
      scheduledEventId: toLong(scheduledEventId),
      identity: progress.identity ?? '',
      requestId: progress.requestId ?? '',
      attempt: progress.attempt,
      ...(progress.lastFailure ? { lastFailure: Failure.decode(progress.lastFailure) } : {}),
    },
    ...(progress.startedAt === undefined ? {} : { time: progress.startedAt }),
  };
}

/** A failed or timed-out attempt: another one after a pause, or the end. */
export function failAttempt(
  step: Step,
  activity: PendingActivity,
  failed: { readonly failure: IFailure; readonly identity: string },
): void {
  const progress = step.volatile.progress.get(activity.scheduledEventId);
  if (progress === undefined) return;
  const { now } = step.env;
  const isTimeout = failed.failure.timeoutFailureInfo !== null && failed.failure.timeoutFailureInfo !== undefined;
  const verdict =
    activity.cancelRequestedEventId !== 0
      ? { kind: 'stop' as const, retryState: RetryState.RETRY_STATE_CANCEL_REQUESTED }
      : nextAttempt({
          policy: optionsOf(activity, progress).retryPolicy,
          attempt: progress.attempt,
          failure: failed.failure,
          now,
          deadline: scheduleToCloseDeadline(activity, progress),
          capsRequestedDelay: false,
        });
  if (verdict.kind === 'retry') {
    const { startedAt: _started, requestId: _request, startsOver, ...next } = progress;
    if (startsOver?.resetHeartbeat === true) delete next.heartbeatDetails;
    step.note({
      type: 'activityProgress',
      scheduledEventId: activity.scheduledEventId,
      progress: {
        ...next,
        phase: 'backoff',
        attempt: startsOver === undefined ? progress.attempt + 1 : 1,
        scheduledAt: now + verdict.interval,
        retryInterval: verdict.interval,
        lastFailure: storedFailure(failed.failure, step.env.limits.storedFailureBytesMax),
        lastAttemptEndedAt: now,
        stamp: progress.stamp + 1,
      },
    });
    return;
  }
  if (!isTimeout) {
    endActivity(step, activity, { ...failed, name: 'activityTaskFailed', retryState: verdict.retryState });
    return;
  }
  const outOfTime = verdict.retryState === RetryState.RETRY_STATE_TIMEOUT;
  const failure = outOfTime ? scheduleToCloseFailure(progress) : withCause(failed.failure, progress);
  endActivity(step, activity, { name: 'activityTaskTimedOut', failure, retryState: verdict.retryState, identity: failed.identity });
}

function withCause(failure: IFailure, progress: ActivityProgress): IFailure {
  return progress.lastFailure === undefined ? failure : { ...failure, cause: Failure.decode(progress.lastFailure) };
}

export function timeoutFailure(
  timeoutType: temporal.api.enums.v1.TimeoutType,
  message: string,
  progress: ActivityProgress | undefined,
): IFailure {
  const details = progress?.heartbeatDetails;
  return {
    message,
    source: 'Server',
    timeoutFailureInfo: { timeoutType, ...(details === undefined ? {} : { lastHeartbeatDetails: Payloads.decode(details) }) },
  };
}

/** Every schedule-to-close timeout says that no further attempt fits; its cause is how the attempt before the last one failed. */
export function scheduleToCloseFailure(progress: ActivityProgress): IFailure {
  const message = 'Not enough time to schedule next retry before activity ScheduleToClose timeout, giving up retrying';
  return withCause(timeoutFailure(TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE, message, progress), progress);
}

export function scheduleToCloseDeadline(activity: PendingActivity, progress: ActivityProgress): Instant | undefined {
  return after(progress.since ?? activity.scheduledAt, optionsOf(activity, progress).scheduleToCloseTimeout);
}

export interface ActivityDeadline {
  readonly at: Instant;
  /** `retry` is not a timeout: the next attempt is due. */
  readonly kind: 'retry' | 'scheduleToStart' | 'scheduleToClose' | 'startToClose' | 'heartbeat';
}

/** Everything that can happen to this activity by the passing of time alone. */
export function deadlinesOf(activity: PendingActivity, progress: ActivityProgress): readonly ActivityDeadline[] {
  // Time stands still for an attempt that is held back.
  if (progress.pause !== undefined && progress.phase !== 'started') return [];
  const attributes = optionsOf(activity, progress);
  const found: ActivityDeadline[] = [];
  const put = (kind: ActivityDeadline['kind'], at: Instant | undefined): void => {
    if (at !== undefined) found.push({ kind, at });
  };
  // Where the two fall together, nobody having taken the task is the better answer, so it comes first.
  if (progress.phase !== 'started') put('scheduleToStart', after(progress.scheduledAt, attributes.scheduleToStartTimeout));
  put('scheduleToClose', scheduleToCloseDeadline(activity, progress));
  if (progress.phase === 'backoff') put('retry', progress.scheduledAt);
  if (progress.phase === 'started' && progress.startedAt !== undefined) {
    put('startToClose', after(progress.startedAt, attributes.startToCloseTimeout));
    put('heartbeat', after(Math.max(progress.startedAt, progress.heartbeatAt ?? 0), attributes.heartbeatTimeout));
  }
  return found;
}

/** Zero and absent both mean that there is no such timeout. */
function after(from: Instant, timeout: Parameters<typeof fromDuration>[0]): Instant | undefined {
  const duration = fromDuration(timeout) ?? 0;
  return duration > 0 ? from + duration : undefined;
}
