import { describe, expect, it } from 'vitest';
import { holdRows, withTop } from './held-rows.ts';

const rows = (text: string) => text.split('').map((runId) => ({ runId, at: 1 }));
const names = (of: readonly { readonly runId: string }[]) => of.map(({ runId }) => runId).join('');

describe('rows that are held', () => {
  it.each([
    ['nothing new', 'abc', 'abc', 'abc', 0],
    ['new ones before', 'abc', 'xyabc', 'abc', 2],
    ['new ones between', 'abc', 'axbc', 'abc', 1],
    ['one that moved up', 'abc', 'cab', 'abc', 0],
    ['one that is not found any more', 'abc', 'xac', 'abc', 1],
    ['a next page', 'abc', 'abcdef', 'abcdef', 0],
    ['both ends', 'abc', 'xabcd', 'abcd', 1],
    ['nothing in common', 'abc', 'xyz', 'abc', 3],
    ['none before', '', 'ab', '', 2],
  ])('%s', (_name, shown, fresh, expected, waiting) => {
    const held = holdRows(rows(shown), rows(fresh));
    expect([names(held.rows), held.waiting]).toEqual([expected, waiting]);
  });

  it('are patched in their places', () => {
    const fresh = [{ runId: 'b', at: 2 }];
    expect(holdRows(rows('abc'), fresh).rows).toEqual([
      { runId: 'a', at: 1 },
      { runId: 'b', at: 2 },
      { runId: 'c', at: 1 },
    ]);
  });
});

describe('a page that was read again', () => {
  it('brings new rows to the top and patches the others', () => {
    const merged = withTop(rows('abc'), [
      { runId: 'x', at: 2 },
      { runId: 'b', at: 2 },
    ]);
    expect(merged.map(({ runId, at }) => `${runId}${at}`).join(' ')).toBe('x2 a1 b2 c1');
    expect(withTop(rows('ab'), [])).toEqual(rows('ab'));
  });
});
