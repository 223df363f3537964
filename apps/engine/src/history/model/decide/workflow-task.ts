/** What workers say about workflow tasks: taken, completed, failed. */
import { api } from '@tidemark/protocol/api';
import { toLong } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { EngineError } from '../../../kernel/engine-error.ts';
import type { WorkerVersion } from '../../../kernel/worker-version.ts';
import { startAttempt } from '../activity.ts';
import { terminate } from '../closing.ts';
import type { Decision, Env, Transition } from '../decision.ts';
import { rejected } from '../decision.ts';
import { camelCase } from '../events.ts';
import { alreadyCompleted, invalid, taskNotFound } from '../refusals.ts';
import type { RunState } from '../state.ts';
import { isOpen, isPaused } from '../state.ts';
import { Step } from '../step.ts';
import { pinnedVersionOf, versionOfWorker } from '../versioning.ts';
import type { Sticky, WorkflowTask } from '../volatile.ts';
import type { CompletedFields, StartedTask } from '../workflow-task.ts';
import {
  completeWorkflowTask,
  failWorkflowTask,
  makeTaskOrdinary,
  scheduleSpeculativeTask,
  scheduleWorkflowTask,
  startWorkflowTask,
} from '../workflow-task.ts';
import type { StartedActivity } from './activity.ts';
import { applyCommand, isEnding, isKnown } from './commands/apply-command.ts';
import type { Command, CommandContext, Refusal } from './commands/command.ts';
import type { UpdateMessage } from './update-messages.ts';
import { markSent, refuseSent, rejectUnprocessed, UpdateMessages } from './update-messages.ts';

const { CommandType, WorkflowTaskFailedCause: Cause } = api.enums.v1;

export interface TaskStart {
  readonly scheduledEventId: number;
  readonly attempt: number;
  readonly requestId: string;
  readonly identity: string;
  /** The queue the worker asked on; a sticky task goes to its own sticky queue or to the normal one. */
  readonly taskQueue: string;
  readonly isStickyQueue: boolean;
  readonly version?: WorkerVersion | undefined;
}

/** Refused when the task is stale; the poll then goes on to the next one. */
export function decideStartWorkflowTask(state: RunState, start: TaskStart, env: Env): Decision<StartedTask> {
  const task = state.volatile.workflowTask;
  if (!isOpen(state) || task === undefined || task.startedEventId !== 0) return rejected(taskNotFound());
  if (task.scheduledEventId !== start.scheduledEventId || task.attempt !== start.attempt) return rejected(taskNotFound());
  if (start.isStickyQueue && task.sticky?.taskQueue !== start.taskQueue) return rejected(taskNotFound());
  const step = Step.on(state, env);
  const started = startWorkflowTask(step, {
    requestId: start.requestId,
    identity: start.identity,
    onNormalQueue: !start.isStickyQueue,
    version: start.version,
  });
  markSent(step);
  return step.decide({ task: started, state: step.state });
}

/** What the token of a task says. */
export interface TaskRef {
  readonly scheduledEventId: number;
  readonly startedEventId: number;
  readonly attempt: number;
  readonly startedAt: number;
}

function findTask(state: RunState, ref: TaskRef): WorkflowTask | undefined {
  const task = state.volatile.workflowTask;
  if (!isOpen(state) || task === undefined || task.startedEventId === 0) return undefined;
  const isSame =
    task.scheduledEventId === ref.scheduledEventId &&
    task.startedEventId === ref.startedEventId &&
    task.attempt === ref.attempt &&
    task.startedAt === ref.startedAt;
  return isSame ? task : undefined;
}

export interface TaskCompletion {
  readonly ref: TaskRef;
  readonly commands: readonly Command[];
  readonly messages: readonly UpdateMessage[];
  readonly fields: CompletedFields;
  readonly identity: string;
  /** Whether the worker may begin with an activity of this queue that nobody handed to it, where only one version may have it. */
  readonly mayTakeFrom: (taskQueue: string, pinnedTo: WorkerVersion | undefined) => boolean;
  /** Whether a queue's workflow tasks are polled for by workers of a version. */
  readonly isServedBy: CommandContext['isServedBy'];
  /** Where the next task goes; nothing when the worker keeps no cache. */
  readonly sticky: Sticky | undefined;
  readonly forceNewTask: boolean;
  /** The worker takes the next task with the answer, if there is one. */
  readonly returnNewTask: boolean;
  readonly newTaskRequestId: string;
  /** The worker can forget a speculative task although it saw new events with it. */
  readonly forgetsTasksWithEvents: boolean;
  readonly namespace: string;
  readonly faultOfSearchAttributes: CommandContext['faultOfSearchAttributes'];
}

export interface CompletionReply {
  readonly state: RunState;
  /** Started in the same transition, for the worker that completed the one before. */
  readonly newTask: WorkflowTask | undefined;
  /** Started in the same transition, because the worker asked for them. */
  readonly activities: readonly StartedActivity[];
  /** The task failed on the engine's side: this is written, and the worker is told. */
  readonly error: EngineError | undefined;
  /** The task left no trace: the worker goes back to the task that started with this event. 0 when it did leave one. */
  readonly resetToEventId: number;
}

