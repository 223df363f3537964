/** Every question the pages ask, with its key and its pace. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { isOpen } from '../domain/status.ts';
import type { ApiOutput } from './api-client.ts';
import { api, isAway } from './api-client.ts';
import type { ListFilterState } from './list-address.ts';
import { fileOf } from './paths.ts';
import { sourceOf } from './run-source.ts';

export interface RunId {
  readonly namespace: string;
  readonly workflowId: string;
  readonly runId: string;
}

const LIST_MS = 5_000;
/** So many pages are kept; who wants to see what follows goes on from there. */
export const LIST_PAGES_MAX = 20;
/** Up to here all that is loaded is read again; further down only the first page is. */
export const LIST_PAGES_LIVE = 2;
const COUNT_MS = 15_000;
const PAGE_MS = 3_000;

export const systemInfo = () =>
  queryOptions({
    queryKey: ['system'],
    queryFn: ({ signal }) => api.system.info.query(undefined, { signal }),
    refetchInterval: (query) => (query.state.error ? 4_000 : 10_000),
    retry: false,
  });

export const namespaces = () =>
  queryOptions({
    queryKey: ['namespaces'],
    queryFn: ({ signal }) => api.namespace.list.query(undefined, { signal }),
    staleTime: 60_000,
    retry: false,
  });

/** A run as lists show it. */
export type ExecutionRow = ApiOutput['workflow']['list']['rows'][number];

export interface ListQuestion {
  readonly namespace: string;
  readonly filter: ListFilterState;
  /** `attr:NAME`, `memo:NAME`: what rows carry beside what every row has. */
  readonly fields: readonly string[];
  /** Where the first page begins; the newest runs without it. */
  readonly after: string | null;
}

const pageOf = ({ namespace, filter, fields }: ListQuestion, cursor: string | null, signal: AbortSignal) =>
  api.workflow.list.query({ namespace, filter: { ...filter, status: [...filter.status] }, fields: [...fields], cursor }, { signal });

export const executions = (question: ListQuestion, isLive: boolean) =>
  infiniteQueryOptions({
    queryKey: ['executions', question.namespace, question.filter, question.fields, question.after],
    queryFn: ({ pageParam, signal }) => pageOf(question, pageParam, signal),
    initialPageParam: question.after,
    getNextPageParam: (last, all) => (all.length < LIST_PAGES_MAX ? last.cursor : null),
    // Refetching asks for every loaded page again; for a reader far down the list `newest` does.
    refetchInterval: (query) => (isLive && (query.state.data?.pages.length ?? 0) <= LIST_PAGES_LIVE ? LIST_MS : false),
    refetchOnWindowFocus: (query) => (query.state.data?.pages.length ?? 0) <= LIST_PAGES_LIVE,
    placeholderData: (previous) => previous,
    retry: (count, error) => !isAway(error) && count < 1,
  });

/** The first page alone, to patch and to count what is new while more than that is loaded. */
export const newest = (question: ListQuestion, isEnabled: boolean) =>
  queryOptions({
    queryKey: ['newest', question.namespace, question.filter, question.fields],
    queryFn: ({ signal }) => pageOf(question, null, signal),
    refetchInterval: LIST_MS,
    enabled: isEnabled,
    retry: false,
  });

export const executionCounts = (namespace: string, filter: ListFilterState, isLive: boolean) =>
  queryOptions({
    queryKey: ['counts', namespace, { ...filter, status: [] }],
    queryFn: ({ signal }) => api.workflow.count.query({ namespace, filter: { ...filter, status: [] } }, { signal }),
    refetchInterval: isLive ? COUNT_MS : false,
    placeholderData: (previous) => previous,
    retry: false,
  });

export interface ActivitySpan {
  readonly from: number;
  readonly to: number;
  readonly buckets: number;
  /** What counts for a part of the span: a run's start, or its end. */
  readonly by?: 'start' | 'close';
}

/** A server that cannot count so much is not asked again. */
export const activity = (namespace: string, filter: ListFilterState, span: ActivitySpan) =>
  queryOptions({
    queryKey: ['activity', namespace, filter, span],
    queryFn: ({ signal }) =>
      api.workflow.activity.query({ namespace, filter: { ...filter, status: [...filter.status] }, ...span }, { signal }),
    staleTime: 60_000,
    placeholderData: (previous) => previous,
    retry: false,
  });

/** Asked once a minute at most, like the starts. */
export const latency = (namespace: string, filter: ListFilterState, span: { from: number; to: number; columns: number }) =>
  queryOptions({
    queryKey: ['latency', namespace, filter, span],
    queryFn: ({ signal }) =>
      api.workflow.latency.query({ namespace, filter: { ...filter, status: [...filter.status] }, ...span }, { signal }),
    staleTime: 60_000,
    placeholderData: (previous) => previous,
    retry: false,
  });

export const attributes = (namespace: string) =>
  queryOptions({
    queryKey: ['attributes', namespace],
    queryFn: ({ signal }) => api.workflow.attributes.query({ namespace }, { signal }),
    staleTime: 60_000,
    retry: false,
  });

export const description = (run: RunId, isLive = true) =>
  queryOptions({
    queryKey: ['run', run, 'description'],
    queryFn: ({ signal }) => sourceOf(run).describe(run, { signal }),
    refetchInterval: (query) =>
      isLive && (query.state.error !== null || query.state.data === undefined || isOpen(query.state.data.status)) ? PAGE_MS : false,
    retry: false,
  });

const WHY_MS = 3_000;
const WAITING_MS = 10_000;

/** Why an open run does not move; asked again while the page is looked at. */
export const why = (run: RunId, isEnabled: boolean, isLive = true) =>
  queryOptions({
    queryKey: ['run', run, 'why'],
    queryFn: ({ signal }) => api.workflow.why.query(run, { signal }),
    refetchInterval: isLive ? WHY_MS : false,
    enabled: isEnabled,
    retry: false,
  });

