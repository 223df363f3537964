/** Closed runs as a picture of how long they took: the time of closing by duration, a count in every cell. Milliseconds throughout. */

/** One closed run. */
export interface ClosedRun {
  readonly workflowId: string;
  readonly runId: string;
  /** Since the epoch. */
  readonly closedAt: number;
  readonly tookMs: number;
  /** It failed, timed out or was terminated. */
  readonly isBad: boolean;
}

export interface LatencyCell {
  /** From the left, the oldest first. */
  readonly column: number;
  /** From the bottom, the shortest first. */
  readonly row: number;
  readonly runs: number;
  readonly bad: number;
  /** A few of them, the newest first. */
  readonly exemplars: readonly { readonly workflowId: string; readonly runId: string; readonly tookMs: number }[];
}

export interface LatencyGrid {
  /** The left edge of the first column, since the epoch. */
  readonly from: number;
  /** Of each column. */
  readonly width: number;
  readonly columns: number;
  /** The edges of the rows, one more than there are rows; a row holds its lower edge. */
  readonly edges: readonly number[];
  /** Those that hold runs. */
  readonly cells: readonly LatencyCell[];
  /** Null without runs. */
  readonly percentiles: { readonly p50: number; readonly p95: number; readonly p99: number } | null;
}

export interface LatencySpan {
  readonly from: number;
  readonly to: number;
  readonly columns: number;
}

const EXEMPLARS = 3;
const ROWS_MIN = 6;
const ROWS_MAX = 16;
const DAY = 86_400_000;

/** About twice the last one each time, and whole in the unit people read: 512 ms, 1 s, … 32 s, 1 min, … 16 h, 1 d. */
const LADDER: readonly number[] = [
  0,
  ...doublings(1, 10),
  ...doublings(1_000, 6),
  ...doublings(60_000, 6),
  ...doublings(3_600_000, 5),
  ...doublings(DAY, 16),
];

function doublings(first: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => first * 2 ** index);
}

/** `runs` newest first; what closed outside the span is left out. */
export function latencyGrid(runs: readonly ClosedRun[], span: LatencySpan): LatencyGrid {
  const from = Math.floor(span.from);
  const width = Math.max(1, Math.ceil((span.to - from) / span.columns));
  const within = runs.filter(({ closedAt }) => closedAt >= from && closedAt < from + width * span.columns);
  const took = within.map(({ tookMs }) => tookMs).sort((one, other) => one - other);
  const edges = edgesOf(took);
  const cells = new Map<string, LatencyCell>();
  for (const run of within) {
    const column = Math.floor((run.closedAt - from) / width);
    const row = rowOf(edges, run.tookMs);
    const key = `${column} ${row}`;
    const cell = cells.get(key) ?? { column, row, runs: 0, bad: 0, exemplars: [] };
    const { workflowId, runId, tookMs } = run;
    cells.set(key, {
      ...cell,
      runs: cell.runs + 1,
      bad: cell.bad + (run.isBad ? 1 : 0),
      exemplars: cell.exemplars.length < EXEMPLARS ? [...cell.exemplars, { workflowId, runId, tookMs }] : cell.exemplars,
    });
  }
  return { from, width, columns: span.columns, edges, cells: [...cells.values()], percentiles: percentilesOf(took) };
}

/** From the step of the shortest to that of the longest; where these are too many rows, every row holds several steps. */
function edgesOf(sorted: readonly number[]): readonly number[] {
  const first = rowOf(LADDER, sorted[0] ?? 1);
  const last = Math.max(rowOf(LADDER, sorted.at(-1) ?? 1), first + ROWS_MIN - 1);
  const step = Math.ceil((last - first + 1) / ROWS_MAX);
  const rows = Math.ceil((last - first + 1) / step);
  const top = Math.min(LADDER.length - 1, first + rows * step);
  const start = Math.max(0, top - rows * step);
  return Array.from({ length: rows + 1 }, (_, index) => LADDER[start + index * step] ?? 0);
}

/** The last row whose lower edge is not above; what is longer than everything is in the last row. */
function rowOf(edges: readonly number[], tookMs: number): number {
  const above = edges.findIndex((edge) => edge > tookMs);
  return Math.max(0, (above === -1 ? edges.length - 1 : above) - 1);
}

/** By nearest rank: each is what some run took. */
function percentilesOf(sorted: readonly number[]): LatencyGrid['percentiles'] {
  const at = (part: number) => sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;
  return sorted.length === 0 ? null : { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
