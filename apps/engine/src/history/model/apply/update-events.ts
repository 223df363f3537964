import type { Appliers } from './apply-event.ts';

export const updateAppliers: Appliers<
  | 'workflowExecutionUpdateAdmitted'
  | 'workflowExecutionUpdateAccepted'
  | 'workflowExecutionUpdateRejected'
  | 'workflowExecutionUpdateCompleted'
> = {
  workflowExecutionUpdateAdmitted: (derived, { request }) => {
    const updateId = request?.meta?.updateId ?? '';
    derived.updates.set(updateId, { acceptedEventId: 0, completedEventId: 0 });
  },
  workflowExecutionUpdateAccepted: (derived, { protocolInstanceId }, { eventId }) => {
    derived.updates.set(protocolInstanceId ?? '', { acceptedEventId: eventId, completedEventId: 0 });
    derived.updatesUnderWay += 1;
  },
  workflowExecutionUpdateCompleted: (derived, { meta }, { eventId }) => {
    const updateId = meta?.updateId ?? '';
    const acceptedEventId = derived.updates.get(updateId)?.acceptedEventId ?? 0;
    derived.updates.set(updateId, { acceptedEventId, completedEventId: eventId });
    derived.updatesUnderWay -= 1;
  },
  // Rejections leave no trace; the protocol only reserves the name.
  workflowExecutionUpdateRejected: () => undefined,
};
