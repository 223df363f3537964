import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from './api-client.ts';

export interface AuditQuestion {
  /** Empty for what belongs to none. */
  readonly namespace: string;
  readonly workflowId: string;
  readonly who: string;
}

const AUDIT_MS = 10_000;

export const audit = ({ namespace, workflowId, who }: AuditQuestion, isLive: boolean) =>
  infiniteQueryOptions({
    queryKey: ['audit', namespace, workflowId, who],
    queryFn: ({ pageParam, signal }) =>
      api.audit.list.query(
        { namespace, ...(workflowId ? { workflowId } : {}), ...(who ? { who } : {}), ...(pageParam ? { before: pageParam } : {}) },
        { signal },
      ),
    // Widened: the first page has no position.
    initialPageParam: null as { readonly at: number; readonly id: string } | null,
    getNextPageParam: (last) => last.next,
    // Entries do not change once they are settled; whoever has gone back in time is left in peace.
    refetchInterval: (query) => (isLive && (query.state.data?.pages.length ?? 0) <= 1 ? AUDIT_MS : false),
    placeholderData: (previous) => previous,
    retry: false,
  });
