/** What the pages of schedules ask, with its key and its pace. */
import { queryOptions } from '@tanstack/react-query';
import { api } from './api-client.ts';
import type { ScheduleFilter } from './schedule-filter.ts';

const LIST_MS = 10_000;
const PAGE_MS = 3_000;

export const schedules = (namespace: string, filter: ScheduleFilter, { rowsMax, isLive }: { rowsMax: number; isLive: boolean }) =>
  queryOptions({
    queryKey: ['schedules', namespace, filter, rowsMax],
    queryFn: ({ signal }) => api.schedule.list.query({ namespace, ...filter, rowsMax }, { signal }),
    refetchInterval: isLive ? LIST_MS : false,
    placeholderData: (previous) => previous,
    retry: false,
  });

export const schedule = (namespace: string, id: string, isLive = true) =>
  queryOptions({
    queryKey: ['schedule', namespace, id],
    queryFn: ({ signal }) => api.schedule.describe.query({ namespace, id }, { signal }),
    refetchInterval: isLive ? PAGE_MS : false,
    retry: false,
  });
