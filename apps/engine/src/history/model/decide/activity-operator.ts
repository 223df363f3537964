/** What people do to pending activities: pause, unpause, reset, change their options. History is not told; only attempts are moved. */
import { api } from '@tidemark/protocol/api';
import { fromDuration } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { EngineError } from '../../../kernel/engine-error.ts';
import type { Duration } from '../../../kernel/ports.ts';
import { optionsOf } from '../activity.ts';
import type { Decision, Env } from '../decision.ts';
import { rejected } from '../decision.ts';
import type { PendingActivity } from '../derived.ts';
import { alreadyCompleted } from '../refusals.ts';
import { completeRetryPolicy, plannedInterval } from '../retry.ts';
import type { RunState } from '../state.ts';
import { isOpen } from '../state.ts';
import { Step } from '../step.ts';
import type { ActivityProgress } from '../volatile.ts';

const { ActivityOptions } = api.activity.v1;
export type Options = temporal.api.activity.v1.IActivityOptions;

export type ActivitySelector =
  | { readonly by: 'id'; readonly id: string }
  | { readonly by: 'type'; readonly type: string }
  | { readonly by: 'all' };

interface Selected {
  readonly activity: PendingActivity;
  readonly progress: ActivityProgress;
}

const noSuchActivity = (): EngineError =>
  new EngineError('not-found', "Can't find pending activity with such ID. Invalid activityID or activity already completed");

function select({ derived, volatile }: RunState, selector: ActivitySelector): readonly Selected[] {
  const selected: Selected[] = [];
  const take = (scheduledEventId: number): void => {
    const activity = derived.activities.get(scheduledEventId);
    const progress = volatile.progress.get(scheduledEventId);
    if (activity !== undefined && progress !== undefined) selected.push({ activity, progress });
  };
  if (selector.by === 'id') take(derived.activityIds.get(selector.id) ?? 0);
  else {
    for (const { scheduledEventId, attributes } of derived.activities.values()) {
      if (selector.by === 'all' || attributes.activityType?.name === selector.type) take(scheduledEventId);
    }
  }
  return selected;
}

/** Changes each selected activity. Refused when none is, unless all were meant. */
function change(
  state: RunState,
  { selector, env, next }: { selector: ActivitySelector; env: Env; next: (one: Selected) => ActivityProgress },
): Decision<undefined> {
  if (!isOpen(state)) return rejected(alreadyCompleted());
  const selected = select(state, selector);
  if (selected.length === 0 && selector.by !== 'all') return rejected(noSuchActivity());
  const step = Step.on(state, env);
  for (const one of selected) {
    const progress = next(one);
    if (progress !== one.progress) step.note({ type: 'activityProgress', scheduledEventId: one.activity.scheduledEventId, progress });
  }
  return step.decide(undefined);
}

export interface PauseRequest {
  readonly selector: ActivitySelector;
  readonly identity: string;
  readonly reason: string;
  readonly requestId: string;
}

/** A waiting attempt is held back; one that runs goes on, and what follows it is held back. */
export function decidePauseActivity(state: RunState, { selector, ...pause }: PauseRequest, env: Env): Decision<undefined> {
  return change(state, {
    selector,
    env,
    next: ({ progress }) => {
      if (progress.pause !== undefined) return progress;
      const stamp = progress.phase === 'started' ? progress.stamp : progress.stamp + 1;
      return { ...progress, stamp, pause: { ...pause, at: env.now } };
    },
  });
}

export interface UnpauseRequest {
  readonly selector: ActivitySelector;
  readonly resetAttempts: boolean;
  readonly resetHeartbeat: boolean;
  /** Of the next attempt. */
  readonly delay: Duration;
}

/** Goes on at once, out of a backoff too. */
export function decideUnpauseActivity(state: RunState, request: UnpauseRequest, env: Env): Decision<undefined> {
  const { selector, resetAttempts, resetHeartbeat, delay } = request;
  return change(state, {
    selector,
    env,
    next: ({ progress }) => {
      if (progress.pause === undefined) return progress;
      const { pause: _over, ...rest } = withoutHeartbeat(progress, resetHeartbeat);
      const attempt = resetAttempts && rest.phase !== 'started' ? 1 : rest.attempt;
      return rest.phase === 'started' ? rest : offered({ ...rest, attempt }, { env, delay });
    },
  });
}

export interface ResetRequest {
  readonly selector: ActivitySelector;
  readonly resetHeartbeat: boolean;
  readonly keepPaused: boolean;
  readonly restoreOriginalOptions: boolean;
  readonly delay: Duration;
}

