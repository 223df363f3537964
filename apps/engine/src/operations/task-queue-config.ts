/** What people set for a task queue: how many tasks it hands out in a second, of each fairness key too, and the weights of keys. */
import { api } from '@tidemark/protocol/api';
import type { WorkflowMethods } from '@tidemark/protocol/services';
import { toTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { faultOfPriority } from '../history/model/priority.ts';
import type { Matching } from '../matching/matching.ts';
import type { SetRate, TaskQueueConfig } from '../persistence/ports/task-queue-store.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { boundedId, invalid, requireTaskQueue } from './validate.ts';

const { TaskQueueType } = api.enums.v1;
type Request = WorkflowMethods['updateTaskQueueConfig']['request'];
/** Of weights that were set for a queue's keys. */
const WEIGHTS_MAX = 1000;
type Config = temporal.api.taskqueue.v1.ITaskQueueConfig;

export async function updateTaskQueueConfig(engine: Engine, request: Request, call: NamespaceCall): Promise<{ config: Config }> {
  const name = requireTaskQueue(engine, { name: request.taskQueue ?? '' });
  const queue = { namespaceId: call.namespace.id, kind: kindOf(request.taskQueueType), name };
  const before: TaskQueueConfig = (await engine.store.taskQueues.find(queue)) ?? queue;
  const set = (field: string, update: RateUpdate): SetRate => setRate(engine, { field, update, request });
  const config: TaskQueueConfig = {
    ...before,
    ...(request.updateQueueRateLimit ? { rateLimit: set('QueueRateLimit', request.updateQueueRateLimit) } : {}),
    ...(request.updateFairnessKeyRateLimitDefault
      ? { keyRateLimit: set('FairnessKeyRateLimitDefault', request.updateFairnessKeyRateLimitDefault) }
      : {}),
    fairnessWeights: weightsAfter(before.fairnessWeights ?? {}, request),
  };
  await engine.store.taskQueues.put(config);
  applyTaskQueueConfig(engine.matching, config);
  return { config: describeConfig(config) };
}

/** At start, and whenever somebody changes it. */
export function applyTaskQueueConfig(matching: Matching, config: TaskQueueConfig): void {
  matching.limit(config, config.rateLimit?.perSecond);
  matching.share(config, { perSecond: config.keyRateLimit?.perSecond, weights: config.fairnessWeights ?? {} });
}

function kindOf(type: temporal.api.enums.v1.TaskQueueType | null | undefined): TaskQueueConfig['kind'] {
  if (type === TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY) return 'activity';
  if (type === TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW) return 'workflow';
  throw invalid('TaskQueueType must be a workflow or an activity task queue.');
}

type RateUpdate = NonNullable<Request['updateQueueRateLimit']>;
interface RateChange {
  readonly field: string;
  readonly update: RateUpdate;
  readonly request: Request;
}

/** An update without a rate takes the limit away; who did so stays on record. */
function setRate(engine: Engine, { field, update, request }: RateChange): SetRate {
  if (request.taskQueueType === TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
    throw invalid('Setting rate limit on workflow task queues is not allowed.');
  const perSecond = update.rateLimit?.requestsPerSecond ?? undefined;
  if (perSecond !== undefined && !(perSecond >= 0)) throw invalid(`${field}.RequestsPerSecond must not be negative.`);
  const change = { reason: update.reason ?? '', identity: boundedId(engine, 'Identity', request.identity), at: engine.clock.now() };
  return perSecond === undefined ? change : { perSecond, ...change };
}

type Weights = Readonly<Record<string, number>>;

function weightsAfter(before: Weights, { setFairnessWeightOverrides, unsetFairnessWeightOverrides }: Request): Weights {
  const set = Object.entries(setFairnessWeightOverrides ?? {});
  const unset = new Set(unsetFairnessWeightOverrides ?? []);
  for (const [fairnessKey, fairnessWeight] of set) {
    const fault = faultOfPriority({ fairnessKey, fairnessWeight });
    if (fault !== undefined) throw invalid(fault);
    if (unset.has(fairnessKey)) throw invalid(`fairness key ${fairnessKey} is both set and unset`);
  }
  const after = new Map([...Object.entries(before), ...set].filter(([key]) => !unset.has(key)));
  if (after.size > WEIGHTS_MAX) throw invalid(`fairness weights of ${after.size} keys exceed the limit of ${WEIGHTS_MAX}`);
  return Object.fromEntries(after);
}

export const describeConfig = ({ rateLimit, keyRateLimit, fairnessWeights }: Partial<TaskQueueConfig>): Config => ({
  ...(rateLimit === undefined ? {} : { queueRateLimit: toRateLimit(rateLimit) }),
  ...(keyRateLimit === undefined ? {} : { fairnessKeysRateLimitDefault: toRateLimit(keyRateLimit) }),
  fairnessWeightOverrides: { ...fairnessWeights },
});

const toRateLimit = ({ perSecond, reason, identity, at }: SetRate): temporal.api.taskqueue.v1.IRateLimitConfig => ({
  ...(perSecond === undefined ? {} : { rateLimit: { requestsPerSecond: perSecond } }),
  metadata: { reason, updateIdentity: identity, updateTime: toTimestamp(at) },
});
