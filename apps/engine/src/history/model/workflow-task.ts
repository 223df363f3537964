/** The workflow task: one at a time, normal at its first attempt, transient (unseen by history) at later ones. */
import { api } from '@tidemark/protocol/api';
import { fromDuration, toDuration, toLong } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { invariant } from '../../kernel/invariant.ts';
import type { Duration, Instant } from '../../kernel/ports.ts';
import type { WorkerVersion } from '../../kernel/worker-version.ts';
import { camelCase } from './events.ts';
import type { FailedTask } from './notes.ts';
import type { RunState } from './state.ts';
import type { Step } from './step.ts';
import { storedFailure } from './stored-failure.ts';
import { versionOfWorker } from './versioning.ts';
import type { WorkflowTask } from './volatile.ts';

const { TaskQueueKind, TimeoutType, WorkflowTaskFailedCause } = api.enums.v1;

/** Attempts from this one on get more time, because workers stay silent and let a failing task run out. */
const GROWTH = { fromAttempt: 4, firstMs: 5000, maxMs: 10 * 60_000 };

/** A speculative task that nobody takes for so long becomes an ordinary one. */
const SPECULATIVE_SCHEDULE_TO_START_MS = 5000;

/** How long the task may wait in its queue; nothing when it may wait for ever. */
export function scheduleToStartOf({ kind, sticky }: WorkflowTask): Duration | undefined {
  return sticky?.scheduleToStart ?? (kind === 'speculative' ? SPECULATIVE_SCHEDULE_TO_START_MS : undefined);
}

/** An update waits for a worker and nothing else does: the task is kept in memory until it turns out to have changed something. */
export function scheduleSpeculativeTask(step: Step): void {
  const { derived, volatile, env } = step;
  invariant(volatile.workflowTask === undefined, 'a run has one workflow task at a time');
  step.note({
    type: 'speculativeTask',
    task: {
      kind: 'speculative',
      scheduledEventId: derived.nextEventId,
      startedEventId: 0,
      attempt: 1,
      scheduledAt: env.now,
      originalScheduledAt: env.now,
      startedAt: undefined,
      requestId: '',
      identity: '',
      startToClose: startToCloseOf(derived.start, 1),
      sticky: volatile.sticky,
      historySizeBytes: 0,
      suggestContinueAsNew: false,
    },
  });
}

/** Writes a speculative task into history, because something else is written or it does not end as it should. */
export function makeTaskOrdinary(step: Step, identity?: string): void {
  const task = step.volatile.workflowTask;
  if (task?.kind !== 'speculative') return;
  const ordinary: WorkflowTask = { ...task, kind: 'normal', identity: identity ?? task.identity };
  writeScheduled(step, task);
  if (task.startedEventId !== 0) writeStarted(step, ordinary);
  step.note({ type: 'workflowTaskSet', task: ordinary, nextAttempt: task.attempt });
}

export interface ScheduleOptions {
  /** Something was written that no task has shown yet: then it is a first attempt again. */
  readonly hasNewEvents: boolean;
  /** Set for a heartbeat: the span of the whole row of tasks is limited. */
  readonly originalScheduledAt?: Instant;
}

export function scheduleWorkflowTask(step: Step, { hasNewEvents, originalScheduledAt }: ScheduleOptions): void {
  const { derived, volatile, env } = step;
  const attempt = hasNewEvents ? 1 : volatile.workflowTaskAttempt;
  const startToClose = startToCloseOf(derived.start, attempt);
  const sticky = attempt === 1 ? volatile.sticky : undefined;
  if (attempt > 1 && volatile.sticky !== undefined) step.note({ type: 'stickySet', sticky: undefined });
  const task: WorkflowTask = {
    kind: attempt === 1 ? 'normal' : 'transient',
    scheduledEventId: derived.nextEventId,
    startedEventId: 0,
    attempt,
    scheduledAt: env.now,
    originalScheduledAt: originalScheduledAt ?? env.now,
    startedAt: undefined,
    requestId: '',
    identity: '',
    startToClose,
    sticky,
    historySizeBytes: 0,
    suggestContinueAsNew: false,
  };
  if (task.kind === 'normal') writeScheduled(step, task);
  step.note({ type: 'workflowTaskSet', task, nextAttempt: attempt });
}

/** A task that a worker has, and the run as that worker is shown it. */
export interface StartedTask {
  readonly task: WorkflowTask;
  readonly state: RunState;
}

export interface Starting {
  readonly requestId: string;
  readonly identity: string;
  /** The worker asked on the run's own queue and not on its sticky one. */
  readonly onNormalQueue: boolean;
  /** Of the worker, where it has one. */
  readonly version?: WorkerVersion | undefined;
}

