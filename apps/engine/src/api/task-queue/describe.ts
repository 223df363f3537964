import { z } from 'zod';
import { closestName } from '../model/why-queue.ts';
import { namespaceInput, procedure } from '../procedure.ts';
import { Survey } from '../why/survey.ts';
import type { QueueDescription } from './read-queue.ts';
import { readQueue } from './read-queue.ts';

export interface DescribedQueue extends QueueDescription {
  /** A polled queue that a slip would turn into this one; null while somebody polls here. */
  readonly closeName: string | null;
}

export const describe = procedure
  .input(namespaceInput.extend({ queue: z.string().min(1).max(1000) }))
  .query(async ({ ctx, input, signal }): Promise<DescribedQueue> => {
    const sides = await readQueue(ctx, { ...input, signal });
    if (sides.workflow.pollers.length + sides.activity.pollers.length > 0) return { ...sides, closeName: null };
    const around = new Survey({ ctx, namespace: input.namespace, now: Date.now, signal });
    return { ...sides, closeName: closestName(input.queue, await around.polledQueues()) ?? null };
  });
