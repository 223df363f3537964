import { z } from 'zod';
import type { ExecutionRow } from '../model/execution-row.ts';
import type { ApiContext } from '../procedure.ts';
import { deadline, namespaceInput, procedure } from '../procedure.ts';
import { toExecutionRow } from './execution-row.ts';
import type { ListFilter } from './list-filter.ts';
import { filterInput, toListFilter } from './list-filter.ts';

const PAGE_MAX = 100;
/** The server finds prefixes by index. A fragment from the middle is looked for in this many of the newest runs, and the page says so. */
const SCAN = { pageSize: 500, rowsMax: 2000, enough: 20 };

export interface ExecutionPage {
  readonly rows: readonly ExecutionRow[];
  readonly cursor: string | null;
  /** How many runs were looked through for the fragment; null when the index alone answered. */
  readonly scanned: number | null;
  /** Rows that were found by looking: the query does not name them, and no count holds them. */
  readonly beyondQuery: number;
  /** The filters in the list filter language of the protocol; empty when there are none. */
  readonly query: string;
}

export const list = procedure
  .input(
    namespaceInput.extend({
      filter: filterInput.prefault({}),
      /** `attr:NAME` or `memo:NAME`: what rows carry beside what every row has. */
      fields: z.array(z.string().max(255)).max(24).default([]),
      cursor: z.string().max(4000).nullish(),
      pageSize: z.number().int().min(1).max(PAGE_MAX).default(PAGE_MAX),
    }),
  )
  .query(async ({ ctx, input, signal }): Promise<ExecutionPage> => {
    const query = toListFilter(input.filter);
    const response = await ctx.workflow.listWorkflowExecutions(
      {
        namespace: input.namespace,
        pageSize: input.pageSize,
        query,
        ...(input.cursor ? { nextPageToken: Buffer.from(input.cursor, 'base64url') } : {}),
      },
      { ...deadline(), ...(signal ? { signal } : {}) },
    );
    const rows = response.executions.map((one) => toExecutionRow(one, input.fields));
    const cursor = response.nextPageToken?.length ? Buffer.from(response.nextPageToken).toString('base64url') : null;
    if (!input.filter.id || input.cursor || rows.length >= SCAN.enough) return { rows, cursor, scanned: null, beyondQuery: 0, query };
    const scan = await containing({ ctx, namespace: input.namespace, filter: input.filter, fields: input.fields, signal });
    const known = new Set(rows.map((row) => row.runId));
    const more = scan.rows.filter((row) => !known.has(row.runId));
    return { rows: [...rows, ...more].slice(0, PAGE_MAX), cursor, scanned: scan.scanned, beyondQuery: more.length, query };
  });

interface Scan {
  readonly ctx: ApiContext;
  readonly namespace: string;
  readonly filter: ListFilter;
  readonly fields: readonly string[];
  readonly signal: AbortSignal | undefined;
}

async function containing({ ctx, namespace, filter, fields, signal }: Scan): Promise<{ rows: ExecutionRow[]; scanned: number }> {
  const fragment = filter.id.toLowerCase();
  const query = toListFilter(filter, ['id']);
  const rows: ExecutionRow[] = [];
  let scanned = 0;
  let token: Uint8Array | undefined;
  do {
    const page = await ctx.workflow.listWorkflowExecutions(
      { namespace, pageSize: SCAN.pageSize, query, ...(token ? { nextPageToken: token } : {}) },
      { ...deadline(), ...(signal ? { signal } : {}) },
    );
    const found = page.executions.map((one) => toExecutionRow(one, fields));
    scanned += found.length;
    rows.push(...found.filter((row) => row.workflowId.toLowerCase().includes(fragment) || row.runId.startsWith(fragment)));
    token = page.nextPageToken?.length ? page.nextPageToken : undefined;
  } while (token !== undefined && scanned < SCAN.rowsMax && rows.length < PAGE_MAX);
  return { rows, scanned };
}
