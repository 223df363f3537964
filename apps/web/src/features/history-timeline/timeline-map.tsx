'use client';
import type { PointerEvent } from 'react';
import { useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import type { RunView } from '../../data/run-view.ts';
import { eventDensity } from '../../domain/event-density.ts';
import { formatDuration } from '../../lib/duration.ts';
import { plural } from '../../lib/number.ts';
import type { Timeline } from './use-timeline.ts';
import { useDrawnZoom } from './use-zoom.ts';
import type { ZoomControl } from './zoom-control.ts';
import type { Zoom } from './zoom.ts';
import { clampZoom } from './zoom.ts';

const BUCKETS = 160;
const HEIGHT = 43;
const BASE = 32;

/** The whole run, never folded: density of events, failures below, and the window that the rows show. */
export function TimelineMap({ view, timeline, control }: { view: RunView; timeline: Timeline; control: ZoomControl }) {
  const { start, end, scale } = timeline;
  const width = Math.max(scale.end - start, 1);
  const { events, gap } = view;
  const tail = gap?.tail;
  const density = useMemo(
    () => eventDensity(tail === undefined ? events : [...events, ...tail], { start, end: scale.end, buckets: BUCKETS }),
    [events, tail, start, scale.end],
  );
  const missing = missingOf(view, { start, width });
  const plot = useRef<HTMLDivElement>(null);
  const grip = useRef<{ x: number; offset: number }>(undefined);
  const seen = useDrawnZoom(control, scale);
  const frame = useRef<HTMLDivElement>(null);
  const placeOf = useCallback(
    (zoom: Zoom) => {
      const toPlain = (percent: number) => ((scale.invert(percent) - start) / width) * 100;
      const left = toPlain(zoom.offset);
      return { left: `${left}%`, width: `${Math.max(toPlain(zoom.offset + 100 / zoom.scale) - left, 0.6)}%` };
    },
    [scale, start, width],
  );
  useLayoutEffect(
    () =>
      control.follow((zoom) => {
        if (frame.current !== null) Object.assign(frame.current.style, placeOf(zoom));
      }),
    [control, placeOf],
  );
  const drag = (event: PointerEvent) => {
    const box = plot.current?.getBoundingClientRect();
    if (grip.current === undefined || box === undefined) return;
    const moved = ((event.clientX - grip.current.x) / box.width) * 100;
    control.panTo(clampZoom({ scale: control.live().scale, offset: grip.current.offset + moved }));
  };
  const failures = density.filter((one) => one.failures > 0).length;
  const peak = Math.max(1, ...density.map((one) => one.events));
  return (
    <div className="tl-map">
      <div aria-hidden="true">
        Whole run
        <br />
        events{failures > 0 ? ', failures below' : ''}
      </div>
      <div
        className="plot"
        ref={plot}
        role="img"
        aria-label={`${plural(view.events.length, 'event')} over ${formatDuration(end - start)}${failures > 0 ? `, failures in ${plural(failures, 'place')}` : ', no failures'}`}
      >
        {seen.scale > 1 ? (
          <div
            ref={frame}
            className="win"
            style={placeOf(seen)}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              grip.current = { x: event.clientX, offset: control.live().offset };
            }}
            onPointerMove={drag}
            onPointerUp={() => {
              grip.current = undefined;
            }}
          />
        ) : null}
        <svg viewBox={`0 0 ${BUCKETS} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          {missing === undefined ? null : <rect x={missing.x} y="0" width={missing.width} height={HEIGHT} fill="var(--sunk)" />}
          <path d={`M0 ${BASE}.5H${BUCKETS}`} stroke="var(--line-2)" strokeWidth="1" vectorEffect="non-scaling-stroke" />
          {density.map((one, index) => {
            if (one.events === 0) return null;
            const height = 2 + (Math.sqrt(one.events) / Math.sqrt(peak)) * (BASE - 8);
            return (
              <g key={index}>
                <rect x={index + 0.12} y={BASE - height} width="0.76" height={height} fill="var(--ink-4)" />
                {one.failures > 0 ? <rect x={index + 0.12} y={BASE + 2} width="0.76" height="5" fill="var(--failed-m)" /> : null}
              </g>
            );
          })}
        </svg>
      </div>
    </div>
  );
}

/** Where in the picture nothing is known yet. */
function missingOf({ events, gap }: RunView, { start, width }: { start: number; width: number }) {
  const [from, to] = [events.at(-1), gap?.tail[0]];
  if (from === undefined || to === undefined) return undefined;
  return { x: ((from.at - start) / width) * BUCKETS, width: ((to.at - from.at) / width) * BUCKETS };
}
