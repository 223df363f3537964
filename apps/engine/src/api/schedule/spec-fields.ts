/** A schedule's times as a form holds them: every field of a calendar as the text that people write. */
import { fromDuration, fromTimestamp, toDuration, toTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { z } from 'zod';

type Spec = temporal.api.schedule.v1.IScheduleSpec;
type Range = temporal.api.schedule.v1.IRange;
type Calendar = temporal.api.schedule.v1.IStructuredCalendarSpec;

const TIMES_MAX = 100;
const text = z.string().max(500).default('');
const calendarInput = z.object({
  second: text,
  minute: text,
  hour: text,
  dayOfMonth: text,
  month: text,
  dayOfWeek: text,
  year: text,
  comment: text,
});
export type CalendarFields = Readonly<z.infer<typeof calendarInput>>;

export const specInput = z.object({
  calendars: z.array(calendarInput).max(TIMES_MAX).readonly(),
  excluded: z.array(calendarInput).max(TIMES_MAX).readonly(),
  intervals: z
    .array(z.object({ everyMs: z.number().min(0), offsetMs: z.number().min(0) }))
    .max(TIMES_MAX)
    .readonly(),
  crons: z.array(z.string().max(500)).max(TIMES_MAX).readonly(),
  /** An IANA name; empty is UTC. */
  timezone: z.string().max(100),
  jitterMs: z.number().min(0),
  /** Milliseconds since the epoch. */
  startAt: z.number().nullable(),
  endAt: z.number().nullable(),
});
export type SpecFields = Readonly<z.infer<typeof specInput>>;

/** What the protocol counts from and to. */
const FIELDS = {
  second: { min: 0, max: 59 },
  minute: { min: 0, max: 59 },
  hour: { min: 0, max: 23 },
  dayOfMonth: { min: 1, max: 31 },
  month: { min: 1, max: 12 },
  dayOfWeek: { min: 0, max: 6 },
  year: { min: 2000, max: 2100 },
} as const;

export function toSpecFields(spec: Spec | null | undefined): SpecFields {
  return {
    calendars: [...(spec?.structuredCalendar ?? []).map(toCalendarFields), ...(spec?.calendar ?? []).map(ofText)],
    excluded: [...(spec?.excludeStructuredCalendar ?? []).map(toCalendarFields), ...(spec?.excludeCalendar ?? []).map(ofText)],
    intervals: (spec?.interval ?? []).map(({ interval, phase }) => ({
      everyMs: fromDuration(interval) ?? 0,
      offsetMs: fromDuration(phase) ?? 0,
    })),
    crons: spec?.cronString ?? [],
    timezone: spec?.timezoneName ?? '',
    jitterMs: fromDuration(spec?.jitter) ?? 0,
    startAt: fromTimestamp(spec?.startTime) ?? null,
    endAt: fromTimestamp(spec?.endTime) ?? null,
  };
}

export function fromSpecFields(fields: SpecFields): Spec {
  return {
    calendar: [...fields.calendars],
    excludeCalendar: [...fields.excluded],
    interval: fields.intervals.map(({ everyMs, offsetMs }) => ({ interval: toDuration(everyMs), phase: toDuration(offsetMs) })),
    cronString: [...fields.crons],
    timezoneName: fields.timezone,
    ...(fields.jitterMs > 0 ? { jitter: toDuration(fields.jitterMs) } : {}),
    ...(fields.startAt === null ? {} : { startTime: toTimestamp(fields.startAt) }),
    ...(fields.endAt === null ? {} : { endTime: toTimestamp(fields.endAt) }),
  };
}

function toCalendarFields(calendar: Calendar): CalendarFields {
  const of = (name: keyof typeof FIELDS): string => rangesText(name, calendar[name] ?? []);
  return {
    second: of('second'),
    minute: of('minute'),
    hour: of('hour'),
    dayOfMonth: of('dayOfMonth'),
    month: of('month'),
    dayOfWeek: of('dayOfWeek'),
    year: of('year'),
    comment: calendar.comment ?? '',
  };
}

const ofText = (calendar: temporal.api.schedule.v1.ICalendarSpec): CalendarFields => calendarInput.parse(calendar);

function rangesText(name: keyof typeof FIELDS, ranges: readonly Range[]): string {
  const { min, max } = FIELDS[name];
  // Of a structured calendar a field without values matches nothing, the year excepted.
  if (ranges.length === 0) return name === 'year' ? '*' : 'never';
  return ranges
    .map((range) => {
      const start = range.start ?? 0;
      const end = Math.max(range.end ?? 0, start);
      const step = (range.step ?? 0) > 1 ? `/${range.step}` : '';
      if (start === min && end === max) return `*${step}`;
      return end === start ? String(start) : `${start}-${end}${step}`;
    })
    .join(',');
}
