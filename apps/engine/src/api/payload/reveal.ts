import { z } from 'zod';
import { deadline, namespaceInput, procedure } from '../procedure.ts';

/**
 * Somebody reads what a payload hides from a passing look. The value is with the page already, so this is here for its entry in the
 * audit, which is written before it answers; `name` is the payload's place: `event 5, input`. For those who may read the namespace.
 */
export const reveal = procedure
  .input(
    namespaceInput.extend({
      workflowId: z.string().max(1000).default(''),
      runId: z.string().max(255).default(''),
      name: z.string().min(1).max(1000),
    }),
  )
  .mutation(async ({ ctx, input: { namespace } }): Promise<void> => {
    await ctx.workflow.describeNamespace({ namespace }, deadline());
  });
