import { z } from 'zod';
import type { EventRow } from '../model/event-row.ts';
import { executionInput, procedure } from '../procedure.ts';

const ROWS_MAX = 4096;

export interface HistoryPage {
  readonly rows: readonly EventRow[];
  /** The run has ended and `rows` reaches its last event. */
  readonly ended: boolean;
  /** Ask again with the last id of `rows`. */
  readonly more: boolean;
}

/** Rows after an event id, without bodies: enough to draw a run. */
export const history = procedure
  .input(executionInput.extend({ after: z.number().int().min(0).default(0) }))
  .query(async ({ ctx, input }): Promise<HistoryPage> => {
    const feed = ctx.feeds.of(input);
    await feed.catchUp();
    // Event ids are dense and start at 1, so the id is the index of the next row.
    const rows = feed.rows.slice(input.after, input.after + ROWS_MAX);
    const more = input.after + rows.length < feed.rows.length;
    return { rows, ended: feed.ended && !more, more };
  });
