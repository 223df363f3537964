'use client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { description, eventBodies } from '../../data/queries.ts';
import type { Draft } from './draft.ts';

/** `from=<workflow id>/<run id>`: type, queue and input of another run. */
export function usePrefill(namespace: string, from: string | null, set: (change: Partial<Draft>) => void): void {
  const [workflowId = '', runId = ''] = splitLast(from ?? '');
  const run = { namespace, workflowId, runId };
  const described = useQuery({ ...description(run, false), enabled: workflowId !== '' });
  const bodies = useQuery({ ...eventBodies(run, [1]), enabled: workflowId !== '' });
  const isDone = useRef(false);
  useEffect(() => {
    if (isDone.current || described.data === undefined || bodies.data === undefined) return;
    isDone.current = true;
    const body = bodies.data[0]?.body as { workflowExecutionStartedEventAttributes?: { input?: unknown[] } } | undefined;
    const input = body?.workflowExecutionStartedEventAttributes?.input ?? [];
    set({
      type: described.data.type,
      queue: described.data.queue,
      workflowId: `${workflowId}-again`,
      input: input.map((one) => JSON.stringify(one, null, input.length === 1 ? 2 : 0)).join('\n'),
    });
  }, [described.data, bodies.data, workflowId, set]);
}

function splitLast(text: string): [string, string] | [] {
  const at = text.lastIndexOf('/');
  return at < 0 ? [] : [text.slice(0, at), text.slice(at + 1)];
}
