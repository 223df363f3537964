/** A schedule's times as a sentence: `Every 5 min`, `At 09:30 on Monday to Friday`. */
import type { CalendarTimes, ScheduleSpec } from './schedule-spec.ts';
import { hasTimes } from './schedule-spec.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
const TIMES_LISTED_MAX = 4;

/** One sentence for each calendar, interval and cron string; what narrows all of them comes after. */
export function specWords(spec: ScheduleSpec): string[] {
  if (!hasTimes(spec)) return ['Only when triggered'];
  return [
    ...spec.calendars.map(calendarWords),
    ...spec.intervals.map(
      ({ everyMs, offsetMs }) =>
        `Every ${spanWords(everyMs).replace(/^1 (\w+)$/, '$1')}${offsetMs > 0 ? `, ${spanWords(offsetMs)} past` : ''}`,
    ),
    ...spec.crons.map((text) => `Cron ${text}`),
    ...spec.excluded.map((calendar) => `Except ${lowerFirst(calendarWords(calendar))}`),
  ];
}

/** The whole of it on one line. */
export const specLine = (spec: ScheduleSpec): string => specWords(spec).join('; ');

export function calendarWords(calendar: CalendarTimes): string {
  if (Object.values(calendar).includes('never')) return 'Never: a field of this calendar has no values';
  const days = dayWords(calendar);
  return [clockWords(calendar), days].filter(Boolean).join(' ') + (calendar.comment ? ` (${calendar.comment})` : '');
}

/** Hours, minutes and seconds: clock times where they are few, else the fields one by one. */
function clockWords(calendar: CalendarTimes): string {
  const hour = calendar.hour || '0';
  const minute = calendar.minute || '0';
  const second = calendar.second || '0';
  const hours = numbers(hour);
  const minutes = numbers(minute);
  const seconds = numbers(second);
  if (
    hours !== undefined &&
    minutes !== undefined &&
    seconds !== undefined &&
    hours.length * minutes.length * seconds.length <= TIMES_LISTED_MAX
  ) {
    const showsSeconds = second !== '0';
    const times = hours.flatMap((h) =>
      minutes.flatMap((m) => seconds.map((s) => `${two(h)}:${two(m)}${showsSeconds ? `:${two(s)}` : ''}`)),
    );
    return `At ${list(times)}`;
  }
  const parts: string[] = [];
  if (second !== '0') parts.push(each(second, 'second') ?? `at second ${fieldWords(second)}`);
  if (second === '0' || minute !== '*')
    parts.push(minute === '0' && second === '0' ? '' : (each(minute, 'minute') ?? `at minute ${fieldWords(minute)}`));
  const hourly = each(hour, 'hour');
  if (minute === '0' && second === '0') parts.push(hourly ?? `on the hour, ${hourWords(hour)}`);
  else if (hour !== '*') parts.push(hourly === undefined ? `past ${hourWords(hour)}` : `of ${hourly}`);
  else if (each(minute, 'minute') === undefined) parts.push('of every hour');
  return upperFirst(parts.filter(Boolean).join(' '));
}

const hourWords = (hour: string): string => `${hour.includes(',') || hour.includes('-') ? 'hours' : 'hour'} ${fieldWords(hour)}`;

function dayWords({ dayOfMonth, month, dayOfWeek, year }: CalendarTimes): string {
  const parts: string[] = [];
  const isEvery = (field: string) => field === '' || field === '*';
  if (!isEvery(dayOfWeek)) parts.push(`on ${named(dayOfWeek, DAYS, 0)}`);
  if (!isEvery(dayOfMonth))
    parts.push(each(dayOfMonth, 'day') ?? `on day ${fieldWords(dayOfMonth)} of ${isEvery(month) ? 'the month' : named(month, MONTHS, 1)}`);
  else if (!isEvery(month)) parts.push(each(month, 'month') ?? `in ${named(month, MONTHS, 1)}`);
  if (!isEvery(year)) parts.push(`in ${fieldWords(year)}`);
  return parts.join(' ');
}

/** `*` is every one, a star with a step every so many; undefined for anything narrower. */
function each(field: string, unit: string): string | undefined {
  if (field === '*' || field === '*/1') return `every ${unit}`;
  const step = /^\*\/(\d+)$/.exec(field)?.[1];
  return step === undefined ? undefined : `every ${step} ${unit}s`;
}

/** Undefined when it is more than a list of plain numbers. */
function numbers(field: string): number[] | undefined {
  const parts = field.split(',').map((part) => part.trim());
  return parts.every((part) => /^\d+$/.test(part)) ? parts.map(Number) : undefined;
}

const fieldWords = (field: string): string =>
  list(
    field.split(',').map((part) => {
      const [, from, to, step] = /^(\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part.trim()) ?? [];
      if (from === undefined) return part.trim();
      return `${from}${to === undefined ? '' : ` to ${to}`}${step === undefined ? '' : ` in steps of ${step}`}`;
    }),
  );

/** Numbers and short names of days or months as whole names. */
function named(field: string, names: readonly string[], first: number): string {
  const nameOf = (part: string): string => {
    const isNumber = /^\d+$/.test(part);
    const byNumber = isNumber ? names[(Number(part) - first) % names.length] : undefined;
    return byNumber ?? names.find((name) => part.length >= 3 && name.toLowerCase().startsWith(part.toLowerCase())) ?? part;
  };
  return fieldWords(field.replaceAll(/[A-Za-z]+|(?<![/\w])\d+/g, nameOf));
}

const two = (value: number): string => String(value).padStart(2, '0');
const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function list(parts: readonly string[]): string {
  if (parts.length <= 1) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** `1 hour`, `5 minutes`, `1 hour 30 minutes`. */
function spanWords(ms: number): string {
  const parts: string[] = [];
  let rest = ms;
  for (const [name, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${name}${count === 1 ? '' : 's'}`);
  }
  return parts.length === 0 ? `${ms} ms` : parts.join(' ');
}
