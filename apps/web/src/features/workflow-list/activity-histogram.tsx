'use client';
import { useQuery } from '@tanstack/react-query';
import type { PointerEvent, ReactNode } from 'react';
import { useState } from 'react';
import { useListFilter } from '../../data/list-filter.ts';
import { usePreference } from '../../data/preferences.ts';
import { activity } from '../../data/queries.ts';
import { activityBars, activitySpan, dragged } from '../../domain/activity-span.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatCount } from '../../lib/number.ts';
import { formatMoment } from '../../lib/time.ts';
import { CountBars } from '../../ui/count-bars.tsx';

const TICKS = 6;
const MINUTE = 60_000;

interface Drag {
  readonly first: number;
  readonly last: number;
}

interface ActivityHistogramProps {
  readonly namespace: string;
  readonly now: number;
  readonly isAsked: boolean;
  /** Of the picture, above its words. */
  readonly choice: ReactNode;
}

/** When the runs of the list were started. Dragging over it filters. */
export function ActivityHistogram({ namespace, now, isAsked, choice }: ActivityHistogramProps) {
  const { state, filter, setState } = useListFilter();
  const zone = usePreference('zone');
  const span = activitySpan(filter, now);
  const { data, isError } = useQuery({ ...activity(namespace, filter, span), enabled: isAsked });
  const [drag, setDrag] = useState<Drag>();
  const bars = activityBars(span, data ?? []);
  const peak = bars.reduce((most, bar) => Math.max(most, bar.total), 0);
  if (isError || peak === 0)
    // As high as the bars would be: what stands below does not move when they come.
    return (
      <div className="hist bare">
        {choice}
        <p className="dim">
          {isError
            ? 'The server does not count so many starts.'
            : data === undefined
              ? ''
              : `None of these was started from ${formatMoment(span.from, zone, now)} to ${formatMoment(span.to, zone, now)}.`}
        </p>
      </div>
    );
  const width = (span.to - span.from) / bars.length;
  // Bars of several minutes are named by whole minutes.
  const rounded = (ms: number) => (width >= 2 * MINUTE ? Math.round(ms / MINUTE) * MINUTE : ms);
  const bad = bars.reduce((sum, bar) => sum + bar.bad, 0);
  const take = ({ first, last }: Drag) => {
    const taken = dragged(bars, first, last);
    if (taken) void setState({ last: null, from: Math.round(taken.from), to: Math.round(taken.to) });
  };
  const barAt = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.max(0, Math.min(bars.length - 1, Math.floor(((event.clientX - box.left) / box.width) * bars.length)));
  };
  return (
    <figure
      className="hist"
      aria-label={`Starts from ${formatMoment(span.from, zone, now)} to ${formatMoment(span.to, zone, now)}: at most ${peak} in ${formatDuration(rounded(width))}, ${bad} ended badly.`}
    >
      <div className="hist-l axis">
        {choice}
        <span>starts / {formatDuration(rounded(width))}</span>
        <span>
          <b className="mid">{formatCount(peak)}</b> peak
        </span>
        {bad > 0 ? (
          <span className="st-failed" style={{ color: 'var(--c)' }}>
            <i className="sq" />
            {formatCount(bad)} ended badly
          </span>
        ) : null}
      </div>
      <div className="hist-p">
        <div
          className="hist-d"
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            setDrag({ first: barAt(event), last: barAt(event) });
          }}
          onPointerMove={(event) => (drag === undefined ? undefined : setDrag({ ...drag, last: barAt(event) }))}
          onPointerUp={() => {
            if (drag !== undefined) take(drag);
            setDrag(undefined);
          }}
          onPointerCancel={() => setDrag(undefined)}
        >
          <CountBars bars={bars} peak={peak} />
          <Dragged bars={bars.length} drag={drag} />
        </div>
        <div className="ticks" aria-hidden="true">
          {Array.from({ length: TICKS - 1 }, (_, index) => (index + 1) / TICKS).map((part) => (
            <span key={part} style={{ left: `${part * 100}%` }}>
              {formatMoment(rounded(span.from + part * (span.to - span.from)), zone, now).replace(/:00$/, '')}
            </span>
          ))}
        </div>
      </div>
      {state.from !== null || state.to !== null ? null : (
        <figcaption className="sr">Drag over the bars to see only what started then.</figcaption>
      )}
    </figure>
  );
}

function Dragged({ bars, drag }: { bars: number; drag: Drag | undefined }) {
  if (drag === undefined) return null;
  const left = Math.min(drag.first, drag.last) / bars;
  const width = (Math.abs(drag.last - drag.first) + 1) / bars;
  return <div className="hist-s" aria-hidden="true" style={{ left: `${left * 100}%`, width: `${width * 100}%` }} />;
}
