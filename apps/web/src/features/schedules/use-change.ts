'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toProblem } from '../../data/api-client.ts';
import { tell } from '../../ui/toasts.tsx';

export interface Change {
  readonly error: string | undefined;
  readonly isSending: boolean;
  /** Sends, reads the schedules anew, says what was done; an error stays until the next try. True when it went well. */
  readonly send: (change: () => Promise<unknown>, done: string) => Promise<boolean>;
  readonly forget: () => void;
}

export function useChange(): Change {
  const client = useQueryClient();
  const [error, setError] = useState<string>();
  const [isSending, setSending] = useState(false);
  const send = async (change: () => Promise<unknown>, done: string): Promise<boolean> => {
    setSending(true);
    setError(undefined);
    try {
      await change();
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'schedules' || queryKey[0] === 'schedule' });
      tell(done);
      return true;
    } catch (failed) {
      setError(toProblem(failed).message);
      return false;
    } finally {
      setSending(false);
    }
  };
  return { error, isSending, send, forget: () => setError(undefined) };
}
