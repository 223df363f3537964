import { z } from 'zod';
import { deadline, executionInput, procedure } from '../procedure.ts';

export const terminate = procedure
  .input(executionInput.extend({ reason: z.string().max(1000).default(''), identity: z.string().max(255).default('console') }))
  .mutation(async ({ ctx, input }): Promise<void> => {
    await ctx.workflow.terminateWorkflowExecution(
      {
        namespace: input.namespace,
        workflowExecution: { workflowId: input.workflowId, runId: input.runId },
        reason: input.reason,
        identity: input.identity,
      },
      deadline(),
    );
  });
