import { z } from 'zod';
import { deadline, executionInput, procedure } from '../procedure.ts';

const input = executionInput.extend({ activityId: z.string().min(1).max(1000) });
type Input = z.output<typeof input>;

const toRequest = ({ namespace, workflowId, runId, activityId }: Input) => ({
  namespace,
  execution: { workflowId, runId },
  id: activityId,
  identity: 'console',
});

/** Tries again at once instead of at the end of the back-off. The attempts are counted from one again. */
export const retry = procedure.input(input).mutation(async ({ ctx, input: call }): Promise<void> => {
  await ctx.workflow.resetActivity(toRequest(call), deadline());
});

export const unpause = procedure.input(input).mutation(async ({ ctx, input: call }): Promise<void> => {
  await ctx.workflow.unpauseActivity(toRequest(call), deadline());
});
