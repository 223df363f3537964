'use client';
import { memo, useMemo } from 'react';
import type { CriticalPath } from '../../domain/critical-path.ts';
import type { WorkflowTask } from '../../domain/event-groups.ts';
import { freePlace } from '../../domain/free-place.ts';
import type { TimeScale } from '../../domain/time-scale.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatCount } from '../../lib/number.ts';
import { cx } from '../../lib/text.ts';
import { Icon } from '../../ui/icon.tsx';
import { Mark } from './mark.tsx';
import { PathLine } from './path-line.tsx';
import { reachOf } from './reach.ts';
import { StretchedLines } from './stretched-lines.tsx';
import { useDrawnZoom } from './use-zoom.ts';
import type { ZoomControl } from './zoom-control.ts';
import type { Zoom } from './zoom.ts';

export interface TaskRowProps {
  readonly tasks: readonly WorkflowTask[];
  readonly scale: TimeScale;
  readonly control: ZoomControl;
  /** Where the line of now stands; undefined for a closed run. */
  readonly nowAt: number | undefined;
  readonly isSelected: boolean;
  readonly path: CriticalPath | undefined;
  readonly onSelect: (id: number) => void;
}

/** Per cent of the visible lane that a letter and a tick take, where the lane is at its narrowest beside the inspector. */
const CHAR_WIDTH = 0.9;
const TICK_WIDTH = 0.6;
/** Ticks that are nearer than this, in per cent of the visible lane, are one. */
const GRAIN = 0.12;

const isBad = (task: WorkflowTask): boolean => task.status === 'failed' || task.status === 'timedout';
const toneOf = (task: WorkflowTask): string => (isBad(task) ? 'failed' : task.status === 'open' ? 'running' : 'wait');

/** Every workflow task as a tick, in a lane of its own: where replays, outages and non-determinism show. */
export const TaskRow = memo(function TaskRow({ tasks, scale, control, nowAt, isSelected, path, onSelect }: TaskRowProps) {
  const text = useMemo(() => summaryOf(tasks), [tasks]);
  const last = tasks.at(-1);
  return (
    <div
      role="row"
      className={cx('tl-row lane', isSelected && 'sel')}
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
        <TaskTicks tasks={tasks} scale={scale} control={control} nowAt={nowAt} path={path} text={text} />
      </div>
    </div>
  );
});

function summaryOf(tasks: readonly WorkflowTask[]): string {
  const failed = tasks.filter(isBad).length;
  const spans = tasks.flatMap((task) => (task.startedAt && task.endedAt ? [task.endedAt - task.startedAt] : [])).sort((a, b) => a - b);
  const p95 = spans[Math.floor(spans.length * 0.95)];
  return [failed > 0 ? `${failed} failed` : '', p95 === undefined ? '' : `p95 ${formatDuration(p95)}`].filter(Boolean).join(', ');
}

interface TicksProps extends Pick<TaskRowProps, 'tasks' | 'scale' | 'control' | 'nowAt' | 'path'> {
  readonly text: string;
}

function TaskTicks({ tasks, scale, control, nowAt, path, text }: TicksProps) {
  const zoom = useDrawnZoom(control, scale);
  const width = 100 / zoom.scale;
  const { from, to, ticks, paths } = useMemo(() => ticksOf(tasks, scale, zoom), [tasks, scale, zoom]);
  const seenTo = zoom.offset + width;
  const place = freePlace([...ticks.map(({ a }) => ({ a, n: TICK_WIDTH / zoom.scale })), ...scale.folds], {
    from: zoom.offset,
    to: nowAt === undefined ? seenTo : Math.min(seenTo, nowAt),
    width: text === '' ? Number.POSITIVE_INFINITY : (text.length * CHAR_WIDTH + TICK_WIDTH) / zoom.scale,
  });
  return (
    <>
      <div className="tl-track">
        <StretchedLines className="tks" from={from} width={to - from} height={1} paths={paths} />
        {path === undefined ? null : (
          <PathLine steps={ticks.flatMap(({ id }) => path.byId.get(id) ?? [])} scale={scale} control={control} />
        )}
      </div>
      {place === undefined ? null : (
        <Mark className="em st-wait" a={place}>
          <span>{text}</span>
        </Mark>
      )}
    </>
  );
}

/** Those in reach of the window; of several in one place the first, and all that went wrong. */
function ticksOf(tasks: readonly WorkflowTask[], scale: TimeScale, zoom: Zoom) {
  const reach = reachOf(zoom);
  const from = Math.max(0, reach.from);
  const to = Math.min(100, reach.to);
  const grain = GRAIN / zoom.scale;
  const seen = new Set<number>();
  const ticks: { id: number; a: number }[] = [];
  const paths = new Map<string, string>();
  for (const task of tasks) {
    const a = scale.at(task.startedAt ?? task.scheduledAt);
    if (a < from || a > to) continue;
    const place = Math.round(a / grain);
    if (seen.has(place) && !isBad(task)) continue;
    seen.add(place);
    ticks.push({ id: task.id, a });
    const tone = toneOf(task);
    paths.set(tone, `${paths.get(tone) ?? ''}M${(a - from).toFixed(4)} 0V1`);
  }
  return { from, to, ticks, paths };
}
