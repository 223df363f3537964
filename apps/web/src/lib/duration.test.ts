import { describe, expect, it } from 'vitest';
import { formatAge, formatDuration, formatOffset, parseDuration } from './duration.ts';

describe('durations', () => {
  it.each([
    [0, '0 ms'],
    [310, '310 ms'],
    [6_100, '6.1 s'],
    [81_000, '81 s'],
    [529_000, '8m 49s'],
    [3_599_900, '1h 00m'],
    [3_840_000, '1h 04m'],
    [273_600_000, '3d 4h'],
    [-5, '0 ms'],
  ])('%d ms reads %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

  it('reads ages and offsets', () => {
    expect([formatAge(300), formatAge(5_400)]).toEqual(['now', '5 s ago']);
    expect([formatOffset(0.5), formatOffset(20_000), formatOffset(460_000)]).toEqual(['+0.5ms', '+20s', '+7m 40s']);
  });

  it('understands what people type, and nothing else', () => {
    expect([parseDuration('30'), parseDuration('1h 30m'), parseDuration('250ms'), parseDuration('soon')]).toEqual([
      30_000,
      5_400_000,
      250,
      undefined,
    ]);
  });
});
