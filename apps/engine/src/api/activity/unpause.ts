import { z } from 'zod';
import { deadline, procedure } from '../procedure.ts';
import { activityInput, toRequest } from './activity-input.ts';

/** Goes on at once, out of a back-off too. */
export const unpause = procedure
  .input(activityInput.extend({ resetAttempts: z.boolean().default(false), resetHeartbeat: z.boolean().default(false) }))
  .mutation(async ({ ctx, input }): Promise<void> => {
    const { resetAttempts, resetHeartbeat } = input;
    await ctx.workflow.unpauseActivity({ ...toRequest(input), resetAttempts, resetHeartbeat }, deadline());
  });
