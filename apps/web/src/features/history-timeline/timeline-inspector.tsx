'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { paths } from '../../data/paths.ts';
import { usePreferences } from '../../data/preferences.ts';
import { eventBodies } from '../../data/queries.ts';
import type { RunView } from '../../data/run-view.ts';
import type { Group, WorkflowTask } from '../../domain/event-groups.ts';
import { kindIcon } from '../../domain/kind.ts';
import type { RunFailure } from '../../domain/run-event.ts';
import { groupLook } from '../../domain/status.ts';
import { rootCause } from '../../domain/why.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatClock } from '../../lib/time.ts';
import { Icon } from '../../ui/icon.tsx';
import { Inspector } from '../../ui/inspector.tsx';
import { JsonView } from '../../ui/json-view.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { InspectorData } from './inspector-data.tsx';

export interface InspectorProps {
  readonly view: RunView;
  readonly eventId: number;
  readonly now: number;
  readonly onClose: () => void;
  readonly onStep: (by: 1 | -1) => void;
}

const TABS = ['Facts', 'Input', 'Result', 'JSON'] as const;

export function TimelineInspector({ view, eventId, now, onClose, onStep }: InspectorProps) {
  const group = view.groups.byEvent.get(eventId);
  const task = view.groups.taskByEvent.get(eventId);
  const [tab, setTab] = useState<(typeof TABS)[number]>('Facts');
  if (group === undefined && task === undefined) return null;
  const title = group?.name ?? `Workflow task ${task?.index ?? ''}`;
  const ids = group?.eventIds ?? task?.eventIds ?? [];
  const look = group
    ? groupLook(group.status)
    : groupLook(
        task?.status === 'open'
          ? 'running'
          : task?.status === 'completed'
            ? 'completed'
            : task?.status === 'timedout'
              ? 'timedout'
              : 'failed',
      );
  return (
    <Inspector label={`Inspector: ${title}`}>
      <div className="insp-head">
        <div className="row">
          <Icon name={group ? kindIcon(group.kind) : 'wft'} />
          <h2 className="cut">{title}</h2>
          <Link className="mono dim quietl" href={paths.event(view.run, eventId)}>
            #{eventId}
          </Link>
          <span className="grow" />
          <button className="btn quiet icon insp-close" type="button" aria-label="Previous row" onClick={() => onStep(-1)}>
            <Icon name="up" />
          </button>
          <button className="btn quiet icon insp-close" type="button" aria-label="Next row" onClick={() => onStep(1)}>
            <Icon name="down" />
          </button>
          <button className="btn quiet icon" type="button" aria-label="Close inspector" onClick={onClose}>
            <Icon name="x" />
          </button>
        </div>
        <div className="row small">
          <StatusMark
            look={look}
            text={group && group.attempt > 1 && group.endedAt === undefined ? `${look.word}, attempt ${group.attempt}` : look.word}
            loud
          />
          {group?.label ? <span className="dim cut">{group.label}</span> : null}
        </div>
      </div>
      <div className="tabs" role="tablist" aria-label={title}>
        {TABS.map((one) => (
          <button key={one} className="tabb" type="button" role="tab" aria-selected={tab === one} onClick={() => setTab(one)}>
            {one}
          </button>
        ))}
      </div>
      <div className="scroll" tabIndex={0} role="tabpanel" aria-label={tab}>
        {tab === 'Facts' ? (
          group ? (
            <GroupFacts view={view} group={group} now={now} />
          ) : task ? (
            <TaskFacts task={task} />
          ) : null
        ) : tab === 'JSON' ? (
          <Bodies view={view} ids={ids} />
        ) : (
          <InspectorData run={view.run} ids={ids} part={tab === 'Input' ? 'input' : 'result'} />
        )}
      </div>
    </Inspector>
  );
}

