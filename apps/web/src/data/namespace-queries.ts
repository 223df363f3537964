/** What the pages of namespaces ask, with its key and its pace. */
import { queryOptions } from '@tanstack/react-query';
import { api } from './api-client.ts';

export const namespace = (name: string) =>
  queryOptions({
    queryKey: ['namespace', name],
    queryFn: ({ signal }) => api.namespace.describe.query({ namespace: name }, { signal }),
    staleTime: 30_000,
    retry: false,
  });

export const searchAttributes = (name: string) =>
  queryOptions({
    queryKey: ['search-attributes', name],
    queryFn: ({ signal }) => api.searchAttribute.list.query({ namespace: name }, { signal }),
    staleTime: 30_000,
    retry: false,
  });
