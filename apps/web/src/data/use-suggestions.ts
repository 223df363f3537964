'use client';
import { useQuery } from '@tanstack/react-query';
import { api } from './api-client.ts';
import { queues } from './queries.ts';

const NO_FILTER = { status: [], type: '', id: '', queue: '', query: '' } as const;

export interface Suggestions {
  readonly types: readonly string[];
  readonly queues: readonly string[];
}

/** Types and queues that were seen in the namespace. */
export function useSuggestions(namespace: string): Suggestions {
  const recent = useQuery({
    queryKey: ['recent-types', namespace],
    queryFn: () => api.workflow.list.query({ namespace, filter: { ...NO_FILTER, status: [] }, pageSize: 100 }),
    staleTime: 30_000,
    retry: false,
  });
  const known = useQuery(queues(namespace));
  return {
    types: [...new Set((recent.data?.rows ?? []).map((row) => row.type))].sort(),
    queues: (known.data ?? []).map((one) => one.name),
  };
}
