import { toNumber } from '@tidemark/protocol/time';
import { invariant } from '../../../kernel/invariant.ts';
import type { Derived } from '../derived.ts';
import type { Appliers } from './apply-event.ts';

function end(derived: Derived, attributes: { readonly scheduledEventId?: Parameters<typeof toNumber>[0] }): void {
  const scheduledEventId = toNumber(attributes.scheduledEventId);
  const activity = derived.activities.get(scheduledEventId);
  invariant(activity !== undefined, `no activity is pending under event ${scheduledEventId}`);
  derived.activities.delete(scheduledEventId);
  derived.activityIds.delete(activity.attributes.activityId ?? '');
}

export const activityAppliers: Appliers<
  | 'activityTaskScheduled'
  | 'activityTaskStarted'
  | 'activityTaskCompleted'
  | 'activityTaskFailed'
  | 'activityTaskTimedOut'
  | 'activityTaskCancelRequested'
  | 'activityTaskCanceled'
> = {
  activityTaskScheduled: (derived, attributes, at) => {
    derived.activities.set(at.eventId, { scheduledEventId: at.eventId, attributes, scheduledAt: at.time, cancelRequestedEventId: 0 });
    derived.activityIds.set(attributes.activityId ?? '', at.eventId);
  },
  activityTaskStarted: () => undefined,
  activityTaskCompleted: end,
  activityTaskFailed: end,
  activityTaskTimedOut: end,
  activityTaskCanceled: end,
  activityTaskCancelRequested: (derived, attributes, at) => {
    const scheduledEventId = toNumber(attributes.scheduledEventId);
    const activity = derived.activities.get(scheduledEventId);
    // A result that waits in the buffer ended the activity already; history still shows the request.
    if (activity !== undefined) derived.activities.set(scheduledEventId, { ...activity, cancelRequestedEventId: at.eventId });
  },
};
