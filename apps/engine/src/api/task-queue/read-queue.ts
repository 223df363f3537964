import { api } from '@tidemark/protocol/api';
import { fromDuration, fromTimestamp, toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { ApiContext } from '../procedure.ts';
import { deadline } from '../procedure.ts';

const { RateLimitSource, TaskQueueType } = api.enums.v1;
export const QUEUE_TYPES = {
  workflow: TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
  activity: TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
} as const;

export interface Poller {
  readonly identity: string;
  /** Milliseconds since the epoch. */
  readonly lastAccessAt: number;
  readonly build: string | null;
  readonly deployment: string | null;
  readonly ratePerSecond: number;
}

export interface QueueStats {
  readonly backlog: number;
  readonly oldestMs: number;
  readonly inPerSecond: number;
  readonly outPerSecond: number;
}

/** Tasks per second that a queue hands out at most. */
export interface QueueLimit {
  readonly perSecond: number;
  /** Where the limit comes from: set for the queue, asked for by its workers, or the server's own. */
  readonly source: 'api' | 'worker' | 'system';
}

/** What somebody set for the queue. `perSecond` is null when the limit was taken away again. */
export interface LimitSetting {
  readonly perSecond: number | null;
  readonly by: string;
  readonly reason: string;
  readonly at: number | null;
}

export interface QueueSide {
  readonly pollers: readonly Poller[];
  /** Null where the server keeps no statistics. */
  readonly stats: QueueStats | null;
  /** Per priority key, where the server parts them and somebody uses them. */
  readonly byPriority: readonly (QueueStats & { readonly priority: number })[];
  readonly limit: QueueLimit | null;
  readonly setting: LimitSetting | null;
}

export interface QueueDescription {
  readonly workflow: QueueSide;
  readonly activity: QueueSide;
}

export interface QueueQuestion {
  readonly namespace: string;
  readonly queue: string;
  readonly signal: AbortSignal | undefined;
}

/** Both sides of a task queue. */
export async function readQueue({ workflow }: Pick<ApiContext, 'workflow'>, question: QueueQuestion): Promise<QueueDescription> {
  const side = async (kind: keyof typeof QUEUE_TYPES): Promise<QueueSide> =>
    toSide(
      await workflow.describeTaskQueue(
        {
          namespace: question.namespace,
          taskQueue: { name: question.queue },
          taskQueueType: QUEUE_TYPES[kind],
          reportStats: true,
          reportConfig: true,
        },
        { ...deadline(), ...(question.signal ? { signal: question.signal } : {}) },
      ),
    );
  const [ofWorkflows, ofActivities] = await Promise.all([side('workflow'), side('activity')]);
  return { workflow: ofWorkflows, activity: ofActivities };
}

function toSide(response: temporal.api.workflowservice.v1.IDescribeTaskQueueResponse): QueueSide {
  const priorities = Object.entries(response.statsByPriorityKey ?? {}).map(([key, stats]) => ({
    priority: Number(key),
    ...toStats(stats),
  }));
  const setting = response.config?.queueRateLimit;
  return {
    pollers: (response.pollers ?? []).map((poller) => ({
      identity: poller.identity ?? '',
      lastAccessAt: fromTimestamp(poller.lastAccessTime) ?? 0,
      build: poller.deploymentOptions?.buildId || poller.workerVersionCapabilities?.buildId || null,
      deployment: poller.deploymentOptions?.deploymentName || null,
      ratePerSecond: poller.ratePerSecond ?? 0,
    })),
    stats: response.stats ? toStats(response.stats) : null,
    // One priority alone is no parting.
    byPriority: priorities.length > 1 ? priorities.sort((one, other) => one.priority - other.priority) : [],
    limit: toLimit(response.effectiveRateLimit),
    setting: setting
      ? {
          perSecond: setting.rateLimit?.requestsPerSecond ?? null,
          by: setting.metadata?.updateIdentity ?? '',
          reason: setting.metadata?.reason ?? '',
          at: fromTimestamp(setting.metadata?.updateTime) ?? null,
        }
      : null,
  };
}

const toStats = (stats: temporal.api.taskqueue.v1.ITaskQueueStats): QueueStats => ({
  backlog: toNumber(stats.approximateBacklogCount),
  oldestMs: fromDuration(stats.approximateBacklogAge) ?? 0,
  inPerSecond: stats.tasksAddRate ?? 0,
  outPerSecond: stats.tasksDispatchRate ?? 0,
});

type Effective = temporal.api.workflowservice.v1.DescribeTaskQueueResponse.IEffectiveRateLimit;
const SOURCES = new Map<number, QueueLimit['source']>([
  [RateLimitSource.RATE_LIMIT_SOURCE_API, 'api'],
  [RateLimitSource.RATE_LIMIT_SOURCE_WORKER, 'worker'],
]);

const toLimit = (limit: Effective | null | undefined): QueueLimit | null =>
  limit ? { perSecond: limit.requestsPerSecond ?? 0, source: SOURCES.get(limit.rateLimitSource ?? 0) ?? 'system' } : null;
