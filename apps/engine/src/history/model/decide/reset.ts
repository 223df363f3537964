/** Reset: a new run of the same workflow id that shares the past of another up to one workflow task, and goes on from there. */
import { api } from '@tidemark/protocol/api';
import { fromDuration, toLong, toNumber } from '@tidemark/protocol/time';
import type { EngineError } from '../../../kernel/engine-error.ts';
import type { RunId, RunKey } from '../../../kernel/ids.ts';
import { terminate } from '../closing.ts';
import type { Decision, Env, Transition } from '../decision.ts';
import { rejected } from '../decision.ts';
import type { Draft, HistoryEvent } from '../events.ts';
import { eventNameOf } from '../events.ts';
import { invalid } from '../refusals.ts';
import type { RunState } from '../state.ts';
import { isOpen } from '../state.ts';
import { Step } from '../step.ts';

const { UpdateAdmittedEventOrigin, WorkflowTaskFailedCause } = api.enums.v1;
const IDENTITY = 'history-service';

/** What of the time after the point is done again. */
export interface Reapplied {
  readonly signals: boolean;
  readonly updates: boolean;
}

export interface ResetRequest {
  readonly newRunId: RunId;
  readonly reason: string;
  /** Everything before the event that ended the workflow task, in the batches in which it was written. */
  readonly past: readonly (readonly HistoryEvent[])[];
  /** What came after it, in the base run and in the runs that continued it. */
  readonly later: readonly HistoryEvent[];
  readonly reapplied: Reapplied;
  /** What is written last, before the new run goes on. */
  readonly after?: readonly ((state: RunState) => Draft)[];
}

export interface ResetRuns {
  readonly base: RunState;
  readonly current: RunState | undefined;
}

/** Ends the current run when it is open, and makes the new one current. */
export function decideReset({ base, current }: ResetRuns, request: ResetRequest, env: Env): Decision<undefined> {
  const task = openTaskOf(request.past);
  if (task === undefined) return rejected(notAtTask(request.past));
  const key: RunKey = { ...base.derived.key, runId: request.newRunId };
  const step = Step.onPast(key, request.past, env);
  failTask(step, { task, baseRunId: base.derived.key.runId, reason: request.reason });
  resume(step);
  for (const draft of againOf(step.state, { base, request })) step.add(draft);
  for (const draftOf of request.after ?? []) step.add(draftOf(step.state));
  step.wakeUp();
  const transitions: Transition[] = [step.finish()];
  const resetTo = { type: 'resetTo', runId: request.newRunId } as const;
  const isSame = current?.derived.key.runId === base.derived.key.runId;
  if (current !== undefined && isOpen(current)) {
    const ending = Step.on(current, env);
    terminate(ending, { reason: request.reason, identity: 'history-resetter' });
    // Nobody hears of an end that is none: the parent goes on with the new run, and so do the children. Those it does not know are left alone.
    if (isSame) ending.note({ type: 'afterClose', left: [] });
    if (isSame) ending.note(resetTo);
    transitions.push(ending.finish());
    if (isSame) return { kind: 'transition', transitions, reply: undefined };
  }
  const noted = Step.on(base, env);
  noted.note(resetTo);
  transitions.push(noted.finish());
  return { kind: 'transition', transitions, reply: undefined };
}

interface OpenTask {
  readonly scheduledEventId: number;
  /** 0 when no worker had taken it. */
  readonly startedEventId: number;
}

/** The workflow task that the past leaves open, as every point to reset to must. */
function openTaskOf(past: readonly (readonly HistoryEvent[])[]): OpenTask | undefined {
  let task: OpenTask | undefined;
  for (const event of past.flat()) {
    const name = eventNameOf(event.eventType ?? 0);
    const eventId = toNumber(event.eventId);
    if (name === 'workflowTaskScheduled') task = { scheduledEventId: eventId, startedEventId: 0 };
    else if (name === 'workflowTaskStarted' && task !== undefined) task = { ...task, startedEventId: eventId };
    else if (name === 'workflowTaskCompleted' || name === 'workflowTaskFailed' || name === 'workflowTaskTimedOut') task = undefined;
  }
  return task;
}

const notAtTask = (past: readonly (readonly HistoryEvent[])[]): EngineError => {
  const eventId = past.reduce((count, batch) => count + batch.length, 0) + 1;
  return invalid(`WorkflowTaskFinishEventId ${eventId} does not end a workflow task: no task is scheduled or started before it.`);
};

