import { z } from 'zod';
import type { ExecutionRow } from '../model/execution-row.ts';
import { deadline, executionInput, procedure } from '../procedure.ts';
import { toExecutionRow } from './execution-row.ts';
import { quote } from './list-filter.ts';

const PAGE = 100;

export interface ChildPage {
  readonly rows: readonly ExecutionRow[];
  readonly cursor: string | null;
}

/** The runs that one run started, a hundred at a time, as the server's list has them: its history need not be read. */
export const children = procedure
  .input(executionInput.extend({ cursor: z.string().max(4000).nullish() }))
  .query(async ({ ctx, input, signal }): Promise<ChildPage> => {
    const response = await ctx.workflow.listWorkflowExecutions(
      {
        namespace: input.namespace,
        pageSize: PAGE,
        query: `ParentWorkflowId = ${quote(input.workflowId)} AND ParentRunId = ${quote(input.runId)}`,
        ...(input.cursor ? { nextPageToken: Buffer.from(input.cursor, 'base64url') } : {}),
      },
      { ...deadline(), ...(signal ? { signal } : {}) },
    );
    const cursor = response.nextPageToken?.length ? Buffer.from(response.nextPageToken).toString('base64url') : null;
    return { rows: response.executions.map((one) => toExecutionRow(one)), cursor };
  });