export function decideCompleteWorkflowTask(state: RunState, completion: TaskCompletion, env: Env): Decision<CompletionReply> {
  const task = findTask(state, completion.ref);
  if (task === undefined) return rejected(taskNotFound());
  const sequenceFault = faultOfSequence(completion.commands);
  if (sequenceFault !== undefined) return rejected(invalid(sequenceFault));
  const isHeartbeat = completion.forceNewTask && completion.commands.length === 0 && completion.messages.length === 0;
  if (isHeartbeat && env.now - task.originalScheduledAt >= env.limits.workflowTaskHeartbeatSpanMs) return endHeartbeats(state, env);
  if (leavesNoTrace(state, task, completion)) return forgetTask(state, completion, env);

  const step = Step.on(state, env);
  const following: Transition[] = [];
  const hasUnseenEvents = state.volatile.buffered.length > 0;
  const completedEventId = completeWorkflowTask(step, completion.fields);
  step.note({ type: 'stickySet', sticky: completion.sticky });
  if (state.volatile.closeAttempted) step.note({ type: 'closeAttempted', attempted: false });
  const context: CommandContext = {
    step,
    completedEventId,
    identity: completion.identity,
    namespace: completion.namespace,
    hasUnseenEvents,
    faultOfSearchAttributes: completion.faultOfSearchAttributes,
    isServedBy: completion.isServedBy,
    messages: new UpdateMessages(step, completion.messages),
    following,
    wanted: [],
  };
  const refusal = firstRefusal(context, completion.commands);
  if (refusal !== undefined) return refuseCompletion(state, { task, refusal, completion }, env);
  if (!isHeartbeat && isOpen(step.state)) rejectUnprocessed(step);
  const newTask = isOpen(step.state) ? nextTask(step, completion, isHeartbeat ? task : undefined) : undefined;
  const activities = takeWanted(step, context.wanted, completion);
  return step.decide({ state: step.state, newTask, activities, error: undefined, resetToEventId: 0 }, following);
}

/** An activity that was cancelled by a later command, or whose run has ended or is held, is nobody's to begin with. */
function takeWanted(step: Step, wanted: readonly number[], { identity, fields, mayTakeFrom }: TaskCompletion): readonly StartedActivity[] {
  if (!isOpen(step.state) || isPaused(step.state)) return [];
  const pinnedTo = pinnedVersionOf(step.derived.versioning);
  const version = versionOfWorker(fields.deploymentOptions);
  return wanted.flatMap((scheduledEventId): StartedActivity[] => {
    const activity = step.derived.activities.get(scheduledEventId);
    const waiting = step.volatile.progress.get(scheduledEventId);
    if (activity === undefined || waiting === undefined || !mayTakeFrom(activity.attributes.taskQueue?.name ?? '', pinnedTo)) return [];
    const progress = startAttempt(
      step,
      { scheduledEventId, waiting },
      {
        requestId: step.env.newId(),
        identity,
        build: fields.deploymentOptions?.buildId ?? undefined,
        version,
      },
    );
    return [{ activity, progress, state: step.state }];
  });
}

function firstRefusal(context: CommandContext, commands: readonly Command[]): Refusal | undefined {
  for (const command of commands) {
    const refusal = applyCommand(context, command);
    if (refusal !== undefined) return refusal;
  }
  return context.messages.takeRest();
}

/** How many events a worker may have seen with a speculative task that is forgotten. */
const FORGOTTEN_EVENTS_MAX = 10;

function leavesNoTrace({ derived }: RunState, task: WorkflowTask, completion: TaskCompletion): boolean {
  if (task.kind !== 'speculative' || completion.forceNewTask || completion.commands.length > 0) return false;
  if (completion.messages.some(({ kind }) => kind !== 'rejection')) return false;
  const eventsSeen = task.scheduledEventId - 1 - derived.lastCompletedEventId;
  return eventsSeen === 0 || (completion.forgetsTasksWithEvents && eventsSeen <= FORGOTTEN_EVENTS_MAX);
}

/** Every update was rejected, and nothing else happened: there was no task. */
function forgetTask(state: RunState, completion: TaskCompletion, env: Env): Decision<CompletionReply> {
  const step = Step.on(state, env);
  step.note({ type: 'speculativeTask', task: undefined });
  if (completion.sticky?.taskQueue !== state.volatile.sticky?.taskQueue) step.note({ type: 'stickySet', sticky: completion.sticky });
  new UpdateMessages(step, completion.messages).takeRest();
  rejectUnprocessed(step);
  const newTask = nextTask(step, completion, undefined);
  return step.decide({
    state: step.state,
    newTask,
    activities: [],
    error: undefined,
    resetToEventId: state.derived.lastCompletedStartedEventId,
  });
}

