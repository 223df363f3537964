/** Gathers the facts of one run over the protocol, and more where the engine is in this process. */
import { api } from '@tidemark/protocol/api';
import { fromDuration } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { decodePayload } from '../json/payload.ts';
import { decideWhy } from '../model/decide-why.ts';
import type { Finding } from '../model/finding.ts';
import type { ActivityFacts, ChildFacts, PinFacts, QueueFacts, RunAddress, RunFacts, RunInside } from '../model/run-facts.ts';
import { toFailureRow } from '../run/event-row.ts';
import { momentOf } from './moment-of.ts';
import type { Tail } from './read-tail.ts';
import { readTail } from './read-tail.ts';
import type { Survey } from './survey.ts';
import { toVersionName } from './survey.ts';

const { PendingActivityState, PendingWorkflowTaskState, VersioningBehavior } = api.enums.v1;

/** A chain of children is followed so far down, and so many of one parent are looked into. */
const CHILDREN = { depthMax: 4, lookedIntoMax: 3, listedMax: 20 };
const ACTIVITIES_MAX = 50;
const QUEUES_MAX = 5;

type Description = temporal.api.workflowservice.v1.IDescribeWorkflowExecutionResponse;

/**
 * Why a run does not move, the most important reason first; empty when it is closed. `above` are the runs that wait for this one.
 * Throws RpcError as the description does.
 */
export async function whyRun(
  survey: Survey,
  run: Pick<RunAddress, 'workflowId' | 'runId'>,
  above: readonly string[] = [],
): Promise<readonly Finding[]> {
  const description = await survey.ctx.workflow.describeWorkflowExecution({ namespace: survey.namespace, execution: run }, survey.call);
  if (description.workflowExecutionInfo?.closeTime) return [];
  return decideWhy(await gatherFacts(survey, description, above));
}

async function gatherFacts(survey: Survey, description: Description, above: readonly string[]): Promise<RunFacts> {
  const info = description.workflowExecutionInfo ?? {};
  const { workflowId, runId } = named(info.execution);
  const task = toTask(description.pendingWorkflowTask);
  const isCancelRequested = description.workflowExtendedInfo?.cancelRequested ?? false;
  const { inside, tail } = await readInside(survey, { workflowId, runId }, isCancelRequested || (task?.attempt ?? 1) > 1);
  const queue = info.taskQueue || description.executionConfig?.taskQueue?.name || '';
  const activities = (description.pendingActivities ?? []).slice(0, ACTIVITIES_MAX).map((one) => toActivity(one, queue));
  const waiting = task !== undefined && !task.isStarted;
  const [workflowQueues, activityQueues, children, namespace] = await Promise.all([
    waiting ? workflowQueuesOf(survey, queue, inside) : NONE,
    queuesOf(survey, [...new Set(activities.filter(({ state }) => state === 'scheduled').map((one) => one.queue))].slice(0, QUEUES_MAX)),
    childrenOf(survey, description, [...above, runId]),
    survey.state(),
  ]);
  const isQueueing = workflowQueues.size + activityQueues.size > 0;
  return {
    now: survey.now,
    namespace,
    workflowId,
    runId,
    type: info.type?.name ?? '',
    queue,
    startedAt: momentOf(info.startTime) ?? survey.now,
    pause: pauseOf(description.workflowExtendedInfo?.pauseInfo),
    task,
    taskTimeoutMs: fromDuration(description.executionConfig?.defaultWorkflowTaskTimeout) ?? 0,
    taskFailure: tail?.taskFailure,
    reportedProblems: problemsOf(info.searchAttributes),
    activities,
    children,
    cancel: tail?.cancel ?? (isCancelRequested ? { eventId: 0, at: undefined } : undefined),
    expiresAt: expiryOf(description),
    inside: tail === undefined ? inside : withNames(inside, tail),
    pin: isQueueing ? await pinOf(survey, info.versioningInfo) : undefined,
    workflowQueues,
    activityQueues,
    workers: isQueueing ? await survey.workers() : undefined,
    polledQueues: isQueueing ? await survey.polledQueues() : [],
  };
}

type Versioning = temporal.api.workflow.v1.IWorkflowExecutionVersioningInfo | null | undefined;

/** Asked for only where something of the run waits for a worker. */
async function pinOf(survey: Survey, info: Versioning): Promise<PinFacts | undefined> {
  const override = info?.versioningOverride;
  const isFree = override?.autoUpgrade === true || info?.behavior !== VersioningBehavior.VERSIONING_BEHAVIOR_PINNED;
  const bound = toVersionName(override?.pinned?.version) ?? (isFree ? undefined : toVersionName(info?.deploymentVersion));
  return bound === undefined ? undefined : { ...bound, isOverride: Boolean(override?.pinned), ...(await survey.version(bound)) };
}

const NONE: ReadonlyMap<string, QueueFacts> = new Map();
const named = (execution: temporal.api.common.v1.IWorkflowExecution | null | undefined) => ({
  workflowId: execution?.workflowId ?? '',
  runId: execution?.runId ?? '',
});

/** Names that only history has. */
function withNames(inside: RunInside, { inside: seen, updateNames }: Tail): RunInside {
  const labels = new Map(seen.timers.map(({ eventId, label }) => [eventId, label]));
  return {
    ...inside,
    timers: inside.timers.map((one) => ({ ...one, label: labels.get(one.eventId) ?? '' })),
    updates: inside.updates.map((one) => ({ ...one, name: one.name || (updateNames.get(one.id) ?? '') })),
  };
}

