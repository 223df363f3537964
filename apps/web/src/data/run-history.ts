'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { RunEvent } from '../domain/run-event.ts';
import { liveApi } from './live-client.ts';
import type { RunId } from './queries.ts';
import { sourceOf } from './run-source.ts';

export interface RunHistory {
  readonly events: readonly RunEvent[];
  /** No event will follow. */
  readonly ended: boolean;
  readonly isComplete: boolean;
}

export type StreamState = 'live' | 'paused' | 'lost' | 'ended';

const keyOf = (run: RunId) => ['run', run, 'history'] as const;

async function loadAll(run: RunId, known: readonly RunEvent[], signal: AbortSignal): Promise<RunHistory> {
  const events = [...known];
  for (;;) {
    const page = await sourceOf(run).history(run, events.at(-1)?.id ?? 0, { signal });
    events.push(...page.rows);
    if (!page.more) return { events, ended: page.ended, isComplete: true };
  }
}

/** The run's events, read once. The stream of `useRunStream` appends to them; events only ever join at the end. */
export function useRunHistory(run: RunId) {
  const client = useQueryClient();
  return useQuery({
    queryKey: keyOf(run),
    queryFn: ({ signal }) => loadAll(run, client.getQueryData<RunHistory>(keyOf(run))?.events ?? [], signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    refetchInterval: (query) => (query.state.error ? 4_000 : false),
  });
}

/** Follows the run while it is open and the tab is visible. One component of a page holds it. */
export function useRunStream(run: RunId, isLive: boolean): StreamState {
  const client = useQueryClient();
  const query = useRunHistory(run);
  const isLoaded = query.data !== undefined;
  const ended = query.data?.ended ?? false;
  const isVisible = usePageVisible();
  const [isLost, setLost] = useState(false);
  const follows = isLoaded && !ended && isLive && isVisible;
  const { namespace, workflowId, runId } = run;

  useEffect(() => {
    if (!follows) return undefined;
    const target = { namespace, workflowId, runId };
    const last = client.getQueryData<RunHistory>(keyOf(target))?.events.at(-1)?.id ?? 0;
    const subscription = liveApi.workflow.onHistory.subscribe(
      { ...target, after: last },
      {
        onData: ({ data }) => {
          setLost(data.lost !== null);
          if (data.rows.length === 0 && !data.ended) return;
          client.setQueryData<RunHistory>(keyOf(target), (old) => append(old, data));
          void client.invalidateQueries({ queryKey: ['run', target, 'description'] });
        },
        onConnectionStateChange: (state) => setLost(state.state === 'connecting' && state.error !== null),
        onError: () => setLost(true),
      },
    );
    return () => subscription.unsubscribe();
  }, [client, follows, namespace, workflowId, runId]);

  return ended ? 'ended' : !isLive ? 'paused' : isLost ? 'lost' : 'live';
}

function append(old: RunHistory | undefined, update: { readonly rows: readonly RunEvent[]; readonly ended: boolean }): RunHistory {
  const events = old?.events ?? [];
  const last = events.at(-1)?.id ?? 0;
  const fresh = update.rows.filter((row) => row.id > last);
  return { events: fresh.length === 0 ? events : [...events, ...fresh], ended: update.ended, isComplete: true };
}

/** A hidden tab holds no stream: browsers allow six connections to one origin over HTTP/1.1. */
function usePageVisible(): boolean {
  const [isVisible, setVisible] = useState(true);
  useEffect(() => {
    const look = () => setVisible(!document.hidden);
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return isVisible;
}