/** Something after the end, or something nobody knows, is refused without a trace. */
function faultOfSequence(commands: readonly Command[]): string | undefined {
  const ending = commands.findIndex(isEnding);
  if (ending !== -1 && ending !== commands.length - 1) {
    const names = commands.map(nameOf);
    return `invalid command sequence: [${names.join(', ')}], command ${names[ending]} must be the last command.`;
  }
  const unknown = commands.find((command) => !isKnown(command));
  return unknown === undefined ? undefined : `Unknown command type: ${unknown.commandType ?? 0}`;
}

const nameOf = ({ commandType }: Command): string => camelCase((CommandType[commandType ?? 0] ?? '').replace('COMMAND_TYPE_', ''));

function nextTask(step: Step, completion: TaskCompletion, heartbeat: WorkflowTask | undefined): WorkflowTask | undefined {
  const hasNewEvents = step.flush();
  if (isPaused(step.state)) return undefined;
  if (hasNewEvents || completion.forceNewTask)
    scheduleWorkflowTask(step, { hasNewEvents: true, ...(heartbeat ? { originalScheduledAt: heartbeat.originalScheduledAt } : {}) });
  else if (step.volatile.admitted.size > 0) scheduleSpeculativeTask(step);
  else return undefined;
  if (!completion.returnNewTask) return undefined;
  const started = startWorkflowTask(step, {
    requestId: completion.newTaskRequestId,
    identity: completion.identity,
    onNormalQueue: completion.sticky === undefined,
    version: versionOfWorker(completion.fields.deploymentOptions),
  });
  markSent(step);
  return started;
}

interface Refused {
  readonly task: WorkflowTask;
  readonly refusal: Refusal;
  readonly completion: TaskCompletion;
}

/** Nothing of the completion stays: the task failed. */
function refuseCompletion(state: RunState, { task, refusal, completion }: Refused, env: Env): Decision<CompletionReply> {
  const isUnhandled = refusal.cause === Cause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND;
  const name = causeName(refusal.cause);
  const error = invalid(refusal.message === '' ? name : `${name}: ${refusal.message}`);
  // A later attempt is told and left to run out; only what waited unseen is shown to the workflow at once.
  if (task.attempt > 1 && !isUnhandled && refusal.endsRun !== true) return rejected(error);
  const step = Step.on(state, env);
  failWorkflowTask(step, {
    cause: refusal.cause,
    identity: completion.identity,
    failure: { message: error.message, serverFailureInfo: {} },
  });
  if (isUnhandled) step.note({ type: 'closeAttempted', attempted: true });
  refuseSent(step, { kind: 'taskFailed' });
  if (refusal.endsRun === true) terminate(step, { reason: error.message, identity: 'history-service' });
  else step.wakeUp();
  return step.decide({ state: step.state, newTask: undefined, activities: [], error, resetToEventId: 0 });
}

const causeName = (cause: number): string => camelCase((Cause[cause] ?? '').replace('WORKFLOW_TASK_FAILED_CAUSE_', ''));

/** A row of empty completions keeps a worker's task alive only so long. */
function endHeartbeats(state: RunState, env: Env): Decision<CompletionReply> {
  const step = Step.on(state, env);
  makeTaskOrdinary(step);
  const timeoutType = api.enums.v1.TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE;
  const task = state.volatile.workflowTask;
  step.write({
    name: 'workflowTaskTimedOut',
    attributes: { scheduledEventId: toLong(task?.scheduledEventId ?? 0), startedEventId: toLong(task?.startedEventId ?? 0), timeoutType },
  });
  step.note({ type: 'stickySet', sticky: undefined });
  step.note({ type: 'workflowTaskSet', task: undefined, nextAttempt: 1 });
  step.wakeUp();
  return step.decide({
    state: step.state,
    newTask: undefined,
    activities: [],
    error: new EngineError('not-found', 'workflow task heartbeat timeout'),
    resetToEventId: 0,
  });
}

export interface TaskFailing {
  readonly ref: TaskRef;
  readonly cause: temporal.api.enums.v1.WorkflowTaskFailedCause;
  readonly failure: temporal.api.failure.v1.IFailure | null | undefined;
  readonly identity: string;
  readonly binaryChecksum: string;
  readonly build?: string | undefined;
}

/** The worker could not do its task; the next attempt is scheduled at once. */
export function decideFailWorkflowTask(state: RunState, failing: TaskFailing, env: Env): Decision<undefined> {
  if (!isOpen(state)) return rejected(alreadyCompleted());
  if (findTask(state, failing.ref) === undefined) return rejected(taskNotFound());
  const step = Step.on(state, env);
  failWorkflowTask(step, {
    cause: failing.cause,
    identity: failing.identity,
    binaryChecksum: failing.binaryChecksum,
    ...(failing.build ? { build: failing.build } : {}),
    ...(failing.failure ? { failure: failing.failure } : {}),
  });
  // What no message can carry will not fit at the next attempt either.
  if (failing.cause === Cause.WORKFLOW_TASK_FAILED_CAUSE_GRPC_MESSAGE_TOO_LARGE)
    terminate(step, { reason: causeName(failing.cause), identity: 'history-service' });
  else step.wakeUp();
  return step.decide(undefined);
}
