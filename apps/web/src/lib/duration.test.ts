import { describe, expect, it } from 'vitest';
import { formatAge, formatDuration, formatOffset, formatSpan, formatUntil, parseDuration } from './duration.ts';

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
    expect([formatUntil(300), formatUntil(5_400), formatUntil(-1)]).toEqual(['now', 'in 5 s', 'now']);
    expect([formatOffset(0.5), formatOffset(20_000), formatOffset(460_000)]).toEqual(['+0.5ms', '+20s', '+7m 40s']);
  });

  it('writes a span so that it is read back', () => {
    expect([formatSpan(0), formatSpan(5_400_000), formatSpan(90_061_250)]).toEqual(['', '1h 30m', '1d 1h 1m 1s 250ms']);
    expect(parseDuration(formatSpan(90_061_250))).toBe(90_061_250);
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
