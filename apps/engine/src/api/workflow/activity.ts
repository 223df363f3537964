import { z } from 'zod';
import type { ApiContext } from '../procedure.ts';
import { deadline, namespaceInput, procedure } from '../procedure.ts';
import type { StatusCounts } from './count-by-status.ts';
import { closedOf, countByStatus } from './count-by-status.ts';
import type { ListFilter } from './list-filter.ts';
import { filterInput, narrowed, quote } from './list-filter.ts';

const BUCKETS_MAX = 60;
const AT_ONCE = 6;
/** A server that needs longer than this is not asked again for the same picture. */
const ALL_MS = 4_000;

export interface ActivityBucket {
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly byStatus: StatusCounts;
}

interface Slot {
  readonly field: 'StartTime' | 'CloseTime';
  readonly namespace: string;
  readonly filter: ListFilter;
  readonly from: number;
  readonly to: number;
}

/** How many runs started, or ended, when, by their status now: one count for each part of the span, all within one deadline. */
export const activity = procedure
  .input(
    namespaceInput.extend({
      filter: filterInput.prefault({}),
      from: z.number(),
      to: z.number(),
      by: z.enum(['start', 'close']).default('start'),
      buckets: z.number().int().min(1).max(BUCKETS_MAX),
    }),
  )
  .query(async ({ ctx, input, signal }): Promise<readonly ActivityBucket[]> => {
    const { startedFrom: _from, startedTo: _to, ...filter } = input.filter;
    const width = (input.to - input.from) / input.buckets;
    const slots = Array.from({ length: input.buckets }, (_, index) => ({
      namespace: input.namespace,
      field: input.by === 'start' ? ('StartTime' as const) : ('CloseTime' as const),
      filter,
      from: Math.round(input.from + index * width),
      to: Math.round(input.from + (index + 1) * width),
    }));
    const options = { ...deadline(ALL_MS), ...(signal ? { signal } : {}) };
    const found: ActivityBucket[] = [];
    for (let at = 0; at < slots.length; at += AT_ONCE)
      found.push(...(await Promise.all(slots.slice(at, at + AT_ONCE).map((slot) => countSlot(ctx, slot, options)))));
    return found;
  });

async function countSlot(
  ctx: ApiContext,
  { namespace, field, filter, from, to }: Slot,
  options: { readonly deadline: number; readonly signal?: AbortSignal },
): Promise<ActivityBucket> {
  const span = `${field} >= ${quote(new Date(from).toISOString())} AND ${field} < ${quote(new Date(to).toISOString())}`;
  const { byStatus } = await countByStatus(ctx, { namespace, filter: narrowed(filter, span) }, options);
  return { from, byStatus: field === 'CloseTime' ? closedOf(byStatus) : byStatus };
}
