import { afterEach, expect, it } from 'vitest';
import { formatClock, writeHours } from './time.ts';

const AFTERNOON = Date.UTC(2026, 4, 15, 13, 6, 58, 412);

afterEach(() => writeHours('24'));

it('writes clocks of 24 hours, or of 12 where the reader chose so', () => {
  expect(formatClock(AFTERNOON, 'UTC')).toBe('13:06:58');
  expect(formatClock(AFTERNOON, 'UTC', 2)).toBe('13:06:58.41');
  writeHours('12');
  expect(formatClock(AFTERNOON, 'UTC')).toBe('01:06:58 pm');
  expect(formatClock(AFTERNOON, 'UTC', 3)).toBe('01:06:58.412 pm');
  expect(formatClock(AFTERNOON, 'America/New_York')).toBe('09:06:58 am');
});
