'use client';
import Link from 'next/link';
import { fileOf, paths } from '../../data/paths.ts';
import { usePreference } from '../../data/preferences.ts';
import type { RunView } from '../../data/run-view.ts';
import type { Group } from '../../domain/event-groups.ts';
import { groupLook } from '../../domain/status.ts';
import { rootCause } from '../../domain/why.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatClock } from '../../lib/time.ts';
import { Fact } from './fact.tsx';
import { ResetFact } from './reset-fact.tsx';
import { FailureBlock } from '../../ui/failure-block.tsx';
import { Moment } from '../../ui/moment.tsx';

interface FactsProps {
  readonly view: RunView;
  readonly group: Group;
  readonly now: number;
}

export function GroupFacts({ view, group, now }: FactsProps) {
  const root = rootCause(group.failure);
  return (
    <>
      <section className="sec">
        <dl className="kv">
          <TimeFacts view={view} group={group} now={now} />
          <NextTry group={group} now={now} />
          <PlaceFacts view={view} group={group} now={now} />
          {group.taskId === undefined || group.kind === 'attr' || group.kind === 'marker' ? null : (
            <ResetFact view={view} choice={`step:${group.id}`} words={`reset to before ${group.name}…`} />
          )}
        </dl>
      </section>
      {root ? (
        <FailureBlock
          failure={root}
          tone={groupLook(group.status).tone}
          note={group.endedAt === undefined ? `Attempt ${group.attempt - 1}` : 'Failure'}
        />
      ) : null}
    </>
  );
}

function TimeFacts({ group, now }: FactsProps) {
  const zone = usePreference('zone');
  const clock = (ms: number) => <Moment at={ms}>{formatClock(ms, zone, 3)}</Moment>;
  const waited = group.startedAt !== undefined && group.attempt === 1 ? group.startedAt - group.openedAt : undefined;
  return (
    <>
      <Fact name={group.kind === 'signal' ? 'Received' : 'Scheduled'} value={clock(group.openedAt)} />
      {waited === undefined ? null : <Fact name="Queue wait" value={<b>{formatDuration(waited)}</b>} />}
      {group.startedAt === undefined ? null : <Fact name="Started" value={clock(group.startedAt)} />}
      {group.endedAt === undefined ? null : <Fact name="Ended" value={clock(group.endedAt)} />}
      {group.status === 'received' ? null : (
        <Fact
          name={group.endedAt === undefined ? 'For' : 'Run'}
          value={<b>{formatDuration((group.endedAt ?? now) - (group.startedAt ?? group.openedAt))}</b>}
        />
      )}
      {group.dueAt === undefined ? null : <Fact name="Due" value={clock(group.dueAt)} />}
      {group.attempt > 1 ? <Fact name={group.endedAt === undefined ? 'Attempt' : 'Attempts'} value={String(group.attempt)} /> : null}
    </>
  );
}

function NextTry({ group: { pending, attempt }, now }: Pick<FactsProps, 'group' | 'now'>) {
  if (!pending?.nextAt || pending.nextAt <= now) return null;
  return (
    <Fact
      name="Next try"
      value={
        <>
          <b>in {formatDuration(pending.nextAt - now)}</b>{' '}
          <span className="dim">
            attempt {attempt}
            {pending.attemptsMax > 0 ? ` of ${pending.attemptsMax}` : ', no maximum'}
          </span>
        </>
      }
    />
  );
}

function PlaceFacts({ view, group, now }: FactsProps) {
  // A file leads to nothing but its own events.
  const isFile = fileOf(view.run.namespace) !== undefined;
  return (
    <>
      {group.queue ? (
        <Fact name="Queue" value={isFile ? group.queue : <Link href={paths.queue(view.run.namespace, group.queue)}>{group.queue}</Link>} />
      ) : null}
      {group.worker ? (
        <Fact name={group.kind === 'signal' ? 'From' : 'Worker'} value={<span className="mono">{group.worker}</span>} />
      ) : null}
      {group.key && group.kind === 'child' ? (
        <Fact
          name="Workflow"
          value={isFile ? <span className="mono">{group.key}</span> : <ChildLink view={view} workflowId={group.key} runId={group.runId} />}
        />
      ) : null}
      {group.key && group.kind !== 'child' ? <Fact name="Id" value={<span className="mono">{group.key}</span>} /> : null}
      {group.taskId ? (
        <Fact name="Caused by" value={<Link href={paths.event(view.run, group.taskId)}>workflow task, event {group.taskId}</Link>} />
      ) : null}
      {group.pending === undefined ? null : (
        <Fact name="Act on it" value={<Link href={paths.run(view.run, 'pending')}>retry, pause, options…</Link>} />
      )}
      {group.pending?.heartbeatAt ? (
        <Fact name="Heartbeat" value={`${formatDuration(now - group.pending.heartbeatAt)} ago ${group.pending.heartbeat ?? ''}`} />
      ) : null}
    </>
  );
}

function ChildLink({ view, workflowId, runId }: { view: RunView; workflowId: string; runId: string | undefined }) {
  const href = runId ? paths.run({ ...view.run, workflowId, runId }) : paths.workflow(view.run.namespace, workflowId);
  return (
    <Link className="mono" href={href}>
      {workflowId}
    </Link>
  );
}
