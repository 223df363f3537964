'use client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { description } from '../../data/queries.ts';
import { useWireBodies } from '../../data/run-payloads.ts';
import { prefillOf } from '../../domain/start-prefill.ts';
import type { Draft } from './draft.ts';
import type { Filled } from './filled.ts';

/** `from=<workflow id>/<run id>`: everything that the start of another run said, and what of it could not be taken over. */
export function usePrefill(
  namespace: string,
  from: string | null,
  onFill: (change: Partial<Draft>, filled: Filled, leftOut: readonly string[]) => void,
): void {
  const [workflowId = '', runId = ''] = splitLast(from ?? '');
  const run = { namespace, workflowId, runId };
  const described = useQuery({ ...description(run, false), enabled: workflowId !== '' });
  const { bodies } = useWireBodies(run, workflowId === '' ? [] : [1]);
  const isDone = useRef(false);
  useEffect(() => {
    if (isDone.current || described.data === undefined || bodies === undefined) return;
    isDone.current = true;
    const { fields, leftOut } = prefillOf(bodies[0]?.body);
    const { type, queue } = described.data;
    onFill({ ...fields, type, queue, workflowId: `${workflowId}-again` }, { fields, from: 'event 1', run: { workflowId, runId } }, leftOut);
  }, [described.data, bodies, workflowId, runId, onFill]);
}

function splitLast(text: string): [string, string] | [] {
  const at = text.lastIndexOf('/');
  return at < 0 ? [] : [text.slice(0, at), text.slice(at + 1)];
}
