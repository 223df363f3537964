import { api } from '@tidemark/protocol/api';
import { toNumber } from '@tidemark/protocol/time';
import { z } from 'zod';
import { enumNames } from '../json/to-json.ts';
import { deadline, namespaceInput, procedure } from '../procedure.ts';

const states = enumNames(api.enums.v1.BatchOperationState, 'BATCH_OPERATION_STATE_');

export interface BulkProgress {
  /** `Running`, `Completed`, `Failed`. */
  readonly state: string;
  /** 0 until the server has counted. */
  readonly total: number;
  readonly complete: number;
  readonly failed: number;
}

export const progress = procedure
  .input(namespaceInput.extend({ jobId: z.string().min(1).max(255) }))
  .query(async ({ ctx, input, signal }): Promise<BulkProgress> => {
    const found = await ctx.workflow.describeBatchOperation(input, { ...deadline(), ...(signal ? { signal } : {}) });
    return {
      state: states.get(found.state ?? 0) ?? 'Unspecified',
      total: toNumber(found.totalOperationCount),
      complete: toNumber(found.completeOperationCount),
      failed: toNumber(found.failureOperationCount),
    };
  });
