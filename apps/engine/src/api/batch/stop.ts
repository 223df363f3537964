import { z } from 'zod';
import { deadline, procedure } from '../procedure.ts';
import { batchIdInput } from './batch-row.ts';

/** What was done stays done; what was not is left. */
export const stop = procedure
  .input(batchIdInput.extend({ reason: z.string().trim().min(1, 'Why?').max(1000) }))
  .mutation(async ({ ctx, input }): Promise<void> => {
    await ctx.workflow.stopBatchOperation(
      { namespace: input.namespace, jobId: input.jobId, reason: input.reason, identity: 'console' },
      deadline(),
    );
  });
