import { afterEach, expect, it } from 'vitest';
import { formatClock, formatDay, formatMoment, writeHours } from './time.ts';

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

it('writes UTC as it writes any other zone', () => {
  const now = Date.UTC(2026, 11, 31);
  for (let month = 0; month < 12; month += 1)
    for (const year of [2025, 2026])
      for (const hour of [0, 1, 11, 12, 13, 23]) {
        const at = Date.UTC(year, month, 1 + month, hour, 6, 58);
        for (const hours of ['12', '24'] as const) {
          writeHours(hours);
          expect(formatMoment(at, 'UTC', now)).toBe(formatMoment(at, 'Etc/UTC', now));
          expect(formatClock(at, 'UTC')).toBe(formatClock(at, 'Etc/UTC'));
        }
        expect(formatDay(at, 'UTC', at)).toBe(formatDay(at, 'Etc/UTC', at));
      }
});
