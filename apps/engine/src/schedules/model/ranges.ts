/** The fields of a calendar: which values match, as ranges and as the text that people write. */
import type { temporal } from '@tidemark/protocol/types';

export type Range = temporal.api.schedule.v1.IRange;
export type FieldName = 'second' | 'minute' | 'hour' | 'dayOfMonth' | 'month' | 'year' | 'dayOfWeek';

interface Field {
  /** For messages. */
  readonly title: string;
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const longMonths = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const longDays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

export const fields: Readonly<Record<FieldName, Field>> = {
  second: { title: 'Second', min: 0, max: 59 },
  minute: { title: 'Minute', min: 0, max: 59 },
  hour: { title: 'Hour', min: 0, max: 23 },
  dayOfMonth: { title: 'DayOfMonth', min: 1, max: 31 },
  month: { title: 'Month', min: 1, max: 12, names: months },
  year: { title: 'Year', min: 2000, max: 2100 },
  dayOfWeek: { title: 'DayOfWeek', min: 0, max: 6, names: days },
};

const SUNDAY_AT_END = 7;
const textMax = (name: FieldName): number => (name === 'dayOfWeek' ? SUNDAY_AT_END : fields[name].max);

/** Thrown inside this room, and given to whoever sent the spec. */
export class SpecFault extends Error {
  override readonly name = 'SpecFault';
}

const outside = (title: string, { min, max }: Field): SpecFault => new SpecFault(`${title} is not in range [${min}-${max}]`);

/** With what a range leaves out filled in: its end is its start, its step one. */
export function completeRange(name: FieldName, range: Range): Range {
  const field = fields[name];
  const start = range.start ?? 0;
  const end = Math.max(range.end ?? 0, start);
  const step = range.step || 1;
  if (start < field.min || start > field.max) throw outside(`${field.title} Start`, field);
  if ((range.end ?? 0) !== 0 && (range.end ?? 0) < start) throw new SpecFault(`${field.title} End is before its Start`);
  if (end > field.max) throw outside(`${field.title} End`, field);
  if (step < 0) throw new SpecFault(`${field.title} has invalid Step`);
  return { start, end, step };
}

/** Lists, ranges, steps and names: `1-5`, steps of a star, `mon,wed`, `3/2` (from 3 on). */
export function parseRanges(name: FieldName, text: string): Range[] {
  return text.split(',').flatMap((part) => {
    const range = parseRange(name, part.trim());
    return name === 'dayOfWeek' ? withSundayFirst(range) : [range];
  });
}

interface Bounds {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** In text 7 is Sunday too, at the end of a week; it is stored as 0. */
function withSundayFirst({ start, end, step }: Bounds): Range[] {
  if (end < SUNDAY_AT_END) return [{ start, end, step }];
  const hasSunday = start > 0 && (SUNDAY_AT_END - start) % step === 0;
  const sunday = hasSunday ? [{ start: 0, end: 0, step: 1 }] : [];
  return start === SUNDAY_AT_END ? sunday : [...sunday, { start, end: SUNDAY_AT_END - 1, step }];
}

function parseRange(name: FieldName, part: string): Bounds {
  const field = fields[name];
  const [base = '', stepText, ...more] = part.split('/');
  if (more.length > 0) throw new SpecFault(`${field.title} has too many slashes`);
  const step = stepText === undefined ? 1 : parseNumber(field, stepText);
  if (step < 1) throw new SpecFault(`${field.title} has invalid Step`);
  if (base === '*') return { start: field.min, end: field.max, step };
  const [from = '', to, ...rest] = base.split('-');
  if (rest.length > 0) throw new SpecFault(`${field.title} has too many dashes`);
  const start = parseValue(name, from);
  // A step without an end goes on to the last value there is.
  const end = to === undefined ? (stepText === undefined ? start : textMax(name)) : parseValue(name, to);
  if (end < start) throw new SpecFault(`${field.title} has reversed range ${base}`);
  return { start, end, step };
}

function parseValue(name: FieldName, text: string): number {
  const field = fields[name];
  const lower = text.toLowerCase();
  const long = name === 'month' ? longMonths : longDays;
  const at = field.names === undefined ? -1 : Math.max(field.names.indexOf(lower), long.indexOf(lower));
  if (at >= 0) return at + field.min;
  const value = parseNumber(field, text);
  if (value < field.min || value > textMax(name)) throw outside(field.title, field);
  return value;
}

function parseNumber({ title }: Field, text: string): number {
  if (!/^\d+$/.test(text)) throw new SpecFault(`${title} is not a number: ${text}`);
  return Number(text);
}

/** The values that match, in their order. No range at all matches nothing, except for years. */
export function valuesOf(name: FieldName, ranges: readonly Range[] | null | undefined): readonly number[] {
  const { min, max } = fields[name];
  const given = ranges?.length ? ranges : name === 'year' ? [{ start: min, end: max, step: 1 }] : [];
  const values = new Set<number>();
  for (const { start, end, step } of given) {
    for (let value = start ?? 0; value <= (end ?? 0); value += step || 1) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}
