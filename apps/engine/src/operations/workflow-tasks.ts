/** The worker's side of workflow tasks: poll, complete, fail. */
import { api } from '@tidemark/protocol/api';
import { EncodedResponse } from '@tidemark/protocol/server';
import { encodeWith } from '@tidemark/protocol/splice';
import { fromDuration, toLong } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { decideCompleteWorkflowTask, decideFailWorkflowTask, decideStartWorkflowTask } from '../history/model/decide/workflow-task.ts';
import { unchanged } from '../history/model/decision.ts';
import type { RunState } from '../history/model/state.ts';
import { versionOfWorker } from '../history/model/versioning.ts';
import type { RoutedQueue } from '../deployments/deployments.ts';
import { EngineError } from '../kernel/engine-error.ts';
import { namespaceId, runId, workflowId } from '../kernel/ids.ts';
import type { RunKey } from '../kernel/ids.ts';
import type { WorkerVersion } from '../kernel/worker-version.ts';
import { isSameVersion } from '../kernel/worker-version.ts';
import type { QueueName, Task } from '../matching/matching.ts';
import { faultOfSearchAttributes, withTypes } from '../visibility/model/search-attributes.ts';
import { activityTask } from './activity-task-message.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { encodeCursor, readSlice } from './history-page.ts';
import type { Scaling } from './poller.ts';
import { isMisplaced, joinDeployment, offerAgain, pollerOf, scalingOf } from './poller.ts';
import type { QueryAnswer } from './query-registry.ts';
import { decodeUpdateMessage } from './update-wire.ts';
import type { TaskFacts } from './workflow-task-message.ts';
import { factsOf, taskMessage, taskResponse } from './workflow-task-message.ts';
import { decodeTaskToken, encodeTaskToken } from './task-token.ts';
import { invalid, requireTaskQueue } from './validate.ts';

const { PollWorkflowTaskQueueResponse, RespondWorkflowTaskCompletedResponse } = api.workflowservice.v1;
const { QueryResultType, TaskQueueKind, WorkerVersioningMode } = api.enums.v1;
type PollRequest = temporal.api.workflowservice.v1.IPollWorkflowTaskQueueRequest;
type CompletedRequest = temporal.api.workflowservice.v1.IRespondWorkflowTaskCompletedRequest;
type FailedRequest = temporal.api.workflowservice.v1.IRespondWorkflowTaskFailedRequest;

/** Answers with a task, or with an empty message when the poll's time is over. */
export async function pollWorkflowTask(engine: Engine, request: PollRequest, call: NamespaceCall): Promise<object | EncodedResponse> {
  const name = requireTaskQueue(engine, request.taskQueue);
  const poller = pollerOf(engine, request, call);
  const isStickyQueue = request.taskQueue?.kind === TaskQueueKind.TASK_QUEUE_KIND_STICKY;
  const own = {
    namespaceId: call.namespace.id,
    kind: 'workflow' as const,
    name: isStickyQueue ? (request.taskQueue?.normalName ?? '') : name,
  };
  if (own.name === '' && request.deploymentOptions?.workerVersioningMode === WorkerVersioningMode.WORKER_VERSIONING_MODE_VERSIONED)
    throw invalid('a versioned worker must name the normal queue of its sticky one');
  const version = request.deploymentOptions ? await joinDeployment(engine, { queue: own, call }, request.deploymentOptions) : undefined;
  // A sticky queue is one worker's, and so of one version by itself.
  const queue: QueueName = isStickyQueue ? { ...own, name } : { ...own, version };
  const since = engine.clock.now();
  for (;;) {
    const task = await engine.matching.poll(queue, poller);
    if (task === undefined) return {};
    if (call.signal.aborted) {
      engine.matching.putBack(queue, task);
      return {};
    }
    const response = await take(engine, { task, request, queue, version, scaling: scalingOf(engine, queue, since) });
    if (response !== undefined) return response;
  }
}

interface Taken {
  readonly task: Task;
  readonly request: PollRequest;
  readonly queue: QueueName;
  /** Of the worker. */
  readonly version: WorkerVersion | undefined;
  readonly scaling: Scaling;
}

