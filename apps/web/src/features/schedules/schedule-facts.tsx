'use client';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { paths } from '../../data/paths.ts';
import { usePreference } from '../../data/preferences.ts';
import { overlapEffect, overlapLabel } from '../../domain/schedule-overlap.ts';
import { specWords } from '../../domain/schedule-words.ts';
import { formatDuration, formatSpan } from '../../lib/duration.ts';
import { formatMoment } from '../../lib/time.ts';
import { Moment } from '../../ui/moment.tsx';
import { MaskedJson } from '../../ui/payload/masked-json.tsx';
import type { Schedule } from './schedule-page.tsx';

export function ScheduleFacts({ namespace, schedule, now }: { namespace: string; schedule: Schedule; now: number }) {
  const zone = usePreference('zone');
  const { spec, action } = schedule;
  const place = `schedule ${schedule.id}`;
  const moment = (at: number | null) => (at === null ? undefined : <Moment at={at}>{formatMoment(at, zone, now)}</Moment>);
  const span = (ms: number) => (ms > 0 ? formatDuration(ms) : undefined);
  return (
    <aside className="facts2" aria-label="What it does">
      <section className="sec">
        <h2>Times</h2>
        <ul className="spec">
          {specWords(spec).map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
        <Facts
          facts={[
            ['Time zone', spec.timezone || 'UTC'],
            ['Jitter', span(spec.jitterMs) ?? 'none'],
            ['Not before', moment(spec.startAt)],
            ['Not after', moment(spec.endAt)],
          ]}
        />
      </section>
      <section className="sec">
        <h2>Starts</h2>
        <Facts
          facts={[
            ['Workflow', action.type],
            ['Workflow ID', <span key="id" className="mono">{`${action.workflowId}-<time>`}</span>],
            [
              'Task queue',
              <Link key="q" className="mono" href={paths.queue(namespace, action.queue)}>
                {action.queue}
              </Link>,
            ],
            ['Execution timeout', span(action.executionTimeoutMs)],
            ['Run timeout', span(action.runTimeoutMs)],
            ['Task timeout', span(action.taskTimeoutMs)],
          ]}
        />
        {action.input.length > 0 ? (
          <>
            <h3>Input</h3>
            <MaskedJson value={action.input.length === 1 ? action.input[0] : action.input} label="Input" place={`${place}, input`} />
          </>
        ) : null}
        {Object.keys(action.memo).length > 0 ? (
          <>
            <h3>Memo of its runs</h3>
            <MaskedJson value={action.memo} label="Memo of its runs" place={`${place}, memo of its runs`} />
          </>
        ) : null}
      </section>
      <section className="sec">
        <h2>Policies</h2>
        <Facts
          facts={[
            ['Overlap', `${overlapLabel(schedule.overlap)}: ${overlapEffect(schedule.overlap)}`],
            ['Catch-up', `times up to ${formatSpan(schedule.catchupMs)} old are made up for`],
            ['On failure', schedule.pauseOnFailure ? 'pauses itself' : 'goes on'],
            ['Created', moment(schedule.createdAt)],
            ['Changed', moment(schedule.updatedAt)],
          ]}
        />
      </section>
      {schedule.notes && !schedule.isPaused ? (
        <section className="sec">
          <h2>Notes</h2>
          <p className="mid">{schedule.notes}</p>
        </section>
      ) : null}
      <JsonSection title="Memo" value={schedule.memo} place={place} />
      <JsonSection title="Search attributes" value={schedule.searchAttributes} place={place} />
    </aside>
  );
}

/** Facts that are not set are left out. */
function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="kv">
      {facts
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function JsonSection({ title, value, place }: { title: string; value: Schedule['memo']; place: string }) {
  if (Object.keys(value).length === 0) return null;
  return (
    <section className="sec">
      <h2>{title}</h2>
      <MaskedJson value={value} label={title} place={`${place}, ${title.toLowerCase()}`} />
    </section>
  );
}
