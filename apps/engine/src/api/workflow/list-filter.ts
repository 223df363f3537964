/** From the filters of the console's list to the list filter language of the protocol. */
import { z } from 'zod';

export const STATUS_NAMES = ['Running', 'Completed', 'Failed', 'Canceled', 'Terminated', 'ContinuedAsNew', 'TimedOut', 'Paused'] as const;

export const filterInput = z.object({
  status: z.array(z.enum(STATUS_NAMES)).max(8).default([]),
  type: z.string().max(255).default(''),
  /** A piece of a workflow id, or a whole run id. */
  id: z.string().max(255).default(''),
  /** Milliseconds since the epoch. */
  startedFrom: z.number().optional(),
  startedTo: z.number().optional(),
  queue: z.string().max(255).default(''),
  /** A list filter as people write it, or one that names some runs; joined to the rest by AND. */
  query: z.string().max(8000).default(''),
});
export type ListFilter = z.infer<typeof filterInput>;

export const quote = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const RUN_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** An empty text when nothing is filtered. `id` and `status` may be left out: the fallback scan and the counts need that. */
export function toListFilter(filter: ListFilter, leaveOut: readonly ('id' | 'status')[] = []): string {
  const parts: string[] = [];
  if (filter.status.length > 0 && !leaveOut.includes('status')) parts.push(`ExecutionStatus IN (${filter.status.map(quote).join(', ')})`);
  if (filter.type) parts.push(`WorkflowType = ${quote(filter.type)}`);
  if (filter.queue) parts.push(`TaskQueue = ${quote(filter.queue)}`);
  if (filter.startedFrom !== undefined) parts.push(`StartTime >= ${quote(new Date(filter.startedFrom).toISOString())}`);
  if (filter.startedTo !== undefined) parts.push(`StartTime <= ${quote(new Date(filter.startedTo).toISOString())}`);
  if (filter.id && !leaveOut.includes('id')) parts.push(byId(filter.id));
  // Alone it is sent as it was written, so that people find their own words again.
  if (filter.query) parts.push(parts.length === 0 ? filter.query : `(${filter.query})`);
  return parts.join(' AND ');
}

/** The filter and one condition more. What was written may hold an OR, so that it gets brackets. */
export function narrowed(filter: ListFilter, condition: string): string {
  const query = filter.query ? `(${filter.query})` : '';
  return [toListFilter({ ...filter, query: '' }), query, condition].filter((part) => part !== '').join(' AND ');
}

function byId(id: string): string {
  const prefix = `WorkflowId STARTS_WITH ${quote(id)}`;
  return RUN_ID.test(id) ? `(${prefix} OR RunId = ${quote(id)})` : prefix;
}
