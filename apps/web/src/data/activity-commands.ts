'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PendingActivity } from '../domain/run-event.ts';
import { toProblem } from './api-client.ts';
import type { RunId } from './queries.ts';
import { description } from './queries.ts';

const TRIES = 20;
const PAUSE_MS = 250;

export interface ActivityChange {
  readonly call: () => Promise<void>;
  /** Whether the command shows in the run's description; the activity is undefined once it has ended. */
  readonly isReached: (activity: PendingActivity | undefined) => boolean;
}

export interface ActivityCommand {
  readonly isSending: boolean;
  readonly error: string | undefined;
  /** Resolves with `seen` once the effect is there, with `sent` when it is not seen in five seconds, and with `refused` beside an error. */
  readonly send: (change: ActivityChange) => Promise<'seen' | 'sent' | 'refused'>;
}

/** Carries out a command on one activity and waits until the run says so. */
export function useActivityCommand(run: RunId, activityId: string): ActivityCommand {
  const client = useQueryClient();
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<string>();
  const send: ActivityCommand['send'] = async ({ call, isReached }) => {
    setSending(true);
    setError(undefined);
    try {
      await call();
      for (let tries = 0; tries < TRIES; tries += 1) {
        const { activities } = await client.fetchQuery({ ...description(run), staleTime: 0 });
        if (isReached(activities.find((one) => one.activityId === activityId))) {
          await client.invalidateQueries({ queryKey: ['run', run] });
          return 'seen';
        }
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
      return 'sent';
    } catch (failed) {
      setError(toProblem(failed).message);
      return 'refused';
    } finally {
      setSending(false);
    }
  };
  return { isSending, error, send };
}
