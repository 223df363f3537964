'use client';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { usePreference } from '../../data/preferences.ts';
import type { Group } from '../../domain/event-groups.ts';
import type { Gutter, HistoryRow } from '../../domain/history-rows.ts';
import { verbOf } from '../../domain/history-rows.ts';
import { kindIcon } from '../../domain/kind.ts';
import type { RunEvent } from '../../domain/run-event.ts';
import type { StatusLook } from '../../domain/status.ts';
import { groupLook } from '../../domain/status.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatBytes } from '../../lib/number.ts';
import { cx, firstLine } from '../../lib/text.ts';
import { formatClock } from '../../lib/time.ts';
import { isFocusFree } from '../../ui/free-focus.ts';
import type { IconName } from '../../ui/icon.tsx';
import { Glyph, Icon } from '../../ui/icon.tsx';

export interface RowProps {
  readonly row: HistoryRow;
  readonly now: number;
  readonly index: number;
  readonly isHere: boolean;
  readonly isFirst: boolean;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly selectedGroup: number | undefined;
}

export function Row(props: RowProps) {
  const { row, index, isHere, isFirst, isOpen, onToggle, selectedGroup } = props;
  const zone = usePreference('zone');
  const element = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    const focused = document.activeElement;
    if (isHere && (isFocusFree(focused) || focused?.closest('tr[data-event]'))) element.current?.focus({ preventScroll: true });
  }, [isHere]);
  const cells = cellsOf(row, props.now, (ms) => formatClock(ms, zone, 1));
  const isPending = row.kind === 'pending';
  return (
    <tr
      role="row"
      ref={element}
      data-event
      className={cx(isHere && 'here', isPending && 'pend')}
      tabIndex={isHere || isFirst ? 0 : -1}
      aria-rowindex={index + 2}
      aria-expanded={isPending ? undefined : isOpen}
      onClick={() => {
        if (window.getSelection()?.isCollapsed) onToggle();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target === event.currentTarget) onToggle();
      }}
    >
      <GutterCell gutter={row.gutter} selected={selectedGroup} />
      <td role="gridcell" className="mono id">
        {cells.id}
      </td>
      <td role="gridcell" className="mono t" data-at={cells.at}>
        {cells.time}
      </td>
      <td role="gridcell" className="num dim mono dl">
        {cells.delta}
      </td>
      <td role="gridcell" className="ev">
        <span className="row">
          <Icon name={cells.icon} />
          <span className="cut">
            <span className={row.kind === 'task' ? 'mid' : 'strong'}>{cells.name}</span>{' '}
            <span className={cells.look ? `st-${cells.look.tone}` : 'dim'} style={cells.look ? { color: 'var(--c)' } : undefined}>
              {cells.verb}
            </span>
            {cells.label ? ' ' : null}
            {cells.label ? <span className="dim"> {cells.label}</span> : null}
          </span>
          {cells.look ? (
            <span className={`st st-${cells.look.tone} gl`}>
              <Glyph name={cells.look.glyph} />
            </span>
          ) : null}
        </span>
      </td>
      <td role="gridcell" className="sm mid" title={typeof cells.summary === 'string' ? cells.summary : undefined}>
        {cells.summary}
      </td>
      <td role="gridcell" className="num dim z small">
        {cells.size}
      </td>
    </tr>
  );
}

interface Cells {
  readonly id: string;
  readonly time: string;
  /** When it happened; nothing for what is still to come. */
  readonly at?: number;
  readonly delta: string;
  readonly icon: IconName;
  readonly name: string;
  readonly verb: string;
  readonly label?: string | undefined;
  /** Set only where somebody may need to look. */
  readonly look?: StatusLook | undefined;
  readonly summary: ReactNode;
  readonly size: string;
}

