import { describe, expect, it } from 'vitest';
import { describeDuration, toMilliseconds } from './duration.ts';

describe('toMilliseconds', () => {
  it.each([
    [5, 5],
    ['250ms', 250],
    ['1.5 minutes', 90_000],
    ['2h', 7_200_000],
    ['7 days', 604_800_000],
  ] as const)('reads %s', (duration, ms) => {
    expect(toMilliseconds(duration)).toBe(ms);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, '1 lightyear', 'soon'])('refuses %s', (duration) => {
    // The type refuses the texts; the run-time check is for plain JavaScript.
    expect(() => toMilliseconds(duration as number)).toThrow(TypeError);
  });
});

it('describes a duration by its two largest units', () => {
  expect([5, 1500, 90_000, 90_061_000].map(describeDuration)).toEqual(['5 ms', '1.5 s', '1m 30 s', '1d 1h']);
});
