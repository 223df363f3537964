import { toDuration, toTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { describe, expect, it } from 'vitest';
import type { CompiledSpec } from './spec.ts';
import { compileSpec } from './spec.ts';

type Spec = temporal.api.schedule.v1.IScheduleSpec;

const at = (text: string): number => Date.parse(text);
const iso = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');

function compiled(spec: Spec, seed = 'seed'): CompiledSpec {
  const result = compileSpec(spec, seed);
  if (typeof result === 'string') throw new Error(result);
  return result;
}

/** The nominal times after one moment, up to another. */
function times(spec: Spec, from: string, until: string): string[] {
  const times: string[] = [];
  const one = compiled(spec);
  for (let time = one.next(at(from)); time !== undefined && time.nominal <= at(until); time = one.next(time.nominal))
    times.push(iso(time.nominal));
  return times;
}

const hours = (...values: number[]) => values.map((start) => ({ start }));
const everyMinuteOf = (hour: { start: number; end?: number }[]) => ({
  second: [{ start: 0, end: 59 }],
  minute: [{ start: 0, end: 59 }],
  hour,
  dayOfMonth: [{ start: 1, end: 31 }],
  month: [{ start: 1, end: 12 }],
  dayOfWeek: [{ start: 0, end: 6 }],
});

describe('the times of a spec', () => {
  it.each<[string, Spec, string, string, string[]]>([
    [
      'intervals count from the epoch',
      { interval: [{ interval: toDuration(600_000), phase: toDuration(180_000) }] },
      '2024-05-01T00:00:00Z',
      '2024-05-01T00:23:00Z',
      ['2024-05-01T00:03:00Z', '2024-05-01T00:13:00Z', '2024-05-01T00:23:00Z'],
    ],
    [
      'a moment itself is not after it',
      { interval: [{ interval: toDuration(600_000) }] },
      '2024-05-01T00:10:00Z',
      '2024-05-01T00:20:00Z',
      ['2024-05-01T00:20:00Z'],
    ],
    [
      'all fields must match',
      { cronString: ['0 0 13 * 5'] },
      '2024-01-01T00:00:00Z',
      '2024-12-31T00:00:00Z',
      ['2024-09-13T00:00:00Z', '2024-12-13T00:00:00Z'],
    ],
    [
      'leap days',
      { cronString: ['0 0 29 2 *'] },
      '2023-01-01T00:00:00Z',
      '2029-01-01T00:00:00Z',
      ['2024-02-29T00:00:00Z', '2028-02-29T00:00:00Z'],
    ],
    ['dates that never come', { cronString: ['0 0 30 2 *'] }, '2024-01-01T00:00:00Z', '2099-01-01T00:00:00Z', []],
    ['years', { cronString: ['5 10 11 12 1 * 2030'] }, '2024-01-01T00:00:00Z', '2099-01-01T00:00:00Z', ['2030-01-12T11:10:05Z']],
    ['the end of a year', { cronString: ['59 23 31 12 *'] }, '2024-12-31T23:59:00Z', '2026-01-01T00:00:00Z', ['2025-12-31T23:59:00Z']],
    [
      'several that meet are one',
      { cronString: ['0 6 * * *', '0 6,7 * * *'], interval: [{ interval: toDuration(21_600_000) }] },
      '2024-05-01T00:00:00Z',
      '2024-05-01T12:00:00Z',
      ['2024-05-01T06:00:00Z', '2024-05-01T07:00:00Z', '2024-05-01T12:00:00Z'],
    ],
    [
      'text calendars',
      { calendar: [{ hour: '3-5/2', minute: '0,30', dayOfWeek: 'Wednesday' }] },
      '2024-05-01T00:00:00Z',
      '2024-05-02T00:00:00Z',
      ['2024-05-01T03:00:00Z', '2024-05-01T03:30:00Z', '2024-05-01T05:00:00Z', '2024-05-01T05:30:00Z'],
    ],
    [
      'bounds belong to it',
      {
        interval: [{ interval: toDuration(3_600_000) }],
        startTime: toTimestamp(at('2024-05-01T02:00:00Z')),
        endTime: toTimestamp(at('2024-05-01T03:00:00Z')),
      },
      '2024-05-01T00:00:00Z',
      '2024-05-02T00:00:00Z',
      ['2024-05-01T02:00:00Z', '2024-05-01T03:00:00Z'],
    ],
    [
      'what is excluded',
      { interval: [{ interval: toDuration(3_600_000) }], excludeStructuredCalendar: [everyMinuteOf([{ start: 1, end: 3 }])] },
      '2024-05-01T00:00:00Z',
      '2024-05-01T05:00:00Z',
      ['2024-05-01T04:00:00Z', '2024-05-01T05:00:00Z'],
    ],
    [
      'an empty structured field matches nothing',
      { structuredCalendar: [{ hour: hours(3) }] },
      '2024-05-01T00:00:00Z',
      '2025-05-01T00:00:00Z',
      [],
    ],
    [
      'a zone follows its clock',
      { cronString: ['30 8 * * *'], timezoneName: 'America/New_York' },
      '2024-03-09T00:00:00Z',
      '2024-03-10T23:00:00Z',
      ['2024-03-09T13:30:00Z', '2024-03-10T12:30:00Z'],
    ],
    [
      'a zone named by the string',
      { cronString: ['CRON_TZ=Asia/Kolkata 30 5 * * *'] },
      '2024-05-01T00:00:00Z',
      '2024-05-02T00:00:00Z',
      ['2024-05-02T00:00:00Z'],
    ],
    [
      'an hour that is skipped drops its times',
      { cronString: ['30 2 * * *'], timezoneName: 'America/New_York' },
      '2024-03-09T12:00:00Z',
      '2024-03-11T12:00:00Z',
      ['2024-03-11T06:30:00Z'],
    ],
    [
      'an hour that comes twice counts twice',
      { cronString: ['30 1 * * *'], timezoneName: 'America/New_York' },
      '2024-11-03T00:00:00Z',
      '2024-11-04T12:00:00Z',
      ['2024-11-03T05:30:00Z', '2024-11-03T06:30:00Z', '2024-11-04T06:30:00Z'],
    ],
    [
      'a half hour that is skipped',
      { cronString: ['15 2 * * *'], timezoneName: 'Australia/Lord_Howe' },
      '2024-10-05T00:00:00Z',
      '2024-10-07T00:00:00Z',
      ['2024-10-06T15:15:00Z'],
    ],
  ])('%s', (_what, spec, from, until, expected) => {
    expect(times(spec, from, until)).toEqual(expected);
  });

  it('that are all excluded end the search', () => {
    const spec = compiled({
      interval: [{ interval: toDuration(1000) }],
      excludeStructuredCalendar: [everyMinuteOf([{ start: 0, end: 23 }])],
    });
    expect(spec.next(at('2024-05-01T00:00:00Z'))).toBeUndefined();
  });
});

describe('a long search', () => {
  it.each<[string, Spec, string, string]>([
    ['skips the hour that clocks skip', { cronString: ['* * * * * * *'] }, '2024-03-10T06:59:59Z', '2024-03-10T07:00:00Z'],
    ['goes through the hour that comes twice', { cronString: ['* * * * * * *'] }, '2024-11-03T05:59:59Z', '2024-11-03T06:00:00Z'],
    ['goes by the hour through it', { cronString: ['0 * * * *'] }, '2024-11-03T05:00:00Z', '2024-11-03T06:00:00Z'],
    ['looks past it for what it showed before', { cronString: ['45 1 * * *'] }, '2024-11-03T05:50:00Z', '2024-11-03T06:45:00Z'],
    ['goes on within the second time', { cronString: ['* * * * * * *'] }, '2024-11-03T06:30:00Z', '2024-11-03T06:30:01Z'],
    [
      'leaves out a month of minutes',
      { cronString: ['* * * * *'], excludeCalendar: [{ minute: '*', hour: '*', month: '8' }] },
      '2024-08-01T03:59:00Z',
      '2024-09-01T04:00:00Z',
    ],
    [
      'leaves out a month of an interval by the minute',
      { interval: [{ interval: toDuration(60_000) }], excludeCalendar: [{ minute: '*', hour: '*', month: '8' }] },
      '2024-08-01T03:59:00Z',
      '2024-09-01T04:00:00Z',
    ],
  ])('%s', (_, spec, after, expected) => {
    const one = compiled({ ...spec, timezoneName: 'America/New_York' });
    expect(iso(one.next(at(after))?.nominal ?? 0)).toBe(expected);
  });
});

describe('Sunday', () => {
  it.each([
    ['7', [0]],
    ['0-7', [0, 1, 2, 3, 4, 5, 6]],
    ['1-7', [0, 1, 2, 3, 4, 5, 6]],
    ['5-7', [0, 5, 6]],
    ['sat-7', [0, 6]],
    ['1/2', [0, 1, 3, 5]],
    ['2/2', [2, 4, 6]],
    ['7/2', [0]],
  ])('is a 7 at the end of the week: %s', (dayOfWeek, expected) => {
    const days = times({ calendar: [{ dayOfWeek }] }, '2024-06-01T12:00:00Z', '2024-06-08T12:00:00Z').map((time) =>
      new Date(time).getUTCDay(),
    );
    expect(days.sort((a, b) => a - b)).toEqual(expected);
  });
});

describe('jitter', () => {
  const spec = (jitterMs: number, seed?: string) =>
    compiled({ interval: [{ interval: toDuration(60_000) }], jitter: toDuration(jitterMs) }, seed);

  it('is the same for the same time and schedule, and stays below its bound', () => {
    for (let minute = 0; minute < 200; minute += 1) {
      const time = spec(5000).next(minute * 60_000);
      expect(time).toEqual(spec(5000).next(minute * 60_000));
      expect((time?.at ?? 0) - (time?.nominal ?? 0)).toBeGreaterThanOrEqual(0);
      expect((time?.at ?? 0) - (time?.nominal ?? 0)).toBeLessThan(5000);
    }
  });

  it('differs between schedules and between times, and reaches no next time', () => {
    const delays = Array.from({ length: 50 }, (_, minute) => {
      const time = spec(3_600_000).next(minute * 60_000);
      return (time?.at ?? 0) - (time?.nominal ?? 0);
    });
    expect(Math.max(...delays)).toBeLessThan(60_000);
    expect(new Set(delays).size).toBeGreaterThan(40);
    expect(spec(5000, 'a').next(0)).not.toEqual(spec(5000, 'b').next(0));
  });
});

describe('the canonical form', () => {
  it('says what the text left out', () => {
    expect(compiled({ calendar: [{ hour: '7', dayOfWeek: 'mon-fri', comment: 'working days' }] }).canonical.structuredCalendar).toEqual([
      {
        second: [{ start: 0, end: 0, step: 1 }],
        minute: [{ start: 0, end: 0, step: 1 }],
        hour: [{ start: 7, end: 7, step: 1 }],
        dayOfMonth: [{ start: 1, end: 31, step: 1 }],
        month: [{ start: 1, end: 12, step: 1 }],
        dayOfWeek: [{ start: 1, end: 5, step: 1 }],
        comment: 'working days',
      },
    ]);
  });

  it('turns @every into an interval, and compiles to itself', () => {
    const { canonical } = compiled({ cronString: ['@every 1h30m/5m', '@daily # each night'] });
    expect(canonical.interval).toEqual([{ interval: toDuration(5_400_000), phase: toDuration(300_000) }]);
    expect(canonical.structuredCalendar?.[0]?.comment).toBe('each night');
    expect(compiled(canonical).canonical).toEqual(canonical);
  });
});

describe('a spec that cannot be', () => {
  it.each<[Spec, string]>([
    [{ cronString: ['61 * * * *'] }, 'Minute is not in range [0-59]'],
    [{ cronString: ['* * *'] }, 'CronString does not have 5-7 fields'],
    [{ cronString: ['@often'] }, 'CronString has an unknown name: @often'],
    [{ cronString: ['@every x'] }, 'CronString has an invalid duration: x'],
    [{ cronString: ['5-1 * * * *'] }, 'Minute has reversed range 5-1'],
    [{ cronString: ['0 12 L * *'] }, 'DayOfMonth is not a number: L'],
    [{ calendar: [{ hour: '25' }] }, 'Hour is not in range [0-23]'],
    [{ structuredCalendar: [{ hour: [{ start: 30 }] }] }, 'invalid calendar spec: Hour Start is not in range [0-23]'],
    [{ structuredCalendar: [{ dayOfWeek: [{ start: 7 }] }] }, 'invalid calendar spec: DayOfWeek Start is not in range [0-6]'],
    [{ structuredCalendar: [{ comment: 'x'.repeat(201) }] }, 'comment is longer than 200 characters'],
    [{ timezoneName: 'Mars/Olympus' }, 'unknown time zone Mars/Olympus'],
    [{ timezoneName: 'Europe/Paris', cronString: ['TZ=Asia/Tokyo 0 0 * * *'] }, 'conflicting timezone names: Europe/Paris, Asia/Tokyo'],
    [{ cronString: ['TZ=Asia/Tokyo 0 0 * * *', '0 0 * * *'] }, 'conflicting timezone names: Asia/Tokyo, none'],
    [{ interval: [{ interval: toDuration(1) }] }, 'interval is too small'],
    [{ interval: [{ interval: toDuration(60_000), phase: toDuration(120_000) }] }, 'phase cannot be greater than Interval'],
    [{ jitter: toDuration(-1) }, 'jitter is negative'],
  ])('says what is wrong with %j', (spec, fault) => {
    expect(compileSpec(spec, 'seed')).toBe(fault);
  });
});
