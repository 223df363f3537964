'use client';
import type { PointerEvent } from 'react';
import { useRef, useState } from 'react';
import { usePreference } from '../../data/preferences.ts';
import type { TimelineOrder } from '../../domain/timeline-order.ts';
import { formatDuration, formatOffset } from '../../lib/duration.ts';
import { plural } from '../../lib/number.ts';
import { formatClock } from '../../lib/time.ts';
import { useWidth } from '../../ui/use-width.ts';
import type { Timeline } from './use-timeline.ts';
import { Mark } from './mark.tsx';
import { orderWord } from './order-menu.tsx';
import { ticksInReach } from './reach.ts';
import { useDrawnZoom } from './use-zoom.ts';
import type { ZoomControl } from './zoom-control.ts';
import { clampZoom } from './zoom.ts';

interface AxisProps {
  readonly timeline: Timeline;
  readonly control: ZoomControl;
  readonly count: number;
  readonly order: TimelineOrder;
  readonly nowAt: number | undefined;
  /** What the moment at the right edge is called. */
  readonly nowWord: string;
}

/** So many pixels of the axis a label takes, so that none is written over another. */
const LABEL_PX = 84;
/** Until it is measured. */
const AXIS_PX = 930;

/** Offsets from the start. Dragging across it chooses a window. */
export function TimelineAxis({ timeline, control, count, order, nowAt, nowWord }: AxisProps) {
  const { scale, start } = timeline;
  const zoom = useDrawnZoom(control, scale);
  const factor = zoom.scale;
  const zone = usePreference('zone');
  const [drag, setDrag] = useState<{ from: number; to: number }>();
  const visible = 100 / factor;
  const axis = useRef<HTMLDivElement>(null);
  const width = (LABEL_PX / (useWidth(axis, true) ?? AXIS_PX)) * 100;
  const ticks = ticksInReach(scale, zoom);
  const taken = [...(nowAt === undefined ? [] : [nowAt]), ...scale.folds.map(({ a, n }) => a + n / 2)];
  const percentAt = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const seen = control.live();
    return seen.offset + (((event.clientX - box.left) / box.width) * 100) / seen.scale;
  };
  return (
    // The rows say their times themselves.
    <div className="tl-head" aria-hidden="true">
      <div>
        <span>
          {plural(count, 'row')}, {orderWord(order)}
        </span>
        <span>offset from start</span>
      </div>
      <div
        className="tl-axis"
        ref={axis}
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
            control.to(clampZoom({ offset: Math.min(drag.from, drag.to), scale: 100 / width }));
          }
          setDrag(undefined);
        }}
      >
        <div className="tl-track">
          {ticks.map((tick) => (
            <i key={tick.offset} className="h" style={{ '--a': tick.a }} />
          ))}
        </div>
        {ticks
          .filter((tick) => !taken.some((a) => a > tick.a - width / 2 / factor && a < tick.a + (width + 2) / factor))
          .map((tick) => (
            <Mark key={tick.offset} a={tick.a}>
              {tick.offset === 0 ? formatClock(start, zone) : formatOffset(tick.offset)}
            </Mark>
          ))}
        {scale.folds.map((fold) => (
          <Mark key={fold.from} className="foldl" a={fold.a + fold.n / 2}>
            {formatDuration(fold.to - fold.from)} idle
          </Mark>
        ))}
        {nowAt === undefined ? null : (
          <Mark className="nowl" a={nowAt}>
            {nowWord}
          </Mark>
        )}
        {drag ? <b className="brushx" style={{ '--a': Math.min(drag.from, drag.to), '--n': Math.abs(drag.to - drag.from) }} /> : null}
      </div>
    </div>
  );
}