/** Nothing when the task turns out to be stale; the poll then goes on. */
async function take(engine: Engine, { task, request, queue, version, scaling }: Taken): Promise<EncodedResponse | undefined> {
  const isStickyQueue = request.taskQueue?.kind === TaskQueueKind.TASK_QUEUE_KIND_STICKY;
  if (task.kind === 'query') return await takeQuery(engine, { task, isStickyQueue });
  if (task.kind === 'activity') return undefined;
  const start = {
    scheduledEventId: task.scheduledEventId,
    attempt: task.attempt,
    requestId: engine.random.uuid(),
    identity: request.identity ?? '',
    taskQueue: queue.name,
    isStickyQueue,
    version,
  };
  try {
    const started = await engine.history.transact<TaskFacts | 'misplaced'>({ workflow: task.key, runId: task.key.runId }, (state, env) => {
      if (isMisplaced(engine, state, { queue: ownQueueOf(state), version })) return unchanged('misplaced');
      const decision = decideStartWorkflowTask(state, start, env);
      // The state is looked at here, because it goes on changing once the commit is made.
      return decision.kind === 'rejected' ? decision : { ...decision, reply: factsOf(decision.reply.state, decision.reply.task) };
    });
    if (started === 'misplaced') {
      await offerAgain(engine, task, ownQueueOf);
      return undefined;
    }
    return await taskResponse(engine, started, { isSticky: isStickyQueue, backlog: engine.matching.waiting(queue), scaling });
  } catch (error) {
    if (error instanceof EngineError && error.code === 'not-found') return undefined;
    throw error;
  }
}

const ownQueueOf = ({ derived }: RunState): RoutedQueue => ({
  namespaceId: derived.key.namespaceId,
  kind: 'workflow',
  name: derived.start.taskQueue?.name ?? '',
});

/** A query alone: the worker replays the run (from its cache, where it has it) and answers under the query's own token. */
async function takeQuery(
  engine: Engine,
  { task, isStickyQueue }: { task: Extract<Task, { kind: 'query' }>; isStickyQueue: boolean },
): Promise<EncodedResponse | undefined> {
  const pending = engine.queries.findDirect(task.queryId);
  if (pending === undefined) return undefined;
  const { key } = task;
  const run = await engine.history.read({ workflow: key, runId: key.runId }, ({ derived }) => ({
    workflowType: derived.start.workflowType,
    taskQueue: derived.start.taskQueue?.name ?? '',
    previousStartedEventId: derived.lastCompletedStartedEventId,
    nextEventId: derived.nextEventId,
  }));
  const slice = isStickyQueue
    ? { bytes: new Uint8Array(), nextEventId: run.nextEventId }
    : await readSlice(engine, key, { fromEventId: 1, toEventId: run.nextEventId, batchesMax: 0 });
  const fields = {
    taskToken: encodeTaskToken({ kind: 'query', namespaceId: key.namespaceId, queryId: pending.id }),
    workflowExecution: { workflowId: key.workflowId, runId: key.runId },
    workflowType: run.workflowType,
    previousStartedEventId: toLong(run.previousStartedEventId),
    attempt: 1,
    query: pending.query,
    workflowExecutionTaskQueue: { name: run.taskQueue, kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL },
    ...(slice.nextEventId >= run.nextEventId
      ? {}
      : { nextPageToken: encodeCursor({ runId: key.runId, nextEventId: slice.nextEventId, endEventId: run.nextEventId }) }),
  };
  return new EncodedResponse(encodeWith(PollWorkflowTaskQueueResponse, fields, { field: 'history', bytes: slice.bytes }));
}

