'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { soughtOf } from '../domain/sought.ts';
import { toProblem } from './api-client.ts';
import { sourceOf } from './run-source.ts';
import type { RunView } from './run-view.ts';

interface Found {
  readonly ids: readonly number[];
  readonly readTo: number;
}

export interface BodyFind {
  readonly found: ReadonlySet<number>;
  /** Event id; undefined when nothing is looked for. */
  readonly readTo: number | undefined;
  readonly isReading: boolean;
  /** Why it is not looked for further. */
  readonly problem: string | undefined;
}

/** Events of a run whose bodies hold what is looked for. Found as they are read, page by page; of a run that goes on, also those that come. */
export function useBodyFind({ run, events }: RunView, find: string): BodyFind {
  const client = useQueryClient();
  const queryKey = ['run', run, 'find', find] as const;
  const { data, error, isFetching, refetch } = useQuery({
    queryKey,
    enabled: find !== '',
    queryFn: async ({ signal }): Promise<Found> => {
      let known = client.getQueryData<Found>(queryKey) ?? { ids: [], readTo: 0 };
      for (;;) {
        const { ids, readTo, more } = await sourceOf(run).find(run, { sought: soughtOf(find), after: known.readTo }, { signal });
        known = { ids: [...known.ids, ...ids], readTo };
        if (!more) return known;
        client.setQueryData<Found>(queryKey, known);
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    structuralSharing: false,
  });
  const isBehind = data !== undefined && data.readTo < (events.at(-1)?.id ?? 0);
  useEffect(() => {
    if (isBehind && !isFetching && error === null) void refetch();
  }, [isBehind, isFetching, error, refetch]);
  const found = useMemo(() => new Set(data?.ids), [data]);
  return {
    found,
    readTo: find === '' ? undefined : (data?.readTo ?? 0),
    isReading: isFetching,
    problem: error === null ? undefined : toProblem(error).message,
  };
}
