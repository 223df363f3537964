'use client';
import { useParams } from 'next/navigation';
import { useMemo } from 'react';
import type { RunId } from './queries.ts';

/** Which run the address names. */
export function useRunParams(): RunId {
  const { ns, wid, rid } = useParams<{ ns: string; wid: string; rid: string }>();
  return useMemo(
    () => ({ namespace: decodeURIComponent(ns), workflowId: decodeURIComponent(wid), runId: decodeURIComponent(rid) }),
    [ns, wid, rid],
  );
}
