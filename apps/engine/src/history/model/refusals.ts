/** The refusals that several requests share, worded once. */
import { api } from '@tidemark/protocol/api';
import { EngineError } from '../../kernel/engine-error.ts';
import type { RunState } from './state.ts';

const { ResourceExhaustedCause, ResourceExhaustedScope } = api.enums.v1;

export const alreadyCompleted = (): EngineError => new EngineError('not-found', 'workflow execution already completed');
export const taskNotFound = (): EngineError => new EngineError('not-found', 'Workflow task not found.');
export const activityNotFound = (): EngineError =>
  new EngineError('not-found', 'invalid activityID or activity already timed out or invoking workflow is completed');
export const workflowNotFound = (workflowId: string): EngineError =>
  new EngineError('not-found', `workflow not found for ID: ${workflowId}`);
export const runNotFound = (workflowId: string, runId: string): EngineError =>
  new EngineError('not-found', `workflow execution not found for workflow ID "${workflowId}" and run ID "${runId}"`);
export const invalid = (message: string): EngineError => new EngineError('invalid-argument', message);

/** While a task that tried to end the run is being repeated, messages are refused so that it can end. */
export const isClosing = (state: RunState): boolean =>
  state.volatile.closeAttempted && (state.volatile.workflowTask?.startedEventId ?? 0) !== 0;

export const closing = (): EngineError =>
  new EngineError('resource-exhausted', 'workflow operation can not be applied because workflow is closing', {
    exhausted: {
      cause: ResourceExhaustedCause.RESOURCE_EXHAUSTED_CAUSE_BUSY_WORKFLOW,
      scope: ResourceExhaustedScope.RESOURCE_EXHAUSTED_SCOPE_NAMESPACE,
    },
  });
/** The run is there, but not in the chain the caller means. */
export const notInChain = (): EngineError => new EngineError('not-found', 'workflow execution not found');
export const activityIdNotFound = (activityId: string): EngineError =>
  new EngineError(
    'not-found',
    `cannot find pending activity with ActivityID ${activityId}, check workflow execution history for more details`,
  );
