'use client';
import type { Virtualizer } from '@tanstack/react-virtual';
import type { RunView } from '../../data/run-view.ts';
import type { CriticalPath } from '../../domain/critical-path.ts';
import { axisTicks } from '../../domain/time-scale.ts';
import type { TimelineRow } from '../../domain/timeline-layout.ts';
import { TaskRow } from './task-row.tsx';
import { BarRow } from './timeline-row.tsx';
import type { Timeline } from './use-timeline.ts';
import type { ZoomControl } from './use-zoom.ts';
import type { Zoom } from './zoom.ts';
import { zoomTo } from './zoom.ts';

const at = (a: number, n?: number) => ({ '--a': a, ...(n === undefined ? {} : { '--n': n }) });

export interface TimelineBodyProps {
  readonly view: RunView;
  readonly timeline: Timeline;
  readonly control: ZoomControl;
  /** Row 0 is the lane of the workflow tasks. */
  readonly virtual: Virtualizer<HTMLDivElement, Element>;
  readonly nowAt: number | undefined;
  /** The selected event. */
  readonly selected: number | null;
  readonly hasSelectedRow: boolean;
  readonly path: CriticalPath | undefined;
  readonly onSelect: (eventId: number) => void;
  readonly onToggle: (key: string) => void;
}

/** The rows in sight over the ground they share: ticks, folds and the line of now. */
export function TimelineBody(props: TimelineBodyProps) {
  const { view, timeline, control, virtual, nowAt, selected, hasSelectedRow, path, onSelect, onToggle } = props;
  const { rows, scale, end } = timeline;
  const bar = (row: TimelineRow, index: number) => (
    <BarRow
      row={row}
      index={index}
      scale={scale}
      zoom={control.zoom}
      now={end}
      isSelected={row.group.id === selected && (row.members.length === 1 || !row.isExpanded)}
      path={path}
      isFirst={index === 1 && !hasSelectedRow}
      onSelect={() => onSelect(row.group.id)}
      onToggle={() => onToggle(row.key)}
      onFit={() => control.set(zoomTo(scale.at(row.group.openedAt), scale.at(row.endMark?.at ?? end)))}
    />
  );
  return (
    <div
      className="tl-body"
      role="treegrid"
      aria-label="Timeline"
      aria-rowcount={rows.length + 1}
      style={{ height: virtual.getTotalSize(), '--folds': foldGround(scale.folds) }}
    >
      <Ground timeline={timeline} zoom={control.zoom} nowAt={nowAt} />
      {virtual.getVirtualItems().map((item) => {
        const row = rows[item.index - 1];
        return (
          <div key={item.key} className="tl-slot" role="none" style={{ transform: `translateY(${item.start}px)` }}>
            {item.index === 0 ? (
              <TaskRow
                tasks={view.groups.tasks}
                scale={scale}
                zoom={control.zoom}
                nowAt={nowAt}
                selected={selected}
                path={path}
                onSelect={onSelect}
              />
            ) : row ? (
              bar(row, item.index)
            ) : null}
          </div>
        );
      })}
      {nowAt === undefined ? null : <div className="tl-now" style={at(nowAt)} aria-hidden="true" />}
    </div>
  );
}

/** Time cut out, as the ground that each row lays over its bars and under its labels. */
function foldGround(folds: Timeline['scale']['folds']): string {
  const place = (a: number) => `calc((${Number(a.toFixed(3))} - var(--z0, 0)) * var(--zk, 1) * 1%)`;
  const stripes = folds.map(({ a, n }) => `transparent ${place(a)}, var(--sunk) ${place(a)} ${place(a + n)}, transparent ${place(a + n)}`);
  return stripes.length === 0 ? 'none' : `linear-gradient(90deg, transparent 0, ${stripes.join(', ')})`;
}

function Ground({ timeline, zoom, nowAt }: { timeline: Timeline; zoom: Zoom; nowAt: number | undefined }) {
  return (
    <div className="tl-bg" aria-hidden="true">
      {axisTicks(timeline.scale, { from: zoom.offset, to: zoom.offset + 100 / zoom.scale }).map((tick) => (
        <i key={tick.offset} style={at(tick.a)} />
      ))}
      {timeline.scale.folds.map((fold) => (
        <i key={fold.from} className="fold" style={at(fold.a, fold.n)} />
      ))}
      {nowAt === undefined ? null : <i className="future" style={at(nowAt)} />}
    </div>
  );
}
