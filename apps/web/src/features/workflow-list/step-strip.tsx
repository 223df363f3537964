'use client';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { toProblem } from '../../data/api-client.ts';
import { useListFilter } from '../../data/list-filter.ts';
import { sample, STEP_RUNS } from '../../data/relatives-queries.ts';
import { kindIcon } from '../../domain/kind.ts';
import { sampleLimits, stepsOf } from '../../domain/sampled-steps.ts';
import type { StepStats, StepTable } from '../../domain/step-table.ts';
import { stepTable } from '../../domain/step-table.ts';
import { cellsWords, sampledWords, shareWords } from '../../domain/step-words.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatCount } from '../../lib/number.ts';
import { HeatCells } from '../../ui/heat-cells.tsx';
import { Icon } from '../../ui/icon.tsx';
import './step-strip.css';

/** How long the steps of the list's closed runs took: which of them makes its runs slow, fails, or is tried again. */
export function StepStrip({ namespace, choice }: { namespace: string; choice: ReactNode }) {
  const { filter } = useListFilter();
  const { data, error } = useQuery(sample({ namespace, filter, count: STEP_RUNS, withTasks: true }));
  const table = useMemo(() => data && stepTable(stepsOf(data)), [data]);
  const told =
    error !== null
      ? toProblem(error).message
      : data === undefined || table === undefined
        ? 'Reading the newest closed runs…'
        : data.runs.length === 0
          ? `None of these runs has closed${sampleLimits(data) ? `, or none could be read. ${sampleLimits(data)}` : '.'}`
          : table.rows.length === 0
            ? `${sampledWords(data.runs.length, data.hasMore)} without a step that takes time.`
            : undefined;
  return (
    <div className="hist stp">
      <div className="hist-l axis">
        {choice}
        {told === undefined && data !== undefined ? (
          <span>
            of {sampledWords(data.runs.length, data.hasMore)}, each history read. {sampleLimits({ ...data, hasMore: false })}
          </span>
        ) : null}
      </div>
      {told === undefined && table !== undefined ? (
        <Steps table={table} />
      ) : (
        <p className="dim stp-e" role="status">
          {told}
        </p>
      )}
    </div>
  );
}

const COLUMNS = ['p50', 'p95', 'p99', 'Of the path', 'Failed', 'Tried again', 'Steps'] as const;
const PATH = 'Of the critical paths of these runs: what waits beside something longer is no part of them';

function Steps({ table: { rows, edges } }: { table: StepTable }) {
  const isMixed = new Set(rows.map(({ workflowType }) => workflowType)).size > 1;
  return (
    <div className="stp-t scroll" tabIndex={0} role="region" aria-label="Steps, the slowest first">
      <table role="table" className="grid" aria-label="Durations of steps">
        <colgroup>
          <col />
          {COLUMNS.map((name) => (
            <col key={name} style={{ width: 76 }} />
          ))}
          <col style={{ width: 190 }} />
        </colgroup>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              Step
            </th>
            {COLUMNS.map((name) => (
              <th key={name} role="columnheader" scope="col" className="num" title={name === 'Of the path' ? PATH : undefined}>
                {name}
              </th>
            ))}
            <th role="columnheader" scope="col">
              <span className="row stp-x">
                <span>{formatDuration(edges[0] ?? 0)}</span>
                <span className="grow" />
                <span>{formatDuration(edges.at(-1) ?? 0)}</span>
              </span>
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <StepRow key={row.key} row={row} edges={edges} isMixed={isMixed} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function StepRow({ row, edges, isMixed }: { row: StepStats; edges: readonly number[]; isMixed: boolean }) {
  const { kind, name, workflowType, duration, pathShare, failed, retried, steps, cells } = row;
  return (
    <tr role="row">
      <td role="rowheader" className="stp-n">
        <span className="row">
          <Icon name={kindIcon(kind)} />
          <span className="cut">{name}</span>
          {isMixed ? <span className="axis cut">{workflowType}</span> : null}
        </span>
      </td>
      {[duration.p50, duration.p95, duration.p99].map((ms, index) => (
        <td key={COLUMNS[index]} role="cell" className={index === 1 ? 'num' : 'num mid'}>
          {formatDuration(ms)}
        </td>
      ))}
      <td role="cell" className={pathShare === 0 ? 'num dim' : 'num'}>
        {pathShare === undefined ? '' : shareWords(pathShare)}
      </td>
      <td role="cell" className={failed > 0 ? 'num' : 'num dim'}>
        {shareWords(failed)}
      </td>
      <td role="cell" className={retried > 0 ? 'num' : 'num dim'}>
        {shareWords(retried)}
      </td>
      <td role="cell" className="num mid">
        {formatCount(steps)}
      </td>
      <td role="cell">
        <HeatCells counts={cells} words={cellsWords(cells, edges)} />
      </td>
    </tr>
  );
}
