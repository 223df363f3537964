import { setTimeout } from 'node:timers/promises';
import { tracked } from '@trpc/server';
import { z } from 'zod';
import type { EventRow } from '../model/event-row.ts';
import { executionInput, procedure } from '../procedure.ts';

const ROWS_MAX = 1000;
/** A run that is busy is drawn twice a second: what happens in between comes together. */
const TOGETHER_MS = 500;

export interface HistoryUpdate {
  readonly rows: readonly EventRow[];
  readonly ended: boolean;
  /** Why nothing comes at the moment; null when the stream is well. */
  readonly lost: string | null;
}

/** New rows as they happen. Each message is tracked by its last event id, so a lost connection continues where it stopped. */
export const onHistory = procedure
  .input(executionInput.extend({ after: z.number().int().min(0).default(0), lastEventId: z.string().nullish() }))
  .subscription(async function* ({ ctx, input, signal }) {
    const stop = signal ?? new AbortController().signal;
    const feed = ctx.feeds.of(input);
    const unfollow = feed.follow();
    try {
      let cursor = input.lastEventId ? Number(input.lastEventId) || 0 : input.after;
      let lost: string | undefined;
      while (!stop.aborted) {
        const rows = feed.rows.slice(cursor, cursor + ROWS_MAX);
        cursor += rows.length;
        const ended = feed.ended && cursor >= feed.rows.length;
        if (rows.length > 0 || ended || lost !== feed.lost) {
          lost = feed.lost;
          yield tracked(String(cursor), { rows, ended, lost: lost ?? null } satisfies HistoryUpdate);
        }
        if (ended) return;
        if (rows.length > 0) await setTimeout(TOGETHER_MS, undefined, { signal: stop }).catch(() => undefined);
        if (cursor >= feed.rows.length && lost === feed.lost) await feed.changed(stop);
      }
    } finally {
      unfollow();
    }
  });
