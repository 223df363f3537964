'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { usePreference } from '../../data/preferences.ts';
import type { RunId } from '../../data/queries.ts';
import { description } from '../../data/queries.ts';
import { historyState, useRunHistory, useRunStream } from '../../data/run-history.ts';
import type { RunView } from '../../data/run-view.ts';
import { groupEvents } from '../../domain/event-groups.ts';
import type { PendingActivity, RunEvent } from '../../domain/run-event.ts';

const NO_EVENTS: readonly RunEvent[] = [];
const NO_ACTIVITIES: readonly PendingActivity[] = [];

/** The run on the other side, followed while it is open like the one of the page. */
export function useOtherRun(run: RunId): RunView {
  const isLive = usePreference('isLive');
  const described = useQuery(description(run, isLive));
  const history = useRunHistory(run);
  useRunStream(run, isLive);
  const events = history.data?.events ?? NO_EVENTS;
  const pending = described.data?.activities ?? NO_ACTIVITIES;
  const groups = useMemo(() => groupEvents(events, pending), [events, pending]);
  const error = described.error ?? history.error;
  return { run, description: described.data, events, groups, gap: undefined, ...historyState(history), stoppedAt: undefined, error };
}