export async function completeWorkflowTask(
  engine: Engine,
  request: CompletedRequest,
  call: NamespaceCall,
): Promise<object | EncodedResponse> {
  const token = decodeTaskToken('workflow', request.taskToken);
  const target = targetOf(token);
  const sticky = request.stickyAttributes?.workerTaskQueue?.name;
  const version = versionOfWorker(request.deploymentOptions);
  if (request.versioningBehavior && version === undefined)
    throw invalid('versioning behavior cannot be specified without deployment options being set with versioned mode');
  const completion = {
    ref: token,
    messages: (request.messages ?? []).map(decodeUpdateMessage),
    forgetsTasksWithEvents: request.capabilities?.discardSpeculativeWorkflowTaskWithEvents === true,
    commands: (request.commands ?? []).map((command) => withTypedAttributes(command, call)),
    fields: request,
    identity: request.identity ?? '',
    sticky: sticky
      ? {
          taskQueue: sticky,
          scheduleToStart: fromDuration(request.stickyAttributes?.scheduleToStartTimeout) ?? 0,
          ...(version === undefined ? {} : { version }),
        }
      : undefined,
    forceNewTask: request.forceCreateNewWorkflowTask === true,
    mayTakeFrom: (name: string, pinnedTo: WorkerVersion | undefined) => {
      const queue = { namespaceId: call.namespace.id, kind: 'activity' as const, name };
      if (engine.matching.limitInForce({ ...queue, version }) !== undefined) return false;
      return isSameVersion(version, engine.deployments.versionFor({ ...queue, workflowId: token.workflowId, pinnedTo }));
    },
    isServedBy: (name: string, wanted: WorkerVersion) =>
      engine.deployments.serves({ namespaceId: call.namespace.id, kind: 'workflow', name }, wanted),
    returnNewTask: request.returnNewWorkflowTask === true,
    newTaskRequestId: engine.random.uuid(),
    namespace: call.namespace.name,
    faultOfSearchAttributes: (attributes: temporal.api.common.v1.ISearchAttributes) => faultOfSearchAttributes(attributes, call.namespace),
  };
  const { next, error, resetToEventId, activityTasks } = await engine.history.transact(target, (state, env) => {
    const decision = decideCompleteWorkflowTask(state, completion, env);
    if (decision.kind === 'rejected') return decision;
    const { reply } = decision;
    return {
      ...decision,
      reply: {
        error: reply.error,
        resetToEventId: reply.resetToEventId,
        activityTasks: reply.activities.map((started) => activityTask(started, call.namespace.name)),
        next: reply.newTask === undefined ? undefined : factsOf(reply.state, reply.newTask),
      },
    };
  });
  engine.queries.release(token.runId as RunKey['runId'], `${token.startedEventId}/${token.attempt}`, answersOf(engine, request));
  if (error !== undefined) throw error;
  const resetHistoryEventId = toLong(resetToEventId);
  const fields = { resetHistoryEventId, activityTasks: activityTasks as temporal.api.workflowservice.v1.PollActivityTaskQueueResponse[] };
  if (next === undefined) return fields;
  const message = await taskMessage(engine, next, { isSticky: sticky !== undefined && sticky !== '', backlog: 0 });
  const task = encodeWith(PollWorkflowTaskQueueResponse, message.fields, { field: 'history', bytes: message.history });
  return new EncodedResponse(encodeWith(RespondWorkflowTaskCompletedResponse, fields, { field: 'workflowTask', bytes: task }));
}

/** Stored attributes say their type, whether or not the worker did. */
function withTypedAttributes(command: temporal.api.command.v1.ICommand, { namespace }: NamespaceCall): temporal.api.command.v1.ICommand {
  const keys = [
    'upsertWorkflowSearchAttributesCommandAttributes',
    'startChildWorkflowExecutionCommandAttributes',
    'continueAsNewWorkflowExecutionCommandAttributes',
  ] as const;
  const key = keys.find((one) => command[one]?.searchAttributes);
  const given = key === undefined ? undefined : command[key]?.searchAttributes;
  if (key === undefined || !given) return command;
  return { ...command, [key]: { ...command[key], searchAttributes: withTypes(given, namespace) } };
}

const targetOf = (token: { readonly namespaceId: string; readonly workflowId: string; readonly runId: string }) => ({
  workflow: { namespaceId: namespaceId(token.namespaceId), workflowId: workflowId(token.workflowId) },
  runId: runId(token.runId),
});

function answersOf({ limits }: Engine, request: CompletedRequest): ReadonlyMap<string, QueryAnswer> {
  const answers = new Map<string, QueryAnswer>();
  for (const [id, result] of Object.entries(request.queryResults ?? {})) {
    const isAnswer = result.resultType === QueryResultType.QUERY_RESULT_TYPE_ANSWERED;
    const isTooLarge = result.answer && api.common.v1.Payloads.encode(result.answer).len > limits.blobBytesMax;
    if (isTooLarge) answers.set(id, { kind: 'tooLarge' });
    else if (isAnswer) answers.set(id, { kind: 'answered', result: result.answer });
    else answers.set(id, { kind: 'failed', message: result.errorMessage ?? '', failure: result.failure });
  }
  return answers;
}

export async function failWorkflowTask(engine: Engine, request: FailedRequest): Promise<object> {
  const token = decodeTaskToken('workflow', request.taskToken);
  const failing = {
    ref: token,
    cause: request.cause ?? 0,
    failure: request.failure,
    identity: request.identity ?? '',
    binaryChecksum: request.binaryChecksum ?? '',
    build: request.deploymentOptions?.buildId || request.workerVersion?.buildId || '',
  };
  await engine.history.transact(targetOf(token), (state, env) => decideFailWorkflowTask(state, failing, env));
  return {};
}
