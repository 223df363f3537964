'use client';
import { useParams } from 'next/navigation';
import { useMemo } from 'react';
import { useOpenFile } from './imports.ts';
import { namespaceOfFile } from './paths.ts';
import type { RunId } from './queries.ts';

/** Which run the address names. A file names its run itself; the frame of a file shows nothing before it was read. */
export function useRunParams(): RunId {
  const { ns = '', wid = '', rid = '', file } = useParams<{ ns?: string; wid?: string; rid?: string; file?: string }>();
  const opened = useOpenFile(file);
  return useMemo(() => {
    if (opened !== undefined) return opened.run;
    const namespace = file === undefined ? decodeURIComponent(ns) : namespaceOfFile(file);
    return { namespace, workflowId: decodeURIComponent(wid), runId: decodeURIComponent(rid) };
  }, [ns, wid, rid, file, opened]);
}
