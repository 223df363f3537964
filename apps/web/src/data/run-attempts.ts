'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { AttemptIndex, RunAttempts } from '../domain/attempts.ts';
import { indexAttempts } from '../domain/attempts.ts';
import { isOpen } from '../domain/status.ts';
import { fileOf } from './paths.ts';
import { usePreference } from './preferences.ts';
import { attempts } from './queries.ts';
import type { RunView } from './run-view.ts';

export interface RunAttemptsView extends AttemptIndex {
  /** Null where the server keeps nothing beside history; undefined while it is not known. */
  readonly kept: RunAttempts | null | undefined;
}

/** Asked only of a run in which something was tried more than once, and once its history is here: to a server both are the same work, twice. */
export function useRunAttempts({ run, groups, description, isLoading }: RunView): RunAttemptsView {
  const isLive = usePreference('isLive');
  const isRunning = description === undefined || isOpen(description.status);
  const wasRetried =
    groups.groups.some((group) => group.attempt > 1) || groups.tasks.some((task) => task.status === 'failed' || task.status === 'timedout');
  const isFile = fileOf(run.namespace) !== undefined;
  const { data } = useQuery(attempts(run, { isEnabled: wasRetried && !isFile && !isLoading, isRunning, isLive }));
  const kept = isFile ? null : data;
  return useMemo(() => ({ ...indexAttempts(kept), kept }), [kept]);
}