/** A worker takes the task. */
export function startWorkflowTask(step: Step, starting: Starting): WorkflowTask {
  const { derived, volatile, env } = step;
  let task = requireTask(step);
  invariant(task.startedEventId === 0, 'a workflow task is started once');
  if (task.kind === 'transient' && task.scheduledEventId !== derived.nextEventId) {
    // Events came in after the failed attempt, so this is a first look at something new.
    task = { ...task, kind: 'normal', attempt: 1, scheduledEventId: derived.nextEventId, startToClose: startToCloseOf(derived.start, 1) };
    writeScheduled(step, task);
  }
  const isLarge =
    volatile.historySizeBytes >= env.limits.suggestContinueAsNewBytes || derived.updates.size >= env.limits.suggestContinueAsNewUpdates;
  const started: WorkflowTask = {
    ...task,
    startedEventId: task.kind === 'normal' ? derived.nextEventId : task.scheduledEventId + 1,
    startedAt: env.now,
    requestId: starting.requestId,
    identity: starting.identity,
    ...(starting.version === undefined ? {} : { version: starting.version }),
    historySizeBytes: volatile.historySizeBytes,
    suggestContinueAsNew: isLarge || derived.nextEventId > env.limits.suggestContinueAsNewEvents,
  };
  if (started.kind === 'normal') writeStarted(step, started);
  if (starting.onNormalQueue && volatile.sticky !== undefined) step.note({ type: 'stickySet', sticky: undefined });
  if (started.kind === 'speculative') step.note({ type: 'speculativeTask', task: started });
  else step.note({ type: 'workflowTaskSet', task: started, nextAttempt: started.attempt });
  return started;
}

export type CompletedFields = Pick<
  temporal.api.workflowservice.v1.IRespondWorkflowTaskCompletedRequest,
  'identity' | 'binaryChecksum' | 'sdkMetadata' | 'meteringMetadata' | 'workerVersionStamp' | 'deploymentOptions' | 'versioningBehavior'
>;

/** Writes the completion, and before it what a transient task had not written. Returns the id of the completed event. */
export function completeWorkflowTask(step: Step, fields: CompletedFields): number {
  const task = requireTask(step);
  if (task.kind !== 'normal') {
    writeScheduled(step, task);
    writeStarted(step, task);
  }
  step.note({ type: 'workflowTaskSet', task: undefined, nextAttempt: 1 });
  if (step.volatile.taskFailures > 0) step.note({ type: 'taskFailures', count: 0 });
  if (step.volatile.reportedProblems.length > 0) step.note({ type: 'reportedProblems', problems: [] });
  releaseHeld(step);
  const version = versionOfWorker(fields.deploymentOptions);
  return step.write({
    name: 'workflowTaskCompleted',
    attributes: {
      scheduledEventId: toLong(task.scheduledEventId),
      startedEventId: toLong(task.startedEventId),
      identity: fields.identity ?? '',
      binaryChecksum: fields.binaryChecksum ?? '',
      ...(fields.sdkMetadata ? { sdkMetadata: fields.sdkMetadata } : {}),
      ...(fields.meteringMetadata ? { meteringMetadata: fields.meteringMetadata } : {}),
      ...(fields.workerVersionStamp ? { workerVersion: fields.workerVersionStamp } : {}),
      ...(fields.versioningBehavior ? { versioningBehavior: fields.versioningBehavior } : {}),
      ...(version === undefined ? {} : { workerDeploymentName: version.deploymentName, deploymentVersion: version }),
    },
  });
}

/** What a worker of another version had asked for too early is offered again, now that its version has had the workflow. */
function releaseHeld(step: Step): void {
  const { heldForTask, progress } = step.volatile;
  if (heldForTask.length === 0) return;
  step.note({ type: 'heldForTask', held: [] });
  for (const scheduledEventId of heldForTask) {
    const waiting = progress.get(scheduledEventId);
    if (waiting?.phase === 'scheduled') step.note({ type: 'activityProgress', scheduledEventId, progress: waiting });
  }
}

export interface Failing {
  readonly cause: temporal.api.enums.v1.WorkflowTaskFailedCause;
  readonly identity: string;
  readonly failure?: temporal.api.failure.v1.IFailure;
  readonly binaryChecksum?: string;
  /** Of the worker, where it says it. */
  readonly build?: string;
}

/** Ends the task without a result. Only a first attempt shows in history; a run that was sticky tries again at attempt 1, elsewhere. */
export function failWorkflowTask(step: Step, failing: Failing): void {
  makeTaskOrdinary(step);
  const task = requireTask(step);
  if (task.attempt === 1) {
    step.write({
      name: 'workflowTaskFailed',
      attributes: {
        scheduledEventId: toLong(task.scheduledEventId),
        startedEventId: toLong(task.startedEventId),
        cause: failing.cause,
        identity: failing.identity,
        ...(failing.failure ? { failure: failing.failure } : {}),
        ...(failing.binaryChecksum ? { binaryChecksum: failing.binaryChecksum } : {}),
      },
    });
  }
  const cause = camelCase((WorkflowTaskFailedCause[failing.cause] ?? '').replace('WORKFLOW_TASK_FAILED_CAUSE_', ''));
  const { now, limits } = step.env;
  endAttempt(step, task, {
    at: now,
    cause,
    ...(failing.build ? { build: failing.build } : {}),
    ...(failing.failure ? { failure: storedFailure(failing.failure, limits.storedFailureBytesMax) } : {}),
  });
  reportProblem(step, task, ['category=WorkflowTaskFailed', `cause=WorkflowTaskFailedCause${cause}`]);
}

