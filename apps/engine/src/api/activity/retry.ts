import { deadline, procedure } from '../procedure.ts';
import { activityInput, toRequest } from './activity-input.ts';

/** Tries again at once instead of at the end of the back-off. The attempts are counted from one again. */
export const retry = procedure.input(activityInput).mutation(async ({ ctx, input }): Promise<void> => {
  await ctx.workflow.resetActivity(toRequest(input), deadline());
});
