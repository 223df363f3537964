'use client';
import type { ExecutionRow } from '../../data/queries.ts';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { ApiOutput } from '../../data/api-client.ts';
import { isAway, toProblem } from '../../data/api-client.ts';
import { paths } from '../../data/paths.ts';
import { usePreference } from '../../data/preferences.ts';
import { description, lastEvent, why } from '../../data/queries.ts';
import type { ColumnId } from '../../domain/list-columns.ts';
import { columnOf, fieldText } from '../../domain/list-columns.ts';
import type { RunFailure } from '../../domain/run-event.ts';
import { isOpen, runLook } from '../../domain/status.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatBytes, formatCount, plural } from '../../lib/number.ts';
import { firstLine, middleCut } from '../../lib/text.ts';
import { formatMoment } from '../../lib/time.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Inspector } from '../../ui/inspector.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Phrases } from '../../ui/phrases.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useNow } from '../../ui/use-now.ts';

type Row = ExecutionRow;
type Description = ApiOutput['workflow']['describe'];

interface RunPeekProps {
  readonly namespace: string;
  readonly row: Row;
  /** Columns of the list that have no room beside this. */
  readonly without: readonly ColumnId[];
  readonly onClose: () => void;
}

/** A run beside the list: what it waits for or how it ended, and its facts. */
export function RunPeek({ namespace, row, without, onClose }: RunPeekProps) {
  const now = useNow();
  const run = { namespace, workflowId: row.workflowId, runId: row.runId };
  const isLive = usePreference('isLive');
  const { data, error } = useQuery(description(run, isLive));
  const status = data?.status ?? row.status;
  const took = formatDuration((row.closedAt ?? data?.closedAt ?? now) - row.startedAt);
  return (
    <Inspector label={`Inspector: ${row.workflowId}`}>
      <div className="insp-head">
        <div className="row">
          <h2 className="cut mono" title={row.workflowId}>
            {middleCut(row.workflowId, 32)}
          </h2>
          <CopyButton text={row.workflowId} what="workflow id" />
          <span className="grow" />
          <Link className="btn quiet" href={paths.run(run)} prefetch={false}>
            Open{' '}
            <span className="kbd" aria-hidden="true">
              ↵
            </span>
          </Link>
          <button className="btn quiet icon" type="button" aria-label="Close inspector" onClick={onClose}>
            <Icon name="x" />
          </button>
        </div>
        <div className="row small">
          <StatusMark look={runLook(status)} loud />
          <span className="dim">{isOpen(status) ? `for ${took}` : `after ${took}`}</span>
        </div>
      </div>
      <div className="scroll" tabIndex={0} role="region" aria-label="Summary of the run">
        {error !== null && !isAway(error) ? (
          <section className="sec">
            <p className="mid">{toProblem(error).message}</p>
          </section>
        ) : null}
        {isOpen(status) ? <Waits run={run} now={now} /> : null}
        {data === undefined ? null : <LastFailure run={run} found={data} />}
        {data === undefined || data.activities.length === 0 ? null : <Pending found={data} now={now} />}
        <Facts namespace={namespace} row={row} found={data} now={now} />
        {without.length === 0 ? null : (
          <p className="sec axis">No room in the list beside this: {without.map((id) => columnOf(id).label).join(', ')}.</p>
        )}
      </div>
    </Inspector>
  );
}

interface RunOf {
  readonly namespace: string;
  readonly workflowId: string;
  readonly runId: string;
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="sec">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Waits({ run, now }: { run: RunOf; now: number }) {
  const zone = usePreference('zone');
  const isLive = usePreference('isLive');
  const first = useQuery(why(run, true, isLive)).data?.findings[0];
  if (first === undefined) return null;
  return (
    <Section title={first.severity === 'waiting' ? 'What it waits for' : 'Why it is not moving'}>
      <p>
        <Phrases phrases={first.sentence} now={now} zone={zone} />
      </p>
    </Section>
  );
}

/** Of what is being tried again, or of what the run ended with. */
function LastFailure({ run, found }: { run: RunOf; found: Description }) {
  const isClosed = !isOpen(found.status);
  const ended = useQuery(lastEvent(run, found.events, isClosed && found.status !== 'Completed'));
  const tried = found.activities.findLast((one) => one.failure !== null)?.failure ?? null;
  const failure: RunFailure | null | undefined = isClosed ? ended.data?.failure : tried;
  if (!failure) return null;
  const root = rootOf(failure);
  return (
    <Section title="Last failure">
      <div className="fail st-failed">
        <b>{[root.type, firstLine(root.message, 400)].filter(Boolean).join(': ')}</b>
      </div>
    </Section>
  );
}

/** Wrappers say where, the innermost says what. */
const rootOf = (failure: RunFailure): RunFailure => (failure.cause === undefined ? failure : rootOf(failure.cause));

const PENDING_SHOWN = 6;

function Pending({ found, now }: { found: Description; now: number }) {
  const { activities } = found;
  return (
    <Section title={plural(activities.length, 'pending activity', 'pending activities')}>
      <dl className="kv">
        {activities.slice(0, PENDING_SHOWN).map((one) => (
          <Fact key={one.activityId} name={one.type}>
            {one.isPaused ? 'paused' : one.attempt > 1 ? `attempt ${one.attempt}` : one.state.toLowerCase()}
            {one.nextAt !== null && one.nextAt > now ? `, next in ${formatDuration(one.nextAt - now)}` : ''}
          </Fact>
        ))}
      </dl>
      {activities.length > PENDING_SHOWN ? <p className="axis">and {formatCount(activities.length - PENDING_SHOWN)} more</p> : null}
    </Section>
  );
}

function Facts({ namespace, row, found, now }: { namespace: string; row: Row; found: Description | undefined; now: number }) {
  const zone = usePreference('zone');
  const attributes = Object.entries(found?.searchAttributes ?? {});
  const events = found?.events ?? row.events;
  return (
    <Section title="Facts">
      <dl className="kv">
        <Fact name="Type">{row.type}</Fact>
        <Fact name="Run">
          <span className="mono">{middleCut(row.runId, 24)}</span>
        </Fact>
        <Fact name="Started">
          <Moment at={row.startedAt}>{formatMoment(row.startedAt, zone, now)}</Moment>
        </Fact>
        {row.closedAt === null ? null : (
          <Fact name="Closed">
            <Moment at={row.closedAt}>{formatMoment(row.closedAt, zone, now)}</Moment>
          </Fact>
        )}
        <Fact name="Queue">
          <Link href={paths.queue(namespace, row.queue)} prefetch={false}>
            {row.queue}
          </Link>
        </Fact>
        {found?.build ? <Fact name="Build">{found.build}</Fact> : null}
        {events > 0 ? (
          <Fact name="History">
            {plural(events, 'event')}, {formatBytes(found?.bytes ?? row.bytes)}
          </Fact>
        ) : null}
        {found === undefined || found.children.length === 0 ? null : <Fact name="Children">{formatCount(found.children.length)} open</Fact>}
        {attributes.map(([name, value]) => (
          <Fact key={name} name={name}>
            <span className="cut">{fieldText(value)}</span>
          </Fact>
        ))}
      </dl>
    </Section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt title={name}>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
