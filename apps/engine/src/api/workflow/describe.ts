import { api } from '@tidemark/protocol/api';
import { fromDuration, fromTimestamp, toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { decodePayload, previewPayloads } from '../json/payload.ts';
import { enumNames } from '../json/to-json.ts';
import type { ExecutionRow } from '../model/execution-row.ts';
import type { Json } from '../model/json.ts';
import type { ActivityOptions, PendingActivity } from '../model/pending-activity.ts';
import { maskSecrets } from '../model/secrets.ts';
import { deadline, executionInput, procedure } from '../procedure.ts';
import { toFailureRow } from '../run/event-row.ts';
import { toExecutionRow } from './execution-row.ts';

const activityStates = enumNames(api.enums.v1.PendingActivityState, 'PENDING_ACTIVITY_STATE_');
const taskStates = enumNames(api.enums.v1.PendingWorkflowTaskState, 'PENDING_WORKFLOW_TASK_STATE_');

export interface ResetPoint {
  readonly build: string;
  readonly runId: string;
  readonly taskCompletedId: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly isResettable: boolean;
}

export interface RunDescription extends ExecutionRow {
  readonly firstRunId: string;
  readonly parent: { readonly workflowId: string; readonly runId: string } | null;
  /** The run at the top of the family; null where the server does not say. */
  readonly root: { readonly workflowId: string; readonly runId: string } | null;
  /** The run that a reset of this one began. */
  readonly resetTo: string | null;
  /** Where each build first completed a workflow task, in this run or in one that it continues. */
  readonly resetPoints: readonly ResetPoint[];
  readonly build: string | null;
  readonly timeouts: { readonly executionMs: number; readonly runMs: number; readonly taskMs: number };
  readonly isCancelRequested: boolean;
  readonly transitions: number;
  /** Without what keys call a secret, as the attributes are: the first HTML of a page holds both, before anybody has asked for more. */
  readonly memo: Readonly<Record<string, Json>>;
  readonly searchAttributes: Readonly<Record<string, Json>>;
  readonly activities: readonly PendingActivity[];
  readonly children: readonly {
    readonly workflowId: string;
    readonly runId: string;
    readonly type: string;
    readonly initiatedId: number;
  }[];
  readonly task: {
    readonly state: string;
    readonly attempt: number;
    readonly scheduledAt: number | null;
    readonly startedAt: number | null;
  } | null;
}

export const describe = procedure.input(executionInput).query(async ({ ctx, input, signal }): Promise<RunDescription> => {
  const response = await ctx.workflow.describeWorkflowExecution(
    { namespace: input.namespace, execution: { workflowId: input.workflowId, runId: input.runId } },
    { ...deadline(), ...(signal ? { signal } : {}) },
  );
  return toDescription(response);
});

type Response = temporal.api.workflowservice.v1.IDescribeWorkflowExecutionResponse;

function toDescription(response: Response): RunDescription {
  const info = response.workflowExecutionInfo ?? {};
  const config = response.executionConfig ?? {};
  const task = response.pendingWorkflowTask;
  return {
    ...toExecutionRow(info),
    queue: info.taskQueue || config.taskQueue?.name || '',
    firstRunId: info.firstRunId ?? '',
    parent: toRun(info.parentExecution),
    root: toRun(info.rootExecution),
    resetTo: response.workflowExtendedInfo?.resetRunId || null,
    resetPoints: (info.autoResetPoints?.points ?? []).map(toResetPoint),
    build: info.versioningInfo?.deploymentVersion?.buildId || info.assignedBuildId || info.mostRecentWorkerVersionStamp?.buildId || null,
    timeouts: {
      executionMs: fromDuration(config.workflowExecutionTimeout) ?? 0,
      runMs: fromDuration(config.workflowRunTimeout) ?? 0,
      taskMs: fromDuration(config.defaultWorkflowTaskTimeout) ?? 0,
    },
    isCancelRequested: response.workflowExtendedInfo?.cancelRequested ?? false,
    transitions: toNumber(info.stateTransitionCount),
    memo: decodeAll(info.memo?.fields),
    searchAttributes: decodeAll(info.searchAttributes?.indexedFields),
    activities: (response.pendingActivities ?? []).map(toPendingActivity),
    children: (response.pendingChildren ?? []).map((child) => ({
      workflowId: child.workflowId ?? '',
      runId: child.runId ?? '',
      type: child.workflowTypeName ?? '',
      initiatedId: toNumber(child.initiatedId),
    })),
    task: task
      ? {
          state: taskStates.get(task.state ?? 0) ?? 'Unspecified',
          attempt: task.attempt ?? 1,
          scheduledAt: fromTimestamp(task.originalScheduledTime ?? task.scheduledTime) ?? null,
          startedAt: fromTimestamp(task.startedTime) ?? null,
        }
      : null,
  };
}

const toRun = (run: temporal.api.common.v1.IWorkflowExecution | null | undefined) =>
  run ? { workflowId: run.workflowId ?? '', runId: run.runId ?? '' } : null;

const toResetPoint = (point: temporal.api.workflow.v1.IResetPointInfo): ResetPoint => ({
  build: point.buildId || point.binaryChecksum || '',
  runId: point.runId ?? '',
  taskCompletedId: toNumber(point.firstWorkflowTaskCompletedId),
  at: fromTimestamp(point.createTime) ?? 0,
  isResettable: point.resettable ?? false,
});

function decodeAll(fields: Readonly<Record<string, temporal.api.common.v1.IPayload>> | null | undefined): Record<string, Json> {
  const values = Object.fromEntries(Object.entries(fields ?? {}).map(([name, value]) => [name, decodePayload(value)]));
  // What is JSON stays JSON with texts in it.
  return maskSecrets(values).value as Record<string, Json>;
}

function toPendingActivity(activity: temporal.api.workflow.v1.IPendingActivityInfo): PendingActivity {
  return {
    activityId: activity.activityId ?? '',
    type: activity.activityType?.name ?? '',
    state: activityStates.get(activity.state ?? 0) ?? 'Unspecified',
    attempt: activity.attempt ?? 1,
    attemptsMax: activity.maximumAttempts ?? 0,
    scheduledAt: fromTimestamp(activity.scheduledTime) ?? null,
    startedAt: fromTimestamp(activity.lastStartedTime) ?? null,
    lastEndedAt: fromTimestamp(activity.lastAttemptCompleteTime) ?? null,
    nextAt: fromTimestamp(activity.nextAttemptScheduleTime) ?? null,
    expiresAt: fromTimestamp(activity.expirationTime) ?? null,
    heartbeatAt: fromTimestamp(activity.lastHeartbeatTime) ?? null,
    heartbeat: previewPayloads(activity.heartbeatDetails?.payloads) ?? null,
    retryMs: fromDuration(activity.currentRetryInterval) ?? null,
    worker: activity.lastWorkerIdentity || null,
    isPaused: activity.paused ?? false,
    failure: toFailureRow(activity.lastFailure) ?? null,
    options: activity.activityOptions ? toOptions(activity.activityOptions) : null,
  };
}

function toOptions(options: temporal.api.activity.v1.IActivityOptions): ActivityOptions {
  const policy = options.retryPolicy;
  return {
    queue: options.taskQueue?.name ?? '',
    scheduleToCloseMs: fromDuration(options.scheduleToCloseTimeout) ?? 0,
    scheduleToStartMs: fromDuration(options.scheduleToStartTimeout) ?? 0,
    startToCloseMs: fromDuration(options.startToCloseTimeout) ?? 0,
    heartbeatMs: fromDuration(options.heartbeatTimeout) ?? 0,
    initialIntervalMs: fromDuration(policy?.initialInterval) ?? 0,
    maximumIntervalMs: fromDuration(policy?.maximumInterval) ?? 0,
    backoffCoefficient: policy?.backoffCoefficient ?? 0,
    maximumAttempts: policy?.maximumAttempts ?? 0,
  };
}
