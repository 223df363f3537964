import { describe, expect, it } from 'vitest';
import type { CalendarTimes } from './schedule-spec.ts';
import { EMPTY_SPEC } from './schedule-spec.ts';
import { calendarWords, specLine } from './schedule-words.ts';

const calendar = (part: Partial<CalendarTimes>): CalendarTimes => ({
  second: '0',
  minute: '0',
  hour: '0',
  dayOfMonth: '*',
  month: '*',
  dayOfWeek: '*',
  year: '*',
  comment: '',
  ...part,
});

describe('calendarWords', () => {
  it.each<[Partial<CalendarTimes>, string]>([
    [{ hour: '9', minute: '30', dayOfWeek: '1-5' }, 'At 09:30 on Monday to Friday'],
    [{ hour: '9,17', dayOfWeek: 'mon,sat' }, 'At 09:00 and 17:00 on Monday and Saturday'],
    [{ hour: '*', minute: '*/15' }, 'Every 15 minutes'],
    [{ hour: '*', minute: '5' }, 'At minute 5 of every hour'],
    [{ hour: '*' }, 'Every hour'],
    [{ hour: '*/6' }, 'Every 6 hours'],
    [{ hour: '8-18', minute: '*/10' }, 'Every 10 minutes past hours 8 to 18'],
    [{ dayOfMonth: '1', month: '1,7' }, 'At 00:00 on day 1 of January and July'],
    [{ dayOfMonth: '1', hour: '3' }, 'At 03:00 on day 1 of the month'],
    [{ hour: '3', month: 'dec' }, 'At 03:00 in December'],
    [{ hour: '*', minute: '*', second: '*/20' }, 'Every 20 seconds'],
    [{ hour: '2', comment: 'after the backup' }, 'At 02:00 (after the backup)'],
    [{ hour: '', minute: '', second: '' }, 'At 00:00'],
    [{ hour: '9', dayOfMonth: 'never' }, 'Never: a field of this calendar has no values'],
    [{ hour: '12', dayOfWeek: '7' }, 'At 12:00 on Sunday'],
  ])('%o reads %s', (part, words) => expect(calendarWords(calendar(part))).toBe(words));
});

describe('specLine', () => {
  it('names intervals, exceptions, and a schedule without times', () => {
    expect(specLine(EMPTY_SPEC)).toBe('Only when triggered');
    expect(
      specLine({
        ...EMPTY_SPEC,
        intervals: [
          { everyMs: 300_000, offsetMs: 60_000 },
          { everyMs: 3_600_000, offsetMs: 0 },
          { everyMs: 5_400_000, offsetMs: 0 },
        ],
        excluded: [calendar({ hour: '12', dayOfWeek: '0' })],
      }),
    ).toBe('Every 5 minutes, 1 minute past; Every hour; Every 1 hour 30 minutes; Except at 12:00 on Sunday');
  });
});
