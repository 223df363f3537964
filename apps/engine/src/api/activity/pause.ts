import { z } from 'zod';
import { deadline, procedure } from '../procedure.ts';
import { activityInput, toRequest } from './activity-input.ts';

/** Holds back the next attempt. One that runs goes on, and its worker hears of it with its next heartbeat. */
export const pause = procedure
  .input(activityInput.extend({ reason: z.string().trim().max(1000).default('') }))
  .mutation(async ({ ctx, input }): Promise<void> => {
    await ctx.workflow.pauseActivity({ ...toRequest(input), reason: input.reason }, deadline());
  });
