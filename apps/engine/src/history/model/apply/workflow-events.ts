import { WorkflowExecutionStatus as Status } from '@tidemark/protocol/enums';
import type { temporal } from '@tidemark/protocol/types';
import type { Derived } from '../derived.ts';
import type { EventAttributes } from '../events.ts';
import { fromResetPoints } from '../reset-points.ts';
import { afterOptions, afterStart } from '../versioning.ts';
import type { Appliers, At } from './apply-event.ts';

type Payload = temporal.api.common.v1.IPayload;

/** Sets what is given and removes what is given as nothing (`binary/null`, or the empty list). */
export function mergePayloads(
  base: Readonly<Record<string, Payload>>,
  changes: Readonly<Record<string, Payload>>,
): Record<string, Payload> {
  const merged = { ...base };
  for (const [key, payload] of Object.entries(changes)) {
    if (isNothing(payload)) delete merged[key];
    else merged[key] = payload;
  }
  return merged;
}

const text = new TextDecoder();

/** A json/plain `null` is an ordinary value and not nothing. */
export function isNothing(payload: Payload): boolean {
  const encoding = payload.metadata?.['encoding'];
  if (encoding !== undefined && text.decode(encoding) === 'binary/null') return true;
  return payload.data?.length === 2 && text.decode(payload.data) === '[]';
}

const close =
  (status: number) =>
  (derived: Derived, attributes: object | EventAttributes<'workflowExecutionCompleted'>, at: At): void => {
    derived.status = status;
    derived.closedAt = at.time;
    derived.followedBy = 'newExecutionRunId' in attributes ? (attributes.newExecutionRunId ?? '') : '';
  };

export const workflowAppliers: Appliers<
  | 'workflowExecutionStarted'
  | 'workflowExecutionCompleted'
  | 'workflowExecutionFailed'
  | 'workflowExecutionTimedOut'
  | 'workflowExecutionCanceled'
  | 'workflowExecutionTerminated'
  | 'workflowExecutionContinuedAsNew'
  | 'workflowExecutionSignaled'
  | 'workflowExecutionCancelRequested'
  | 'upsertWorkflowSearchAttributes'
  | 'workflowPropertiesModified'
  | 'workflowExecutionOptionsUpdated'
> = {
  workflowExecutionStarted: (derived, attributes, { time, event, eventId }) => {
    derived.status = Status.WORKFLOW_EXECUTION_STATUS_RUNNING;
    derived.start = attributes;
    derived.priority = attributes.priority ?? undefined;
    derived.startedAt = time;
    derived.versioning = afterStart(attributes, eventId);
    derived.resetPoints = fromResetPoints(attributes.prevAutoResetPoints);
    derived.userMetadata = event.userMetadata ?? undefined;
    derived.memo = attributes.memo?.fields ?? {};
    derived.searchAttributes = attributes.searchAttributes?.indexedFields ?? {};
  },
  workflowExecutionCompleted: close(Status.WORKFLOW_EXECUTION_STATUS_COMPLETED),
  workflowExecutionFailed: close(Status.WORKFLOW_EXECUTION_STATUS_FAILED),
  workflowExecutionTimedOut: close(Status.WORKFLOW_EXECUTION_STATUS_TIMED_OUT),
  workflowExecutionCanceled: close(Status.WORKFLOW_EXECUTION_STATUS_CANCELED),
  workflowExecutionTerminated: close(Status.WORKFLOW_EXECUTION_STATUS_TERMINATED),
  workflowExecutionContinuedAsNew: close(Status.WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW),
  workflowExecutionSignaled: (derived) => {
    derived.signalCount += 1;
  },
  workflowExecutionCancelRequested: (derived, _attributes, at) => {
    derived.cancelRequestedEventId = at.eventId;
  },
  workflowExecutionOptionsUpdated: (derived, attributes, { eventId }) => {
    const { attachedRequestId, priority } = attributes;
    if (attachedRequestId) derived.attachedRequestIds.set(attachedRequestId, eventId);
    if (priority) derived.priority = priority;
    derived.versioning = afterOptions(derived.versioning, attributes, eventId);
  },
  upsertWorkflowSearchAttributes: (derived, attributes) => {
    derived.searchAttributes = mergePayloads(derived.searchAttributes, attributes.searchAttributes?.indexedFields ?? {});
  },
  workflowPropertiesModified: (derived, attributes) => {
    derived.memo = mergePayloads(derived.memo, attributes.upsertedMemo?.fields ?? {});
  },
};
