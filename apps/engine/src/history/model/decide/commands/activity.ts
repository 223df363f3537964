import { api } from '@tidemark/protocol/api';
import { fromDuration, toDuration, toLong, toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { endActivity } from '../../activity.ts';
import { faultOfPriority } from '../../priority.ts';
import { completeRetryPolicy, faultOfRetryPolicy } from '../../retry.ts';
import { faultOfTaskQueueName } from '../../task-queue-name.ts';
import type { CommandContext, Handler } from './command.ts';
import { bytesOf, metadataOf, refuse } from './command.ts';
import { jsonPayload } from '../start.ts';

const { TaskQueueKind, WorkflowTaskFailedCause: Cause } = api.enums.v1;
type ScheduleAttributes = temporal.api.command.v1.IScheduleActivityTaskCommandAttributes;

export const scheduleActivityTask: Handler<ScheduleAttributes> = (context, attributes, command) => {
  const { step, completedEventId } = context;
  const fault = faultOf(context, attributes);
  if (fault !== undefined) return refuse(Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_SCHEDULE_ACTIVITY_ATTRIBUTES, fault);
  const activityId = attributes.activityId ?? '';
  const known = step.derived.activityIds.get(activityId);
  if (known !== undefined && step.volatile.progress.has(known)) {
    return refuse(
      Cause.WORKFLOW_TASK_FAILED_CAUSE_SCHEDULE_ACTIVITY_DUPLICATE_ID,
      `invalid history builder state for action: add-activitytask-scheduled-event, ActivityID: ${activityId}`,
    );
  }
  if (step.volatile.progress.size >= step.env.limits.pendingActivitiesMax) {
    const text = `the number of pending activities, ${step.volatile.progress.size}, has reached the limit of ${step.env.limits.pendingActivitiesMax}`;
    return refuse(Cause.WORKFLOW_TASK_FAILED_CAUSE_PENDING_ACTIVITIES_LIMIT_EXCEEDED, text);
  }
  const scheduledEventId = step.write({
    name: 'activityTaskScheduled',
    attributes: {
      activityId,
      ...(attributes.activityType ? { activityType: attributes.activityType } : {}),
      taskQueue: { name: attributes.taskQueue?.name ?? '', kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL },
      ...(attributes.header ? { header: attributes.header } : {}),
      ...(attributes.input ? { input: attributes.input } : {}),
      ...timeoutsOf(context, attributes),
      retryPolicy: completeRetryPolicy(attributes.retryPolicy),
      workflowTaskCompletedEventId: toLong(completedEventId),
      ...(attributes.priority ? { priority: attributes.priority } : {}),
      ...(attributes.useWorkflowBuildId ? { useWorkflowBuildId: true } : {}),
    },
    ...metadataOf(command),
  });
  step.note({
    type: 'activityProgress',
    scheduledEventId,
    progress: { phase: 'scheduled', attempt: 1, scheduledAt: step.env.now, stamp: 0 },
  });
  if (attributes.requestEagerExecution) context.wanted.push(scheduledEventId);
  return undefined;
};

function faultOf({ step }: CommandContext, attributes: ScheduleAttributes): string | undefined {
  const { idBytesMax } = step.env.limits;
  if (!attributes.activityId) return 'activityId is not set';
  if (!attributes.activityType?.name) return 'activityType is not set';
  if (bytesOf(attributes.activityId) > idBytesMax)
    return `ActivityId on ScheduleActivityTaskCommand exceeds length limit of ${idBytesMax}.`;
  if (bytesOf(attributes.activityType.name) > idBytesMax)
    return `ActivityType on ScheduleActivityTaskCommand exceeds length limit of ${idBytesMax}.`;
  if (!attributes.taskQueue) return 'taskQueue is not set on ScheduleActivityTaskCommand.';
  if (!attributes.taskQueue.name) return 'missing task queue name on ScheduleActivityTaskCommand.';
  const which = `ActivityId=${attributes.activityId} ActivityType=${attributes.activityType.name}`;
  const queueFault = faultOfTaskQueueName(attributes.taskQueue.name, idBytesMax);
  if (queueFault !== undefined) return `invalid TaskQueue on ScheduleActivityTaskCommand: ${queueFault}. ${which}`;
  for (const name of ['scheduleToCloseTimeout', 'scheduleToStartTimeout', 'startToCloseTimeout', 'heartbeatTimeout'] as const) {
    if ((fromDuration(attributes[name]) ?? 0) < 0) return `invalid ${name.charAt(0).toUpperCase()}${name.slice(1)}: negative duration`;
  }
  if (!fromDuration(attributes.scheduleToCloseTimeout) && !fromDuration(attributes.startToCloseTimeout)) {
    return `a valid StartToClose or ScheduleToCloseTimeout is not set on ScheduleActivityTaskCommand. ${which}`;
  }
  return faultOfRetryPolicy(attributes.retryPolicy) ?? faultOfPriority(attributes.priority);
}

type Timeouts = Pick<ScheduleAttributes, 'scheduleToCloseTimeout' | 'scheduleToStartTimeout' | 'startToCloseTimeout' | 'heartbeatTimeout'>;

/** Each timeout that is not set takes the longest that makes sense; none outlives the run. */
function timeoutsOf({ step }: CommandContext, attributes: ScheduleAttributes): Timeouts {
  const runTimeout = fromDuration(step.derived.start.workflowRunTimeout) ?? 0;
  const cap = (value: number): number => (runTimeout > 0 ? Math.min(value || runTimeout, runTimeout) : value);
  const given = fromDuration(attributes.scheduleToCloseTimeout) ?? 0;
  const scheduleToClose = given > 0 ? cap(given) : runTimeout;
  const scheduleToStart = fromDuration(attributes.scheduleToStartTimeout) || scheduleToClose;
  const startToClose = fromDuration(attributes.startToCloseTimeout) || scheduleToClose;
  const bound = (value: number): number => (scheduleToClose > 0 ? Math.min(value, scheduleToClose) : value);
  const heartbeat = fromDuration(attributes.heartbeatTimeout) ?? 0;
  return {
    scheduleToCloseTimeout: toDuration(scheduleToClose),
    scheduleToStartTimeout: toDuration(bound(cap(scheduleToStart))),
    startToCloseTimeout: toDuration(bound(cap(startToClose))),
    heartbeatTimeout: toDuration(Math.min(heartbeat, bound(cap(startToClose)))),
  };
}

const unknownActivity = (scheduledEventId: number): string =>
  `invalid history builder state for action: add-activitytask-cancel-requested-event, ScheduledEventID: ${scheduledEventId}`;

type CancelAttributes = temporal.api.command.v1.IRequestCancelActivityTaskCommandAttributes;

export const requestCancelActivityTask: Handler<CancelAttributes> = ({ step, completedEventId, identity }, attributes) => {
  const cause = Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_REQUEST_CANCEL_ACTIVITY_ATTRIBUTES;
  const scheduledEventId = toNumber(attributes.scheduledEventId);
  if (scheduledEventId <= 0) return refuse(cause, 'ScheduledEventId is not set on RequestCancelActivityTaskCommand.');
  const activity = step.derived.activities.get(scheduledEventId);
  if (activity === undefined) return refuse(cause, unknownActivity(scheduledEventId));
  if (activity.cancelRequestedEventId !== 0) return refuse(cause, unknownActivity(scheduledEventId));
  const cancelRequestedEventId = step.write({
    name: 'activityTaskCancelRequested',
    attributes: { scheduledEventId: toLong(scheduledEventId), workflowTaskCompletedEventId: toLong(completedEventId) },
  });
  const progress = step.volatile.progress.get(scheduledEventId);
  if (progress !== undefined && progress.phase !== 'started') {
    const details = { payloads: [jsonPayload('ACTIVITY_ID_NOT_STARTED')] };
    endActivity(step, { ...activity, cancelRequestedEventId }, { name: 'activityTaskCanceled', details, identity });
  }
  return undefined;
};
