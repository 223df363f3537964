'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { toProblem } from '../../data/api-client.ts';
import { sample, STEP_RUNS } from '../../data/relatives-queries.ts';
import { sampleLimits, stepsOf } from '../../domain/sampled-steps.ts';
import type { Spread } from '../../domain/spread.ts';
import type { StepStats } from '../../domain/step-table.ts';
import { stepTable } from '../../domain/step-table.ts';
import { cellsWords, sampledWords, shareWords } from '../../domain/step-words.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatCount } from '../../lib/number.ts';
import { HeatCells } from '../../ui/heat-cells.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';

const ALL = { status: [], type: '', id: '', queue: '', query: '' } as const;
const COLUMNS = ['Activities', 'Wait p50', 'p95', 'Run p50', 'p95', 'p99', 'Failed', 'Tried again'] as const;
const WIDTHS = [84, 84, 76, 84, 76, 76, 76, 92] as const;

/** How long the activities of a queue waited in it and ran, from the newest closed runs: servers keep no such figures themselves. */
export function QueueActivities({ namespace, queue }: { namespace: string; queue: string }) {
  const own = useQuery(sample({ namespace, filter: { ...ALL, queue }, count: STEP_RUNS }));
  // Workers of activities alone are on queues that no workflow is listed under.
  const isForeign = own.data?.runs.length === 0;
  const any = useQuery(sample({ namespace, filter: ALL, count: STEP_RUNS }, isForeign));
  const { data, error } = isForeign ? any : own;
  const table = useMemo(() => data && stepTable(stepsOf(data), queue), [data, queue]);
  const of =
    data === undefined ? '' : `${sampledWords(data.runs.length, data.hasMore)} ${isForeign ? 'of the namespace' : 'of this queue'}`;
  return (
    <section>
      <div className="sh">
        <h2>How long activities took</h2>
        {data === undefined || data.runs.length === 0 ? null : (
          <span className="axis">
            from {of}, each history read. {sampleLimits({ ...data, hasMore: false })}
          </span>
        )}
      </div>
      {error !== null || table?.rows.length === 0 ? (
        <p className="mid qa-e">{error === null ? `No activity of this queue ended in ${of}.` : toProblem(error).message}</p>
      ) : (
        <div className="qa-t" tabIndex={0} role="region" aria-label="How long activities took">
          <table role="table" className="grid" aria-label="Durations of activities">
            <colgroup>
              <col />
              {WIDTHS.map((width, index) => (
                <col key={index} style={{ width }} />
              ))}
              <col style={{ width: 190 }} />
            </colgroup>
            <thead role="rowgroup">
              <tr role="row">
                <th role="columnheader" scope="col">
                  Type
                </th>
                {COLUMNS.map((name, index) => (
                  <th key={index} role="columnheader" scope="col" className="num">
                    {name}
                  </th>
                ))}
                <th role="columnheader" scope="col">
                  From command to end
                </th>
              </tr>
            </thead>
            <tbody role="rowgroup">
              {table === undefined ? <SkeletonRows columns={10} rows={3} /> : null}
              {table?.rows.map((row) => (
                <ActivityRow key={row.key} row={row} edges={table.edges} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

const time = (spread: Spread | undefined, part: 'p50' | 'p95' | 'p99'): string =>
  spread === undefined ? '–' : formatDuration(spread[part]);

function ActivityRow({ row: { name, steps, wait, work, failed, retried, cells }, edges }: { row: StepStats; edges: readonly number[] }) {
  const figures = [
    formatCount(steps),
    time(wait, 'p50'),
    time(wait, 'p95'),
    time(work, 'p50'),
    time(work, 'p95'),
    time(work, 'p99'),
    shareWords(failed),
    shareWords(retried),
  ];
  return (
    <tr role="row">
      <td role="rowheader" className="qa-n cut">
        {name}
      </td>
      {figures.map((figure, index) => (
        <td key={index} role="cell" className={MAIN.has(index) ? 'num' : 'num mid'}>
          {figure}
        </td>
      ))}
      <td role="cell">
        <HeatCells counts={cells} words={cellsWords(cells, edges)} />
      </td>
    </tr>
  );
}

/** Where one looks first: the p95 of both. */
const MAIN: ReadonlySet<number> = new Set([2, 4]);
