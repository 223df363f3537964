/** What a task queue looks like from outside, and the worker that leaves it. */
import { api } from '@tidemark/protocol/api';
import type { WorkflowMethods } from '@tidemark/protocol/services';
import { toDuration, toLong, toTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { pinnedVersionOf } from '../history/model/versioning.ts';
import type { QueueName, TaskKind } from '../matching/matching.ts';
import type { PolledFor, PollerRecord, QueueLimit, QueueStats } from '../matching/task-queue.ts';
import { toQueueVersioning, UNVERSIONED } from './deployment-wire.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { describeConfig } from './task-queue-config.ts';
import { invalid, requireTarget, requireTaskQueue } from './validate.ts';
import { decideResetSticky } from '../history/model/decide/reset-sticky.ts';

const { RateLimitSource, TaskQueueKind, TaskQueueType, WorkerVersioningMode } = api.enums.v1;
type Request<Method extends keyof WorkflowMethods> = WorkflowMethods[Method]['request'];

export async function describeTaskQueue(engine: Engine, request: Request<'describeTaskQueue'>, call: NamespaceCall): Promise<object> {
  const name = requireTaskQueue(engine, request.taskQueue);
  const isSticky = request.taskQueue?.kind === TaskQueueKind.TASK_QUEUE_KIND_STICKY;
  if (request.reportStats && isSticky) throw invalid('Task queue stats are not supported for sticky queues.');
  const kinds = new Map<number, TaskKind>([
    [TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, 'workflow'],
    [TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY, 'activity'],
  ]);
  const kind = kinds.get(request.taskQueueType || TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW);
  const queue: QueueName | undefined = kind === undefined ? undefined : { namespaceId: call.namespace.id, kind, name };
  const pollers = queue === undefined ? [] : engine.matching.pollers(queue).map(toPollerInfo);
  const enhanced = request.apiMode === api.enums.v1.DescribeTaskQueueMode.DESCRIBE_TASK_QUEUE_MODE_ENHANCED;
  if (enhanced) return enhancedDescription(engine, { name, call, kinds, request });
  const stats = queue === undefined ? undefined : engine.matching.stats(queue);
  const limit = queue === undefined ? undefined : engine.matching.limitInForce(queue);
  const config = request.reportConfig && queue !== undefined ? await engine.store.taskQueues.find(queue) : undefined;
  return {
    pollers,
    ...(config === undefined ? {} : { config: describeConfig(config) }),
    ...(request.reportConfig && limit !== undefined ? { effectiveRateLimit: toEffective(limit) } : {}),
    ...(request.reportStats && stats !== undefined ? { stats: toStats(stats) } : {}),
    ...(request.includeTaskQueueStatus && stats !== undefined ? { taskQueueStatus: { backlogCountHint: toLong(stats.backlogCount) } } : {}),
    versioningInfo: queue === undefined ? { currentVersion: UNVERSIONED } : toQueueVersioning(engine.deployments.routingOf(queue)),
  };
}

const toEffective = ({ perSecond, isOwn }: QueueLimit) => ({
  requestsPerSecond: perSecond,
  rateLimitSource: isOwn ? RateLimitSource.RATE_LIMIT_SOURCE_API : RateLimitSource.RATE_LIMIT_SOURCE_WORKER,
});

interface Enhanced {
  readonly name: string;
  readonly call: NamespaceCall;
  readonly kinds: ReadonlyMap<number, TaskKind>;
  readonly request: Request<'describeTaskQueue'>;
}

function enhancedDescription(engine: Engine, { name, call, kinds, request }: Enhanced): object {
  const asked = request.taskQueueTypes?.length ? request.taskQueueTypes : [...kinds.keys()];
  const typesInfo = Object.fromEntries(
    asked.map((type) => {
      const kind = kinds.get(type);
      if (kind === undefined) return [type, {}];
      const queue: QueueName = { namespaceId: call.namespace.id, kind, name };
      return [
        type,
        {
          pollers: engine.matching.pollers(queue).map(toPollerInfo),
          ...(request.reportStats ? { stats: toStats(engine.matching.stats(queue)) } : {}),
        },
      ];
    }),
  );
  return { versionsInfo: { '': { typesInfo } } };
}

/** What waits for workers of one version, as it is told of queues. */
export const statsOfVersion = (engine: Engine, queue: QueueName): temporal.api.taskqueue.v1.ITaskQueueStats =>
  toStats(engine.matching.stats(queue));

function toPollerInfo({
  identity,
  lastAccessAt,
  tasksPerSecondMax,
  buildId,
  deployment,
}: PollerRecord): temporal.api.taskqueue.v1.IPollerInfo {
  return {
    identity,
    lastAccessTime: toTimestamp(lastAccessAt),
    ratePerSecond: tasksPerSecondMax ?? 100_000,
    ...(deployment === undefined ? {} : { deploymentOptions: toDeploymentOptions(deployment) }),
    ...(buildId === '' || deployment !== undefined ? {} : { workerVersionCapabilities: { buildId } }),
  };
}

const toDeploymentOptions = ({ deploymentName, buildId, isVersioned }: PolledFor) => ({
  deploymentName,
  buildId,
  workerVersioningMode: isVersioned
    ? WorkerVersioningMode.WORKER_VERSIONING_MODE_VERSIONED
    : WorkerVersioningMode.WORKER_VERSIONING_MODE_UNVERSIONED,
});

function toStats(stats: QueueStats): temporal.api.taskqueue.v1.ITaskQueueStats {
  return {
    approximateBacklogCount: toLong(stats.backlogCount),
    approximateBacklogAge: toDuration(stats.backlogAgeMs),
    tasksAddRate: stats.addedPerSecond,
    tasksDispatchRate: stats.dispatchedPerSecond,
  };
}

export function listTaskQueuePartitions(engine: Engine, request: Request<'listTaskQueuePartitions'>): object {
  const key = requireTaskQueue(engine, request.taskQueue);
  const partition = [{ key, ownerHostName: 'localhost' }];
  return { workflowTaskQueuePartitions: partition, activityTaskQueuePartitions: partition };
}

/** The worker's open polls end at once, and what waited for its cache goes to the others. */
export function shutdownWorker(engine: Engine, request: Request<'shutdownWorker'>, call: NamespaceCall): object {
  const namespaceId = call.namespace.id;
  if (request.workerHeartbeat) engine.workers.record(namespaceId, request.workerHeartbeat);
  engine.matching.depart(request.workerInstanceKey ?? '');
  const sticky = request.stickyTaskQueue;
  // Runs whose task waits there time out of the sticky queue by themselves; the queue takes no new ones.
  if (sticky) for (const task of engine.matching.close({ namespaceId, kind: 'workflow', name: sticky })) requeue(engine, task);
  return {};
}

function requeue(engine: Engine, task: ReturnType<Engine['matching']['close']>[number]): void {
  const target = { workflow: task.key, runId: task.key.runId };
  void engine.history.read(target, ({ derived }) => {
    const queue = { namespaceId: task.key.namespaceId, kind: 'workflow' as const, name: derived.start.taskQueue?.name ?? '' };
    const bound = { workflowId: task.key.workflowId, pinnedTo: pinnedVersionOf(derived.versioning) };
    engine.matching.putBack({ ...queue, version: engine.deployments.versionFor({ ...queue, ...bound }) }, task);
  });
}

export async function resetStickyTaskQueue(engine: Engine, request: Request<'resetStickyTaskQueue'>, call: NamespaceCall): Promise<object> {
  await engine.history.transact(requireTarget(engine, call, request.execution), decideResetSticky);
  return {};
}
