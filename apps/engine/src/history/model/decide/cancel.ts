/** A request to cancel: written once, and the workflow decides what it means. */
import { toLong } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { Decision, Env } from '../decision.ts';
import { rejected, unchanged } from '../decision.ts';
import { notInChain } from '../refusals.ts';
import type { RunState } from '../state.ts';
import { isOpen } from '../state.ts';
import { Step } from '../step.ts';

export interface CancelRequest {
  readonly reason: string;
  readonly identity: string;
  readonly requestId: string;
  readonly firstExecutionRunId: string;
  readonly links: readonly temporal.api.common.v1.ILink[];
  /** The workflow that asks, where one does; the event is 0 for a parent that closed. */
  readonly external?: { readonly execution: temporal.api.common.v1.IWorkflowExecution; readonly initiatedEventId: number };
}

export function decideCancel(state: RunState, request: CancelRequest, env: Env): Decision<undefined> {
  if (!belongsToChain(state, request.firstExecutionRunId)) {
    return rejected(notInChain());
  }
  if (!isOpen(state) || isCancelRequested(state)) return unchanged(undefined);
  const step = Step.on(state, env);
  step.note({ type: 'cancelRequestId', requestId: request.requestId });
  step.add({
    name: 'workflowExecutionCancelRequested',
    attributes: {
      cause: request.reason,
      identity: request.identity,
      ...(request.external
        ? {
            externalWorkflowExecution: request.external.execution,
            externalInitiatedEventId: toLong(request.external.initiatedEventId),
          }
        : {}),
    },
    links: request.links,
  });
  step.wakeUp();
  return step.decide(undefined);
}

/** Also while the event still waits for the end of a workflow task. */
export function isCancelRequested(state: RunState): boolean {
  return (
    state.derived.cancelRequestedEventId !== 0 || state.volatile.buffered.some((draft) => draft.name === 'workflowExecutionCancelRequested')
  );
}

/** An empty id asks for nothing. */
export function belongsToChain(state: RunState, firstExecutionRunId: string): boolean {
  return firstExecutionRunId === '' || state.derived.start.firstExecutionRunId === firstExecutionRunId;
}
