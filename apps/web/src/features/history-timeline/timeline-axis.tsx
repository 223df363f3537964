'use client';
import type { PointerEvent } from 'react';
import { useState } from 'react';
import { usePreferences } from '../../data/preferences.ts';
import { axisTicks } from '../../domain/time-scale.ts';
import { formatDuration, formatOffset } from '../../lib/duration.ts';
import { plural } from '../../lib/number.ts';
import { formatClock } from '../../lib/time.ts';
import { useNarrow } from '../../ui/use-narrow.ts';
import type { Timeline } from './use-timeline.ts';
import type { ZoomControl } from './use-zoom.ts';
import { clampZoom } from './zoom.ts';

interface AxisProps {
  readonly timeline: Timeline;
  readonly control: ZoomControl;
  readonly count: number;
  readonly nowAt: number | undefined;
  /** What the moment at the right edge is called. */
  readonly nowWord: string;
}

/** Per cent of the visible width that a label takes, so that none is written over another. */
const LABEL_WIDTH = 9;
const LABEL_WIDTH_NARROW = 15;

/** Offsets from the start. Dragging across it chooses a window. */
export function TimelineAxis({ timeline, control, count, nowAt, nowWord }: AxisProps) {
  const { scale, start } = timeline;
  const { offset, scale: factor } = control.zoom;
  const { zone } = usePreferences();
  const [drag, setDrag] = useState<{ from: number; to: number }>();
  const visible = 100 / factor;
  const width = useNarrow() ? LABEL_WIDTH_NARROW : LABEL_WIDTH;
  const ticks = axisTicks(scale, { from: offset, to: offset + visible, most: 8 });
  const taken = [...(nowAt === undefined ? [] : [nowAt]), ...scale.folds.map(({ a, n }) => a + n / 2)];
  const percentAt = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return offset + ((event.clientX - box.left) / box.width) * visible;
  };
  return (
    <div className="tl-head">
      <div>
        <span>{plural(count, 'row')}, by time</span>
        <span>offset from start</span>
      </div>
      <div
        className="tl-axis"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          const from = percentAt(event);
          setDrag({ from, to: from });
        }}
        onPointerMove={(event) => {
          if (drag) setDrag({ ...drag, to: percentAt(event) });
        }}
        onPointerUp={() => {
          if (drag && Math.abs(drag.to - drag.from) > visible * 0.01) {
            const width = Math.abs(drag.to - drag.from);
            control.set(clampZoom({ offset: Math.min(drag.from, drag.to), scale: 100 / width }));
          }
          setDrag(undefined);
        }}
      >
        {ticks.map((tick) => (
          <Tick
            key={tick.offset}
            a={tick.a}
            text={tick.offset === 0 ? formatClock(start, zone) : formatOffset(tick.offset)}
            isHidden={taken.some((a) => a > tick.a - width / 2 / factor && a < tick.a + (width + 2) / factor)}
          />
        ))}
        {scale.folds.map((fold) => (
          <span key={fold.from} className="foldl" style={{ '--a': fold.a }}>
            {formatDuration(fold.to - fold.from)} idle
          </span>
        ))}
        {nowAt === undefined ? null : (
          <span className="nowl" style={{ '--a': nowAt }}>
            {nowWord}
          </span>
        )}
        {drag ? <b className="brushx" style={{ '--a': Math.min(drag.from, drag.to), '--n': Math.abs(drag.to - drag.from) }} /> : null}
      </div>
    </div>
  );
}

function Tick({ a, text, isHidden }: { a: number; text: string; isHidden: boolean }) {
  return (
    <>
      <i className="h" style={{ '--a': a }} />
      {isHidden ? null : <span style={{ '--a': a }}>{text}</span>}
    </>
  );
}
