'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import type { ApiOutput } from '../../data/api-client.ts';
import { toProblem } from '../../data/api-client.ts';
import { batch } from '../../data/batch-queries.ts';
import { paths } from '../../data/paths.ts';
import { rememberPage, usePreference } from '../../data/preferences.ts';
import { batchLook, operationWord, paceOf } from '../../domain/batch.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatCount, plural } from '../../lib/number.ts';
import { middleCut } from '../../lib/text.ts';
import { formatMoment } from '../../lib/time.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Stat, Stats } from '../../ui/stats.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Strip } from '../../ui/strip.tsx';
import { Unread } from '../../ui/unread.tsx';
import { useNow } from '../../ui/use-now.ts';
import { BatchFailures } from './batch-failures.tsx';
import { StopDialog } from './stop-dialog.tsx';
import './batches.css';

export type Batch = ApiOutput['batch']['describe'];

export function BatchPage({ namespace, jobId }: { namespace: string; jobId: string }) {
  const { data, error } = useQuery(batch(namespace, jobId));
  const [isStopping, setStopping] = useState(false);
  useEffect(() => rememberPage({ path: paths.batch(namespace, jobId), title: middleCut(jobId, 24), detail: 'batch' }), [namespace, jobId]);
  return (
    <div className="page pg-batches">
      <main className="main" id="main">
        <div className="bar qh">
          <Link className="btn quiet icon" href={paths.batches(namespace)} aria-label="Back to batches">
            <Icon name="back" />
          </Link>
          <h1>{data ? operationWord(data.type) || 'Batch' : 'Batch'}</h1>
          <span className="mono dim cut">{jobId}</span>
          <CopyButton text={jobId} what="job id" />
          {data ? <StatusMark look={batchLook(data.state)} /> : null}
          <span className="grow" />
          {data?.state === 'Running' ? (
            <ActButton className="btn danger" onClick={() => setStopping(true)}>
              Stop
            </ActButton>
          ) : null}
        </div>
        {error && data === undefined ? (
          <Unread
            problem={toProblem(error)}
            what="The batch"
            isOne
            missing={{
              title: `There is no batch ${jobId} in ${namespace}.`,
              why: 'Jobs that have ended are forgotten after the retention of the namespace.',
            }}
            actions={
              <Link className="btn" href={paths.batches(namespace)}>
                All batches
              </Link>
            }
          />
        ) : data === undefined ? null : (
          <>
            <Answer batch={data} />
            <div className="scroll">
              <Progress batch={data} />
              <Facts namespace={namespace} batch={data} />
              <BatchFailures namespace={namespace} batch={data} />
            </div>
            <StopDialog namespace={namespace} jobId={jobId} isOpen={isStopping} onClose={() => setStopping(false)} />
          </>
        )}
      </main>
    </div>
  );
}

function Answer({ batch: { state, notes, failed, total, complete } }: { batch: Batch }) {
  if (state === 'Failed')
    return (
      <Strip tone="failed" glyph="failed">
        <b>It ended early</b>
        {notes?.ended ? `: ${notes.ended}.` : '.'}{' '}
        {total > 0 ? `${plural(Math.max(0, total - complete - failed), 'run')} left as they were.` : ''}
      </Strip>
    );
  if (failed > 0)
    return (
      <Strip tone="retrying" glyph="taskfail">
        <b>{plural(failed, 'run')}</b> of {formatCount(total)} could not be changed.
      </Strip>
    );
  return null;
}

function Progress({ batch: job }: { batch: Batch }) {
  const now = useNow(job.state === 'Running');
  const { done, perSecond, leftMs } = paceOf(job, now);
  const reached = job.complete + job.failed;
  return (
    <section className="prog">
      <div
        className="pbar"
        role="progressbar"
        aria-label="Progress"
        aria-valuemin={0}
        aria-valuemax={job.total}
        aria-valuenow={reached}
        aria-valuetext={`${formatCount(reached)} of ${formatCount(job.total)}`}
      >
        <i className="ok-b" style={{ width: `${job.total === 0 ? 0 : (job.complete / job.total) * 100}%` }} />
        <i className="bad-b" style={{ width: `${job.total === 0 ? 0 : (job.failed / job.total) * 100}%` }} />
      </div>
      <Stats>
        <Stat
          name="Reached"
          value={job.total === 0 && job.state === 'Running' ? '–' : `${Math.floor(done * 100)} %`}
          note={
            job.total === 0 && job.state === 'Running' ? 'gathering its runs' : `${formatCount(reached)} of ${plural(job.total, 'run')}`
          }
        />
        <Stat name="Changed" value={formatCount(job.complete)} note="went well" />
        <Stat name="Failed" value={formatCount(job.failed)} note="could not be changed" isBad={job.failed > 0} />
        <Stat name="Rate" value={perSecond === undefined ? '–' : `${perSecond.toFixed(perSecond < 10 ? 1 : 0)} /s`} note="since it began" />
        <Stat
          name={job.closedAt === null ? 'Left' : 'Took'}
          value={
            job.closedAt === null ? (leftMs === undefined ? '–' : formatDuration(leftMs)) : formatDuration(job.closedAt - job.startedAt)
          }
          note={job.closedAt === null ? 'at this rate' : 'from start to end'}
        />
      </Stats>
    </section>
  );
}

function Facts({ namespace, batch: job }: { namespace: string; batch: Batch }) {
  const zone = usePreference('zone');
  const now = useNow();
  return (
    <section className="sec">
      <dl className="kv">
        <dt>Reason</dt>
        <dd>{job.reason || <span className="dim">none</span>}</dd>
        <dt>Runs</dt>
        <dd>
          {job.query ? (
            <Link className="mono" href={`${paths.workflows(namespace)}?q=${encodeURIComponent(job.query)}`}>
              {job.query}
            </Link>
          ) : job.named > 0 ? (
            `${plural(job.named, 'run')} named one by one`
          ) : (
            <span className="dim">not said by this server</span>
          )}
        </dd>
        <dt>By</dt>
        <dd className="mono">{job.identity || '–'}</dd>
        <dt>Started</dt>
        <dd>
          <Moment at={job.startedAt}>{formatMoment(job.startedAt, zone, now)}</Moment>
        </dd>
        {job.closedAt === null ? null : (
          <>
            <dt>Ended</dt>
            <dd>
              <Moment at={job.closedAt}>{formatMoment(job.closedAt, zone, now)}</Moment>
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}
