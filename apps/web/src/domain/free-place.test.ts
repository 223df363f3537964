import { describe, expect, it } from 'vitest';
import { freePlace } from './free-place.ts';

const all = { from: 0, to: 100, width: 20 };

describe('freePlace', () => {
  it('is right behind the last thing when there is room', () => {
    expect(
      freePlace(
        [
          { a: 10, n: 1 },
          { a: 40, n: 1 },
        ],
        all,
      ),
    ).toBe(41);
  });

  it('is the last gap that is wide enough, whatever the order', () => {
    expect(
      freePlace(
        [
          { a: 90, n: 1 },
          { a: 5, n: 1 },
          { a: 50, n: 30 },
        ],
        all,
      ),
    ).toBe(6);
  });

  it('leaves what lies outside alone', () => {
    expect(freePlace([{ a: 10, n: 1 }], { from: 30, to: 60, width: 20 })).toBe(30);
    expect(freePlace([{ a: 70, n: 1 }], { from: 30, to: 60, width: 20 })).toBe(30);
  });

  it('is nowhere when every gap is too narrow', () => {
    expect(
      freePlace(
        [15, 30, 45, 60, 75, 90].map((a) => ({ a, n: 1 })),
        all,
      ),
    ).toBeUndefined();
  });

  it('counts what overlaps once', () => {
    expect(
      freePlace(
        [
          { a: 0, n: 80 },
          { a: 10, n: 5 },
        ],
        all,
      ),
    ).toBe(80);
  });
});
