'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { eventOfRow, needsBody, toHistoryEvent } from '../domain/history-event.ts';
import { patchOf } from '../domain/patch-marker.ts';
import type { Body } from '../domain/payload-json.ts';
import { RunFold } from '../domain/run-fold.ts';
import type { RunId } from './queries.ts';
import { sourceOf } from './run-source.ts';
import type { RunView } from './run-view.ts';

type Bodies = ReadonlyMap<number, Body>;
const NONE: Bodies = new Map();
const CHUNK = 200;
const AT_ONCE = 4;

/** The fold of a run, which grows with it. `isReading`: the few events that it needs whole are not all here. */
export function useRunFold({ run, events }: RunView): { fold: RunFold; isReading: boolean } {
  const client = useQueryClient();
  const needed = useMemo(() => events.filter(needsBody).map((event) => event.id), [events]);
  const { data } = useQuery<Bodies>({
    queryKey: ['run', run, 'whole', needed.length],
    queryFn: async ({ signal }) => {
      const before = client.getQueriesData<Bodies>({ queryKey: ['run', run, 'whole'] }).flatMap(([, known]) => [...(known ?? [])]);
      return load(run, needed, { known: new Map(before), signal });
    },
    staleTime: Number.POSITIVE_INFINITY,
    // While a few more are read, those that are here still count; another run's do not.
    placeholderData: (previous, query) => (query?.queryKey[1] === run ? previous : undefined),
    enabled: needed.length > 0,
    retry: 2,
  });
  const bodies = data ?? NONE;
  const fold = useMemo(
    () =>
      new RunFold({
        eventOf: (row, rows) => {
          const body = bodies.get(row.id);
          return body === undefined ? eventOfRow(row, rows) : toHistoryEvent(body);
        },
        patchOf: (row) => patchOf(bodies.get(row.id)),
      }),
    [bodies],
  );
  return { fold: fold.grow(events), isReading: bodies.size < needed.length };
}

async function load(
  run: RunId,
  ids: readonly number[],
  { known, signal }: { known: Map<number, Body>; signal: AbortSignal },
): Promise<Bodies> {
  const missing = ids.filter((id) => !known.has(id));
  const chunks = Array.from({ length: Math.ceil(missing.length / CHUNK) }, (_, index) => missing.slice(index * CHUNK, (index + 1) * CHUNK));
  for (let first = 0; first < chunks.length; first += AT_ONCE) {
    const answers = await Promise.all(chunks.slice(first, first + AT_ONCE).map((chunk) => sourceOf(run).bodies(run, chunk, { signal })));
    for (const { id, body } of answers.flat()) known.set(id, body as Body);
  }
  return known;
}
