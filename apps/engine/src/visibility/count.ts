/** How many runs a query finds, by status where that is asked for. */
import type { NamespaceRecord } from '../persistence/ports/namespace-store.ts';
import type { VisibilityStore } from '../persistence/ports/visibility-store.ts';
import { parseQuery } from './model/parse-query.ts';
import { QueryFault } from './model/tokens.ts';

export type CountResult =
  | { readonly kind: 'counted'; readonly count: number; readonly groups: readonly { readonly status: number; readonly count: number }[] }
  | { readonly kind: 'fault'; readonly message: string };

export async function countRuns(
  store: VisibilityStore,
  { namespace, query }: { readonly namespace: NamespaceRecord; readonly query: string },
): Promise<CountResult> {
  try {
    const { filter, groupBy } = parseQuery(query, namespace);
    const where = { namespaceId: namespace.id, ...(filter === undefined ? {} : { filter }) };
    if (groupBy === undefined) return { kind: 'counted', count: await store.count(where), groups: [] };
    const groups = await store.countByStatus(where);
    return { kind: 'counted', count: groups.reduce((sum, group) => sum + group.count, 0), groups };
  } catch (error) {
    if (error instanceof QueryFault) return { kind: 'fault', message: `invalid query: ${error.message}` };
    throw error;
  }
}
