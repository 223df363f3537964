'use client';
import { useEffect, useState } from 'react';
import { formatDuration } from '../../lib/duration.ts';
import { formatCount } from '../../lib/number.ts';
import { TrendLine } from '../../ui/trend-line.tsx';
import type { TrendPoint } from '../../ui/trend-line.tsx';

/** Ten minutes of a question every five seconds. */
const POINTS_MAX = 120;

/** The backlog since the page was opened: servers tell it for the moment only. */
export function BacklogTrend({ backlog, at }: { backlog: number | undefined; at: number }) {
  const [points, setPoints] = useState<readonly TrendPoint[]>([]);
  useEffect(() => {
    if (backlog === undefined || at === 0) return;
    setPoints((old) => (old.at(-1)?.at === at ? old : [...old, { at, value: backlog }].slice(-POINTS_MAX)));
  }, [backlog, at]);
  const [first, last] = [points[0], points.at(-1)];
  const peak = Math.max(0, ...points.map(({ value }) => value));
  if (first === undefined || last === undefined || points.length < 2 || peak === 0) return null;
  const words = `Backlog over ${formatDuration(last.at - first.at)}: ${formatCount(first.value)} at first, ${formatCount(last.value)} now, ${formatCount(peak)} at most`;
  return (
    <section className="btr">
      <div className="sh">
        <h2>Backlog</h2>
        <span className="axis">
          since this page was opened, {formatDuration(last.at - first.at)} ago · at most {formatCount(peak)}
        </span>
      </div>
      <TrendLine label={words} points={points} tone="retrying" />
    </section>
  );
}