interface FailedTask {
  readonly task: OpenTask;
  readonly baseRunId: string;
  readonly reason: string;
}

function failTask(step: Step, { task, baseRunId, reason }: FailedTask): void {
  const scheduledEventId = toLong(task.scheduledEventId);
  const startedEventId =
    task.startedEventId ||
    step.write({ name: 'workflowTaskStarted', attributes: { scheduledEventId, identity: IDENTITY, requestId: step.env.newId() } });
  step.write({
    name: 'workflowTaskFailed',
    attributes: {
      scheduledEventId,
      startedEventId: toLong(startedEventId),
      cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW,
      failure: { message: reason, resetWorkflowFailureInfo: {} },
      identity: IDENTITY,
      baseRunId,
      newRunId: step.derived.key.runId,
    },
  });
}

/** Takes up what the past left pending: activities begin again, deadlines count from now, timers keep their time. */
function resume(step: Step): void {
  const { derived, env } = step;
  const { now } = env;
  for (const scheduledEventId of [...derived.activities.entries()].map(([id]) => id)) {
    step.note({
      type: 'activityProgress',
      scheduledEventId,
      progress: { phase: 'scheduled', attempt: 1, scheduledAt: now, since: now, stamp: 0 },
    });
  }
  const timeouts = [derived.start.workflowRunTimeout, derived.start.workflowExecutionTimeout].map((timeout) => fromDuration(timeout) ?? 0);
  const shortest = Math.min(...timeouts.filter((timeout) => timeout > 0));
  if (shortest < Infinity) step.note({ type: 'runExpiresAt', at: now + shortest });
  step.note({ type: 'resetAt', at: now });
}

/** What is done again in the new run, in the order in which it happened. */
function againOf(state: RunState, { base, request }: { readonly base: RunState; readonly request: ResetRequest }): readonly Draft[] {
  const drafts = request.later.flatMap((event) => againOfEvent(state, event, request.reapplied) ?? []);
  // A signal that still waits for the task in flight is part of the past of the base run too, once that is ended.
  const waiting = request.reapplied.signals ? base.volatile.buffered.filter(({ name }) => name === 'workflowExecutionSignaled') : [];
  return [...drafts, ...waiting];
}

function againOfEvent({ derived }: RunState, event: HistoryEvent, reapplied: Reapplied): Draft | undefined {
  const name = eventNameOf(event.eventType ?? 0);
  const links = event.links ? { links: event.links } : {};
  switch (name) {
    case 'workflowExecutionSignaled':
      return reapplied.signals ? { name, attributes: event.workflowExecutionSignaledEventAttributes ?? {}, ...links } : undefined;
    case 'workflowExecutionUpdateAccepted': {
      const accepted = event.workflowExecutionUpdateAcceptedEventAttributes;
      if (!reapplied.updates || !accepted?.acceptedRequest || derived.updates.has(accepted.protocolInstanceId ?? '')) return undefined;
      return readmitted(accepted.acceptedRequest);
    }
    case 'workflowExecutionUpdateAdmitted': {
      const request = event.workflowExecutionUpdateAdmittedEventAttributes?.request;
      return reapplied.updates && request && !derived.updates.has(request.meta?.updateId ?? '') ? readmitted(request) : undefined;
    }
    case 'workflowExecutionOptionsUpdated':
      return { name, attributes: event.workflowExecutionOptionsUpdatedEventAttributes ?? {} };
    case 'childWorkflowExecutionStarted':
    case 'childWorkflowExecutionCompleted':
    case 'childWorkflowExecutionFailed':
    case 'childWorkflowExecutionCanceled':
    case 'childWorkflowExecutionTimedOut':
    case 'childWorkflowExecutionTerminated': {
      const attributes = event[`${name}EventAttributes`] ?? {};
      return derived.children.has(toNumber(attributes.initiatedEventId)) ? { name, attributes } : undefined;
    }
    default:
      return undefined;
  }
}

type UpdateRequest = NonNullable<NonNullable<HistoryEvent['workflowExecutionUpdateAdmittedEventAttributes']>['request']>;

const readmitted = (request: UpdateRequest): Draft<'workflowExecutionUpdateAdmitted'> => ({
  name: 'workflowExecutionUpdateAdmitted',
  attributes: { request, origin: UpdateAdmittedEventOrigin.UPDATE_ADMITTED_EVENT_ORIGIN_REAPPLY },
});
