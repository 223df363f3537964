import { toNumber } from '@tidemark/protocol/time';
import { deadline, procedure } from '../procedure.ts';
import type { BatchNotes } from '../model/tidemark-service.ts';
import type { BatchRow } from './batch-row.ts';
import { batchIdInput, toBatchRow } from './batch-row.ts';

export interface BatchDescription extends BatchRow {
  /** How many runs it is about; 0 while they are still being gathered. */
  readonly total: number;
  readonly complete: number;
  readonly failed: number;
  readonly identity: string;
  readonly reason: string;
  /** Empty when the runs were named one by one. */
  readonly query: string;
  /** How many runs were named one by one. */
  readonly named: number;
  /** Null where the server keeps no such notes. */
  readonly notes: BatchNotes | null;
}

export const describe = procedure.input(batchIdInput).query(async ({ ctx, input, signal }): Promise<BatchDescription> => {
  const response = await ctx.workflow.describeBatchOperation(
    { namespace: input.namespace, jobId: input.jobId },
    { ...deadline(), ...(signal ? { signal } : {}) },
  );
  return {
    ...toBatchRow(response),
    jobId: input.jobId,
    total: toNumber(response.totalOperationCount),
    complete: toNumber(response.completeOperationCount),
    failed: toNumber(response.failureOperationCount),
    identity: response.identity,
    reason: response.reason,
    query: response.query ?? '',
    named: response.executions?.length ?? 0,
    // Whoever may describe the job may read what became of it.
    notes: (await ctx.tidemark?.batchNotes(input)) ?? null,
  };
});
