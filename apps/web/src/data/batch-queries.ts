/** What the pages of batch jobs ask, with its key and its pace. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from './api-client.ts';

const LIST_MS = 5_000;
const RUNNING_MS = 1_000;

export const batches = (namespace: string, isLive: boolean) =>
  infiniteQueryOptions({
    queryKey: ['batches', namespace],
    queryFn: ({ pageParam, signal }) => api.batch.list.query({ namespace, cursor: pageParam }, { signal }),
    // Widened: the first page has no cursor.
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.cursor,
    refetchInterval: isLive ? LIST_MS : false,
    retry: false,
  });

export const batch = (namespace: string, jobId: string) =>
  queryOptions({
    queryKey: ['batch', namespace, jobId],
    queryFn: ({ signal }) => api.batch.describe.query({ namespace, jobId }, { signal }),
    refetchInterval: (query) => (query.state.data === undefined || query.state.data.state === 'Running' ? RUNNING_MS : false),
    retry: false,
  });

/** How many runs a list filter finds, and how many of them are open. */
export const matching = (namespace: string, query: string) =>
  queryOptions({
    queryKey: ['matching', namespace, query],
    queryFn: ({ signal }) => api.workflow.count.query({ namespace, filter: { query } }, { signal }),
    enabled: query !== '',
    staleTime: 5_000,
    retry: false,
  });
