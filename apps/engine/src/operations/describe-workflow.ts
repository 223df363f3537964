/** What a run is and what it waits for. */
import { api } from '@tidemark/protocol/api';
import type { WorkflowMethods } from '@tidemark/protocol/services';
import { toDuration, toLong, toTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { optionsOf, scheduleToCloseDeadline } from '../history/model/activity.ts';
import { describeOptions } from '../history/model/decide/activity-operator.ts';
import { isCancelRequested } from '../history/model/decide/cancel.ts';
import type { PendingActivity, PendingChild } from '../history/model/derived.ts';
import { toResetPoints } from '../history/model/reset-points.ts';
import { plannedInterval } from '../history/model/retry.ts';
import type { RunState } from '../history/model/state.ts';
import { isOpen } from '../history/model/state.ts';
import { behaviorOf, pinnedVersionOf, toOverride, versionOf } from '../history/model/versioning.ts';
import type { ActivityProgress } from '../history/model/volatile.ts';
import type { WorkerVersion } from '../kernel/worker-version.ts';
import { isSameVersion, legacyName } from '../kernel/worker-version.ts';
import { executionInfoOf, recordOf } from '../visibility/record.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { requireTarget } from './validate.ts';

const { EventType, PendingActivityState, PendingWorkflowTaskState } = api.enums.v1;
const { Failure } = api.failure.v1;
const { Payloads } = api.common.v1;
type Methods = WorkflowMethods['describeWorkflowExecution'];
type Description = temporal.api.workflowservice.v1.IDescribeWorkflowExecutionResponse;

export async function describeWorkflow(engine: Engine, request: Methods['request'], call: NamespaceCall): Promise<Description> {
  return await engine.history.read(requireTarget(engine, call, request.execution), describe);
}

function describe(state: RunState): Description {
  const { derived, volatile } = state;
  const { start } = derived;
  const task = volatile.workflowTask;
  const info = executionInfoOf(recordOf(state));
  return {
    executionConfig: {
      taskQueue: start.taskQueue ?? null,
      workflowExecutionTimeout: start.workflowExecutionTimeout ?? toDuration(0),
      workflowRunTimeout: start.workflowRunTimeout ?? toDuration(0),
      defaultWorkflowTaskTimeout: start.workflowTaskTimeout ?? null,
      userMetadata: derived.userMetadata ?? null,
    },
    workflowExecutionInfo: {
      ...info,
      ...versioningOf(state),
      historyLength: toLong(derived.nextEventId - 1),
      historySizeBytes: toLong(volatile.historySizeBytes),
      stateTransitionCount: toLong(volatile.version),
      firstRunId: start.firstExecutionRunId ?? derived.key.runId,
      priority: derived.priority ?? null,
      autoResetPoints: toResetPoints(derived.resetPoints),
      ...(derived.closedAt === undefined ? {} : { executionDuration: toDuration(derived.closedAt - derived.startedAt) }),
    },
    pendingActivities: pendingActivities(state),
    pendingChildren: [...derived.children.values()].map(pendingChild),
    ...(task === undefined || !isOpen(state)
      ? {}
      : {
          pendingWorkflowTask: {
            state:
              task.startedEventId === 0
                ? PendingWorkflowTaskState.PENDING_WORKFLOW_TASK_STATE_SCHEDULED
                : PendingWorkflowTaskState.PENDING_WORKFLOW_TASK_STATE_STARTED,
            scheduledTime: toTimestamp(task.scheduledAt),
            originalScheduledTime: toTimestamp(task.originalScheduledAt),
            ...(task.startedAt === undefined ? {} : { startedTime: toTimestamp(task.startedAt) }),
            attempt: task.attempt,
          },
        }),
    workflowExtendedInfo: {
      resetRunId: volatile.resetTo,
      ...(volatile.pause === undefined || !isOpen(state)
        ? {}
        : {
            pauseInfo: {
              identity: volatile.pause.identity,
              pausedTime: toTimestamp(volatile.pause.at),
              reason: volatile.pause.reason,
            },
          }),
      requestIdInfos: requestIdInfos(state),
      ...(volatile.resetAt === undefined ? {} : { lastResetTime: toTimestamp(volatile.resetAt) }),
      cancelRequested: isCancelRequested(state),
      originalStartTime: toTimestamp(derived.startedAt),
      executionExpirationTime: start.workflowExecutionExpirationTime ?? null,
      ...(volatile.runExpiresAt === undefined ? {} : { runExpirationTime: toTimestamp(volatile.runExpiresAt) }),
    },
  };
}

/** Nothing for a run that versions have nothing to do with. */
function versioningOf(state: RunState): Pick<temporal.api.workflow.v1.IWorkflowExecutionInfo, 'versioningInfo' | 'workerDeploymentName'> {
  const { versioning } = state.derived;
  const transition = transitionOf(state);
  if (versioning === undefined && transition === undefined) return {};
  const { behavior = 0, version, override } = versioning ?? {};
  const older = override?.kind === 'pinned' ? { pinnedVersion: legacyName(override.version) } : {};
  return {
    workerDeploymentName: versionOf(versioning)?.deploymentName ?? '',
    versioningInfo: {
      behavior,
      ...(version === undefined ? {} : { version: legacyName(version), deploymentVersion: version }),
      ...(override === undefined ? {} : { versioningOverride: { ...toOverride(override), behavior: behaviorOf(versioning), ...older } }),
      ...(transition === undefined ? {} : { versionTransition: { version: legacyName(transition), deploymentVersion: transition } }),
    },
  };
}

/** The version whose worker has the workflow task, where that is not the one the run was on. */
function transitionOf({ derived, volatile }: RunState): WorkerVersion | undefined {
  const version = volatile.workflowTask?.version;
  const isPinned = pinnedVersionOf(derived.versioning) !== undefined;
  return isPinned || isSameVersion(version, derived.versioning?.version) ? undefined : version;
}

/** The request that began the run, and those that joined it. */
function requestIdInfos({ derived, volatile }: RunState): Record<string, temporal.api.workflow.v1.IRequestIdInfo> {
  const infos: Record<string, temporal.api.workflow.v1.IRequestIdInfo> = {};
  if (volatile.startRequestId !== '')
    infos[volatile.startRequestId] = { eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED, eventId: toLong(1) };
  const eventType = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED;
  for (const [requestId, eventId] of derived.attachedRequestIds.entries()) infos[requestId] = { eventType, eventId: toLong(eventId) };
  for (const { attributes } of volatile.buffered) {
    if ('attachedRequestId' in attributes && attributes.attachedRequestId)
      infos[attributes.attachedRequestId] = { eventType, eventId: toLong(0), buffered: true };
  }
  return infos;
}

function pendingActivities({ derived, volatile }: RunState): temporal.api.workflow.v1.IPendingActivityInfo[] {
  const found: temporal.api.workflow.v1.IPendingActivityInfo[] = [];
  for (const [scheduledEventId, progress] of volatile.progress.entries()) {
    const activity = derived.activities.get(scheduledEventId);
    if (activity !== undefined) found.push(pendingActivity(activity, progress));
  }
  return found;
}

function pendingActivity(activity: PendingActivity, progress: ActivityProgress): temporal.api.workflow.v1.IPendingActivityInfo {
  const attributes = optionsOf(activity, progress);
  const deadline = scheduleToCloseDeadline(activity, progress);
  return {
    activityId: attributes.activityId ?? '',
    activityType: attributes.activityType ?? null,
    state: stateOf(activity, progress),
    attempt: progress.attempt,
    maximumAttempts: attributes.retryPolicy?.maximumAttempts ?? 0,
    scheduledTime: toTimestamp(progress.scheduledAt),
    lastWorkerIdentity: progress.identity ?? '',
    ...(progress.version === undefined
      ? {}
      : { lastDeploymentVersion: progress.version, lastWorkerDeploymentVersion: legacyName(progress.version) }),
    priority: attributes.priority ?? null,
    activityOptions: describeOptions(activity, progress),
    paused: progress.pause !== undefined,
    ...(progress.pause === undefined
      ? {}
      : {
          pauseInfo: {
            pauseTime: toTimestamp(progress.pause.at),
            manual: { identity: progress.pause.identity, reason: progress.pause.reason },
          },
        }),
    ...(deadline === undefined ? {} : { expirationTime: toTimestamp(deadline) }),
    ...(progress.startedAt === undefined ? {} : { lastStartedTime: toTimestamp(progress.startedAt) }),
    ...(progress.heartbeatAt === undefined ? {} : { lastHeartbeatTime: toTimestamp(progress.heartbeatAt) }),
    ...(progress.heartbeatDetails === undefined ? {} : { heartbeatDetails: Payloads.decode(progress.heartbeatDetails) }),
    ...(progress.lastFailure === undefined ? {} : { lastFailure: Failure.decode(progress.lastFailure) }),
    ...(progress.lastAttemptEndedAt === undefined ? {} : { lastAttemptCompleteTime: toTimestamp(progress.lastAttemptEndedAt) }),
    ...(progress.phase === 'backoff' ? { nextAttemptScheduleTime: toTimestamp(progress.scheduledAt) } : {}),
    ...(progress.phase === 'started' ? {} : { currentRetryInterval: toDuration(retryIntervalOf(activity, progress)) }),
  };
}

function pendingChild({ initiatedEventId, attributes, runId }: PendingChild): temporal.api.workflow.v1.IPendingChildExecutionInfo {
  return {
    workflowId: attributes.workflowId ?? '',
    runId,
    workflowTypeName: attributes.workflowType?.name ?? '',
    initiatedId: toLong(initiatedEventId),
    parentClosePolicy: attributes.parentClosePolicy ?? 0,
  };
}

function stateOf(activity: PendingActivity, progress: ActivityProgress): temporal.api.enums.v1.PendingActivityState {
  if (progress.pause !== undefined) {
    return progress.phase === 'started'
      ? PendingActivityState.PENDING_ACTIVITY_STATE_PAUSE_REQUESTED
      : PendingActivityState.PENDING_ACTIVITY_STATE_PAUSED;
  }
  if (activity.cancelRequestedEventId !== 0) return PendingActivityState.PENDING_ACTIVITY_STATE_CANCEL_REQUESTED;
  return progress.phase === 'started'
    ? PendingActivityState.PENDING_ACTIVITY_STATE_STARTED
    : PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED;
}

/** The wait that is under way, or the one that a failure of this attempt would cause. */
function retryIntervalOf(activity: PendingActivity, progress: ActivityProgress): number {
  if (progress.phase === 'backoff' && progress.retryInterval !== undefined) return progress.retryInterval;
  const { retryPolicy } = optionsOf(activity, progress);
  return retryPolicy ? plannedInterval(retryPolicy, progress.attempt) : 0;
}
