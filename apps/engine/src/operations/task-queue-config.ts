/** What people set for a task queue: how many tasks it hands out in a second. */
import { api } from '@tidemark/protocol/api';
import type { WorkflowMethods } from '@tidemark/protocol/services';
import { toTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { EngineError } from '../kernel/engine-error.ts';
import type { TaskQueueConfig } from '../persistence/ports/task-queue-store.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { boundedId, invalid, requireTaskQueue } from './validate.ts';

const { TaskQueueType } = api.enums.v1;
type Request = WorkflowMethods['updateTaskQueueConfig']['request'];
type Config = temporal.api.taskqueue.v1.ITaskQueueConfig;

export async function updateTaskQueueConfig(engine: Engine, request: Request, call: NamespaceCall): Promise<{ config: Config }> {
  if (
    request.updateFairnessKeyRateLimitDefault ||
    hasEntries(request.setFairnessWeightOverrides) ||
    request.unsetFairnessWeightOverrides?.length
  )
    throw new EngineError('unimplemented', 'fairness keys of task queues are not implemented by this server');
  const name = requireTaskQueue(engine, { name: request.taskQueue ?? '' });
  const queue = { namespaceId: call.namespace.id, kind: kindOf(request.taskQueueType), name };
  const before: TaskQueueConfig = (await engine.store.taskQueues.find(queue)) ?? queue;
  const config: TaskQueueConfig = request.updateQueueRateLimit ? { ...queue, ...rateLimitOf(engine, request) } : before;
  await engine.store.taskQueues.put(config);
  engine.matching.limit(queue, config.rateLimit?.perSecond);
  return { config: describeConfig(config) };
}

const hasEntries = (record: object | null | undefined): boolean => Object.keys(record ?? {}).length > 0;

function kindOf(type: temporal.api.enums.v1.TaskQueueType | null | undefined): TaskQueueConfig['kind'] {
  if (type === TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY) return 'activity';
  if (type === TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW) return 'workflow';
  throw invalid('TaskQueueType must be a workflow or an activity task queue.');
}

/** A rate limit without a rate takes the limit away; who did so stays on record. */
function rateLimitOf(engine: Engine, { updateQueueRateLimit, identity, taskQueueType }: Request): Pick<TaskQueueConfig, 'rateLimit'> {
  if (taskQueueType === TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW) throw invalid('Setting rate limit on workflow task queues is not allowed.');
  const perSecond = updateQueueRateLimit?.rateLimit?.requestsPerSecond ?? undefined;
  if (perSecond !== undefined && !(perSecond >= 0)) throw invalid('RateLimit.RequestsPerSecond must not be negative.');
  const change = {
    reason: updateQueueRateLimit?.reason ?? '',
    identity: boundedId(engine, 'Identity', identity),
    at: engine.clock.now(),
  };
  return { rateLimit: perSecond === undefined ? change : { perSecond, ...change } };
}

export function describeConfig({ rateLimit }: Pick<TaskQueueConfig, 'rateLimit'>): Config {
  if (rateLimit === undefined) return {};
  return {
    queueRateLimit: {
      ...(rateLimit.perSecond === undefined ? {} : { rateLimit: { requestsPerSecond: rateLimit.perSecond } }),
      metadata: { reason: rateLimit.reason, updateIdentity: rateLimit.identity, updateTime: toTimestamp(rateLimit.at) },
    },
  };
}
