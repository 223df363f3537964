/** What the pages of a namespace's state ask, with its key and its pace. A hidden tab asks nothing. */
import { queryOptions } from '@tanstack/react-query';
import { api } from './api-client.ts';

const OVERVIEW_MS = 15_000;
const ERRORS_MS = 15_000;
const QUEUES_MS = 10_000;
const WORKER_MS = 10_000;

export const overview = (namespace: string, isLive: boolean) =>
  queryOptions({
    queryKey: ['overview', namespace],
    queryFn: ({ signal }) => api.namespace.overview.query({ namespace }, { signal }),
    refetchInterval: isLive ? OVERVIEW_MS : false,
    retry: false,
  });

export const errors = (namespace: string, isLive: boolean) =>
  queryOptions({
    queryKey: ['errors', namespace],
    queryFn: ({ signal }) => api.error.list.query({ namespace }, { signal }),
    refetchInterval: isLive ? ERRORS_MS : false,
    retry: false,
  });

export const errorGroup = (namespace: string, id: string, isLive: boolean) =>
  queryOptions({
    queryKey: ['error', namespace, id],
    queryFn: ({ signal }) => api.error.describe.query({ namespace, id }, { signal }),
    refetchInterval: isLive ? ERRORS_MS : false,
    retry: false,
  });

export const queueSurvey = (namespace: string, isLive: boolean) =>
  queryOptions({
    queryKey: ['queue-survey', namespace],
    queryFn: ({ signal }) => api.taskQueue.survey.query({ namespace }, { signal }),
    refetchInterval: isLive ? QUEUES_MS : false,
    retry: false,
  });

export const worker = (namespace: string, key: string) =>
  queryOptions({
    queryKey: ['worker', namespace, key],
    queryFn: ({ signal }) => api.worker.describe.query({ namespace, key }, { signal }),
    refetchInterval: WORKER_MS,
    retry: false,
  });

export const heldBy = (namespace: string, identity: string) =>
  queryOptions({
    queryKey: ['held', namespace, identity],
    queryFn: ({ signal }) => api.worker.held.query({ namespace, identity }, { signal }),
    refetchInterval: WORKER_MS,
    enabled: identity !== '',
    retry: false,
  });