function GroupFacts({ view, group, now }: { view: RunView; group: Group; now: number }) {
  const { zone } = usePreferences();
  const clock = (ms: number) => formatClock(ms, zone, 3);
  const waited = group.startedAt !== undefined && group.attempt === 1 ? group.startedAt - group.openedAt : undefined;
  const root = rootCause(group.failure);
  return (
    <>
      <section className="sec">
        <dl className="kv">
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
          {group.pending?.nextAt && group.pending.nextAt > now ? (
            <Fact
              name="Next try"
              value={
                <>
                  <b>in {formatDuration(group.pending.nextAt - now)}</b>{' '}
                  <span className="dim">
                    attempt {group.attempt}
                    {group.pending.attemptsMax > 0 ? ` of ${group.pending.attemptsMax}` : ', no maximum'}
                  </span>
                </>
              }
            />
          ) : null}
          {group.dueAt === undefined ? null : <Fact name="Due" value={clock(group.dueAt)} />}
          {group.attempt > 1 ? <Fact name="Attempts" value={String(group.attempt)} /> : null}
          {group.queue ? (
            <Fact name="Queue" value={<Link href={paths.queue(view.run.namespace, group.queue)}>{group.queue}</Link>} />
          ) : null}
          {group.worker ? (
            <Fact name={group.kind === 'signal' ? 'From' : 'Worker'} value={<span className="mono">{group.worker}</span>} />
          ) : null}
          {group.key ? (
            <Fact
              name={group.kind === 'child' ? 'Workflow' : 'Id'}
              value={
                group.kind === 'child' ? (
                  <Link
                    className="mono"
                    href={
                      group.runId
                        ? paths.run({ ...view.run, workflowId: group.key, runId: group.runId })
                        : paths.workflow(view.run.namespace, group.key)
                    }
                  >
                    {group.key}
                  </Link>
                ) : (
                  <span className="mono">{group.key}</span>
                )
              }
            />
          ) : null}
          {group.taskId ? (
            <Fact name="Caused by" value={<Link href={paths.event(view.run, group.taskId)}>workflow task, event {group.taskId}</Link>} />
          ) : null}
          {group.pending?.heartbeatAt ? (
            <Fact name="Heartbeat" value={`${formatDuration(now - group.pending.heartbeatAt)} ago ${group.pending.heartbeat ?? ''}`} />
          ) : null}
        </dl>
      </section>
      {root ? (
        <FailureBlock
          failure={root}
          tone={groupLook(group.status).tone}
          note={group.endedAt === undefined ? `Attempt ${group.attempt - (group.pending?.state === 'Started' ? 1 : 1)}` : 'Failure'}
        />
      ) : null}
    </>
  );
}

function TaskFacts({ task }: { task: WorkflowTask }) {
  const { zone } = usePreferences();
  const clock = (ms: number) => formatClock(ms, zone, 3);
  return (
    <>
      <section className="sec">
        <dl className="kv">
          <Fact name="Scheduled" value={clock(task.scheduledAt)} />
          {task.startedAt ? <Fact name="Queue wait" value={<b>{formatDuration(task.startedAt - task.scheduledAt)}</b>} /> : null}
          {task.startedAt && task.endedAt ? <Fact name="Run" value={<b>{formatDuration(task.endedAt - task.startedAt)}</b>} /> : null}
          {task.worker ? <Fact name="Worker" value={<span className="mono">{task.worker}</span>} /> : null}
          {task.cause ? <Fact name="Cause" value={task.cause} /> : null}
        </dl>
      </section>
      {task.failure ? <FailureBlock failure={rootCause(task.failure) ?? task.failure} tone="failed" note="Failure" /> : null}
    </>
  );
}

function FailureBlock({ failure, tone, note }: { failure: RunFailure; tone: string; note: string }) {
  return (
    <>
      <section className="sec">
        <h3>{note}</h3>
        <div className={`fail st-${tone}`}>
          <b>{failure.type}</b>
          <span className="mid wrapt">{failure.message}</span>
        </div>
      </section>
      {failure.stack ? (
        <section className="sec">
          <h3>Stack</h3>
          <pre className="code stackt" tabIndex={0} aria-label="Stack">
            {failure.stack}
          </pre>
        </section>
      ) : null}
    </>
  );
}

function Fact({ name, value }: { name: string; value: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

function Bodies({ view, ids }: { view: RunView; ids: readonly number[] }) {
  const { data } = useQuery(eventBodies(view.run, ids));
  return (
    <>
      {(data ?? []).map((one) => (
        <section className="sec" key={one.id}>
          <h3>Event {one.id}</h3>
          <JsonView value={one.body} label={`Event ${one.id}`} />
        </section>
      ))}
    </>
  );
}
