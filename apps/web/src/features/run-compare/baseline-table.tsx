'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef } from 'react';
import type { BaselineRow } from '../../domain/step-baseline.ts';
import { formatDuration } from '../../lib/duration.ts';
import { Hollow } from '../../ui/hollow.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { BaselineLine } from './baseline-line.tsx';

const rowPx = () => 36;
const COLUMNS = ['Step', 'Took', 'This run', 'p50', 'p95', 'Queue wait, p95', 'Attempts, p95', 'Not as usual'] as const;

interface BaselineTableProps {
  /** Those that are shown. */
  readonly rows: readonly BaselineRow[];
  /** All there are. */
  readonly steps: number;
  /** How many runs the figures are of. */
  readonly runs: number;
  readonly chosen: string | undefined;
  /** The first that is not as usual. */
  readonly told: string | undefined;
  readonly onChoose: (key: string) => void;
}

/** Each step of the run with what is usual for it; the bars have one scale. */
export function BaselineTable({ rows, steps, runs, chosen, told, onChoose }: BaselineTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const longest = Math.max(1, ...rows.map(({ duration, baseline }) => Math.max(duration ?? 0, baseline?.duration?.p95 ?? 0)));
  const getItemKey = useCallback((index: number) => rows[index]?.key ?? index, [rows]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: rowPx,
    overscan: 12,
    getItemKey,
  });
  const here = rows.findIndex((row) => row.key === chosen);
  useEffect(() => {
    if (here >= 0) virtual.scrollToIndex(here, { align: 'auto' });
  }, [here, virtual]);
  const choose = (index: number) => {
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (row !== undefined) onChoose(row.key);
  };
  const toOutside = (by: 1 | -1) => {
    for (let index = here + by; index >= 0 && index < rows.length; index += by)
      if ((rows[index]?.outside.length ?? 0) > 0) return choose(index);
  };
  useShortcuts(
    (
      [
        ['j', 'j', 'Next step', () => choose(here + 1)],
        ['k', 'k', 'Previous step', () => choose(here - 1)],
        ['ArrowDown', '↓', 'Next step', () => choose(here + 1)],
        ['ArrowUp', '↑', 'Previous step', () => choose(here - 1)],
        ['n', 'n', 'Next step that is not as usual', () => toOutside(1)],
        ['Shift+N', '⇧ N', 'Previous step that is not as usual', () => toOutside(-1)],
        ['m', 'm', 'The step that the answer names', () => told !== undefined && onChoose(told)],
      ] as const
    ).map(([keys, shown, label, run]) => ({ keys, shown, label, scope: 'Compare', run })),
  );
  if (rows.length === 0)
    return <Hollow title={steps === 0 ? 'Neither this run nor the others have steps.' : 'Every step went as usual.'} />;
  return (
    <div
      className="scroll cmp-scroll"
      ref={scroller}
      tabIndex={0}
      role="table"
      aria-label="Steps beside what is usual"
      aria-rowcount={rows.length + 1}
    >
      <div role="rowgroup" className="cmp-head">
        <div role="row" className="cmp-row" aria-rowindex={1}>
          {COLUMNS.map((name, index) => (
            <span key={name} role="columnheader" className={index >= 2 && index <= 6 ? 'num' : undefined}>
              {name}
              {index === 1 ? <span className="cmp-span">{formatDuration(longest)}</span> : null}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="cmp-body" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return row === undefined ? null : (
            <BaselineLine
              key={item.key}
              row={row}
              place={{ index: item.index, top: item.start }}
              longest={longest}
              runs={runs}
              isHere={item.index === here}
              onChoose={() => onChoose(row.key)}
            />
          );
        })}
      </div>
    </div>
  );
}