/** Begins again at attempt 1: at once where an attempt waits, otherwise once the one that runs has failed. */
export function decideResetActivity(state: RunState, request: ResetRequest, env: Env): Decision<undefined> {
  const { selector, resetHeartbeat, keepPaused, restoreOriginalOptions, delay } = request;
  return change(state, {
    selector,
    env,
    next: ({ progress }) => {
      const { pause, options, ...rest } = progress;
      const kept: ActivityProgress = {
        ...rest,
        ...(pause !== undefined && keepPaused ? { pause } : {}),
        ...(options !== undefined && !restoreOriginalOptions ? { options } : {}),
      };
      if (kept.phase === 'started') return { ...kept, startsOver: { resetHeartbeat } };
      const { lastFailure: _before, ...fresh } = withoutHeartbeat(kept, resetHeartbeat);
      return offered({ ...fresh, attempt: 1 }, { env, delay });
    },
  });
}

function withoutHeartbeat(progress: ActivityProgress, isReset: boolean): ActivityProgress {
  if (!isReset) return progress;
  const { heartbeatDetails: _details, heartbeatAt: _at, ...rest } = progress;
  return rest;
}

/** To be handed out, and tasks handed out before are void. */
function offered(progress: ActivityProgress, { env, delay }: { env: Env; delay: Duration }): ActivityProgress {
  return { ...progress, phase: delay > 0 ? 'backoff' : 'scheduled', scheduledAt: env.now + delay, stamp: progress.stamp + 1 };
}

export interface OptionsRequest {
  readonly selector: ActivitySelector;
  /** Makes the new options from those that hold; nothing to go back to what the workflow asked for. */
  readonly change: ((options: Options) => Options) | undefined;
}

/** Answers with the options that hold from now on, of the first activity that was selected. */
export function decideUpdateActivityOptions(state: RunState, { selector, change: make }: OptionsRequest, env: Env): Decision<Options> {
  let answer: Options = {};
  const decision = change(state, {
    selector,
    env,
    next: ({ activity, progress }) => {
      const { options: _before, ...rest } = progress;
      const options = make === undefined ? undefined : make(describeOptions(activity, progress));
      const changed: ActivityProgress = options === undefined ? rest : { ...rest, options: ActivityOptions.encode(options).finish() };
      answer = describeOptions(activity, changed);
      return rescheduled(activity, changed, env);
    },
  });
  return decision.kind === 'rejected' ? decision : { ...decision, reply: answer };
}

/** A wait in progress follows the new interval, and a task in a queue goes to the new one. */
function rescheduled(activity: PendingActivity, progress: ActivityProgress, env: Env): ActivityProgress {
  if (progress.phase === 'started') return progress;
  // An attempt under new options is not told why the one under the old options failed, as on the reference.
  const { lastFailure: _before, ...fresh } = progress;
  const stamp = progress.stamp + 1;
  const policy = optionsOf(activity, progress).retryPolicy;
  if (progress.phase !== 'backoff' || !policy || progress.lastAttemptEndedAt === undefined) return { ...fresh, stamp };
  const retryInterval = plannedInterval(policy, progress.attempt - 1);
  return { ...fresh, stamp, retryInterval, scheduledAt: Math.max(env.now, progress.lastAttemptEndedAt + retryInterval) };
}

export function describeOptions(activity: PendingActivity, progress: ActivityProgress): Options {
  const { taskQueue, scheduleToCloseTimeout, scheduleToStartTimeout, startToCloseTimeout, heartbeatTimeout, retryPolicy, priority } =
    optionsOf(activity, progress);
  return {
    taskQueue: taskQueue ?? null,
    scheduleToCloseTimeout: scheduleToCloseTimeout ?? null,
    scheduleToStartTimeout: scheduleToStartTimeout ?? null,
    startToCloseTimeout: startToCloseTimeout ?? null,
    heartbeatTimeout: heartbeatTimeout ?? null,
    retryPolicy: retryPolicy ? completeRetryPolicy(retryPolicy) : null,
    ...(priority ? { priority } : {}),
  };
}

/** Says what is wrong with options, or nothing. */
export function faultOfOptions(options: Options): string | undefined {
  for (const name of ['scheduleToCloseTimeout', 'scheduleToStartTimeout', 'startToCloseTimeout', 'heartbeatTimeout'] as const) {
    if ((fromDuration(options[name]) ?? 0) < 0) return `ActivityOptions.${name} cannot be negative.`;
  }
  return undefined;
}
