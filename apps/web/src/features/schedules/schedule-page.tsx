'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useCallback, useEffect } from 'react';
import type { ApiOutput } from '../../data/api-client.ts';
import { toProblem } from '../../data/api-client.ts';
import { paths } from '../../data/paths.ts';
import { rememberPage, usePreference } from '../../data/preferences.ts';
import { recordReveal } from '../../data/reveal.ts';
import { schedule } from '../../data/schedule-queries.ts';
import { runLook } from '../../domain/status.ts';
import { Secrets } from '../../ui/payload/hidden.tsx';
import { Strip } from '../../ui/strip.tsx';
import { Unread } from '../../ui/unread.tsx';
import { useNow } from '../../ui/use-now.ts';
import { RecentActions } from './recent-actions.tsx';
import { ScheduleFacts } from './schedule-facts.tsx';
import { ScheduleHead } from './schedule-head.tsx';
import { ScheduleStats } from './schedule-stats.tsx';
import { UpcomingTimes } from './upcoming-times.tsx';
import './schedules.css';

export type Schedule = ApiOutput['schedule']['describe'];

export function SchedulePage({ namespace, id }: { namespace: string; id: string }) {
  const isLive = usePreference('isLive');
  const { data, error } = useQuery(schedule(namespace, id, isLive));
  const now = useNow();
  useEffect(() => rememberPage({ path: paths.schedule(namespace, id), title: id, detail: 'schedule' }), [namespace, id]);
  const record = useCallback((place: string) => recordReveal({ namespace }, place), [namespace]);
  const isMissing = toProblem(error).code === 'NOT_FOUND';
  return (
    <div className="page pg-schedules">
      <main className="main" id="main">
        <ScheduleHead namespace={namespace} id={id} schedule={isMissing ? undefined : data} />
        {error && (data === undefined || isMissing) ? (
          <Unread
            problem={toProblem(error)}
            what="The schedule"
            isOne
            missing={{
              title: `There is no schedule ${id} in ${namespace}.`,
              why: 'It was deleted, or it has nothing left to do and was forgotten after a while.',
            }}
            actions={
              <Link className="btn" href={paths.schedules(namespace)}>
                All schedules
              </Link>
            }
          />
        ) : data === undefined ? null : (
          <>
            <Answer namespace={namespace} schedule={data} />
            <div className="scroll">
              <ScheduleStats schedule={data} now={now} />
              <div className="two">
                <div>
                  <RecentActions namespace={namespace} schedule={data} now={now} />
                  <UpcomingTimes times={data.isPaused ? [] : data.next} isPaused={data.isPaused} jitterMs={data.spec.jitterMs} now={now} />
                </div>
                <Secrets record={record}>
                  <ScheduleFacts namespace={namespace} schedule={data} now={now} />
                </Secrets>
              </div>
            </div>
          </>
        )}
      </main>
    </div>
  );
}

/** What somebody who looks at the schedule should know first; nothing when all is well. */
function Answer({ namespace, schedule: { isPaused, notes, recent, remaining, next } }: { namespace: string; schedule: Schedule }) {
  const last = recent.at(-1);
  if (isPaused)
    return (
      <Strip tone="paused" glyph="paused">
        <b>Paused</b>
        {notes ? <>: {notes}</> : null}. No run is started until it is unpaused.
      </Strip>
    );
  if (remaining === 0)
    return (
      <Strip tone="scheduled" glyph="scheduled">
        <b>No actions are left.</b> It was limited to a number of actions and has taken them all.
      </Strip>
    );
  if (last !== undefined && ['Failed', 'TimedOut', 'Terminated'].includes(last.status))
    return (
      <Strip
        tone={runLook(last.status).tone}
        glyph={runLook(last.status).glyph}
        actions={
          <Link className="btn primary" href={paths.run({ namespace, ...last })}>
            Open that run
          </Link>
        }
      >
        <b>The last run {last.status === 'Failed' ? 'failed' : last.status === 'TimedOut' ? 'timed out' : 'was terminated'}.</b>{' '}
        <span className="mono">{last.workflowId}</span>
      </Strip>
    );
  if (next.length === 0)
    return (
      <Strip tone="scheduled" glyph="scheduled">
        <b>No time lies ahead.</b> It acts only when it is triggered or backfilled.
      </Strip>
    );
  return null;
}
