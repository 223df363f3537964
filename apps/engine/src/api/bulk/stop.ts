import { z } from 'zod';
import { deadline, namespaceInput, procedure } from '../procedure.ts';

/** What was done already stays done. */
export const stop = procedure
  .input(namespaceInput.extend({ jobId: z.string().min(1).max(255), reason: z.string().trim().min(1).max(1000) }))
  .mutation(async ({ ctx, input }): Promise<void> => {
    await ctx.workflow.stopBatchOperation({ ...input, identity: 'console' }, deadline());
  });