/** The last events are read where nobody tells more, and for what only they say: how a task failed, when the cancellation came, names. */
async function readInside(
  survey: Survey,
  run: Pick<RunAddress, 'workflowId' | 'runId'>,
  needsEvents: boolean,
): Promise<{ inside: RunInside; tail: Tail | undefined }> {
  const known = await survey.ctx.tidemark?.run({ namespace: survey.namespace, ...run });
  const hasNames = !survey.isBrief && (known?.updates.length ?? 0) + (known?.timers.length ?? 0) > 0;
  if (known !== undefined && !needsEvents && !hasNames) return { inside: known, tail: undefined };
  const tail = await readTail(survey, run);
  return { inside: known ?? tail.inside, tail };
}

async function queuesOf(survey: Survey, names: readonly string[]): Promise<ReadonlyMap<string, QueueFacts>> {
  const found = await Promise.all(names.map((name) => survey.queue(name, 'activity')));
  return new Map(found.flatMap((queue) => (queue === undefined ? [] : [[queue.name, queue] as const])));
}

async function workflowQueuesOf(survey: Survey, queue: string, { sticky }: RunInside): Promise<ReadonlyMap<string, QueueFacts>> {
  const found = await Promise.all([
    queue === '' ? undefined : survey.queue(queue, 'workflow'),
    sticky === undefined ? undefined : survey.queue(sticky.queue, 'workflow', true),
  ]);
  return new Map(found.flatMap((one) => (one === undefined ? [] : [[one.name, one] as const])));
}

async function childrenOf(survey: Survey, { pendingChildren }: Description, above: readonly string[]): Promise<readonly ChildFacts[]> {
  const children = (pendingChildren ?? []).slice(0, CHILDREN.listedMax);
  return Promise.all(
    children.map(async ({ workflowId, runId, workflowTypeName, initiatedId }, at): Promise<ChildFacts> => {
      const child = { workflowId: workflowId ?? '', runId: runId ?? '' };
      const isFollowed =
        at < CHILDREN.lookedIntoMax && child.runId !== '' && above.length < CHILDREN.depthMax && !above.includes(child.runId);
      // A child of another namespace, or one that is gone, says nothing; its parent still waits.
      const findings = isFollowed ? await whyRun(survey, { ...child, runId: '' }, above).catch(() => []) : [];
      return { ...child, type: workflowTypeName ?? '', eventId: Number(initiatedId ?? 0), finding: findings[0] };
    }),
  );
}

function toTask(task: temporal.api.workflow.v1.IPendingWorkflowTaskInfo | null | undefined): RunFacts['task'] {
  if (!task) return undefined;
  return {
    isStarted: task.state === PendingWorkflowTaskState.PENDING_WORKFLOW_TASK_STATE_STARTED,
    attempt: task.attempt ?? 1,
    scheduledAt: momentOf(task.originalScheduledTime ?? task.scheduledTime) ?? 0,
    startedAt: momentOf(task.startedTime),
  };
}

const activityStates = new Map<number, ActivityFacts['state']>([
  [PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED, 'scheduled'],
  [PendingActivityState.PENDING_ACTIVITY_STATE_STARTED, 'started'],
  [PendingActivityState.PENDING_ACTIVITY_STATE_CANCEL_REQUESTED, 'canceling'],
  [PendingActivityState.PENDING_ACTIVITY_STATE_PAUSED, 'paused'],
  [PendingActivityState.PENDING_ACTIVITY_STATE_PAUSE_REQUESTED, 'pausing'],
]);

function toActivity(one: temporal.api.workflow.v1.IPendingActivityInfo, runQueue: string): ActivityFacts {
  const options = one.activityOptions ?? {};
  const failure = toFailureRow(one.lastFailure);
  const { pauseTime, manual } = one.pauseInfo ?? {};
  return {
    id: one.activityId ?? '',
    type: one.activityType?.name ?? '',
    queue: options.taskQueue?.name || runQueue,
    state: activityStates.get(one.state ?? 0) ?? 'scheduled',
    attempt: one.attempt ?? 1,
    attemptsMax: one.maximumAttempts ?? 0,
    scheduledAt: momentOf(one.scheduledTime) ?? 0,
    startedAt: momentOf(one.lastStartedTime),
    nextAt: momentOf(one.nextAttemptScheduleTime),
    heartbeatAt: momentOf(one.lastHeartbeatTime),
    expiresAt: momentOf(one.expirationTime),
    heartbeatMs: fromDuration(options.heartbeatTimeout) ?? 0,
    startToCloseMs: fromDuration(options.startToCloseTimeout) ?? 0,
    scheduleToStartMs: fromDuration(options.scheduleToStartTimeout) ?? 0,
    worker: one.lastWorkerIdentity ?? '',
    failure: failure === undefined ? undefined : { type: failure.type, message: failure.message },
    pause: one.paused ? { at: momentOf(pauseTime), identity: manual?.identity ?? '', reason: manual?.reason ?? '' } : undefined,
  };
}

const pauseOf = (pause: temporal.api.workflow.v1.IWorkflowExecutionPauseInfo | null | undefined): RunFacts['pause'] =>
  pause ? { at: momentOf(pause.pausedTime), identity: pause.identity ?? '', reason: pause.reason ?? '' } : undefined;

function problemsOf(attributes: temporal.api.common.v1.ISearchAttributes | null | undefined): readonly string[] {
  const payload = attributes?.indexedFields?.['TemporalReportedProblems'];
  const value = payload === undefined || payload === null ? undefined : decodePayload(payload);
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function expiryOf({ workflowExtendedInfo }: Description): number | undefined {
  const ends = [workflowExtendedInfo?.runExpirationTime, workflowExtendedInfo?.executionExpirationTime].flatMap(
    (one) => momentOf(one) ?? [],
  );
  return ends.length === 0 ? undefined : Math.min(...ends);
}
