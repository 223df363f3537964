import { describe, expect, it } from 'vitest';
import { cronBackoff, faultOfCron } from './cron.ts';

const at = (text: string): number => Date.parse(text);
const wait = (schedule: string, from: string, now = from) => cronBackoff(schedule, { from: at(from), now: at(now) });

describe('a cron schedule', () => {
  it.each([
    ['*/5 * * * *', '2026-01-01T00:01:00Z', 4 * 60_000],
    ['0 12 * * MON-FRI', '2026-01-03T13:00:00Z', 47 * 3_600_000],
    ['@daily', '2026-01-01T23:59:00Z', 60_000],
    ['@every 90m', '2026-01-01T00:00:00Z', 90 * 60_000],
    ['@every 1.5s', '2026-01-01T00:00:00Z', 1000],
    ['CRON_TZ=Europe/Berlin 0 9 * * *', '2026-07-01T06:00:00Z', 3_600_000],
    ['TZ=America/New_York 0 9 * * *', '2026-01-01T13:00:00Z', 3_600_000],
    // A day of the month or a day of the week: either is enough.
    ['0 0 13 * 5', '2026-01-01T00:00:00Z', 24 * 3_600_000],
  ])('%s after %s waits %i ms', (schedule, from, expected) => {
    expect(faultOfCron(schedule)).toBeUndefined();
    expect(wait(schedule, from)).toBe(expected);
  });

  it('counts in whole seconds, up', () => {
    expect(wait('@every 10s', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:03.400Z')).toBe(7000);
  });

  it('skips the slots that passed while a run was busy', () => {
    expect(wait('@every 10s', '2026-01-01T00:00:00Z', '2026-01-01T00:00:34Z')).toBe(6000);
    expect(wait('* * * * *', '2026-01-01T00:00:30Z', '2026-01-01T00:04:15Z')).toBe(45_000);
  });

  it.each([
    '* * * * * *',
    '* * *',
    '61 * * * *',
    '0 0 30 2 *',
    '0 12 L * *',
    '@every',
    '@every 1x',
    '@every 10ms',
    '@often',
    'TZ=Nowhere/At * * * * *',
    'x',
  ])('%s is refused', (schedule) => {
    expect(faultOfCron(schedule)).toMatch(/^Invalid CronSchedule: ./);
    expect(wait(schedule, '2026-01-01T00:00:00Z')).toBeUndefined();
  });
});