function cellsOf(row: HistoryRow, now: number, clock: (ms: number) => string): Cells {
  if (row.kind === 'pending') return pendingCells(row.group, now, clock);
  if (row.kind === 'task') {
    const { task, first, last } = row;
    const isBad = task.status === 'failed' || task.status === 'timedout';
    const ran = task.startedAt !== undefined && task.endedAt !== undefined ? formatDuration(task.endedAt - task.startedAt) : '';
    const summary = isBad ? firstLine(task.failure?.message ?? task.cause ?? '', 160) : [ran, task.worker].filter(Boolean).join(', ');
    return {
      id: first.id === last.id ? String(first.id) : `${first.id}–${last.id}`,
      time: clock(last.at),
      at: last.at,
      delta: deltaOf(first, row.previousAt, last.at),
      icon: 'wft',
      name: `Workflow task ${task.index}`,
      verb: task.status === 'timedout' ? 'timed out' : task.status === 'open' ? (task.startedAt ? 'running' : 'scheduled') : task.status,
      look: isBad ? groupLook(task.status === 'failed' ? 'failed' : 'timedout') : undefined,
      summary,
      size: formatBytes(first.bytes + last.bytes),
    };
  }
  const { event, group } = row;
  return {
    id: String(event.id),
    time: clock(event.at),
    at: event.at,
    delta: row.previousAt === undefined ? '' : `+${formatDuration(event.at - row.previousAt)}`,
    icon: iconOf(event, group),
    name: group?.name ?? runName(event),
    verb: verbOf(event.type),
    label: event.type.endsWith('Scheduled') && event.label ? event.label : undefined,
    look: lookOf(event),
    summary: summaryOf(event),
    size: formatBytes(event.bytes),
  };
}

const deltaOf = (first: RunEvent, previous: number | undefined, at: number): string =>
  `+${formatDuration(at - (previous === undefined ? first.at : Math.min(previous, at)))}`;

function pendingCells(group: Group, now: number, clock: (ms: number) => string): Cells {
  const look = groupLook(group.status);
  const next = group.pending?.nextAt ?? group.dueAt;
  const time = next && next > now ? (group.dueAt ? clock(next).slice(0, 8) : `in ${formatDuration(next - now)}`) : look.word.toLowerCase();
  const verb = group.attempt > 1 ? `try ${group.attempt}, pending` : group.status === 'running' ? 'running' : 'pending';
  const summary = group.failure
    ? `attempt ${group.attempt - 1} failed: ${firstLine(group.failure.message, 120)}`
    : group.dueAt
      ? `fires in ${formatDuration(group.dueAt - now)}`
      : `for ${formatDuration(now - group.openedAt)}${group.worker ? ` on ${group.worker}` : ''}`;
  return { id: '–', time, delta: '', icon: kindIcon(group.kind), name: group.name, verb, look, summary, size: '' };
}

function lookOf(event: RunEvent): StatusLook | undefined {
  if (event.type.endsWith('TimedOut')) return groupLook('timedout');
  if (event.type.endsWith('Failed')) return groupLook('failed');
  if (event.type.endsWith('Terminated')) return groupLook('terminated');
  return undefined;
}

const runName = (event: RunEvent): string => (event.type.startsWith('WorkflowTask') ? 'Workflow task' : (event.name ?? 'Run'));
const iconOf = (event: RunEvent, group: Group | undefined): IconName =>
  group
    ? kindIcon(group.kind)
    : event.type.startsWith('WorkflowTask')
      ? 'wft'
      : event.type === 'WorkflowExecutionStarted'
        ? 'start'
        : 'workflows';

function summaryOf(event: RunEvent): string {
  if (event.failure)
    return firstLine(`${event.failure.cause?.type ?? event.failure.type}: ${event.failure.cause?.message ?? event.failure.message}`, 160);
  if (event.delayMs !== undefined) return formatDuration(event.delayMs);
  const parts = [event.text, event.cause, event.attempt && event.attempt > 1 ? `attempt ${event.attempt}` : undefined];
  const said = parts.filter(Boolean).join(', ');
  return said || [event.worker, event.queue].filter(Boolean).join(', ');
}

function GutterCell({ gutter, selected }: { gutter: Gutter; selected: number | undefined }) {
  return (
    <td role="gridcell" className="gt">
      {gutter.lines.map((line) => (
        <i
          key={line.groupId}
          className={cx(
            'l',
            line.part === 'begin' && 'beg',
            line.part === 'end' && 'end',
            line.isPending && 'pend',
            line.groupId === selected && 'on',
          )}
          style={{ '--l': line.lane }}
        />
      ))}
      {gutter.dot ? (
        <i
          className={cx('d', `st-${gutter.dot.tone}`, gutter.dot.isHollow && 'hollow', gutter.dot.groupId === selected && 'on')}
          style={{ '--l': gutter.dot.lane }}
        />
      ) : null}
      <span className="sr">{gutter.dot ? `group ${gutter.dot.groupId}` : ''}</span>
    </td>
  );
}
