'use client';
import { useQueryClient } from '@tanstack/react-query';
import { PrefetchKind } from 'next/dist/client/components/router-reducer/router-reducer-types.js';
import { useRouter } from 'next/navigation';
import type { RefObject } from 'react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { paths } from '../../data/paths.ts';
import type { ExecutionRow } from '../../data/queries.ts';
import { description } from '../../data/queries.ts';
import { rowIndexOf } from './row-place.ts';
import { watchRest } from './watch-rest.ts';

interface ReadAhead {
  readonly namespace: string;
  readonly rows: readonly ExecutionRow[];
  /** The row that stands; -1 for none. */
  readonly here: number;
  readonly scroller: RefObject<HTMLElement | null>;
}

/** As a pointer rests, or a row stands: what is only passed asks for nothing. */
const REST_MS = 80;
const FRESH_MS = 5_000;

/** The page of a run and who it is are here by the time somebody opens the row they point at. */
export function useReadAhead({ namespace, rows, here, scroller }: ReadAhead): void {
  const router = useRouter();
  const client = useQueryClient();
  const latest = useRef((_index: number) => undefined as void);
  useLayoutEffect(() => {
    latest.current = (index) => {
      const row = rows[index];
      if (row === undefined) return;
      const run = { namespace, workflowId: row.workflowId, runId: row.runId };
      // Without the kind, which the router keeps to itself, only what is the same for all runs is read: nothing.
      router.prefetch(paths.run(run), { kind: PrefetchKind.FULL });
      void client.prefetchQuery({ ...description(run), staleTime: FRESH_MS });
    };
  }, [rows, namespace, router, client]);
  useEffect(() => {
    if (here < 0) return undefined;
    const timer = setTimeout(() => latest.current(here), REST_MS);
    return () => clearTimeout(timer);
  }, [here]);
  useEffect(() => {
    const box = scroller.current;
    return box === null ? undefined : watchRest(box, { ms: REST_MS, onRest: (target) => latest.current(rowIndexOf(target)) });
  }, [scroller]);
}
