/** The worker's side of activities: poll, heartbeat, complete, fail, cancel; by token or by id. */
import { api } from '@tidemark/protocol/api';
import type { WorkflowMethod, WorkflowMethods } from '@tidemark/protocol/services';
import type { temporal } from '@tidemark/protocol/types';
import type { ActivityRef } from '../history/model/decide/activity.ts';
import {
  decideCancelActivity,
  decideCompleteActivity,
  decideFailActivity,
  decideHeartbeat,
  decideStartActivity,
} from '../history/model/decide/activity.ts';
import { decideHoldActivity, mustHold } from '../history/model/decide/hold-activity.ts';
import { unchanged } from '../history/model/decision.ts';
import { oversizedFailure } from '../history/model/oversized-failure.ts';
import type { Target } from '../history/history.ts';
import { EngineError } from '../kernel/engine-error.ts';
import { namespaceId, runId, workflowId } from '../kernel/ids.ts';
import type { RoutedQueue } from '../deployments/deployments.ts';
import type { WorkerVersion } from '../kernel/worker-version.ts';
import type { QueueName, Task } from '../matching/matching.ts';
import type { ActivityTask } from './activity-task-message.ts';
import { activityTask } from './activity-task-message.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { isMisplaced, joinDeployment, offerAgain, pollerOf, scalingOf } from './poller.ts';
import { decodeTaskToken } from './task-token.ts';
import { checkPayloads, invalid, requireId, requireTarget, requireTaskQueue } from './validate.ts';

const { Payloads } = api.common.v1;
const { Failure } = api.failure.v1;
type Request<Method extends WorkflowMethod> = WorkflowMethods[Method]['request'];

/** Answers with an attempt, or with an empty message when the poll's time is over. */
export async function pollActivityTask(
  engine: Engine,
  request: Request<'pollActivityTaskQueue'>,
  call: NamespaceCall,
): Promise<ActivityTask> {
  const own = { namespaceId: call.namespace.id, kind: 'activity' as const, name: requireTaskQueue(engine, request.taskQueue) };
  const poller = pollerOf(engine, request, call);
  const version = request.deploymentOptions ? await joinDeployment(engine, { queue: own, call }, request.deploymentOptions) : undefined;
  const queue: QueueName = { ...own, version };
  const since = engine.clock.now();
  for (;;) {
    const task = await engine.matching.poll(queue, poller);
    if (task === undefined) return {};
    if (call.signal.aborted) {
      engine.matching.putBack(queue, task);
      return {};
    }
    const scaling = scalingOf(engine, queue, since);
    const response =
      task.kind === 'activity'
        ? await take(engine, task, {
            identity: poller.identity,
            build: poller.buildId,
            version,
            queue: own,
            namespace: call.namespace.name,
          })
        : undefined;
    if (response !== undefined) return { ...response, ...scaling };
  }
}

interface Taker {
  readonly identity: string;
  readonly build: string;
  readonly version: WorkerVersion | undefined;
  readonly queue: RoutedQueue;
  readonly namespace: string;
}

/** Nothing when the task turns out to be stale; the poll then goes on. */
async function take(
  engine: Engine,
  task: Extract<Task, { kind: 'activity' }>,
  { identity, build, version, queue, namespace }: Taker,
): Promise<ActivityTask | undefined> {
  const start = { scheduledEventId: task.scheduledEventId, stamp: task.stamp, requestId: engine.random.uuid(), identity, build, version };
  const target = { workflow: task.key, runId: task.key.runId };
  try {
    const taken = await engine.history.transact<ActivityTask | 'misplaced' | 'tooEarly'>(target, (state, env) => {
      if (isMisplaced(engine, state, { queue, version })) return unchanged('misplaced');
      if (mustHold(state, { scheduledEventId: task.scheduledEventId, version })) return unchanged('tooEarly');
      const decision = decideStartActivity(state, start, env);
      return decision.kind === 'rejected' ? decision : { ...decision, reply: activityTask(decision.reply, namespace) };
    });
    if (taken === 'misplaced') await offerAgain(engine, task, () => queue);
    else if (taken === 'tooEarly')
      await engine.history.transact(target, (state, env) => decideHoldActivity(state, task.scheduledEventId, env));
    else return taken;
    return undefined;
  } catch (error) {
    if (error instanceof EngineError && error.code === 'not-found') return undefined;
    throw error;
  }
}

interface Addressed {
  readonly target: Target;
  readonly ref: ActivityRef;
}

function byToken(bytes: Uint8Array | null | undefined): Addressed {
  const token = decodeTaskToken('activity', bytes);
  const workflow = { namespaceId: namespaceId(token.namespaceId), workflowId: workflowId(token.workflowId) };
  return { target: { workflow, runId: runId(token.runId) }, ref: { ...token, kind: 'token' } };
}

interface ById {
  readonly workflowId?: string | null;
  readonly runId?: string | null;
  readonly activityId?: string | null;
}

function byId(engine: Engine, request: ById, call: NamespaceCall): Addressed {
  const target = requireTarget(engine, call, { workflowId: request.workflowId ?? '', runId: request.runId ?? '' });
  return { target, ref: { kind: 'id', activityId: requireId(engine, 'ActivityId', request.activityId) } };
}

