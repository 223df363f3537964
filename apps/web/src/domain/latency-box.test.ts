import { describe, expect, it } from 'vitest';
import { boxFacts, clampPlace, edgeWords, hasBox, latencySpan, queryOfBox, spanWords, withoutBox } from './latency-box.ts';

const grid = {
  from: 1_000_000,
  width: 60_000,
  columns: 4,
  edges: [512, 1_000, 2_000, 4_000],
  cells: [
    { column: 2, row: 2, runs: 3, bad: 1, exemplars: [{ workflowId: 'a', runId: 'r', tookMs: 2_500 }] },
    { column: 1, row: 1, runs: 2, bad: 0, exemplars: [] },
    { column: 0, row: 0, runs: 9, bad: 9, exemplars: [] },
  ],
};
const box = { anchor: { column: 2, row: 1 }, at: { column: 1, row: 2 } };

describe('a box in the picture of durations', () => {
  it('counts what is in it, from whichever corner it was drawn', () =>
    expect(boxFacts(grid, box)).toEqual({
      from: 1_060_000,
      to: 1_180_000,
      shortest: 1_000,
      longest: 4_000,
      runs: 5,
      bad: 1,
      exemplars: [{ workflowId: 'a', runId: 'r', tookMs: 2_500 }],
    }));
  it('stays inside the picture', () => expect(clampPlace(grid, { column: 9, row: -1 })).toEqual({ column: 3, row: 0 }));

  it('becomes conditions that servers read, in place of an earlier box', () => {
    const query = queryOfBox("Region = 'eu' OR Region = 'us'", boxFacts(grid, box));
    expect(query).toBe(
      "(Region = 'eu' OR Region = 'us') AND CloseTime >= '1970-01-01T00:17:40.000Z' AND CloseTime < '1970-01-01T00:19:40.000Z'" +
        " AND ExecutionDuration >= '1s' AND ExecutionDuration < '4s'",
    );
    const next = queryOfBox(query, { ...boxFacts(grid, box), shortest: 0, longest: 172_800_000 });
    expect(next).toMatch(/^\(Region = 'eu' OR Region = 'us'\) AND CloseTime >= .+ AND CloseTime < '[^']+' AND ExecutionDuration < '48h'$/);
    expect([hasBox(next), withoutBox(next)]).toEqual([true, "(Region = 'eu' OR Region = 'us')"]);
    expect(hasBox("Region = 'eu'")).toBe(false);
  });

  it('is told in whole units', () => {
    expect([edgeWords(0), edgeWords(512), edgeWords(120_000)]).toEqual(['0', '512 ms', '2 min']);
    expect([spanWords(4_000, 8_000), spanWords(32_000, 60_000), spanWords(0, 1)]).toEqual(['4–8 s', '32 s–1 min', 'under 1 ms']);
  });
});

describe('the span of the picture of durations', () => {
  const now = 100 * 3_600_000 + 1;
  const minute = 100 * 3_600_000 + 60_000;
  it('is the last day, or since the first start that is asked for', () => {
    expect(latencySpan({ query: '' }, now)).toEqual({ from: minute - 86_400_000, to: minute, columns: 48 });
    expect(latencySpan({ query: '', startedFrom: 5, startedTo: 9 }, now)).toMatchObject({ from: 5, to: minute });
  });
  it('is that of a box', () => {
    const query = queryOfBox('', boxFacts(grid, box));
    expect(latencySpan({ query, startedFrom: 5 }, now)).toMatchObject({ from: 1_060_000, to: 1_180_000 });
  });
});
