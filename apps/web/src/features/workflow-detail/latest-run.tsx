'use client';
import { useQuery } from '@tanstack/react-query';
import { useParams, useRouter, useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import { paths } from '../../data/paths.ts';
import { description } from '../../data/queries.ts';
import { RunError } from './run-error.tsx';

/** An id without a run leads to its newest one and keeps the rest of the address. */
export function LatestRun() {
  const { ns, wid } = useParams<{ ns: string; wid: string }>();
  const namespace = decodeURIComponent(ns);
  const workflowId = decodeURIComponent(wid);
  const run = { namespace, workflowId, runId: '' };
  const { data, error } = useQuery(description(run, false));
  const router = useRouter();
  const search = useSearchParams().toString();
  const runId = data?.runId;
  useEffect(() => {
    if (runId) router.replace(`${paths.run({ namespace, workflowId, runId })}${search ? `?${search}` : ''}`);
  }, [router, runId, namespace, workflowId, search]);
  return (
    <div className="page">
      <main className="main" id="main">
        <div className="bar runbar">
          <h1 className="mono runid">{run.workflowId}</h1>
        </div>
        {error ? <RunError run={run} error={error} /> : null}
      </main>
    </div>
  );
}
