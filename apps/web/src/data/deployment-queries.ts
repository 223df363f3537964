/** What the pages of worker deployments ask, with its key and its pace. A hidden tab asks nothing. */
import { queryOptions } from '@tanstack/react-query';
import { api } from './api-client.ts';

const DEPLOYMENTS_MS = 10_000;
/** Whether there is any changes once in the life of a namespace. */
const ANY_MS = 5 * 60_000;

export const hasDeployments = (namespace: string) =>
  queryOptions({
    queryKey: ['deployments', namespace, 'any'],
    queryFn: ({ signal }) => api.deployment.any.query({ namespace }, { signal }),
    staleTime: ANY_MS,
    retry: false,
  });

export const deployments = (namespace: string, isLive: boolean) =>
  queryOptions({
    queryKey: ['deployments', namespace],
    queryFn: ({ signal }) => api.deployment.list.query({ namespace }, { signal }),
    refetchInterval: isLive ? DEPLOYMENTS_MS : false,
    retry: false,
  });

export const deployment = (namespace: string, name: string, isLive: boolean) =>
  queryOptions({
    queryKey: ['deployment', namespace, name],
    queryFn: ({ signal }) => api.deployment.describe.query({ namespace, name }, { signal }),
    refetchInterval: isLive ? DEPLOYMENTS_MS : false,
    retry: false,
  });
