import { z } from 'zod';
import type { EventRow } from '../model/event-row.ts';
import { executionInput, procedure } from '../procedure.ts';

export const ROWS_MAX = 4096;

export interface HistoryPage {
  readonly rows: readonly EventRow[];
  /** Events of the run as the server last said, this page's and all others. */
  readonly total: number;
  /** The run has ended and `rows` reaches its last event. */
  readonly ended: boolean;
  /** Ask again with the last id of `rows`; ids are dense, so several pages can be asked for at once. */
  readonly more: boolean;
}

/** Rows after an event id, without bodies: enough to draw a run. Answers as soon as they are read, however many follow. */
export const history = procedure
  .input(
    executionInput.extend({
      after: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(ROWS_MAX).default(ROWS_MAX),
    }),
  )
  .query(async ({ ctx, input: { after, limit, ...run } }): Promise<HistoryPage> => {
    const feed = ctx.feeds.of(run);
    await feed.reach(after + limit);
    // Event ids are dense and start at 1, so the id is the index of the next row.
    const rows = feed.rows.slice(after, after + limit);
    const more = after + rows.length < feed.length;
    return { rows, total: feed.length, ended: feed.ended && !more, more };
  });
