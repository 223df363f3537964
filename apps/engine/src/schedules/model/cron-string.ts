/** Cron strings of schedules, turned into calendars or, for `@every`, into an interval. */
import { toDuration } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { Duration } from '../../kernel/ports.ts';
import type { FieldName, Range } from './ranges.ts';
import { parseRanges, SpecFault } from './ranges.ts';

type Calendar = temporal.api.schedule.v1.IStructuredCalendarSpec;
type Interval = temporal.api.schedule.v1.IIntervalSpec;

export interface CronString {
  readonly calendar?: Calendar;
  readonly interval?: Interval;
  /** Empty when the string names none. */
  readonly timezone: string;
}

const named: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

export function parseCronString(given: string): CronString {
  const [, timezone = '', afterZone = given.trim()] = /^(?:CRON_TZ|TZ)=(\S+)\s+(.*)$/.exec(given.trim()) ?? [];
  const [pattern = '', ...commentParts] = afterZone.split('#');
  const comment = commentParts.join('#').trim();
  const text = pattern.trim();
  if (text.startsWith('@every')) return { interval: parseEvery(text), timezone };
  const parts = (named[text] ?? text).split(/\s+/);
  if (text.startsWith('@') && named[text] === undefined) throw new SpecFault(`CronString has an unknown name: ${text}`);
  const [second, fields] = parts.length === 7 ? [parts[0] ?? '', parts.slice(1)] : ['0', parts];
  if (fields.length !== 5 && fields.length !== 6) throw new SpecFault('CronString does not have 5-7 fields');
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = '*'] = fields;
  return { calendar: textCalendar({ second, minute, hour, dayOfMonth, month, dayOfWeek, year, comment }), timezone };
}

export interface TextFields extends Readonly<Record<FieldName, string>> {
  readonly comment: string;
}

/** `*` for a year is every year, which a calendar says by leaving it out. */
export function textCalendar({ comment, year, ...text }: TextFields): Calendar {
  const ranges = (name: FieldName, value: string): Range[] => parseRanges(name, value);
  return {
    second: ranges('second', text.second),
    minute: ranges('minute', text.minute),
    hour: ranges('hour', text.hour),
    dayOfMonth: ranges('dayOfMonth', text.dayOfMonth),
    month: ranges('month', text.month),
    ...(year === '*' ? {} : { year: ranges('year', year) }),
    dayOfWeek: ranges('dayOfWeek', text.dayOfWeek),
    comment,
  };
}

/** `@every 1h30m/5m`: an interval and, after the slash, its phase. */
function parseEvery(text: string): Interval {
  const [interval = '', phase] = text.replace(/^@every\s*/, '').split('/');
  return { interval: toDuration(parseDuration(interval)), ...(phase === undefined ? {} : { phase: toDuration(parseDuration(phase)) }) };
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function parseDuration(text: string): Duration {
  let total = 0;
  let rest = text.trim();
  while (rest !== '') {
    const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)/.exec(rest);
    if (match === null) throw new SpecFault(`CronString has an invalid duration: ${text}`);
    total += Number(match[1]) * (UNIT_MS[match[2] ?? ''] ?? 0);
    rest = rest.slice(match[0].length);
  }
  if (text.trim() === '') throw new SpecFault('CronString has no duration after @every');
  return total;
}
