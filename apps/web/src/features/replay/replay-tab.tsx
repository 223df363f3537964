'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { api, toProblem } from '../../data/api-client.ts';
import { eventBodies } from '../../data/queries.ts';
import { useRunParams } from '../../data/run-params.ts';
import type { RunView } from '../../data/run-view.ts';
import { useRunView } from '../../data/run-view.ts';
import type { ReplayReport } from '../../domain/replay-report.ts';
import { parseReport } from '../../domain/replay-report.ts';
import { formatDuration } from '../../lib/duration.ts';
import type { Shortcut } from '../../ui/shortcuts.ts';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { ReplayMissing } from './replay-missing.tsx';
import { ReplayResult } from './replay-result.tsx';
import './replay.css';

/** Runs the history against the code of a live worker and shows where the two part. */
export function ReplayTab() {
  const run = useRunParams();
  const view = useRunView(run);
  const replay = useMutation({ mutationFn: () => api.workflow.replay.mutate(run) });
  const { mutate } = replay;
  const asked = useRef(false);
  useEffect(() => {
    // Opening the tab is the question.
    if (asked.current) return;
    asked.current = true;
    mutate();
  }, [mutate]);
  const shortcuts = useMemo<readonly Shortcut[]>(
    () => [{ keys: 'r', shown: 'r', label: 'Replay again', scope: 'Replay', run: () => mutate() }],
    [mutate],
  );
  useShortcuts(shortcuts);
  const report = replay.data?.kind === 'report' ? parseReport(replay.data.report) : undefined;
  const recorded = useRecordedReport(view);
  const missing =
    replay.data?.kind === 'missing'
      ? replay.data
      : replay.data?.kind === 'report' && report === undefined
        ? { why: 'other-sdk' as const, message: 'The worker answered with a report of another format.' }
        : undefined;
  return (
    <div className="pg-replay">
      <div className="bar against">
        <span className="dim">Run against</span>
        <b>the code of a worker polling {view.description?.queue ?? '…'}</b>
        <button className="btn primary" type="button" disabled={replay.isPending} aria-keyshortcuts="r" onClick={() => mutate()}>
          Replay{' '}
          <span className="k2" aria-hidden="true">
            R
          </span>
        </button>
        <span className="grow" />
        <span className="axis" role="status">
          {replay.isPending
            ? 'replaying on the worker…'
            : report && replay.data?.kind === 'report'
              ? `${reportSource(report)}, ${formatDuration(replay.data.tookMs)}, nothing was written`
              : ''}
        </span>
      </div>
      {replay.isPending && replay.data === undefined ? <Waiting /> : null}
      {replay.error ? (
        <div className="sec">
          <p className="fail st-failed" role="alert">
            <b>The replay could not be asked for</b>
            <span className="mid">{toProblem(replay.error).message}</span>
          </p>
        </div>
      ) : null}
      {report ? (
        <ReplayResult view={view} report={report} />
      ) : missing ? (
        <ReplayMissing view={view} missing={missing} recorded={recorded} />
      ) : null}
    </div>
  );
}

function reportSource({ code }: ReplayReport): string {
  const sdk = `${code.sdk.name} ${code.sdk.version}`;
  return code.buildId ? `build ${code.buildId.slice(0, 12)}, ${sdk}` : sdk;
}

function Waiting() {
  return (
    <div className="scroll late" aria-busy="true">
      {Array.from({ length: 8 }, (_, index) => (
        <div key={index} className="skrow">
          <span className="sk" style={{ width: 24 }} />
          <span className="sk" style={{ width: 110 + ((index * 31) % 60) }} />
          <span className="sk" style={{ width: 160 + ((index * 47) % 90) }} />
          <span className="sk" style={{ width: 150 + ((index * 53) % 90) }} />
        </div>
      ))}
    </div>
  );
}

/** A worker of our SDK leaves its report in the failure of the workflow task, on any server. */
function useRecordedReport(view: RunView): ReplayReport | undefined {
  const failed = view.groups.tasks.findLast((task) => task.status === 'failed');
  const id = failed?.eventIds.at(-1);
  const { data } = useQuery(eventBodies(view.run, id === undefined ? [] : [id]));
  return useMemo(() => findReport(data?.[0]?.body), [data]);
}

function findReport(value: unknown, depth = 0): ReplayReport | undefined {
  if (value === null || typeof value !== 'object' || depth > 8) return undefined;
  const report = parseReport(value);
  if (report) return report;
  for (const one of Object.values(value)) {
    const found = findReport(one, depth + 1);
    if (found) return found;
  }
  return undefined;
}
