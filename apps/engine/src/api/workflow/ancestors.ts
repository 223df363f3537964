import { StatusCode } from '@tidemark/protocol/errors';
import type { temporal } from '@tidemark/protocol/types';
import type { ExecutionRow } from '../model/execution-row.ts';
import type { ApiContext } from '../procedure.ts';
import { deadline, executionInput, hasCode, procedure } from '../procedure.ts';
import { toExecutionRow } from './execution-row.ts';

/** So many parents are asked for, one after the other. */
const UP_MAX = 12;

export interface Ancestors {
  /** From the top of the family, as far as it is known, down to the parent. */
  readonly rows: readonly ExecutionRow[];
  /** The first of `rows` has parents of its own, which were not asked for. */
  readonly isCut: boolean;
  /** A parent that the server no longer keeps. */
  readonly gone: { readonly workflowId: string; readonly runId: string } | null;
}

type Info = temporal.api.workflow.v1.IWorkflowExecutionInfo;

/** Who started a run, who started that one, and so on up. */
export const ancestors = procedure.input(executionInput).query(async ({ ctx, input, signal }): Promise<Ancestors> => {
  const rows: ExecutionRow[] = [];
  let next = (await infoOf(ctx, input, signal)).parentExecution;
  while (next && rows.length < UP_MAX) {
    const parent = { workflowId: next.workflowId ?? '', runId: next.runId ?? '' };
    try {
      const info = await infoOf(ctx, { namespace: input.namespace, ...parent }, signal);
      rows.unshift(toExecutionRow(info));
      next = info.parentExecution;
    } catch (error) {
      if (hasCode(error, StatusCode.NOT_FOUND)) return { rows, isCut: false, gone: parent };
      throw error;
    }
  }
  return { rows, isCut: Boolean(next), gone: null };
});

interface Run {
  readonly namespace: string;
  readonly workflowId: string;
  readonly runId: string;
}

async function infoOf(ctx: ApiContext, { namespace, workflowId, runId }: Run, signal: AbortSignal | undefined): Promise<Info> {
  const response = await ctx.workflow.describeWorkflowExecution(
    { namespace, execution: { workflowId, runId } },
    { ...deadline(), ...(signal ? { signal } : {}) },
  );
  return response.workflowExecutionInfo ?? {};
}
