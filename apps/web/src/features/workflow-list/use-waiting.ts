'use client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ApiOutput } from '../../data/api-client.ts';
import { usePreference } from '../../data/preferences.ts';
import { systemInfo, waiting } from '../../data/queries.ts';
import { isOpen } from '../../domain/status.ts';

export type WaitingFound = ApiOutput['workflow']['waiting'][number];

export interface WaitingOn {
  /** Asking a server that is not in the api's own process would cost a history read for each row. */
  readonly isOffered: boolean;
  of(runId: string): WaitingFound | undefined;
}

interface ShownRuns {
  readonly namespace: string;
  readonly shown: readonly { readonly workflowId: string; readonly runId: string; readonly status: string }[];
  /** Rows that rush by are not asked about, nor is anything that nobody would see. */
  readonly isAsked: boolean;
}

const ASKED_MAX = 60;

/** What the open runs on the screen wait for; what was learned of others stays while the page does. */
export function useWaiting({ namespace, shown, isAsked }: ShownRuns): WaitingOn {
  const isLive = usePreference('isLive');
  const isOwn = useQuery(systemInfo()).data?.isOwn;
  const runs = shown
    .filter(({ status }) => isOpen(status))
    .slice(0, ASKED_MAX)
    .map(({ workflowId, runId }) => ({ workflowId, runId }));
  const { data } = useQuery(waiting(namespace, runs, { isEnabled: isOwn === true && isAsked, isLive }));
  const [known, setKnown] = useState<ReadonlyMap<string, WaitingFound>>(new Map());
  useEffect(() => {
    if (data !== undefined) setKnown((before) => new Map([...before, ...data.map((one) => [one.runId, one] as const)]));
  }, [data]);
  // Until the server is known its column stands: columns that come late push the others aside.
  return { isOffered: isOwn !== false, of: (runId) => known.get(runId) };
}
