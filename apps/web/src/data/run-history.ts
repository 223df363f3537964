'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { RunHistory } from './load-history.ts';
import { historyKey, isWhole, loadHistory } from './load-history.ts';
import { liveApi } from './live-client.ts';
import { LiveUpdates } from './live-updates.ts';
import type { RunId } from './queries.ts';
import { groupAhead } from './run-groups.ts';
import { sourceOf } from './run-source.ts';

/** Without the stream the events are asked for. */
const LOST_MS = 3_000;
const REOPEN_MS = 15_000;

export type StreamState = 'live' | 'paused' | 'lost' | 'ended';

/** The run's events, read once. The stream of `useRunStream` appends to them; events only ever join at the end. */
export function useRunHistory(run: RunId) {
  const client = useQueryClient();
  return useQuery({
    queryKey: historyKey(run),
    queryFn: ({ signal }) =>
      loadHistory({
        known: client.getQueryData<RunHistory>(historyKey(run)),
        read: (after, isApart) => sourceOf(run).history(run, after, { signal, isApart }),
        readEnd: () => sourceOf(run).end(run, { signal }),
        onFirst: (first) => client.setQueryData<RunHistory>(historyKey(run), first),
        onMore: groupAhead,
      }),
    staleTime: ({ state }) => (state.data !== undefined && !isWhole(state.data) ? 0 : Number.POSITIVE_INFINITY),
    retry: false,
    // Events never change: what is here already are the same objects, and looking for differences would cost more than any of them.
    structuralSharing: false,
    refetchInterval: (query) => (query.state.error ? 4_000 : false),
  });
}

/** How much there is, and whether some of it is still to come; what could not be read is no longer waited for. */
export function historyState({ data, isPending, error }: ReturnType<typeof useRunHistory>): { total: number; isLoading: boolean } {
  return { total: data?.total ?? 0, isLoading: isPending || (data !== undefined && !isWhole(data) && error === null) };
}

/** Follows the run while it is open and the tab is visible. One component of a page holds it. */
export function useRunStream(run: RunId, isLive: boolean): StreamState {
  const client = useQueryClient();
  const query = useRunHistory(run);
  const isLoaded = query.data !== undefined && isWhole(query.data);
  const ended = query.data?.ended ?? false;
  const isVisible = usePageVisible();
  const [isLost, setLost] = useState(false);
  // A stream that was given up is opened anew after a while.
  const [opened, setOpened] = useState(0);
  const follows = isLoaded && !ended && isLive && isVisible;
  const { namespace, workflowId, runId } = run;

  useEffect(() => {
    if (!follows) return undefined;
    const target = { namespace, workflowId, runId };
    const last = client.getQueryData<RunHistory>(historyKey(target))?.events.at(-1)?.id ?? 0;
    const updates = new LiveUpdates(client, target);
    // Told with every message; said to React when it changes, for whom also the same again is work.
    let wasLost: boolean | undefined;
    const lose = (isLost: boolean) => {
      if (isLost !== wasLost) setLost(isLost);
      wasLost = isLost;
    };
    const subscription = liveApi.workflow.onHistory.subscribe(
      { ...target, after: last },
      {
        onData: ({ data }) => {
          lose(data.lost !== null);
          if (data.rows.length === 0 && !data.ended) return;
          updates.add(data);
        },
        onConnectionStateChange: (state) => lose(state.state === 'connecting' && state.error !== null),
        onError: () => lose(true),
      },
    );
    return () => {
      subscription.unsubscribe();
      updates.stop();
    };
  }, [client, follows, namespace, workflowId, runId, opened]);

  useEffect(() => {
    if (!follows || !isLost) return undefined;
    // The description is asked for anyway, at its own pace.
    const asking = setInterval(() => void client.refetchQueries({ queryKey: historyKey({ namespace, workflowId, runId }) }), LOST_MS);
    const opening = setInterval(() => setOpened((times) => times + 1), REOPEN_MS);
    return () => {
      clearInterval(asking);
      clearInterval(opening);
    };
  }, [client, follows, isLost, namespace, workflowId, runId]);

  return ended ? 'ended' : !isLive ? 'paused' : isLost ? 'lost' : 'live';
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
