'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { usePreference } from '../../data/preferences.ts';
import { activity } from '../../data/queries.ts';
import type { ActivityBar } from '../../domain/activity-span.ts';
import { activityBars, activitySpan } from '../../domain/activity-span.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatCount } from '../../lib/number.ts';
import { formatMoment } from '../../lib/time.ts';
import { CountBars } from '../../ui/count-bars.tsx';
import { Segmented } from '../../ui/segmented.tsx';

const NO_FILTER = { status: [], type: '', id: '', queue: '', query: '' } as const;
const SPANS = { hour: 3_600_000, day: 86_400_000 } as const;
/** The server counts each bar by itself. */
const BARS = 30;
const PARTS = [0.25, 0.5, 0.75] as const;

/** Starts and ends over the last hour or day. Absent where the server cannot count so much. */
export function Throughput({ namespace, now }: { namespace: string; now: number }) {
  const [length, setLength] = useState<keyof typeof SPANS>('hour');
  const zone = usePreference('zone');
  const to = activitySpan({}, now).to;
  const span = { from: to - SPANS[length], to, buckets: BARS };
  const starts = useQuery(activity(namespace, NO_FILTER, { ...span, by: 'start' }));
  const ends = useQuery(activity(namespace, NO_FILTER, { ...span, by: 'close' }));
  if (starts.isError || ends.isError) return null;
  const lanes = [
    { name: 'started', bars: activityBars(span, starts.data ?? []).map((bar) => ({ ...bar, bad: 0 })) },
    { name: 'ended', bars: activityBars(span, ends.data ?? []) },
  ];
  return (
    <section className="thr">
      <div className="sh">
        <h2>Throughput</h2>
        <Segmented
          label="Span"
          value={length}
          options={[
            { value: 'hour', label: '1 h' },
            { value: 'day', label: '24 h' },
          ]}
          onChange={setLength}
        />
        <span className="axis">a bar is {formatDuration(SPANS[length] / BARS)}</span>
      </div>
      {lanes.map(({ name, bars }) => (
        <Lane key={name} name={name} bars={bars} />
      ))}
      <div className="ticks" aria-hidden="true">
        {PARTS.map((part) => (
          <span key={part} style={{ left: `${part * 100}%` }}>
            {formatMoment(span.from + part * (to - span.from), zone, now).replace(/:00$/, '')}
          </span>
        ))}
      </div>
    </section>
  );
}

function Lane({ name, bars }: { name: string; bars: readonly ActivityBar[] }) {
  const total = bars.reduce((sum, bar) => sum + bar.total, 0);
  const bad = bars.reduce((sum, bar) => sum + bar.bad, 0);
  const peak = Math.max(1, ...bars.map((bar) => bar.total));
  return (
    <figure
      className="lane"
      aria-label={`${formatCount(total)} ${name}, at most ${formatCount(peak)} in one bar${bad > 0 ? `, ${formatCount(bad)} badly` : ''}`}
    >
      <figcaption className="axis">
        <span>
          <b className="mid">{formatCount(total)}</b> {name}
        </span>
        {bad > 0 ? (
          <span className="st-failed" style={{ color: 'var(--c)' }}>
            {formatCount(bad)} badly
          </span>
        ) : null}
      </figcaption>
      <CountBars bars={bars} peak={peak} />
    </figure>
  );
}
