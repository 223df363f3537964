'use client';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { toProblem } from '../../data/api-client.ts';
import { useListFilter } from '../../data/list-filter.ts';
import { usePreference } from '../../data/preferences.ts';
import { latency } from '../../data/queries.ts';
import type { BoxFacts } from '../../domain/latency-box.ts';
import { boxFacts, hasBox, latencySpan, queryOfBox, withoutBox } from '../../domain/latency-box.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatCount, plural } from '../../lib/number.ts';
import { formatMoment } from '../../lib/time.ts';
import { LatencyPlot } from './latency-plot.tsx';
import { LatencyTable } from './latency-table.tsx';
import './latency.css';

interface LatencyHeatmapProps {
  readonly namespace: string;
  readonly now: number;
  /** Of the picture, above its words. */
  readonly choice: ReactNode;
}

/** How long the closed runs of the list took, by when they closed. A box in it filters the list to its runs. */
export function LatencyHeatmap({ namespace, now, choice }: LatencyHeatmapProps) {
  const { filter, setState } = useListFilter();
  const zone = usePreference('zone');
  const { data: grid, error } = useQuery(latency(namespace, filter, latencySpan(filter, now)));
  const isBoxed = hasBox(filter.query);
  const widen = isBoxed ? (
    <button className="linkb" type="button" onClick={() => void setState({ q: withoutBox(filter.query) })}>
      Leave the box
    </button>
  ) : null;
  const told = error !== null ? toProblem(error).message : grid === undefined ? 'Reading the closed runs…' : undefined;
  if (grid === undefined || grid.percentiles === null || told !== undefined)
    return (
      <div className="hist">
        {choice}
        <p className="lat-e dim" role="status">
          {told ?? 'None of these runs closed in the span of the picture.'} {widen}
        </p>
      </div>
    );
  const all = boxFacts(grid, {
    anchor: { column: 0, row: 0 },
    at: { column: grid.columns - 1, row: grid.edges.length - 2 },
  });
  const { p50, p95, p99 } = grid.percentiles;
  const span = `${formatMoment(all.from, zone, now)} to ${formatMoment(all.to, zone, now)}`;
  const apply = (box: BoxFacts) => void setState({ q: queryOfBox(filter.query, box) });
  return (
    <figure
      className="hist lat"
      aria-label={`Durations of ${ofWhat(grid)}, closed from ${span}: half took at most ${formatDuration(p50)}, 95% at most ${formatDuration(p95)}, 99% at most ${formatDuration(p99)}; ${formatCount(all.bad)} ended badly.`}
    >
      <div className="hist-l axis">
        {choice}
        <dl className="lat-p">
          {Object.entries(grid.percentiles).map(([name, ms]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="mid">{formatDuration(ms)}</dd>
            </div>
          ))}
        </dl>
        <span>of {ofWhat(grid)}</span>
        {all.bad > 0 ? (
          <span className="st-failed" style={{ color: 'var(--c)' }}>
            <i className="sq" />
            {formatCount(all.bad)} ended badly
          </span>
        ) : null}
        {widen}
      </div>
      <LatencyPlot grid={grid} namespace={namespace} now={now} onApply={apply} />
      <LatencyTable grid={grid} now={now} />
    </figure>
  );
}

const ofWhat = ({ read, hasMore }: { readonly read: number; readonly hasMore: boolean }): string =>
  hasMore ? `the newest ${formatCount(read)} of the span` : plural(read, 'closed run');
