'use client';
import type { CSSProperties } from 'react';
import { memo, useEffect, useRef } from 'react';
import type { CriticalPath } from '../../domain/critical-path.ts';
import { kindIcon } from '../../domain/kind.ts';
import { groupLook } from '../../domain/status.ts';
import type { TimeScale } from '../../domain/time-scale.ts';
import type { Segment, TimelineRow } from '../../domain/timeline-layout.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatCount } from '../../lib/number.ts';
import { cx } from '../../lib/text.ts';
import { isFocusFree } from '../../ui/free-focus.ts';
import { Glyph, Icon } from '../../ui/icon.tsx';
import { FanLines } from './fan-lines.tsx';
import { indentOf } from './indent.ts';
import { Mark } from './mark.tsx';
import { PathLine } from './path-line.tsx';
import { isSameRow } from './same-row.ts';
import { useDrawnZoom } from './use-zoom.ts';
import type { ZoomControl } from './zoom-control.ts';
import type { Zoom } from './zoom.ts';
import { zoomTo } from './zoom.ts';

const at = (a: number, n?: number): CSSProperties => ({
  '--a': Number(a.toFixed(5)),
  ...(n === undefined ? {} : { '--n': Number(n.toFixed(5)) }),
});

export interface BarRowProps {
  readonly row: TimelineRow;
  readonly index: number;
  readonly scale: TimeScale;
  readonly control: ZoomControl;
  readonly now: number;
  readonly isSelected: boolean;
  /** One of several that are chosen together. */
  readonly isChosen: boolean;
  readonly isFirst: boolean;
  /** Undefined while the path is not shown. */
  readonly path: CriticalPath | undefined;
  readonly onSelect: (eventId: number) => void;
  /** Chooses all rows from the selected one to this. */
  readonly onExtend: (eventId: number) => void;
  readonly onToggle: (key: string) => void;
}

export const BarRow = memo(function BarRow(props: BarRowProps) {
  const { row, index, scale, control, now, isSelected, isChosen, isFirst, path, onSelect, onExtend, onToggle } = props;
  const { group } = row;
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The focus follows the selection, but never out of a field or a dialog.
    const focused = document.activeElement;
    if (isSelected && (isFocusFree(focused) || focused?.closest('.tl-row'))) element.current?.focus({ preventScroll: true });
  }, [isSelected]);
  const isWoven = row.members.length > 1;
  const onPath = path === undefined ? [] : row.members.flatMap((member) => path.byId.get(member.id) ?? []);
  const isOff = path !== undefined && onPath.length === 0;
  const slack = isOff && !isWoven ? path.slackOf(group) : undefined;
  return (
    <div
      ref={element}
      role="row"
      className={cx('tl-row', row.isMember && 'sub', (isSelected || isChosen) && 'sel', isOff && 'off-path')}
      aria-level={row.level}
      style={indentOf(row)}
      aria-rowindex={index + 1}
      aria-selected={isSelected || isChosen}
      aria-expanded={row.isExpandable ? row.isExpanded : undefined}
      aria-label={`${row.sentence}${onPath.length > 0 ? ', on the critical path' : slack === undefined ? '' : `, ${formatDuration(slack)} to spare`}`}
      tabIndex={isSelected || isFirst ? 0 : -1}
      onMouseDown={(event) => {
        // Rows are chosen, not their text.
        if (event.shiftKey) event.preventDefault();
      }}
      onClick={(event) => (event.shiftKey ? onExtend : onSelect)(group.id)}
      onDoubleClick={() => control.to(zoomTo(scale.at(group.openedAt), scale.at(row.endMark?.at ?? now)))}
    >
      <div role="rowheader" className="tl-name">
        {row.isMember ? null : <Icon name={kindIcon(group.kind)} />}
        <span className="cut">{row.isMember ? (group.label ?? group.key ?? group.name) : group.name}</span>
        <span className="n">{slack === undefined ? noteOf(row, now) : `${formatDuration(slack)} spare`}</span>
        {row.isExpandable ? (
          <button
            type="button"
            className="copy tw"
            tabIndex={-1}
            aria-label={row.isExpanded ? 'Close this row' : 'Open this row'}
            onClick={(event) => {
              event.stopPropagation();
              onToggle(row.key);
            }}
          >
            <Icon name={row.isExpanded ? 'down' : 'right'} small />
          </button>
        ) : null}
      </div>
      <div role="gridcell" className="tl-lane" aria-hidden="true">
        <div className="tl-track">
          {isWoven ? (
            <FanLines row={row} scale={scale} control={control} />
          ) : (
            row.segments.map((segment, key) => <Bar key={key} segment={segment} scale={scale} isThin={row.isMember} />)
          )}
          {onPath.length === 0 ? null : <PathLine steps={onPath} scale={scale} control={control} />}
        </div>
        <Labels row={row} scale={scale} control={control} now={now} />
      </div>
    </div>
  );
}, isSameRow);

function noteOf({ group, members, isMember }: TimelineRow, now: number): string {
  if (members.length > 1) return `×${formatCount(members.length)}`;
  if (isMember) return group.worker ?? '';
  if (group.attempt > 1) return `try ${group.attempt}`;
  if (group.pending?.heartbeatAt) return `beat ${formatDuration(now - group.pending.heartbeatAt)}`;
  if (group.kind === 'timer' && group.dueAt !== undefined) return formatDuration(group.dueAt - group.openedAt);
  // The other workflow's id.
  if (group.kind === 'child' || group.kind === 'external') return group.key ?? '';
  if (group.kind === 'local' || group.kind === 'update') return group.kind;
  return group.label ?? (group.kind === 'signal' ? (group.worker ?? 'signal') : '');
}

