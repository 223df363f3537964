import { z } from 'zod';
import type { EventRow } from '../model/event-row.ts';
import { deadline, executionInput, procedure } from '../procedure.ts';
import { toEventRow } from '../run/event-row.ts';

const NEWEST_MAX = 500;

/** The newest rows of a run, oldest first, without those before them: of a long history both ends can be drawn while the middle is read. */
export const historyEnd = procedure
  .input(executionInput.extend({ limit: z.number().int().min(1).max(NEWEST_MAX).default(200) }))
  .query(async ({ ctx, input: { limit, ...run } }): Promise<readonly EventRow[]> => {
    const feed = ctx.feeds.of(run);
    // What is read already need not be asked for.
    if (feed.ended) return feed.rows.slice(-limit);
    const { namespace, workflowId, runId } = run;
    const { history } = await ctx.workflow.getWorkflowExecutionHistoryReverse(
      { namespace, execution: { workflowId, runId }, maximumPageSize: limit },
      deadline(),
    );
    return (history?.events ?? []).slice(0, limit).reverse().map(toEventRow);
  });
