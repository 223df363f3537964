import { describe, expect, it } from 'vitest';
import type { ClosedRun } from './latency-grid.ts';
import { latencyGrid } from './latency-grid.ts';

const run = (closedAt: number, tookMs: number, isBad = false): ClosedRun => ({
  workflowId: `w-${closedAt}`,
  runId: `r-${tookMs}`,
  closedAt,
  tookMs,
  isBad,
});
const span = { from: 1_000, to: 1_400, columns: 4 };

describe('the picture of durations', () => {
  it('counts runs by when they closed and how long they took, in rows that are whole in their unit', () => {
    const { edges, cells, width } = latencyGrid([run(1_350, 5_000), run(1_310, 4_000, true), run(1_000, 900)], span);
    expect(width).toBe(100);
    expect(edges).toEqual([512, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000]);
    expect(cells).toMatchObject([
      { column: 3, row: 3, runs: 2, bad: 1, exemplars: [{ tookMs: 5_000 }, { tookMs: 4_000 }] },
      { column: 0, row: 0, runs: 1, bad: 0 },
    ]);
  });

  it('holds the lower edge of a cell and not the upper one, and leaves out what closed outside', () => {
    const { cells, edges } = latencyGrid([run(1_400, 8), run(1_100, 16), run(1_099, 8), run(999, 8)], span);
    expect(edges[0]).toBe(8);
    expect(cells.map(({ column, row }) => [column, row])).toEqual([
      [1, 1],
      [0, 0],
    ]);
  });

  it('keeps the newest few runs of a cell', () => {
    const cell = latencyGrid(
      [1_009, 1_008, 1_007, 1_006].map((at) => run(at, 3)),
      span,
    ).cells[0];
    expect(cell?.runs).toBe(4);
    expect(cell?.exemplars.map(({ workflowId }) => workflowId)).toEqual(['w-1009', 'w-1008', 'w-1007']);
  });

  it('puts several steps in a row where they are too many, and still has a row for every run', () => {
    const longest = 10 * 86_400_000;
    const { edges, cells } = latencyGrid([run(1_000, 0), run(1_001, longest)], span);
    expect(edges.length - 1).toBeLessThanOrEqual(16);
    expect(edges).toEqual(edges.toSorted((one, other) => one - other));
    for (const [index, took] of [0, longest].entries()) {
      const row = cells[index]?.row ?? -1;
      expect(edges[row]).toBeLessThanOrEqual(took);
      expect(edges[row + 1]).toBeGreaterThan(took);
    }
  });

  it('tells percentiles that some run really took, and none without runs', () => {
    const runs = Array.from({ length: 100 }, (_, index) => run(1_000 + index, 100 - index));
    expect(latencyGrid(runs, span).percentiles).toEqual({ p50: 50, p95: 95, p99: 99 });
    expect(latencyGrid([run(1_000, 7)], span).percentiles).toEqual({ p50: 7, p95: 7, p99: 7 });
    expect(latencyGrid([], span)).toMatchObject({ cells: [], percentiles: null });
  });
});
