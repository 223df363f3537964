'use client';
import type { CSSProperties } from 'react';
import type { CriticalPath } from '../../domain/critical-path.ts';
import type { WorkflowTask } from '../../domain/event-groups.ts';
import { freePlace } from '../../domain/free-place.ts';
import type { TimeScale } from '../../domain/time-scale.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatCount } from '../../lib/number.ts';
import { cx } from '../../lib/text.ts';
import { Icon } from '../../ui/icon.tsx';
import { PathLine } from './path-line.tsx';
import type { Zoom } from './zoom.ts';

const at = (a: number): CSSProperties => ({ '--a': Number(a.toFixed(3)) });

export interface TaskRowProps {
  readonly tasks: readonly WorkflowTask[];
  readonly scale: TimeScale;
  readonly zoom: Zoom;
  /** Where the line of now stands; undefined for a closed run. */
  readonly nowAt: number | undefined;
  readonly selected: number | null;
  readonly path: CriticalPath | undefined;
  readonly onSelect: (id: number) => void;
}

/** Per cent of the visible lane that a letter and a tick take, where the lane is at its narrowest beside the inspector. */
const CHAR_WIDTH = 0.9;
const TICK_WIDTH = 0.6;

const isBad = (task: WorkflowTask): boolean => task.status === 'failed' || task.status === 'timedout';
const placeOf = (task: WorkflowTask, scale: TimeScale): number => scale.at(task.startedAt ?? task.scheduledAt);

/** Every workflow task as a tick, in a lane of its own: where replays, outages and non-determinism show. */
export function TaskRow({ tasks, scale, zoom, nowAt, selected, path, onSelect }: TaskRowProps) {
  const grain = 0.12 / zoom.scale;
  const seen = new Set<number>();
  const ticks = tasks.filter((task) => {
    const place = Math.round(placeOf(task, scale) / grain);
    if (seen.has(place) && !isBad(task)) return false;
    seen.add(place);
    return true;
  });
  const failed = tasks.filter(isBad).length;
  const spans = tasks.flatMap((task) => (task.startedAt && task.endedAt ? [task.endedAt - task.startedAt] : [])).sort((a, b) => a - b);
  const p95 = spans[Math.floor(spans.length * 0.95)];
  const last = tasks.at(-1);
  const text = [failed > 0 ? `${failed} failed` : '', p95 === undefined ? '' : `p95 ${formatDuration(p95)}`].filter(Boolean).join(', ');
  const seenTo = zoom.offset + 100 / zoom.scale;
  const place = freePlace([...ticks.map((task) => ({ a: placeOf(task, scale), n: TICK_WIDTH / zoom.scale })), ...scale.folds], {
    from: zoom.offset,
    to: nowAt === undefined ? seenTo : Math.min(seenTo, nowAt),
    width: text === '' ? Number.POSITIVE_INFINITY : (text.length * CHAR_WIDTH + TICK_WIDTH) / zoom.scale,
  });
  return (
    <div
      role="row"
      className={cx('tl-row lane', last?.id === selected && 'sel')}
      aria-level={1}
      aria-rowindex={1}
      tabIndex={-1}
      aria-label={`${tasks.length} workflow tasks${text ? `, ${text}` : ''}`}
      onClick={() => last && onSelect(last.id)}
    >
      <div role="rowheader" className="tl-name">
        <Icon name="wft" />
        <span className="cut">Workflow tasks</span>
        <span className="n">{formatCount(tasks.length)}</span>
      </div>
      <div role="gridcell" className="tl-lane" aria-hidden="true">
        {ticks.map((task) => (
          <i key={task.id} className={cx('tk', isBad(task) && 'bad', task.status === 'open' && 'openk')} style={at(placeOf(task, scale))} />
        ))}
        {path === undefined ? null : <PathLine steps={ticks.flatMap((task) => path.byId.get(task.id) ?? [])} scale={scale} />}
        {place === undefined ? null : (
          <span className="em st-wait" style={at(place)}>
            <span>{text}</span>
          </span>
        )}
      </div>
    </div>
  );
}
