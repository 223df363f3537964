import { StatusCode } from '@tidemark/protocol/errors';
import { z } from 'zod';
import { deadline, hasCode, namespaceInput, procedure } from '../procedure.ts';
import type { ScheduleRow } from './schedule-row.ts';
import { toScheduleRow } from './schedule-row.ts';

const PAGE = 500;
/** A piece of an id is looked for in this many schedules, and the page says so when there are more. */
const SCANNED_MAX = 5000;
const ROWS_MAX = 2000;

export interface ScheduleList {
  /** The server has no schedules; the page says so. */
  readonly isSupported: boolean;
  readonly rows: readonly ScheduleRow[];
  /** Of those that were read, how many the filter lets through. */
  readonly matching: number;
  readonly scanned: number;
  /** There are more than were read. */
  readonly isCut: boolean;
  /** Of those that were read, in order. */
  readonly types: readonly string[];
}

/** Servers find schedules by their whole id at best, so the api reads them and filters. */
export const list = procedure
  .input(
    namespaceInput.extend({
      id: z.string().max(255).default(''),
      type: z.string().max(1000).default(''),
      isPaused: z.boolean().nullable().default(null),
      rowsMax: z.number().int().min(1).max(ROWS_MAX).default(200),
    }),
  )
  .query(async ({ ctx, input, signal }): Promise<ScheduleList> => {
    const all: ScheduleRow[] = [];
    let token: Uint8Array | undefined;
    try {
      do {
        const page = await ctx.workflow.listSchedules(
          { namespace: input.namespace, maximumPageSize: PAGE, ...(token ? { nextPageToken: token } : {}) },
          { ...deadline(), ...(signal ? { signal } : {}) },
        );
        all.push(...page.schedules.map(toScheduleRow));
        token = page.nextPageToken?.length ? page.nextPageToken : undefined;
      } while (token !== undefined && all.length < SCANNED_MAX);
    } catch (error) {
      if (!hasCode(error, StatusCode.UNIMPLEMENTED)) throw error;
      return { isSupported: false, rows: [], matching: 0, scanned: 0, isCut: false, types: [] };
    }
    const fragment = input.id.toLowerCase();
    const found = all.filter(
      (row) =>
        row.id.toLowerCase().includes(fragment) &&
        (input.type === '' || row.type === input.type) &&
        (input.isPaused === null || row.isPaused === input.isPaused),
    );
    return {
      isSupported: true,
      rows: found.sort((a, b) => a.id.localeCompare(b.id)).slice(0, input.rowsMax),
      matching: found.length,
      scanned: all.length,
      isCut: token !== undefined,
      types: [...new Set(all.map((row) => row.type).filter(Boolean))].sort(),
    };
  });
