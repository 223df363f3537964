/** Pages of runs that a query finds, in the order of the index. */
import type { NamespaceRecord } from '../persistence/ports/namespace-store.ts';
import type { VisibilityCursor, VisibilityRecord, VisibilityStore } from '../persistence/ports/visibility-store.ts';
import { parseQuery } from './model/parse-query.ts';
import { QueryFault } from './model/tokens.ts';

export interface ListQuery {
  readonly namespace: NamespaceRecord;
  readonly query: string;
  readonly sizeMax: number;
  /** Empty for the first page. */
  readonly pageToken: Uint8Array;
}

export type ListResult =
  | { readonly kind: 'page'; readonly records: readonly VisibilityRecord[]; readonly nextPageToken: Uint8Array }
  | { readonly kind: 'fault'; readonly message: string };

export async function listRuns(store: VisibilityStore, { namespace, query, sizeMax, pageToken }: ListQuery): Promise<ListResult> {
  const after = decodeToken(pageToken);
  if (after === 'invalid') return { kind: 'fault', message: 'invalid NextPageToken' };
  try {
    const { filter, groupBy } = parseQuery(query, namespace);
    if (groupBy !== undefined) throw new QueryFault("operation is not supported: 'GROUP BY' clause");
    const page = await store.list({
      namespaceId: namespace.id,
      sizeMax,
      ...(filter === undefined ? {} : { filter }),
      ...(after === undefined ? {} : { after }),
    });
    return { kind: 'page', records: page.records, nextPageToken: page.next === undefined ? new Uint8Array() : encodeToken(page.next) };
  } catch (error) {
    if (error instanceof QueryFault) return { kind: 'fault', message: `invalid query: ${error.message}` };
    throw error;
  }
}

const encodeToken = ({ closeTime, startTime, runId }: VisibilityCursor): Uint8Array =>
  Buffer.from(JSON.stringify([closeTime ?? null, startTime, runId]));

function decodeToken(bytes: Uint8Array): VisibilityCursor | undefined | 'invalid' {
  if (bytes.length === 0) return undefined;
  try {
    const [closeTime, startTime, runId] = JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown[];
    const isClose = closeTime === null || typeof closeTime === 'number';
    if (isClose && typeof startTime === 'number' && typeof runId === 'string')
      return { closeTime: closeTime ?? undefined, startTime, runId };
    return 'invalid';
  } catch {
    return 'invalid';
  }
}
