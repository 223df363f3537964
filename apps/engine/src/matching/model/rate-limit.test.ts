import { describe, expect, it } from 'vitest';
import { RateLimit } from './rate-limit.ts';

/** How many places there are in this time, asked for every millisecond. */
function taken(perSecond: number | undefined, ms: number): number {
  const limit = new RateLimit();
  limit.set(perSecond, 0);
  let count = 0;
  for (let now = 0; now < ms; now += 1) if (limit.take(now) === 0) count += 1;
  return count;
}

describe('a rate limit', () => {
  it.each([
    [10, 10_000, 110],
    [0.5, 10_000, 5],
    [100, 1000, 200],
  ])('of %d per second lets through one second at once and then its rate (%i ms)', (perSecond, ms, expected) => {
    expect(Math.abs(taken(perSecond, ms) - expected)).toBeLessThanOrEqual(1);
  });

  it('of nothing lets nothing through, and none is no limit', () => {
    expect([taken(0, 1000), taken(undefined, 1000)]).toEqual([0, 1000]);
    expect(new RateLimit().take(0)).toBe(0);
  });

  it('says how long to wait', () => {
    const limit = new RateLimit();
    limit.set(2, 0);
    expect([limit.take(0), limit.take(0), limit.take(0), limit.take(250)]).toEqual([0, 0, 500, 250]);
  });
});
