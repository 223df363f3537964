import { toNumber } from '@tidemark/protocol/time';
import { withBuild } from '../reset-points.ts';
import { afterTask } from '../versioning.ts';
import type { Appliers } from './apply-event.ts';

/** The task in flight is volatile: history shows it only in part. What remains of a task is that it was completed. */
export const workflowTaskAppliers: Appliers<
  'workflowTaskScheduled' | 'workflowTaskStarted' | 'workflowTaskCompleted' | 'workflowTaskFailed' | 'workflowTaskTimedOut'
> = {
  workflowTaskScheduled: () => undefined,
  workflowTaskStarted: () => undefined,
  workflowTaskCompleted: (derived, attributes, { eventId, time }) => {
    derived.resetPoints = withBuild(derived, attributes, { completedEventId: eventId, at: time });
    derived.versioning = afterTask(derived.versioning, attributes, eventId);
    derived.lastCompletedEventId = eventId;
    derived.lastCompletedStartedEventId = toNumber(attributes.startedEventId);
    derived.workflowTasksCompleted += 1;
  },
  workflowTaskFailed: () => undefined,
  workflowTaskTimedOut: () => undefined,
};
