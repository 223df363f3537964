'use client';
import type { Virtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect } from 'react';
import type { RunView } from '../../data/run-view.ts';
import type { CriticalPath } from '../../domain/critical-path.ts';
import { cx } from '../../lib/text.ts';
import type { Chosen } from './chosen-steps.ts';
import { isChosen } from './chosen-steps.ts';
import { GapRow } from './gap-row.tsx';
import { Mark } from './mark.tsx';
import { NoteRow } from './note-row.tsx';
import { isOfRun } from '../../domain/places.ts';
import { ticksInReach } from './reach.ts';
import { groundOf } from './hold.ts';
import { TaskRow } from './task-row.tsx';
import { BarRow } from './timeline-row.tsx';
import type { useRows } from './use-rows.ts';
import type { Timeline } from './use-timeline.ts';
import { useDrawnZoom } from './use-zoom.ts';
import type { ZoomControl } from './zoom-control.ts';

const at = (a: number, n?: number) => ({ '--a': a, ...(n === undefined ? {} : { '--n': n }) });

export interface TimelineBodyProps {
  readonly view: RunView;
  readonly timeline: Timeline;
  readonly control: ZoomControl;
  /** Row 0 is the lane of the workflow tasks. */
  readonly virtual: Virtualizer<HTMLDivElement, Element>;
  readonly rowAt: ReturnType<typeof useRows>['rowAt'];
  readonly nowAt: number | undefined;
  /** The selected event. */
  readonly selected: number | null;
  readonly hasSelectedRow: boolean;
  /** Places of the rows that are chosen together. */
  readonly chosen: Chosen | undefined;
  readonly showsTasks: boolean;
  readonly path: CriticalPath | undefined;
  readonly onSelect: (eventId: number) => void;
  readonly onExtend: (eventId: number) => void;
  readonly onToggle: (key: string) => void;
}

/** The rows in sight over the ground they share: ticks, folds and the line of now. */
export function TimelineBody(props: TimelineBodyProps) {
  const {
    view,
    timeline,
    control,
    virtual,
    rowAt,
    nowAt,
    selected,
    hasSelectedRow,
    chosen,
    showsTasks,
    path,
    onSelect,
    onExtend,
    onToggle,
  } = props;
  const { scale, end } = timeline;
  // Rows that came while a hand moves the window have to stand where the others do, and all of them where the scale now has them.
  useLayoutEffect(() => control.settle(groundOf(timeline, view)));
  return (
    <div
      className={cx('tl-body', scale.folds.length > 0 && 'folded')}
      role="treegrid"
      aria-label="Timeline"
      aria-multiselectable="true"
      aria-rowcount={virtual.options.count}
      style={{ height: virtual.getTotalSize(), '--folds': foldGround(scale.folds) }}
    >
      <Ground timeline={timeline} control={control} nowAt={nowAt} />
      {virtual.getVirtualItems().map((item) => {
        const row = rowAt(item.index);
        return (
          <div key={item.key} className="tl-slot" role="none" style={{ transform: `translateY(${item.start}px)` }}>
            {item.index === 0 ? (
              showsTasks ? (
                <TaskRow
                  tasks={view.groups.tasks}
                  scale={scale}
                  control={control}
                  nowAt={nowAt}
                  isSelected={selected !== null && view.groups.tasks.at(-1)?.id === selected}
                  path={path}
                  onSelect={onSelect}
                />
              ) : null
            ) : row === 'gap' ? (
              <GapRow view={view} index={item.index} />
            ) : row?.note ? (
              <NoteRow note={row.note} row={row} index={item.index} />
            ) : row ? (
              <BarRow
                row={row}
                index={item.index}
                scale={scale}
                control={control}
                now={end}
                isSelected={row.group.id === selected && (row.members.length === 1 || !row.isExpanded)}
                isChosen={isChosen(chosen, row)}
                path={isOfRun(row.group.id) ? path : undefined}
                isFirst={item.index === 1 && !hasSelectedRow}
                onSelect={onSelect}
                onExtend={onExtend}
                onToggle={onToggle}
              />
            ) : null}
          </div>
        );
      })}
      {nowAt === undefined ? null : (
        <div className="tl-now-lane" aria-hidden="true">
          <Mark className="tl-now" a={nowAt} />
        </div>
      )}
    </div>
  );
}

/** Time cut out, as the ground that each row lays over its bars and under its labels. */
function foldGround(folds: Timeline['scale']['folds']): string {
  const place = (a: number) => `calc((${Number(a.toFixed(3))} - var(--z0, 0)) * var(--zk, 1) * 1%)`;
  const stripes = folds.map(({ a, n }) => `transparent ${place(a)}, var(--sunk) ${place(a)} ${place(a + n)}, transparent ${place(a + n)}`);
  return stripes.length === 0 ? 'none' : `linear-gradient(90deg, transparent 0, ${stripes.join(', ')})`;
}

function Ground({ timeline, control, nowAt }: Pick<TimelineBodyProps, 'timeline' | 'control' | 'nowAt'>) {
  const { scale } = timeline;
  const zoom = useDrawnZoom(control, scale);
  return (
    <div className="tl-bg" aria-hidden="true">
      <div className="tl-track">
        {ticksInReach(scale, zoom).map((tick) => (
          <i key={tick.offset} style={at(tick.a)} />
        ))}
        {scale.folds.map((fold) => (
          <i key={fold.from} className="fold" style={at(fold.a, fold.n)} />
        ))}
        {nowAt === undefined ? null : <i className="future" style={at(nowAt)} />}
      </div>
    </div>
  );
}
