/** Updates: admitted in memory, delivered with a workflow task, part of history once the workflow accepts them. */
import { api } from '@tidemark/protocol/api';
import type { temporal } from '@tidemark/protocol/types';
import { EngineError } from '../../../kernel/engine-error.ts';
import type { Decision, Env } from '../decision.ts';
import { rejected, unchanged } from '../decision.ts';
import { alreadyCompleted, closing, isClosing, notInChain } from '../refusals.ts';
import type { RunState } from '../state.ts';
import { isOpen, isPaused } from '../state.ts';
import { Step } from '../step.ts';
import type { AdmittedUpdate, UpdateRefusal } from '../volatile.ts';
import { scheduleSpeculativeTask } from '../workflow-task.ts';
import { belongsToChain } from './cancel.ts';

const { ResourceExhaustedCause, ResourceExhaustedScope } = api.enums.v1;
const { Request } = api.update.v1;

/** From this attempt on a workflow task is taken for broken. */
const FAILING_ATTEMPT = 3;

export interface UpdateAdmission {
  readonly updateId: string;
  readonly request: temporal.api.update.v1.IRequest;
  readonly firstExecutionRunId: string;
}

/** Does nothing for an update that is known, in whatever state: its caller joins the one that asked first. */
export function decideAdmitUpdate(state: RunState, admission: UpdateAdmission, env: Env): Decision<undefined> {
  if (!belongsToChain(state, admission.firstExecutionRunId)) return rejected(notInChain());
  if (isKnownUpdate(state, admission.updateId)) return unchanged(undefined);
  if (!isOpen(state)) return rejected(alreadyCompleted());
  const fault = faultOfAdmission(state, env);
  if (fault !== undefined) return rejected(fault);
  const step = Step.on(state, env);
  admitUpdate(step, admission);
  return step.decide(undefined);
}

export const isKnownUpdate = ({ derived, volatile }: RunState, updateId: string): boolean =>
  derived.updates.has(updateId) || volatile.admitted.has(updateId);

export function faultOfAdmission(state: RunState, { limits }: Env): EngineError | undefined {
  const { derived, volatile } = state;
  if ((volatile.workflowTask?.attempt ?? 0) >= FAILING_ATTEMPT) {
    return new EngineError('workflow-not-ready', 'Unable to perform workflow execution update due to Workflow Task in failed state.');
  }
  if (isClosing(state)) return closing();
  if (isPaused(state)) return new EngineError('failed-precondition', 'Workflow is paused. Cannot update the workflow.');
  if (volatile.admitted.size + derived.updatesUnderWay >= limits.updatesInFlightMax) {
    return tooMany(`limit on number of concurrent in-flight updates has been reached (${limits.updatesInFlightMax})`);
  }
  let bytes = 0;
  for (const update of volatile.admitted.values()) bytes += update.bytes;
  if (bytes >= limits.updatesInFlightBytesMax) {
    return tooMany(`limit on total size of in-flight updates has been reached (${limits.updatesInFlightBytesMax})`);
  }
  if (derived.updates.size + volatile.admitted.size >= limits.updatesMax) {
    const text = `limit on number of total updates has been reached (${limits.updatesMax})`;
    return new EngineError('failed-precondition', text);
  }
  return undefined;
}

const tooMany = (message: string): EngineError =>
  new EngineError('resource-exhausted', message, {
    exhausted: {
      cause: ResourceExhaustedCause.RESOURCE_EXHAUSTED_CAUSE_CONCURRENT_LIMIT,
      scope: ResourceExhaustedScope.RESOURCE_EXHAUSTED_SCOPE_NAMESPACE,
    },
  });

/** Sees to a task that carries it: the one that waits, a speculative one, or at the latest the one after that in flight. */
function admitUpdate(step: Step, admission: UpdateAdmission): void {
  noteAdmitted(step, admission);
  if (step.volatile.workflowTask !== undefined) return;
  // A first task that is held back comes at once, and is an ordinary one.
  if (step.volatile.firstTaskAt !== undefined) step.wakeUp();
  else scheduleSpeculativeTask(step);
}

/** For a run whose first task is on its way. */
export function noteAdmitted(step: Step, { updateId, request }: UpdateAdmission): void {
  let order = 0;
  for (const update of step.volatile.admitted.values()) order = Math.max(order, update.order + 1);
  const update: AdmittedUpdate = { request, order, isSent: false, bytes: Request.encode(request).len };
  step.note({ type: 'updateAdmitted', updateId, update });
}

export interface WaitingUpdate {
  readonly updateId: string;
  readonly request: temporal.api.update.v1.IRequest;
  readonly isSent: boolean;
}

/** Those that no worker has answered yet, in the order in which they came. What a reset brought back is in history, where workers find it. */
export function waitingUpdates({ volatile }: RunState): readonly WaitingUpdate[] {
  const admitted = [...volatile.admitted.entries()].sort(([, a], [, b]) => a.order - b.order);
  return admitted.map(([updateId, { request, isSent }]) => ({ updateId, request, isSent }));
}

/** What a caller can be told of an update now. */
export type UpdateStatus =
  | { readonly stage: 'admitted' | 'accepted' }
  /** The outcome is in the event. */
  | { readonly stage: 'completed'; readonly eventId: number }
  | { readonly stage: 'refused'; readonly refusal: UpdateRefusal }
  /** The run closed under it: before it was accepted, or between acceptance and outcome. */
  | { readonly stage: 'aborted'; readonly wasAccepted: boolean; readonly isFollowed: boolean }
  | { readonly stage: 'unknown' };

export function statusOfUpdate(state: RunState, updateId: string): UpdateStatus {
  const { derived, volatile } = state;
  const record = derived.updates.get(updateId);
  if (record !== undefined && record.completedEventId !== 0) return { stage: 'completed', eventId: record.completedEventId };
  const refusal = volatile.refused.get(updateId);
  if (refusal !== undefined && !volatile.admitted.has(updateId)) return { stage: 'refused', refusal };
  const isWaiting = volatile.admitted.has(updateId) || record?.acceptedEventId === 0;
  if (!isOpen(state) && (record !== undefined || isWaiting)) {
    return { stage: 'aborted', wasAccepted: (record?.acceptedEventId ?? 0) !== 0, isFollowed: derived.followedBy !== '' };
  }
  if (isWaiting) return { stage: 'admitted' };
  return record === undefined ? { stage: 'unknown' } : { stage: 'accepted' };
}

/** What the workflow's end means for an update it had accepted. */
export const acceptedUpdateFailure: temporal.api.failure.v1.IFailure = {
  message: 'Workflow Update failed because the Workflow completed before the Update completed.',
  source: 'Server',
  applicationFailureInfo: { type: 'AcceptedUpdateCompletedWorkflow', nonRetryable: true },
};
