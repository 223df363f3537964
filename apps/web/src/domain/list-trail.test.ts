import { describe, expect, it } from 'vitest';
import { placeIn, runsAround } from './list-trail.ts';

const rows = Array.from({ length: 1000 }, (_, index) => ({ workflowId: `w${index}`, runId: `r${index}`, status: 'Running' }));
const row = (index: number) => ({ workflowId: `w${index}`, runId: `r${index}` });

describe('runsAround', () => {
  it('keeps as many on either side as anybody walks, and nothing else of them', () => {
    const kept = runsAround(rows, row(500));
    expect(kept).toHaveLength(401);
    expect(kept[0]).toEqual(row(300));
    expect(kept.at(-1)).toEqual(row(700));
    expect(runsAround(rows, row(0))[0]).toEqual(row(0));
    expect(runsAround(rows, row(999)).at(-1)).toEqual(row(999));
  });
});

describe('placeIn', () => {
  it('finds the neighbours, and says when there are none', () => {
    expect(placeIn(rows, 'r1')).toMatchObject({ previous: row(0), next: row(2) });
    expect(placeIn(rows, 'r0')).toMatchObject({ previous: undefined, next: row(1) });
    expect(placeIn(rows, 'r999')).toMatchObject({ previous: row(998), next: undefined });
    expect(placeIn(rows, 'elsewhere')).toBeUndefined();
  });
});
