import { z } from 'zod';
import { deadline, namespaceInput, procedure } from '../procedure.ts';
import { QUEUE_TYPES } from './read-queue.ts';

const PER_SECOND_MAX = 1_000_000;

/** Sets or takes away the limit on how many activity tasks a queue hands out per second; the protocol limits no other kind. */
export const setLimit = procedure
  .input(
    namespaceInput.extend({
      queue: z.string().min(1).max(1000),
      /** Null leaves it to the workers. */
      perSecond: z.number().min(0).max(PER_SECOND_MAX).nullable(),
      reason: z.string().trim().min(1, 'Why?').max(1000),
    }),
  )
  .mutation(async ({ ctx, input }): Promise<void> => {
    await ctx.workflow.updateTaskQueueConfig(
      {
        namespace: input.namespace,
        identity: 'console',
        taskQueue: input.queue,
        taskQueueType: QUEUE_TYPES.activity,
        updateQueueRateLimit: {
          reason: input.reason,
          ...(input.perSecond === null ? {} : { rateLimit: { requestsPerSecond: input.perSecond } }),
        },
      },
      deadline(),
    );
  });
