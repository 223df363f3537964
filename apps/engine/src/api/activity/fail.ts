import { z } from 'zod';
import { deadline, procedure } from '../procedure.ts';
import { activityInput, toWorkerRequest } from './activity-input.ts';

/** Fails the attempt that runs, in its worker's place. Its retry policy says whether another one follows. */
export const fail = procedure
  .input(
    activityInput.extend({
      type: z.string().trim().min(1, 'Which type of error?').max(1000),
      message: z.string().trim().min(1, 'What went wrong?').max(10_000),
      nonRetryable: z.boolean().default(false),
    }),
  )
  .mutation(async ({ ctx, input }): Promise<void> => {
    const { type, message, nonRetryable } = input;
    const failure = { message, source: 'console', applicationFailureInfo: { type, nonRetryable } };
    await ctx.workflow.respondActivityTaskFailedById({ ...toWorkerRequest(input), failure }, deadline());
  });
