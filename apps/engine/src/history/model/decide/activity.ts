/** What workers say about activities: started, alive, completed, failed, cancelled. */
import { api } from '@tidemark/protocol/api';
import type { temporal } from '@tidemark/protocol/types';
import type { EngineError } from '../../../kernel/engine-error.ts';
import type { WorkerVersion } from '../../../kernel/worker-version.ts';
import { endActivity, failAttempt, startAttempt } from '../activity.ts';
import type { Decision, Env } from '../decision.ts';
import { rejected } from '../decision.ts';
import type { PendingActivity } from '../derived.ts';
import { activityIdNotFound, activityNotFound, alreadyCompleted, invalid } from '../refusals.ts';
import type { RunState } from '../state.ts';
import { isOpen, isPaused } from '../state.ts';
import { Step } from '../step.ts';
import type { ActivityProgress } from '../volatile.ts';

const { Payloads } = api.common.v1;

/** A worker names its activity by what its task's token says, an application by id alone. */
export type ActivityRef =
  | { readonly kind: 'token'; readonly scheduledEventId: number; readonly attempt: number; readonly stamp: number }
  | { readonly kind: 'id'; readonly activityId: string };

interface Found {
  readonly activity: PendingActivity;
  readonly progress: ActivityProgress;
}

function find(state: RunState, ref: ActivityRef): Found | undefined {
  if (!isOpen(state)) return undefined;
  const scheduledEventId = ref.kind === 'token' ? ref.scheduledEventId : state.derived.activityIds.get(ref.activityId);
  if (scheduledEventId === undefined) return undefined;
  const activity = state.derived.activities.get(scheduledEventId);
  const progress = state.volatile.progress.get(scheduledEventId);
  if (activity === undefined || progress === undefined) return undefined;
  if (ref.kind === 'token' && (progress.attempt !== ref.attempt || progress.stamp !== ref.stamp)) return undefined;
  return { activity, progress };
}

function findStarted(state: RunState, ref: ActivityRef): Found | undefined {
  const found = find(state, ref);
  return found?.progress.phase === 'started' ? found : undefined;
}

/** On a closed run there is nothing pending, whatever the id. */
function notFound(state: RunState, ref: ActivityRef): EngineError {
  if (!isOpen(state)) return alreadyCompleted();
  return ref.kind === 'id' ? activityIdNotFound(ref.activityId) : activityNotFound();
}

export interface ActivityStart {
  readonly scheduledEventId: number;
  readonly stamp: number;
  readonly requestId: string;
  readonly identity: string;
  readonly build?: string | undefined;
  readonly version?: WorkerVersion | undefined;
}

export interface StartedActivity {
  readonly activity: PendingActivity;
  readonly progress: ActivityProgress;
  readonly state: RunState;
}

/** A worker takes an attempt. Refused when the task is stale; the poll then goes on to the next one. */
export function decideStartActivity(state: RunState, start: ActivityStart, env: Env): Decision<StartedActivity> {
  const activity = state.derived.activities.get(start.scheduledEventId);
  const waiting = state.volatile.progress.get(start.scheduledEventId);
  if (!isOpen(state) || activity === undefined || waiting === undefined) return rejected(activityNotFound());
  const isHeld = waiting.pause !== undefined || isPaused(state);
  if (waiting.stamp !== start.stamp || waiting.phase === 'started' || isHeld) return rejected(activityNotFound());
  const step = Step.on(state, env);
  const progress = startAttempt(
    step,
    { scheduledEventId: start.scheduledEventId, waiting },
    { requestId: start.requestId, identity: start.identity, build: start.build, version: start.version },
  );
  return step.decide({ activity, progress, state: step.state });
}

export interface ActivityCompletion {
  readonly ref: ActivityRef;
  readonly result: temporal.api.common.v1.IPayloads | null | undefined;
  readonly identity: string;
}

/** By id, also an attempt that no worker took is completed: it then counts as started now. */
export function decideCompleteActivity(state: RunState, { ref, result, identity }: ActivityCompletion, env: Env): Decision<undefined> {
  const found = ref.kind === 'id' ? find(state, ref) : findStarted(state, ref);
  if (found === undefined) return rejected(notFound(state, ref));
  const step = Step.on(state, env);
  if (found.progress.phase !== 'started') {
    const progress: ActivityProgress = { ...found.progress, phase: 'started', startedAt: env.now, identity };
    step.note({ type: 'activityProgress', scheduledEventId: found.activity.scheduledEventId, progress });
  }
  endActivity(step, found.activity, { name: 'activityTaskCompleted', result, identity });
  return step.decide(undefined);
}

export interface ActivityFailing {
  readonly ref: ActivityRef;
  readonly failure: temporal.api.failure.v1.IFailure;
  readonly identity: string;
  readonly lastHeartbeatDetails: temporal.api.common.v1.IPayloads | null | undefined;
}

export function decideFailActivity(state: RunState, request: ActivityFailing, env: Env): Decision<undefined> {
  const found = findStarted(state, request.ref);
  if (found === undefined) return rejected(notFound(state, request.ref));
  const step = Step.on(state, env);
  if (request.lastHeartbeatDetails) {
    const progress = { ...found.progress, heartbeatDetails: Payloads.encode(request.lastHeartbeatDetails).finish() };
    step.note({ type: 'activityProgress', scheduledEventId: found.activity.scheduledEventId, progress });
  }
  failAttempt(step, found.activity, request);
  return step.decide(undefined);
}

export interface ActivityCancellation {
  readonly ref: ActivityRef;
  readonly details: temporal.api.common.v1.IPayloads | null | undefined;
  readonly identity: string;
}

export function decideCancelActivity(state: RunState, { ref, details, identity }: ActivityCancellation, env: Env): Decision<undefined> {
  const found = findStarted(state, ref);
  if (found === undefined) return rejected(notFound(state, ref));
  if (found.activity.cancelRequestedEventId === 0)
    return rejected(invalid('unable to mark activity as canceled without activity being request canceled first'));
  const step = Step.on(state, env);
  endActivity(step, found.activity, { name: 'activityTaskCanceled', details, identity });
  return step.decide(undefined);
}

export interface Heartbeat {
  readonly ref: ActivityRef;
  readonly details: temporal.api.common.v1.IPayloads | null | undefined;
  readonly identity: string;
}

export interface HeartbeatReply {
  readonly cancelRequested: boolean;
  readonly activityPaused: boolean;
  readonly activityReset: boolean;
}

/** Details replace the ones before; a heartbeat without details clears them. */
export function decideHeartbeat(state: RunState, { ref, details, identity }: Heartbeat, env: Env): Decision<HeartbeatReply> {
  const found = findStarted(state, ref);
  if (found === undefined) return rejected(notFound(state, ref));
  const step = Step.on(state, env);
  const { heartbeatDetails: _replaced, ...rest } = found.progress;
  const progress: ActivityProgress = {
    ...rest,
    heartbeatAt: env.now,
    identity: identity || (found.progress.identity ?? ''),
    ...(details ? { heartbeatDetails: Payloads.encode(details).finish() } : {}),
  };
  step.note({ type: 'activityProgress', scheduledEventId: found.activity.scheduledEventId, progress });
  return step.decide({
    cancelRequested: found.activity.cancelRequestedEventId !== 0,
    activityPaused: progress.pause !== undefined,
    activityReset: progress.startsOver !== undefined,
  });
}
