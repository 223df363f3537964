'use client';
import type { BaselineRow } from '../../domain/step-baseline.ts';
import { Hollow } from '../../ui/hollow.tsx';
import { BaselineLine } from './baseline-line.tsx';
import { StepsTable } from './steps-table.tsx';

const COLUMNS = ['Step', 'Took', 'This run', 'p50', 'p95', 'Queue wait, p95', 'Attempts, p95', 'Not as usual'] as const;
const UNUSUAL = { name: 'step that is not as usual', is: ({ outside }: BaselineRow) => outside.length > 0 };

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
  const longest = Math.max(1, ...rows.map(({ duration, baseline }) => Math.max(duration ?? 0, baseline?.duration?.p95 ?? 0)));
  if (rows.length === 0)
    return <Hollow title={steps === 0 ? 'Neither this run nor the others have steps.' : 'Every step went as usual.'} />;
  return (
    <StepsTable
      label="Steps beside what is usual"
      columns={COLUMNS}
      span={longest}
      rows={rows}
      chosen={chosen}
      told={told}
      sought={UNUSUAL}
      onChoose={onChoose}
      renderLine={(row, place, isHere) => (
        <BaselineLine
          key={row.key}
          row={row}
          place={place}
          longest={longest}
          runs={runs}
          isHere={isHere}
          onChoose={() => onChoose(row.key)}
        />
      )}
    />
  );
}