const CLASSES: Readonly<Record<Segment['kind'], string>> = {
  queue: 'sg q',
  run: 'sg r',
  backoff: 'sg b',
  timer: 'sg t',
  point: 'pt',
  next: 'pt next',
};
const ENDS: Readonly<Record<Segment['end'], string>> = { plain: '', open: 'open', hatch: 'hatch', notch: 'notch', cancel: 'cancel' };

function Bar({ segment, scale, isThin }: { segment: Segment; scale: TimeScale; isThin: boolean }) {
  const a = scale.at(segment.from);
  // A timer that ends far outside still ends at the edge of what is drawn.
  const n = Math.min(scale.at(segment.to), 100) - a;
  const isPoint = segment.kind === 'point' || segment.kind === 'next';
  // What a child did after its parent's end.
  if (a >= 100 && !isPoint) return null;
  return (
    <i
      className={cx(
        CLASSES[segment.kind],
        `st-${segment.tone}`,
        ENDS[segment.end],
        segment.kind === 'run' && segment.isFirst && 'solo',
        isThin && segment.kind === 'run' && 'thinb',
      )}
      style={isPoint ? at(Math.min(a, 99.2)) : at(a, n)}
    />
  );
}

/** Past this share of the visible width a label would be cut off, so it stands before the bar. */
const RIGHT_EDGE = 0.86;
const LEFT_EDGE = 0.14;
/** Per cent of the visible width. */
const WAIT_LABEL_WIDTH = 22;

/** What is written in a lane depends on where the window rests, and on nothing else of the row. */
function Labels({ row, scale, control, now }: Pick<BarRowProps, 'row' | 'scale' | 'control' | 'now'>) {
  const zoom = useDrawnZoom(control, scale);
  const { group } = row;
  return (
    <>
      <EndMark row={row} scale={scale} zoom={zoom} now={now} />
      {group.kind === 'timer' && group.dueAt !== undefined && group.endedAt === undefined ? (
        <TimerLabel group={group} scale={scale} zoom={zoom} now={now} />
      ) : null}
    </>
  );
}

interface LabelProps extends Pick<BarRowProps, 'row' | 'scale' | 'now'> {
  readonly zoom: Zoom;
}

function EndMark({ row, scale, zoom, now }: LabelProps) {
  const mark = row.endMark;
  if (mark === undefined) return null;
  const a = Math.min(scale.at(mark.at), 99.4);
  const seen = ((a - zoom.offset) * zoom.scale) / 100;
  const { first } = row;
  const isPoint = first?.kind === 'point';
  const glyph = mark.hasGlyph ? <Glyph name={groupLook(row.group.status).glyph} /> : null;
  // Before the bar there may be no room either: then it stands where the row only waits, else on the bar.
  const isAtLeft = first !== undefined && ((scale.at(first.from) - zoom.offset) * zoom.scale) / 100 < LEFT_EDGE;
  if (seen > RIGHT_EDGE && first !== undefined) {
    const quiet = isAtLeft ? widestWait(row, scale, zoom) : undefined;
    return (
      <>
        {glyph ? (
          <Mark className={`em st-${mark.tone}`} a={a}>
            {glyph}
          </Mark>
        ) : null}
        {quiet ? (
          <Mark className="em on mid-x st-wait" a={(scale.at(quiet.from) + scale.at(Math.min(quiet.to, now))) / 2}>
            <span>{mark.text}</span>
          </Mark>
        ) : (
          <Mark
            className={cx('em pre st-wait', isAtLeft && 'on')}
            a={isAtLeft ? a - 1.6 / zoom.scale : Math.min(scale.at(first.from), 99.4)}
          >
            <span>{mark.text}</span>
          </Mark>
        )}
      </>
    );
  }
  return (
    <Mark className={cx('em', `st-${mark.tone}`, isPoint && 'after-pt')} a={a}>
      {glyph}
      <span>{mark.text}</span>
    </Mark>
  );
}

/** The widest stretch of a row in which nobody works, if a label fits there. */
function widestWait(row: TimelineRow, scale: TimeScale, zoom: Zoom): Segment | undefined {
  const width = (one: Segment) => scale.at(one.to) - scale.at(one.from);
  const waits = row.segments.filter((one) => one.kind === 'backoff' || one.kind === 'queue' || one.kind === 'timer');
  const [widest] = waits.sort((a, b) => width(b) - width(a));
  return widest && width(widest) * zoom.scale > WAIT_LABEL_WIDTH ? widest : undefined;
}

function TimerLabel({ group, scale, zoom, now }: { group: TimelineRow['group']; scale: TimeScale; zoom: Zoom; now: number }) {
  const due = group.dueAt ?? now;
  const visible = zoom.offset + 100 / zoom.scale;
  const edge = Math.min(scale.at(due), visible - 4 / zoom.scale);
  const nowAt = scale.at(now);
  // A label never meets the now-line.
  const a = edge > nowAt && edge - 11 / zoom.scale < nowAt ? nowAt - 0.6 / zoom.scale : edge;
  return (
    <Mark className="em on pre st-wait" a={a}>
      <span>{due > now ? `fires in ${formatDuration(due - now)}` : 'due'}</span>
    </Mark>
  );
}
