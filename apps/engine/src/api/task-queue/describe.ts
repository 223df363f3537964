import { api } from '@tidemark/protocol/api';
import { fromDuration, fromTimestamp, toNumber } from '@tidemark/protocol/time';
import { z } from 'zod';
import { deadline, namespaceInput, procedure } from '../procedure.ts';

const types = {
  workflow: api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
  activity: api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
} as const;

export interface Poller {
  readonly identity: string;
  /** Milliseconds since the epoch. */
  readonly lastAccessAt: number;
  readonly build: string | null;
  readonly deployment: string | null;
  readonly ratePerSecond: number;
}

export interface QueueSide {
  readonly pollers: readonly Poller[];
  /** Null where the server keeps no statistics. */
  readonly stats: {
    readonly backlog: number;
    readonly oldestMs: number;
    readonly inPerSecond: number;
    readonly outPerSecond: number;
  } | null;
}

export interface QueueDescription {
  readonly workflow: QueueSide;
  readonly activity: QueueSide;
}

export const describe = procedure
  .input(namespaceInput.extend({ queue: z.string().min(1).max(1000) }))
  .query(async ({ ctx, input, signal }): Promise<QueueDescription> => {
    const side = async (type: keyof typeof types): Promise<QueueSide> => {
      const response = await ctx.workflow.describeTaskQueue(
        { namespace: input.namespace, taskQueue: { name: input.queue }, taskQueueType: types[type], reportStats: true },
        { ...deadline(), ...(signal ? { signal } : {}) },
      );
      return {
        pollers: response.pollers.map((poller) => ({
          identity: poller.identity ?? '',
          lastAccessAt: fromTimestamp(poller.lastAccessTime) ?? 0,
          build: poller.deploymentOptions?.buildId || poller.workerVersionCapabilities?.buildId || null,
          deployment: poller.deploymentOptions?.deploymentName || null,
          ratePerSecond: poller.ratePerSecond ?? 0,
        })),
        stats: response.stats
          ? {
              backlog: toNumber(response.stats.approximateBacklogCount),
              oldestMs: fromDuration(response.stats.approximateBacklogAge) ?? 0,
              inPerSecond: response.stats.tasksAddRate ?? 0,
              outPerSecond: response.stats.tasksDispatchRate ?? 0,
            }
          : null,
      };
    };
    const [workflow, activity] = await Promise.all([side('workflow'), side('activity')]);
    return { workflow, activity };
  });
