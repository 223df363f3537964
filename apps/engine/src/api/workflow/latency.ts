import { StatusCode } from '@tidemark/protocol/errors';
import { fromDuration, fromTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { z } from 'zod';
import { statusOf } from '../json/to-json.ts';
import type { ClosedRun, LatencyGrid } from '../model/latency-grid.ts';
import { latencyGrid } from '../model/latency-grid.ts';
import type { ApiContext } from '../procedure.ts';
import { deadline, hasCode, namespaceInput, procedure } from '../procedure.ts';
import { filterInput, narrowed, quote } from './list-filter.ts';

const COLUMNS_MAX = 60;
const READ = { pageSize: 1_000, rowsMax: 2_000, allMs: 6_000 };
const BAD: ReadonlySet<string> = new Set(['Failed', 'TimedOut', 'Terminated']);

export interface Latency extends LatencyGrid {
  /** How many closed runs the picture is of. */
  readonly read: number;
  /** Older ones closed in the span too; the picture then begins with the oldest that was read. */
  readonly hasMore: boolean;
}

/** How long the newest closed runs of a span took. Fewer are read where the server takes long: the answer says how many. */
export const latency = procedure
  .input(
    namespaceInput.extend({
      filter: filterInput.prefault({}),
      /** The times of closing, milliseconds since the epoch. */
      from: z.number(),
      to: z.number(),
      columns: z.number().int().min(1).max(COLUMNS_MAX),
    }),
  )
  .query(async ({ ctx, input: { namespace, filter, from, to, columns }, signal }): Promise<Latency> => {
    const iso = (ms: number) => quote(new Date(ms).toISOString());
    const query = narrowed(filter, `CloseTime >= ${iso(from)} AND CloseTime < ${iso(to)}`);
    const { runs, hasMore } = await closedRuns(ctx, { namespace, query }, signal);
    const begin = hasMore ? Math.max(from, runs.at(-1)?.closedAt ?? from) : from;
    // Runs that started within a span may close long after it: the picture goes as far as they do, and no further.
    const { startedTo } = filter;
    const end = startedTo === undefined ? to : Math.min(to, Math.max(startedTo, (runs[0]?.closedAt ?? from) + 1));
    return { ...latencyGrid(runs, { from: begin, to: Math.max(end, begin + columns), columns }), read: runs.length, hasMore };
  });

interface Question {
  readonly namespace: string;
  readonly query: string;
}

async function closedRuns({ workflow }: ApiContext, question: Question, signal: AbortSignal | undefined) {
  const options = { ...deadline(READ.allMs), ...(signal ? { signal } : {}) };
  const runs: ClosedRun[] = [];
  let token: Uint8Array | undefined;
  do {
    try {
      const page = await workflow.listWorkflowExecutions(
        { ...question, pageSize: READ.pageSize, ...(token ? { nextPageToken: token } : {}) },
        options,
      );
      runs.push(...page.executions.flatMap((one) => closedRun(one) ?? []));
      token = page.nextPageToken?.length ? page.nextPageToken : undefined;
    } catch (error) {
      // What was read by then is a picture too; without anything there is none.
      if (token === undefined || !hasCode(error, StatusCode.DEADLINE_EXCEEDED)) throw error;
      break;
    }
  } while (token !== undefined && runs.length < READ.rowsMax);
  return { runs: runs.sort((one, other) => other.closedAt - one.closedAt), hasMore: token !== undefined };
}

/** Undefined for an open run, which some servers find too when they are asked for a time of closing. */
function closedRun(info: temporal.api.workflow.v1.IWorkflowExecutionInfo): ClosedRun | undefined {
  const closedAt = fromTimestamp(info.closeTime);
  if (closedAt === undefined) return undefined;
  // As servers reckon it for the attribute ExecutionDuration: a delay before the first task does not count.
  const begun = fromTimestamp(info.executionTime) ?? fromTimestamp(info.startTime) ?? closedAt;
  return {
    workflowId: info.execution?.workflowId ?? '',
    runId: info.execution?.runId ?? '',
    closedAt,
    tookMs: Math.max(0, fromDuration(info.executionDuration) ?? closedAt - begun),
    isBad: BAD.has(statusOf(info.status)),
  };
}
