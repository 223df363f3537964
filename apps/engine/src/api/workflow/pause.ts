import { z } from 'zod';
import { deadline, executionInput, procedure } from '../procedure.ts';

const input = executionInput.extend({ reason: z.string().max(1000).default(''), identity: z.string().max(255).default('console') });

/** Holds a run: its workers get nothing until it is resumed. */
export const pause = procedure.input(input).mutation(async ({ ctx, input: call }): Promise<void> => {
  await ctx.workflow.pauseWorkflowExecution(call, deadline());
});

export const resume = procedure.input(input).mutation(async ({ ctx, input: call }): Promise<void> => {
  await ctx.workflow.unpauseWorkflowExecution(call, deadline());
});
