import { toNumber } from '@tidemark/protocol/time';
import type { Derived } from '../derived.ts';
import type { Appliers } from './apply-event.ts';

function end(derived: Derived, attributes: { readonly initiatedEventId?: Parameters<typeof toNumber>[0] }): void {
  derived.children.delete(toNumber(attributes.initiatedEventId));
}

export const childAppliers: Appliers<
  | 'startChildWorkflowExecutionInitiated'
  | 'startChildWorkflowExecutionFailed'
  | 'childWorkflowExecutionStarted'
  | 'childWorkflowExecutionCompleted'
  | 'childWorkflowExecutionFailed'
  | 'childWorkflowExecutionCanceled'
  | 'childWorkflowExecutionTimedOut'
  | 'childWorkflowExecutionTerminated'
> = {
  startChildWorkflowExecutionInitiated: (derived, attributes, { eventId, event }) => {
    const userMetadata = event.userMetadata ?? undefined;
    derived.children.set(eventId, { initiatedEventId: eventId, attributes, userMetadata, startedEventId: 0, runId: '' });
  },
  childWorkflowExecutionStarted: (derived, attributes, { eventId }) => {
    const initiatedEventId = toNumber(attributes.initiatedEventId);
    const child = derived.children.get(initiatedEventId);
    const runId = attributes.workflowExecution?.runId ?? '';
    if (child !== undefined) derived.children.set(initiatedEventId, { ...child, startedEventId: eventId, runId });
  },
  startChildWorkflowExecutionFailed: end,
  childWorkflowExecutionCompleted: end,
  childWorkflowExecutionFailed: end,
  childWorkflowExecutionCanceled: end,
  childWorkflowExecutionTimedOut: end,
  childWorkflowExecutionTerminated: end,
};