/** START_TO_CLOSE of a started task, or SCHEDULE_TO_START of one that waited in a sticky queue. */
export function timeOutWorkflowTask(step: Step, timeoutType: temporal.api.enums.v1.TimeoutType): void {
  // Nobody said a word about a speculative task that was lost, so history does not say who had it.
  makeTaskOrdinary(step, '');
  const task = requireTask(step);
  if (task.attempt === 1) {
    step.write({
      name: 'workflowTaskTimedOut',
      attributes: { scheduledEventId: toLong(task.scheduledEventId), startedEventId: toLong(task.startedEventId), timeoutType },
    });
  }
  const type = camelCase((TimeoutType[timeoutType] ?? '').replace('TIMEOUT_TYPE_', ''));
  endAttempt(step, task, { at: step.env.now, cause: type });
  reportProblem(step, task, ['category=WorkflowTaskTimedOut', `cause=WorkflowTaskTimedOutCause${type}`]);
}

/** So many failures in a row are worth a person's look. */
const REPORTED_FROM_FAILURE = 5;

/** Only a task that a worker had counts; news in between make its attempt a first one again, and the row goes on. */
function reportProblem(step: Step, { startedEventId }: WorkflowTask, problems: readonly string[]): void {
  if (startedEventId === 0) return;
  const count = step.volatile.taskFailures + 1;
  step.note({ type: 'taskFailures', count });
  if (count >= REPORTED_FROM_FAILURE && step.volatile.reportedProblems.join() !== problems.join())
    step.note({ type: 'reportedProblems', problems });
}

/** A run that ends from outside first fails the task in flight. */
export function forceCloseWorkflowTask(step: Step): void {
  const task = step.volatile.workflowTask;
  if (task === undefined) return;
  if (task.startedEventId === 0) step.note({ type: 'workflowTaskSet', task: undefined, nextAttempt: 1 });
  else
    failWorkflowTask(step, { cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND, identity: 'history-service' });
}

/** Only a task that a worker had counts as an attempt. */
function endAttempt(step: Step, task: WorkflowTask, failed: FailedTask): void {
  const isFree = step.volatile.sticky !== undefined || task.startedEventId === 0;
  if (step.volatile.sticky !== undefined) step.note({ type: 'stickySet', sticky: undefined });
  const nextAttempt = isFree ? 1 : task.attempt + 1;
  step.note({ type: 'workflowTaskSet', task: undefined, nextAttempt, ...(task.attempt > 1 ? { failed } : {}) });
}

function requireTask(step: Step): WorkflowTask {
  const task = step.volatile.workflowTask;
  invariant(task !== undefined, 'there is a workflow task');
  return task;
}

function startToCloseOf(start: temporal.api.history.v1.IWorkflowExecutionStartedEventAttributes, attempt: number): Duration {
  const base = fromDuration(start.workflowTaskTimeout) ?? 0;
  if (attempt < GROWTH.fromAttempt) return base;
  return base + Math.min(GROWTH.firstMs * 2 ** (attempt - GROWTH.fromAttempt), GROWTH.maxMs);
}

function writeScheduled(step: Step, task: WorkflowTask): void {
  const normalName = step.derived.start.taskQueue?.name ?? '';
  const taskQueue =
    task.sticky === undefined
      ? { name: normalName, kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL }
      : { name: task.sticky.taskQueue, kind: TaskQueueKind.TASK_QUEUE_KIND_STICKY, normalName };
  const startToCloseTimeout = toDuration(task.startToClose);
  const time = task.kind === 'normal' ? {} : { time: task.scheduledAt };
  step.write({ name: 'workflowTaskScheduled', attributes: { taskQueue, startToCloseTimeout, attempt: task.attempt }, ...time });
}

function writeStarted(step: Step, task: WorkflowTask): void {
  const time = task.startedAt !== undefined ? { time: task.startedAt } : {};
  step.write({
    name: 'workflowTaskStarted',
    attributes: {
      scheduledEventId: toLong(task.scheduledEventId),
      identity: task.identity,
      requestId: task.requestId,
      historySizeBytes: toLong(task.historySizeBytes),
      suggestContinueAsNew: task.suggestContinueAsNew,
    },
    ...time,
  });
}
