/** One promise of speed or size, what was measured of it, and the table that says so. */
export interface Measured {
  readonly item: string;
  readonly budget: number;
  readonly unit: string;
  /** Undefined where there is nothing to measure; then `note` says why, and the budget counts as missed. */
  readonly value: number | undefined;
  /** How it was measured, or why it was not. */
  readonly note: string;
}

/** What could be measured, or one missed budget that says why it could not: the others are worth having all the same. */
export async function measured(name: string, measure: () => Promise<readonly Measured[]>): Promise<readonly Measured[]> {
  try {
    return await measure();
  } catch (error) {
    const note = `could not be measured: ${(error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''}`;
    return [{ item: `The measurements of “${name}”`, budget: 0, unit: '', value: undefined, note }];
  }
}

export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
};

export const p75 = (values: readonly number[]): number => percentile(values, 0.75);

export const isMet = ({ value, budget }: Measured): boolean => value !== undefined && value <= budget;

const shown = (value: number, unit: string): string => `${value >= 100 ? value.toFixed(0) : Number(value.toFixed(2))} ${unit}`;

/** Lines of the table, the last of which counts. */
export function tableOf(all: readonly Measured[]): readonly string[] {
  const rows = all.map((one) => [
    isMet(one) ? 'met' : 'MISSED',
    one.item,
    `≤ ${shown(one.budget, one.unit)}`,
    one.value === undefined ? '–' : shown(one.value, one.unit),
    one.note,
  ]);
  const widths = [0, 1, 2, 3].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const met = all.filter(isMet).length;
  return [
    ...rows.map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    ),
    `${met} budgets met, ${all.length - met} missed`,
  ];
}
