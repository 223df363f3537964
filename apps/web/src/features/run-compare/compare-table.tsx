'use client';
import type { RunView } from '../../data/run-view.ts';
import type { CompareRow } from '../../domain/compare-runs.ts';
import { createTimeScale } from '../../domain/time-scale.ts';
import { Hollow } from '../../ui/hollow.tsx';
import { CompareLine } from './compare-line.tsx';
import { StepsTable } from './steps-table.tsx';

const COLUMNS = ['Step', 'From the start of each run', 'B against A', 'Queue wait', 'Attempts', 'Differs'] as const;
const DIFFERENCE = { name: 'difference', is: ({ difference }: CompareRow) => difference !== undefined };

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
  const starts = { a: a.events[0]?.at ?? ends.a, b: b.events[0]?.at ?? ends.b };
  const span = Math.max(ends.a - starts.a, ends.b - starts.b, 1);
  const scale = createTimeScale({ start: 0, end: span });
  if (rows.length === 0) return <Hollow title="Neither run has such a step." />;
  return (
    <StepsTable
      label="Steps of both runs"
      columns={COLUMNS}
      span={span}
      rows={rows}
      chosen={chosen}
      told={told}
      sought={DIFFERENCE}
      onChoose={onChoose}
      renderLine={(row, place, isHere) => (
        <CompareLine
          key={row.key}
          row={row}
          place={place}
          starts={starts}
          ends={ends}
          scale={scale}
          isHere={isHere}
          onChoose={() => onChoose(row.key)}
        />
      )}
    />
  );
}
