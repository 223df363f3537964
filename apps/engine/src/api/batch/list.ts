import { StatusCode } from '@tidemark/protocol/errors';
import { z } from 'zod';
import { deadline, hasCode, namespaceInput, procedure } from '../procedure.ts';
import type { BatchRow } from './batch-row.ts';
import { toBatchRow } from './batch-row.ts';

const PAGE = 100;

export interface BatchList {
  /** The server has no batch jobs; the page says so. */
  readonly isSupported: boolean;
  readonly rows: readonly BatchRow[];
  readonly cursor: string | null;
}

/** The newest first, as the server keeps them. */
export const list = procedure
  .input(namespaceInput.extend({ cursor: z.string().max(4000).nullish() }))
  .query(async ({ ctx, input, signal }): Promise<BatchList> => {
    try {
      const response = await ctx.workflow.listBatchOperations(
        {
          namespace: input.namespace,
          pageSize: PAGE,
          ...(input.cursor ? { nextPageToken: Buffer.from(input.cursor, 'base64url') } : {}),
        },
        { ...deadline(), ...(signal ? { signal } : {}) },
      );
      return {
        isSupported: true,
        rows: response.operationInfo.map(toBatchRow),
        cursor: response.nextPageToken?.length ? Buffer.from(response.nextPageToken).toString('base64url') : null,
      };
    } catch (error) {
      if (!hasCode(error, StatusCode.UNIMPLEMENTED)) throw error;
      return { isSupported: false, rows: [], cursor: null };
    }
  });
