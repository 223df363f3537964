import { describe, expect, it } from 'vitest';
import { Pace } from './pace.ts';

describe('a pace', () => {
  it('spreads what comes at once', () => {
    const pace = new Pace(50);
    expect([0, 0, 0].map((now) => pace.take(now))).toEqual([0, 20, 40]);
  });

  it('does not make up for time in which nothing came', () => {
    const pace = new Pace(50);
    pace.take(0);
    expect([1000, 1000, 1050].map((now) => pace.take(now))).toEqual([0, 20, 0]);
  });

  it('may be slower than one in a second', () => {
    const pace = new Pace(0.5);
    expect([0, 0].map((now) => pace.take(now))).toEqual([0, 2000]);
  });
});