/** What the open runs on the screen wait for. */
export const waiting = (
  namespace: string,
  runs: readonly { readonly workflowId: string; readonly runId: string }[],
  { isEnabled, isLive }: { readonly isEnabled: boolean; readonly isLive: boolean },
) =>
  queryOptions({
    queryKey: ['waiting', namespace, runs.map(({ runId }) => runId)],
    queryFn: ({ signal }) => api.workflow.waiting.query({ namespace, runs: [...runs] }, { signal }),
    refetchInterval: isLive ? WAITING_MS : false,
    staleTime: WAITING_MS / 2,
    placeholderData: (previous) => previous,
    enabled: isEnabled && runs.length > 0,
    retry: false,
  });

interface ListedRun {
  readonly workflowId: string;
  readonly runId: string;
  readonly status: string;
}

/** Of what a run was given and has answered: that changes once, when it ends. */
export const valuesKey = ({ runId, status }: ListedRun): string => `${runId} ${isOpen(status) ? 'open' : 'ended'}`;

/** What stands at `input:PATH` and `result:PATH`, for each of the runs by its `valuesKey`; nothing of those that are gone. */
export const runValues = (namespace: string, runs: readonly ListedRun[], fields: readonly string[]) =>
  queryOptions({
    queryKey: ['values', namespace, fields, runs.map(valuesKey)],
    queryFn: async ({ signal }) => {
      const asked = runs.map(({ workflowId, runId }) => ({ workflowId, runId }));
      const found = await api.workflow.values.query({ namespace, runs: asked, fields: [...fields] }, { signal });
      const byRun = new Map(found.map(({ runId, values }) => [runId, values]));
      return runs.map((run) => [valuesKey(run), byRun.get(run.runId) ?? {}] as const);
    },
    staleTime: Number.POSITIVE_INFINITY,
    enabled: runs.length > 0 && fields.length > 0,
    retry: false,
  });

/** What is kept of attempts beside the history; null where the server keeps nothing of it. */
export const attempts = (
  run: RunId,
  { isEnabled, isRunning, isLive }: { readonly isEnabled: boolean; readonly isRunning: boolean; readonly isLive: boolean },
) =>
  queryOptions({
    // The end of a run is asked about once more.
    queryKey: ['run', run, 'attempts', isRunning],
    queryFn: ({ signal }) => api.workflow.attempts.query(run, { signal }),
    // A server that keeps none is asked once.
    refetchInterval: (query) => (isLive && isRunning && query.state.data !== null ? PAGE_MS : false),
    placeholderData: (previous) => previous,
    enabled: isEnabled,
    retry: false,
  });

export const eventBodies = (run: RunId, ids: readonly number[]) =>
  queryOptions({
    queryKey: ['run', run, 'bodies', ids],
    queryFn: ({ signal }) => sourceOf(run).bodies(run, ids, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: ids.length > 0,
    retry: false,
  });

/** Histories longer than this are not read for their last event. */
const LAST_OF_MAX = 5_000;

/** Of a closed run; null when its history is too long to be read for that. */
export const lastEvent = (run: RunId, events: number, isEnabled: boolean) =>
  queryOptions({
    queryKey: ['run', run, 'last', events],
    queryFn: async ({ signal }) => (await api.workflow.history.query({ ...run, after: events - 1 }, { signal })).rows.at(-1) ?? null,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isEnabled && events > 0 && events <= LAST_OF_MAX,
    retry: false,
  });

/** The same as they were written; see `RunSource.wire`. */
export const wireBodies = (run: RunId, ids: readonly number[]) =>
  queryOptions({
    queryKey: ['run', run, 'wire', ids],
    queryFn: ({ signal }) => sourceOf(run).wire(run, ids, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: ids.length > 0,
    retry: false,
  });

/** All that the server says of a run, as it says it. */
export const rawDescription = (run: RunId, isLive: boolean) =>
  queryOptions({
    queryKey: ['run', run, 'raw'],
    queryFn: ({ signal }) => api.workflow.raw.query(run, { signal }),
    refetchInterval: isLive ? PAGE_MS : false,
    // No server is asked about the run of a file.
    enabled: fileOf(run.namespace) === undefined,
    retry: false,
  });

const DETAILS_MS = 15_000;

/** What the run's worker says of it. Details that it keeps are read again while somebody follows the run. */
export const handlers = (run: RunId, isEnabled: boolean, isLive = false) =>
  queryOptions({
    queryKey: ['run', run, 'handlers'],
    queryFn: ({ signal }) => api.workflow.handlers.query(run, { signal }),
    staleTime: 30_000,
    refetchInterval: (query) => (isLive && query.state.data?.details ? DETAILS_MS : false),
    enabled: isEnabled,
    retry: false,
  });

export const queues = (namespace: string) =>
  queryOptions({
    queryKey: ['queues', namespace],
    queryFn: ({ signal }) => api.taskQueue.list.query({ namespace }, { signal }),
    refetchInterval: 10_000,
    retry: false,
  });

export const queue = (namespace: string, name: string, isEnabled = true) =>
  queryOptions({
    queryKey: ['queue', namespace, name],
    queryFn: ({ signal }) => api.taskQueue.describe.query({ namespace, queue: name }, { signal }),
    refetchInterval: 5_000,
    enabled: isEnabled && name !== '',
    retry: false,
  });

export const workers = (namespace: string) =>
  queryOptions({
    queryKey: ['workers', namespace],
    queryFn: ({ signal }) => api.worker.list.query({ namespace }, { signal }),
    refetchInterval: 10_000,
    retry: false,
  });