type CompletedFields = Pick<Request<'respondActivityTaskCompleted'>, 'result' | 'identity'>;

async function complete(engine: Engine, { target, ref }: Addressed, request: CompletedFields): Promise<object> {
  const identity = request.identity ?? '';
  if (request.result && Payloads.encode(request.result).len > engine.limits.blobBytesMax) {
    const failure = { message: 'Complete result exceeds size limit.', serverFailureInfo: { nonRetryable: true } };
    await engine.history.transact(target, (state, env) =>
      decideFailActivity(state, { ref, failure, identity, lastHeartbeatDetails: undefined }, env),
    );
    return {};
  }
  await engine.history.transact(target, (state, env) => decideCompleteActivity(state, { ref, result: request.result, identity }, env));
  return {};
}

export const completeActivity = (engine: Engine, request: Request<'respondActivityTaskCompleted'>): Promise<object> =>
  complete(engine, byToken(request.taskToken), request);
export const completeActivityById = (
  engine: Engine,
  request: Request<'respondActivityTaskCompletedById'>,
  call: NamespaceCall,
): Promise<object> => complete(engine, byId(engine, request, call), request);

/** In the place of a failure that the worker did not send: whoever waits for the activity needs something to be told. */
const unexplained = { message: 'The activity failed, and its worker did not say why.', source: 'Server', serverFailureInfo: {} };

type FailedFields = Pick<Request<'respondActivityTaskFailed'>, 'failure' | 'identity' | 'lastHeartbeatDetails'>;

async function fail(engine: Engine, { target, ref }: Addressed, request: FailedFields): Promise<object> {
  const given = request.failure ?? unexplained;
  const { blobBytesMax, storedFailureBytesMax } = engine.limits;
  const isTooLarge = Failure.encode(given).len > blobBytesMax;
  const failure = isTooLarge ? oversizedFailure(given, { bytesMax: storedFailureBytesMax, nonRetryable: true }) : given;
  const failing = { ref, failure, identity: request.identity ?? '', lastHeartbeatDetails: request.lastHeartbeatDetails };
  await engine.history.transact(target, (state, env) => decideFailActivity(state, failing, env));
  return isTooLarge ? { failures: [failure] } : {};
}

export function failActivity(engine: Engine, request: Request<'respondActivityTaskFailed'>): Promise<object> {
  if (request.failure && !request.failure.applicationFailureInfo) throw invalid('failure must be of type ApplicationFailureInfo');
  return fail(engine, byToken(request.taskToken), request);
}
export const failActivityById = (engine: Engine, request: Request<'respondActivityTaskFailedById'>, call: NamespaceCall): Promise<object> =>
  fail(engine, byId(engine, request, call), request);

type CanceledFields = Pick<Request<'respondActivityTaskCanceled'>, 'details' | 'identity'>;

async function cancel(engine: Engine, { target, ref }: Addressed, request: CanceledFields): Promise<object> {
  checkPayloads(engine, request.details);
  const cancellation = { ref, details: request.details, identity: request.identity ?? '' };
  await engine.history.transact(target, (state, env) => decideCancelActivity(state, cancellation, env));
  return {};
}

export const cancelActivity = (engine: Engine, request: Request<'respondActivityTaskCanceled'>): Promise<object> =>
  cancel(engine, byToken(request.taskToken), request);
export const cancelActivityById = (
  engine: Engine,
  request: Request<'respondActivityTaskCanceledById'>,
  call: NamespaceCall,
): Promise<object> => cancel(engine, byId(engine, request, call), request);

type HeartbeatFields = Pick<Request<'recordActivityTaskHeartbeat'>, 'details' | 'identity'>;
type HeartbeatResponse = temporal.api.workflowservice.v1.IRecordActivityTaskHeartbeatResponse;

/** Details that are too large end the activity; its worker is told to stop. */
async function heartbeat(engine: Engine, { target, ref }: Addressed, request: HeartbeatFields): Promise<HeartbeatResponse> {
  const identity = request.identity ?? '';
  if (request.details && Payloads.encode(request.details).len > engine.limits.blobBytesMax) {
    const failure = { message: 'Heartbeat details exceed size limit.', serverFailureInfo: { nonRetryable: true } };
    await engine.history.transact(target, (state, env) =>
      decideFailActivity(state, { ref, failure, identity, lastHeartbeatDetails: undefined }, env),
    );
    return { cancelRequested: true };
  }
  return await engine.history.transact(target, (state, env) => decideHeartbeat(state, { ref, details: request.details, identity }, env));
}

export const heartbeatActivity = (engine: Engine, request: Request<'recordActivityTaskHeartbeat'>): Promise<HeartbeatResponse> =>
  heartbeat(engine, byToken(request.taskToken), request);
export const heartbeatActivityById = (
  engine: Engine,
  request: Request<'recordActivityTaskHeartbeatById'>,
  call: NamespaceCall,
): Promise<HeartbeatResponse> => heartbeat(engine, byId(engine, request, call), request);
