'use client';
import { useQuery } from '@tanstack/react-query';
import type { RunGroups } from '../domain/event-groups.ts';
import type { PendingActivity, RunEvent } from '../domain/run-event.ts';
import type { ApiOutput } from './api-client.ts';
import { fileOf } from './paths.ts';
import { usePreference } from './preferences.ts';
import type { RunId } from './queries.ts';
import { description } from './queries.ts';
import { groupsOf } from './run-groups.ts';
import { historyState, useRunHistory } from './run-history.ts';

const NO_EVENTS: readonly RunEvent[] = [];
const NO_ACTIVITIES: readonly PendingActivity[] = [];

export interface RunView {
  readonly run: RunId;
  readonly description: ApiOutput['workflow']['describe'] | undefined;
  readonly events: readonly RunEvent[];
  readonly groups: RunGroups;
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
  const groups = groupsOf(events, described.data?.activities ?? NO_ACTIVITIES);
  const stoppedAt = isFile ? events.at(-1)?.at : undefined;
  return { run, description: described.data, events, groups, ...historyState(history), stoppedAt, error: described.error ?? history.error };
}
