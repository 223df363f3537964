/** Rows that stay where they are while somebody reads or chooses among them. */

interface Identified {
  readonly runId: string;
}

export interface HeldRows<Row> {
  readonly rows: readonly Row[];
  /** How many came before or between them and wait to be shown. */
  readonly waiting: number;
}

/**
 * What is shown keeps its order and its places, each row as it was read last; one that is not found any more stays as it was.
 * Rows that follow the last one known join at the end, since they move nothing.
 */
export function holdRows<Row extends Identified>(shown: readonly Row[], fresh: readonly Row[]): HeldRows<Row> {
  const latest = new Map(fresh.map((row) => [row.runId, row]));
  const known = new Set(shown.map((row) => row.runId));
  const lastKnown = fresh.findLastIndex((row) => known.has(row.runId));
  const isNew = (row: Row) => !known.has(row.runId);
  return {
    rows: [...shown.map((row) => latest.get(row.runId) ?? row), ...(lastKnown < 0 ? [] : fresh.slice(lastKnown + 1))],
    waiting: (lastKnown < 0 ? fresh : fresh.slice(0, lastKnown)).filter(isNew).length,
  };
}

/** A page that was read again stands before what was read earlier, and replaces what it has in common with it. */
export function withTop<Row extends Identified>(rows: readonly Row[], top: readonly Row[]): readonly Row[] {
  if (top.length === 0) return rows;
  const latest = new Map(top.map((row) => [row.runId, row]));
  const known = new Set(rows.map((row) => row.runId));
  return [...top.filter((row) => !known.has(row.runId)), ...rows.map((row) => latest.get(row.runId) ?? row)];
}
