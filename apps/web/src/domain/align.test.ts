import { describe, expect, it } from 'vitest';
import { align } from './align.ts';
import { growth, MUCH_GROWTH } from './growth.ts';

const rows = (a: string, b: string) =>
  align(a.split(''), b.split(''), (item) => item).map((row) => `${row.a ?? '-'}${row.b ?? '-'}${row.isMoved ? '!' : ''}`);

describe('align', () => {
  it.each([
    ['abc', 'abc', ['aa', 'bb', 'cc']],
    ['abc', 'axbc', ['aa', '-x', 'bb', 'cc']],
    ['abc', 'ac', ['aa', 'b-', 'cc']],
    ['', 'ab', ['-a', '-b']],
    ['ab', 'ba', ['aa!', 'bb']],
    ['aab', 'aaab', ['aa', 'aa', '-a', 'bb']],
  ])('%s beside %s', (a, b, wanted) => expect(rows(a, b)).toEqual(wanted));

  it('loses nothing and doubles nothing', () => {
    const a = Array.from({ length: 500 }, (_, index) => `n${(index * 7919) % 37}`);
    const b = Array.from({ length: 400 }, (_, index) => `n${(index * 104_729) % 41}`);
    const aligned = align(a, b, (item) => item);
    expect(aligned.flatMap((row) => row.a ?? [])).toEqual(a);
    expect(aligned.flatMap((row) => row.b ?? []).toSorted()).toEqual(b.toSorted());
  });

  it('keeps what stands in one order in that order', () => {
    const aligned = align('abcdefg'.split(''), 'xbcgdef'.split(''), (item) => item).filter((row) => row.a && row.b && !row.isMoved);
    expect(aligned.map((row) => row.a).join('')).toBe('bcdef');
  });

  it('aligns ten thousand with ten thousand as fast as one thousand, each', () => {
    const grown = growth(1_000, (count) => {
      const a = Array.from({ length: count }, (_, index) => `step${index % 7}`);
      const b = Array.from({ length: count }, (_, index) => `step${(index * 3) % 11}`);
      return () => align(a, b, (item) => item);
    });
    expect(grown).toBeLessThan(MUCH_GROWTH);
  });
});
