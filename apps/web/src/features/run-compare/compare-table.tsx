'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef } from 'react';
import type { RunView } from '../../data/run-view.ts';
import type { CompareRow } from '../../domain/compare-runs.ts';
import { createTimeScale } from '../../domain/time-scale.ts';
import { formatDuration } from '../../lib/duration.ts';
import { Hollow } from '../../ui/hollow.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { CompareLine } from './compare-line.tsx';

const rowPx = () => 36;
const COLUMNS = ['Step', 'From the start of each run', 'B against A', 'Queue wait', 'Attempts', 'Differs'] as const;

interface CompareTableProps {
  readonly a: RunView;
  readonly b: RunView;
  readonly ends: { readonly a: number; readonly b: number };
  readonly rows: readonly CompareRow[];
  readonly chosen: string | undefined;
  /** The one that the answer names. */
  readonly told: string | undefined;
  readonly onChoose: (key: string) => void;
}

/** Step beside step, with both bars on one axis that begins where each run begins. */
export function CompareTable({ a, b, ends, rows, chosen, told, onChoose }: CompareTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const starts = { a: a.events[0]?.at ?? ends.a, b: b.events[0]?.at ?? ends.b };
  const span = Math.max(ends.a - starts.a, ends.b - starts.b, 1);
  const scale = createTimeScale({ start: 0, end: span });
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
  const toDifference = (by: 1 | -1) => {
    for (let index = here + by; index >= 0 && index < rows.length; index += by)
      if (rows[index]?.difference !== undefined) return choose(index);
  };
  useShortcuts(
    (
      [
        ['j', 'j', 'Next step', () => choose(here + 1)],
        ['k', 'k', 'Previous step', () => choose(here - 1)],
        ['ArrowDown', '↓', 'Next step', () => choose(here + 1)],
        ['ArrowUp', '↑', 'Previous step', () => choose(here - 1)],
        ['n', 'n', 'Next difference', () => toDifference(1)],
        ['Shift+N', '⇧ N', 'Previous difference', () => toDifference(-1)],
        ['m', 'm', 'The step that the answer names', () => told !== undefined && onChoose(told)],
      ] as const
    ).map(([keys, shown, label, run]) => ({ keys, shown, label, scope: 'Compare', run })),
  );
  if (rows.length === 0) return <Hollow title="Neither run has such a step." />;
  return (
    <div
      className="scroll cmp-scroll"
      ref={scroller}
      tabIndex={0}
      role="table"
      aria-label="Steps of both runs"
      aria-rowcount={rows.length + 1}
    >
      <div role="rowgroup" className="cmp-head">
        <div role="row" className="cmp-row" aria-rowindex={1}>
          {COLUMNS.map((name, index) => (
            <span key={name} role="columnheader" className={index >= 2 && index <= 4 ? 'num' : undefined}>
              {name}
              {index === 1 ? <span className="cmp-span">{formatDuration(span)}</span> : null}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="cmp-body" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return row === undefined ? null : (
            <CompareLine
              key={item.key}
              row={row}
              place={{ index: item.index, top: item.start }}
              starts={starts}
              ends={ends}
              scale={scale}
              isHere={item.index === here}
              onChoose={() => onChoose(row.key)}
            />
          );
        })}
      </div>
    </div>
  );
}
