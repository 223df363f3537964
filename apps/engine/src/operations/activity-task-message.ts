/** An attempt of an activity as its worker gets it, whichever way it comes. */
import { api } from '@tidemark/protocol/api';
import { toDuration, toTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { optionsOf } from '../history/model/activity.ts';
import type { StartedActivity } from '../history/model/decide/activity.ts';
import { mergePriority } from '../history/model/priority.ts';
import { encodeTaskToken } from './task-token.ts';

const { Payloads } = api.common.v1;
export type ActivityTask = temporal.api.workflowservice.v1.IPollActivityTaskQueueResponse;

/** `namespace` is the name of the run's namespace. */
export function activityTask({ activity, progress, state }: StartedActivity, namespace: string): ActivityTask {
  const { key, start, priority } = state.derived;
  const { scheduledEventId } = activity;
  const attributes = optionsOf(activity, progress);
  return {
    taskToken: encodeTaskToken({ kind: 'activity', ...key, scheduledEventId, attempt: progress.attempt, stamp: progress.stamp }),
    workflowNamespace: namespace,
    workflowType: start.workflowType ?? null,
    workflowExecution: { workflowId: key.workflowId, runId: key.runId },
    activityType: attributes.activityType ?? null,
    activityId: attributes.activityId ?? '',
    header: attributes.header ?? null,
    input: attributes.input ?? null,
    heartbeatDetails: progress.heartbeatDetails === undefined ? null : Payloads.decode(progress.heartbeatDetails),
    scheduledTime: toTimestamp(activity.scheduledAt),
    currentAttemptScheduledTime: toTimestamp(progress.scheduledAt),
    startedTime: toTimestamp(progress.startedAt ?? progress.scheduledAt),
    attempt: progress.attempt,
    // Never absent: SDKs read it without looking.
    scheduleToCloseTimeout: attributes.scheduleToCloseTimeout ?? toDuration(0),
    startToCloseTimeout: attributes.startToCloseTimeout ?? toDuration(0),
    heartbeatTimeout: attributes.heartbeatTimeout ?? toDuration(0),
    retryPolicy: attributes.retryPolicy ?? null,
    priority: mergePriority(priority, attributes.priority) ?? null,
  };
}
