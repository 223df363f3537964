import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { encodePayloads } from '../json/payload.ts';
import { argumentsInput, deadline, executionInput, procedure } from '../procedure.ts';

/** Comes back only as a new event of the history. */
export const signal = procedure
  .input(
    executionInput.extend({
      name: z.string().trim().min(1, 'Which signal?').max(1000),
      input: argumentsInput,
      identity: z.string().max(255).default('console'),
    }),
  )
  .mutation(async ({ ctx, input }): Promise<void> => {
    const encoded = encodePayloads(input.input);
    await ctx.workflow.signalWorkflowExecution(
      {
        namespace: input.namespace,
        workflowExecution: { workflowId: input.workflowId, runId: input.runId },
        signalName: input.name,
        requestId: randomUUID(),
        identity: input.identity,
        ...(encoded ? { input: encoded } : {}),
      },
      deadline(),
    );
  });
