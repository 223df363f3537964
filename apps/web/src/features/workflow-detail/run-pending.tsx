'use client';
import Link from 'next/link';
import { paths } from '../../data/paths.ts';
import { usePreference } from '../../data/preferences.ts';
import { useRunParams } from '../../data/run-params.ts';
import { useRunView } from '../../data/run-view.ts';
import type { Group } from '../../domain/event-groups.ts';
import { kindIcon } from '../../domain/kind.ts';
import { groupLook } from '../../domain/status.ts';
import { formatDuration } from '../../lib/duration.ts';
import { firstLine } from '../../lib/text.ts';
import { formatClock } from '../../lib/time.ts';
import { Hollow } from '../../ui/hollow.tsx';
import { Icon } from '../../ui/icon.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useNow } from '../../ui/use-now.ts';
import { ActivityActions } from './activity-actions.tsx';

/** What the run is waiting for: activities, timers, children, and its next workflow task. */
export function RunPending() {
  const run = useRunParams();
  const { groups, description, isLoading } = useRunView(run);
  const now = useNow();
  const zone = usePreference('zone');
  const open = groups.groups.filter((group) => group.endedAt === undefined && group.status !== 'received');
  const task = description?.task ?? null;
  if (!isLoading && open.length === 0 && task === null) {
    return (
      <Hollow
        title={
          description?.closedAt
            ? 'Nothing is pending: the run is closed.'
            : 'Nothing is pending: the workflow waits for a signal, an update, or a condition of its own.'
        }
      />
    );
  }
  return (
    <div className="scroll">
      <table role="table" className="grid cards pend-t" aria-label="Pending">
        <colgroup>
          <col style={{ width: '24%' }} />
          <col style={{ width: 132 }} />
          <col style={{ width: 108 }} />
          <col style={{ width: 184 }} />
          <col style={{ width: '14%' }} />
          <col />
          <col style={{ width: 48 }} />
        </colgroup>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              What
            </th>
            <th role="columnheader" scope="col">
              State
            </th>
            <th role="columnheader" scope="col" className="num">
              For
            </th>
            <th role="columnheader" scope="col">
              Next
            </th>
            <th role="columnheader" scope="col">
              Worker
            </th>
            <th role="columnheader" scope="col">
              Last failure, or heartbeat
            </th>
            <th role="columnheader" scope="col">
              <span className="sr">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {task ? (
            <tr role="row">
              <td role="cell">
                <span className="row">
                  <Icon name="wft" /> Workflow task
                </span>
              </td>
              <td role="cell">
                <StatusMark
                  look={groupLook(task.attempt > 1 ? 'retrying' : task.state === 'Started' ? 'running' : 'scheduled')}
                  text={task.attempt > 1 ? `Attempt ${task.attempt}` : task.state}
                />
              </td>
              <td role="cell" className="num">
                {task.scheduledAt === null ? '' : formatDuration(now - task.scheduledAt)}
              </td>
              <td role="cell" />
              <td role="cell" className="mid">
                {description?.queue}
              </td>
              <td role="cell" />
              <td role="cell" />
            </tr>
          ) : null}
          {open.map((group) => (
            <tr role="row" key={group.id}>
              <td role="cell">
                <span className="row">
                  <Icon name={kindIcon(group.kind)} />
                  <Link className="quietl strong cut" href={paths.event(run, group.id)}>
                    {group.name}
                  </Link>
                  {group.label && group.kind !== 'timer' ? <span className="dim cut">{group.label}</span> : null}
                </span>
              </td>
              <td role="cell">
                <StatusMark look={groupLook(group.status)} text={group.attempt > 1 ? `Attempt ${group.attempt}` : undefined} />
              </td>
              <td role="cell" className="num">
                {formatDuration(now - group.openedAt)}
              </td>
              <td role="cell" className="mid">
                {nextOf(group, now, (ms) => formatClock(ms, zone))}
              </td>
              <td role="cell" className="mid">
                {group.worker ?? group.queue ?? ''}
              </td>
              <td role="cell" className="mid" title={group.failure?.message}>
                {group.failure
                  ? firstLine(group.failure.message, 120)
                  : group.pending?.heartbeatAt
                    ? `beat ${formatDuration(now - group.pending.heartbeatAt)} ago ${group.pending.heartbeat ?? ''}`
                    : ''}
              </td>
              <td role="cell" className="acts-c">
                <ActivityActions run={run} group={group} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function nextOf(group: Group, now: number, clock: (ms: number) => string): string {
  if (group.dueAt !== undefined) return `${group.dueAt > now ? `in ${formatDuration(group.dueAt - now)}` : 'due'}, ${clock(group.dueAt)}`;
  const next = group.pending?.nextAt;
  if (next && next > now) return `in ${formatDuration(next - now)}, ${clock(next)}`;
  return group.status === 'scheduled' ? 'waits for a worker' : '';
}
