import Long from 'long';
import { expect, it } from 'vitest';
import { fromDuration, fromTimestamp, toDuration, toNumber, toTimestamp } from './time.ts';

it.each([0, 1, 999, 1000, 1_700_000_000_123, 0.5])('%s ms survive both ways', (ms) => {
  expect(fromDuration(toDuration(ms))).toBe(ms);
  expect(fromTimestamp(toTimestamp(ms))).toBe(ms);
});

it('tells a field that is not set from zero', () => {
  expect(fromDuration(undefined)).toBeUndefined();
  expect(fromDuration(null)).toBeUndefined();
  expect(fromDuration({})).toBe(0);
});

it('reads a negative duration as negative', () => {
  expect(fromDuration({ seconds: Long.fromNumber(-1), nanos: -500_000_000 })).toBe(-1500);
});

it.each([
  [Long.fromNumber(5), 5],
  [7, 7],
  ['9', 9],
  [11n, 11],
  [null, 0],
])('%s is a number', (value, number) => {
  expect(toNumber(value)).toBe(number);
});
