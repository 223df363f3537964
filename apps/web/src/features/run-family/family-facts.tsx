'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { usePreference } from '../../data/preferences.ts';
import { paths } from '../../data/paths.ts';
import { description, eventBodies } from '../../data/queries.ts';
import type { RunView } from '../../data/run-view.ts';
import { attributesOf, textOf, timeOf } from '../../domain/event-body.ts';
import type { Body } from '../../domain/payload-json.ts';
import { isBody } from '../../domain/payload-json.ts';
import { runLook } from '../../domain/status.ts';
import { formatMoment } from '../../lib/time.ts';
import { Moment } from '../../ui/moment.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useNow } from '../../ui/use-now.ts';

/** What the runs before and after this one are to it. */
export function FamilyFacts({ view }: { view: RunView }) {
  const { run, events } = view;
  const known = view.description;
  const last = events.at(-1);
  const resetId = events.findLast((event) => event.type === 'WorkflowTaskFailed' && event.cause === 'ResetWorkflow')?.id;
  const { data } = useQuery(eventBodies(run, events.length === 0 ? [] : resetId === undefined ? [1] : [1, resetId]));
  const started = attributes(data, 1);
  const reset = resetId === undefined ? {} : attributes(data, resetId);
  const before = textOf(started['continuedExecutionRunId']);
  const next = last !== undefined && CLOSES.has(last.type) ? last.runId : undefined;
  const first = known?.firstRunId;
  const base = textOf(reset['baseRunId']);
  const reason = isBody(reset['failure']) ? textOf(reset['failure']['message']) : undefined;
  const initiator = textOf(started['initiator']) ?? '';
  return (
    <dl className="kv fam-facts">
      <dt>Started by</dt>
      <dd>
        <StartedBy view={view} started={started} isRead={data !== undefined} />
      </dd>
      {first === undefined || first === '' || first === run.runId ? null : <RunFact name="First run" view={view} runId={first} />}
      {before === undefined ? null : (
        <RunFact name="Continues" view={view} runId={before}>
          {INITIATORS[initiator.replace(/^CONTINUE_AS_NEW_INITIATOR_/, '')] ?? ''}
        </RunFact>
      )}
      {next === undefined || next === '' ? null : <RunFact name="Continued by" view={view} runId={next} />}
      {base === undefined ? null : (
        <RunFact name="Reset of" view={view} runId={base}>
          to event <Link href={paths.event(run, resetId ?? 1)}>{resetId}</Link>
          {reason ? `, “${reason}”` : ''}
        </RunFact>
      )}
      {known?.resetTo ? <RunFact name="Reset to" view={view} runId={known.resetTo} /> : null}
    </dl>
  );
}

const CLOSES = new Set(['Completed', 'Failed', 'TimedOut', 'ContinuedAsNew'].map((end) => `WorkflowExecution${end}`));
const INITIATORS: Readonly<Record<string, string>> = {
  Workflow: 'the workflow asked for a new run',
  Retry: 'a retry, after it failed',
  CronSchedule: 'the next of its cron schedule',
};

function StartedBy({ view, started, isRead }: { view: RunView; started: Body; isRead: boolean }) {
  const zone = usePreference('zone');
  const now = useNow(false);
  const { run, description: known } = view;
  const schedule = textOf(known?.searchAttributes['TemporalScheduledById']);
  const at = timeOf(known?.searchAttributes['TemporalScheduledStartTime']);
  if (schedule !== undefined)
    return (
      <>
        schedule <Link href={paths.schedule(run.namespace, schedule)}>{schedule}</Link>
        {at === undefined ? null : (
          <span className="dim">
            {' '}
            for <Moment at={at}>{formatMoment(at, zone, now)}</Moment>
          </span>
        )}
      </>
    );
  if (known?.parent)
    return (
      <>
        its parent <Link href={paths.run({ namespace: run.namespace, ...known.parent }, 'family')}>{known.parent.workflowId}</Link>
        {known.root && known.root.runId !== known.parent.runId && known.root.runId !== run.runId ? (
          <span className="dim">
            {' '}
            below <Link href={paths.run({ namespace: run.namespace, ...known.root }, 'family')}>{known.root.workflowId}</Link>
          </span>
        ) : null}
      </>
    );
  if (!isRead) return null;
  const isContinued = textOf(started['continuedExecutionRunId']) !== undefined;
  return <>{textOf(started['identity']) ?? (isContinued ? 'the run before it' : 'a client that gave no name')}</>;
}

interface RunFactProps {
  readonly name: string;
  readonly view: RunView;
  readonly runId: string;
  readonly children?: ReactNode;
}

/** Another run of the same id, and how it ended. */
function RunFact({ name, view: { run }, runId, children }: RunFactProps) {
  const zone = usePreference('zone');
  const isLive = usePreference('isLive');
  const { data, error } = useQuery(description({ ...run, runId }, isLive));
  const now = useNow(false);
  return (
    <>
      <dt>{name}</dt>
      <dd className="row fam-run">
        <Link className="mono" href={paths.run({ ...run, runId }, 'family')} title={runId}>
          {runId.slice(0, 8)}
        </Link>
        {data === undefined ? (
          <span className="dim">{error === null ? '' : 'no longer kept'}</span>
        ) : (
          <StatusMark look={runLook(data.status)} />
        )}
        {data === undefined ? null : (
          <span className="dim small">
            <Moment at={data.startedAt}>{formatMoment(data.startedAt, zone, now)}</Moment>
          </span>
        )}
        {data === undefined ? null : (
          <Link className="small" href={paths.compare(run, { workflowId: run.workflowId, runId })}>
            compare
          </Link>
        )}
        {children ? <span className="mid small">{children}</span> : null}
      </dd>
    </>
  );
}

function attributes(bodies: readonly { readonly id: number; readonly body: unknown }[] | undefined, id: number): Body {
  const body = bodies?.find((one) => one.id === id)?.body;
  return isBody(body) ? attributesOf(body) : {};
}
