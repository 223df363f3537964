import { toNumber } from '@tidemark/protocol/time';
import type { Derived } from '../derived.ts';
import type { Appliers } from './apply-event.ts';

function end(derived: Derived, attributes: { readonly initiatedEventId?: Parameters<typeof toNumber>[0] }): void {
  derived.externals.delete(toNumber(attributes.initiatedEventId));
}

export const externalAppliers: Appliers<
  | 'requestCancelExternalWorkflowExecutionInitiated'
  | 'requestCancelExternalWorkflowExecutionFailed'
  | 'externalWorkflowExecutionCancelRequested'
  | 'signalExternalWorkflowExecutionInitiated'
  | 'signalExternalWorkflowExecutionFailed'
  | 'externalWorkflowExecutionSignaled'
> = {
  signalExternalWorkflowExecutionInitiated: (derived, attributes, { eventId }) => {
    derived.externals.set(eventId, { kind: 'signal', initiatedEventId: eventId, attributes });
  },
  requestCancelExternalWorkflowExecutionInitiated: (derived, attributes, { eventId }) => {
    derived.externals.set(eventId, { kind: 'cancel', initiatedEventId: eventId, attributes });
  },
  signalExternalWorkflowExecutionFailed: end,
  externalWorkflowExecutionSignaled: end,
  requestCancelExternalWorkflowExecutionFailed: end,
  externalWorkflowExecutionCancelRequested: end,
};
