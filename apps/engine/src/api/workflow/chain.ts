import type { temporal } from '@tidemark/protocol/types';
import type { ExecutionRow } from '../model/execution-row.ts';
import { deadline, executionInput, procedure } from '../procedure.ts';
import { toExecutionRow } from './execution-row.ts';
import { quote } from './list-filter.ts';

const RUNS_MAX = 100;

export interface RunChain {
  /** The oldest first; the run that was asked for is one of them. */
  readonly rows: readonly ExecutionRow[];
  /** The first runs of the chain were not read. */
  readonly isCut: boolean;
}

type Info = temporal.api.workflow.v1.IWorkflowExecutionInfo;

/** The runs that continue each other: by themselves, by retries, or by a cron schedule. */
export const chain = procedure.input(executionInput).query(async ({ ctx, input, signal }): Promise<RunChain> => {
  const { namespace, workflowId, runId } = input;
  const options = { ...deadline(), ...(signal ? { signal } : {}) };
  const described = await ctx.workflow.describeWorkflowExecution({ namespace, execution: { workflowId, runId } }, options);
  const own = described.workflowExecutionInfo ?? {};
  const parent = own.parentExecution?.runId;
  const query = [`WorkflowId = ${quote(workflowId)}`, ...(parent ? [`ParentRunId = ${quote(parent)}`] : [])].join(' AND ');
  const listed = await ctx.workflow.listWorkflowExecutions({ namespace, pageSize: RUNS_MAX, query }, options);
  const rows = listed.executions.filter((one) => isOfChain(own, one)).map((one) => toExecutionRow(one));
  return {
    rows: rows.sort((one, other) => one.startedAt - other.startedAt),
    isCut: (listed.nextPageToken?.length ?? 0) > 0,
  };
});

/** Where a list does not say which run was first, the same parent has to do. */
const isOfChain = (own: Info, one: Info): boolean => !one.firstRunId || !own.firstRunId || one.firstRunId === own.firstRunId;
