'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { RunGroups } from '../domain/event-groups.ts';
import type { PendingActivity, RunEvent } from '../domain/run-event.ts';
import type { ApiOutput } from './api-client.ts';
import { fileOf } from './paths.ts';
import { usePreference } from './preferences.ts';
import type { RunId } from './queries.ts';
import { description } from './queries.ts';
import type { RunHistory } from './load-history.ts';
import { isWhole } from './load-history.ts';
import { groupsOf } from './run-groups.ts';
import { historyState, useRunHistory } from './run-history.ts';

const NO_EVENTS: readonly RunEvent[] = [];
const NO_ACTIVITIES: readonly PendingActivity[] = [];

export interface Gap {
  /** Ids of events. */
  readonly from: number;
  readonly to: number;
  /** So many of the view's groups stand before it. */
  readonly groups: number;
  /** What follows it, oldest first. */
  readonly tail: readonly RunEvent[];
}

export interface RunView {
  readonly run: RunId;
  readonly description: ApiOutput['workflow']['describe'] | undefined;
  readonly events: readonly RunEvent[];
  readonly groups: RunGroups;
  /** What is not here between the beginning and the end of a long history. */
  readonly gap: Gap | undefined;
  /** Events of the run; more than `events` while they are being read. */
  readonly total: number;
  /** Not all of the history is here yet. */
  readonly isLoading: boolean;
  /** Of a run in a file: its last moment, at which its clock stands. */
  readonly stoppedAt: number | undefined;
  readonly error: unknown;
}

/** All that is known of a run, from the cache that every part of the page shares. */
export function useRunView(run: RunId): RunView {
  const isLive = usePreference('isLive');
  const isFile = fileOf(run.namespace) !== undefined;
  const described = useQuery(description(run, isLive && !isFile));
  const history = useRunHistory(run);
  const events = history.data?.events ?? NO_EVENTS;
  const unread = history.data !== undefined && !isWhole(history.data) ? history.data : undefined;
  const groups = groupsOf(events, described.data?.activities ?? NO_ACTIVITIES, unread);
  const gap = useMemo(() => gapOf(unread, groups), [unread, groups]);
  const stoppedAt = isFile ? events.at(-1)?.at : undefined;
  return {
    run,
    description: described.data,
    events,
    groups,
    gap,
    ...historyState(history),
    stoppedAt,
    error: described.error ?? history.error,
  };
}

function gapOf(unread: RunHistory | undefined, { groups }: RunGroups): Gap | undefined {
  const tail = unread?.tail ?? NO_EVENTS;
  const [next] = tail;
  if (unread === undefined || next === undefined) return undefined;
  const before = groups.findIndex(({ id }) => id >= next.id);
  return { from: unread.events.length + 1, to: next.id - 1, groups: before === -1 ? groups.length : before, tail };
}
