import { z } from 'zod';
import { encodePayloads } from '../json/payload.ts';
import { deadline, procedure } from '../procedure.ts';
import { activityInput, toWorkerRequest } from './activity-input.ts';

/** Completes it in its worker's place. Without a result the workflow gets none. */
export const complete = procedure
  .input(activityInput.extend({ result: z.array(z.json()).max(1).default([]) }))
  .mutation(async ({ ctx, input }): Promise<void> => {
    const result = encodePayloads(input.result);
    await ctx.workflow.respondActivityTaskCompletedById({ ...toWorkerRequest(input), ...(result ? { result } : {}) }, deadline());
  });
