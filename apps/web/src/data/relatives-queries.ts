/** What the pages of a run ask about other runs. */
import { queryOptions } from '@tanstack/react-query';
import { api } from './api-client.ts';
import type { ListFilterState } from './list-address.ts';
import type { RunId } from './queries.ts';

const FEW = 5;
const STALE_MS = 30_000;

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

interface Known {
  readonly type: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** Runs that one likes to lay beside this one: null where there is none. */
export const comparable = (run: RunId, known: Known | undefined) =>
  queryOptions({
    queryKey: ['comparable', run, known?.type, known?.startedAt],
    queryFn: async ({ signal }) => {
      const { namespace, workflowId, runId } = run;
      const { type = '', startedAt = 0 } = known ?? {};
      const ask = (filter: Parameters<typeof api.workflow.list.query>[0]['filter']) =>
        api.workflow.list.query({ namespace, filter, pageSize: FEW }, { signal });
      const [sameId, sameType] = await Promise.all([
        ask({ query: `WorkflowId = ${quoted(workflowId)}`, startedTo: startedAt }),
        ask({ type, status: ['Completed'] }),
      ]);
      return {
        previous: sameId.rows.find((row) => row.runId !== runId) ?? null,
        success: sameType.rows.find((row) => row.runId !== runId) ?? null,
      };
    },
    enabled: known !== undefined,
    staleTime: STALE_MS,
    retry: false,
  });

/** Who started a run, and who started that one. */
export const ancestors = (run: RunId, isEnabled: boolean) =>
  queryOptions({
    queryKey: ['run', run, 'ancestors'],
    queryFn: ({ signal }) => api.workflow.ancestors.query(run, { signal }),
    staleTime: STALE_MS,
    enabled: isEnabled,
    retry: false,
  });

/** One page of the runs that a run started; `cursor` is null for the first. */
export const childPage = (run: RunId, cursor: string | null) =>
  queryOptions({
    queryKey: ['run', run, 'children', cursor],
    queryFn: ({ signal }) => api.workflow.children.query({ ...run, cursor }, { signal }),
    staleTime: STALE_MS,
    retry: false,
  });

/** The runs that continue each other, this one among them. */
export const chain = (run: RunId) =>
  queryOptions({
    queryKey: ['run', run, 'chain'],
    queryFn: ({ signal }) => api.workflow.chain.query(run, { signal }),
    staleTime: STALE_MS,
    retry: false,
  });

const SAMPLE_STALE_MS = 60_000;
/** So many runs tell how long steps take. */
export const STEP_RUNS = 40;

interface SampleQuestion {
  readonly namespace: string;
  readonly filter: ListFilterState;
  /** How many runs are read. */
  readonly count: number;
  /** A run that is not to be among them. */
  readonly except?: string;
  /** To work out the critical path of each. */
  readonly withTasks?: boolean;
}

/** The steps of the newest closed runs of a filter, each history read once. */
export const sample = ({ namespace, filter, count, except = '', withTasks = false }: SampleQuestion, isEnabled = true) =>
  queryOptions({
    queryKey: ['sample', namespace, filter, count, except, withTasks],
    queryFn: ({ signal }) =>
      api.workflow.sample.query({ namespace, filter: { ...filter, status: [...filter.status] }, count, except, withTasks }, { signal }),
    staleTime: SAMPLE_STALE_MS,
    enabled: isEnabled,
    retry: false,
  });
