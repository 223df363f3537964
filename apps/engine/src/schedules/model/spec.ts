/** When a schedule acts: the union of its calendars and intervals, less what it excludes, within its bounds, moved by its jitter. */
import { fromDuration, fromTimestamp, toDuration } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { Duration, Instant } from '../../kernel/ports.ts';
import { Calendar } from './calendar.ts';
import type { CronString } from './cron-string.ts';
import { parseCronString, textCalendar } from './cron-string.ts';
import type { FieldName } from './ranges.ts';
import { completeRange, fields, SpecFault } from './ranges.ts';
import { Zone } from './zone.ts';

type Spec = temporal.api.schedule.v1.IScheduleSpec;
type StructuredCalendar = temporal.api.schedule.v1.IStructuredCalendarSpec;
type TextCalendar = temporal.api.schedule.v1.ICalendarSpec;
type Interval = temporal.api.schedule.v1.IIntervalSpec;

export interface ActionTime {
  /** As the spec names it, without jitter. */
  readonly nominal: Instant;
  /** With jitter. */
  readonly at: Instant;
}

export interface CompiledSpec {
  /** As describe shows it: calendars and cron strings as structured calendars, what they leave out filled in. */
  readonly canonical: Spec;
  /** The first time whose nominal time is after this moment. */
  next(after: Instant): ActionTime | undefined;
}

const COMMENT_CHARS_MAX = 200;
const INTERVAL_MIN_MS = 1000;
/** A spec that excludes what it includes is given up after so many times. */
const EXCLUDED_MAX = 5000;

/** `seed` makes the jitter. A string says what is wrong. */
export function compileSpec(spec: Spec, seed: string): CompiledSpec | string {
  try {
    const canonical = canonicalOf(spec);
    return new Times(canonical, seed);
  } catch (error) {
    if (error instanceof SpecFault) return error.message;
    throw error;
  }
}

function canonicalOf(spec: Spec): Spec {
  const crons = (spec.cronString ?? []).map(parseCronString);
  const timezoneName = timezoneOf(spec, crons);
  if (spec.timezoneData?.length) throw new SpecFault('timezone_data is not supported by this server; name the zone in timezone_name');
  const { cronString: _crons, calendar: _calendars, excludeCalendar: _excluded, ...rest } = spec;
  return {
    ...rest,
    structuredCalendar: [
      ...(spec.structuredCalendar ?? []).map(completeCalendar),
      ...(spec.calendar ?? []).map(fromText),
      ...crons.flatMap(({ calendar }) => calendar ?? []),
    ].map(checkComment),
    excludeStructuredCalendar: [
      ...(spec.excludeStructuredCalendar ?? []).map(completeCalendar),
      ...(spec.excludeCalendar ?? []).map(fromText),
    ],
    interval: [...(spec.interval ?? []), ...crons.flatMap(({ interval }) => interval ?? [])].map(completeInterval),
    timezoneName,
  };
}

/** Cron strings may name the zone: all that have times of the day must then name the same one. An interval has none. */
function timezoneOf({ timezoneName }: Spec, crons: readonly CronString[]): string {
  const ofCrons = crons.filter(({ calendar }) => calendar !== undefined).map(({ timezone }) => timezone);
  const names = new Set(timezoneName ? [timezoneName, ...ofCrons.filter((name) => name !== '')] : ofCrons);
  if (names.size > 1) throw new SpecFault(`conflicting timezone names: ${[...names].map((name) => name || 'none').join(', ')}`);
  const [name = ''] = names;
  if (Zone.find(name) === undefined) throw new SpecFault(`unknown time zone ${name}`);
  return name;
}

function completeCalendar(calendar: StructuredCalendar): StructuredCalendar {
  const complete = { ...calendar };
  try {
    for (const name of Object.keys(fields) as FieldName[]) {
      const ranges = calendar[name];
      if (ranges?.length) complete[name] = ranges.map((range) => completeRange(name, range));
    }
  } catch (error) {
    if (error instanceof SpecFault) throw new SpecFault(`invalid calendar spec: ${error.message}`);
    throw error;
  }
  return complete;
}

/** Of a text calendar an empty second, minute or hour is zero, anything else that is empty is every. */
const fromText = (calendar: TextCalendar): StructuredCalendar =>
  textCalendar({
    second: calendar.second || '0',
    minute: calendar.minute || '0',
    hour: calendar.hour || '0',
    dayOfMonth: calendar.dayOfMonth || '*',
    month: calendar.month || '*',
    year: calendar.year || '*',
    dayOfWeek: calendar.dayOfWeek || '*',
    comment: calendar.comment ?? '',
  });

function checkComment(calendar: StructuredCalendar): StructuredCalendar {
  if ((calendar.comment ?? '').length > COMMENT_CHARS_MAX) throw new SpecFault(`comment is longer than ${COMMENT_CHARS_MAX} characters`);
  return calendar;
}

function completeInterval({ interval, phase }: Interval): Interval {
  const every = fromDuration(interval) ?? 0;
  const offset = fromDuration(phase) ?? 0;
  if (every < INTERVAL_MIN_MS) throw new SpecFault('interval is too small');
  if (offset < 0) throw new SpecFault('phase is negative');
  if (offset >= every) throw new SpecFault('phase cannot be greater than Interval');
  return { interval: toDuration(every), phase: toDuration(offset) };
}

class Times implements CompiledSpec {
  private readonly calendars: readonly Calendar[];
  private readonly excluded: readonly Calendar[];
  private readonly intervals: readonly { readonly every: Duration; readonly phase: Duration }[];
  /** Those that its times can have. */
  private readonly seconds: ReadonlySet<number>;
  private readonly zone: Zone;
  private readonly from: Instant;
  private readonly until: Instant;
  private readonly jitter: Duration;

  constructor(
    readonly canonical: Spec,
    private readonly seed: string,
  ) {
    this.calendars = (canonical.structuredCalendar ?? []).map((one) => new Calendar(one));
    this.excluded = (canonical.excludeStructuredCalendar ?? []).map((one) => new Calendar(one));
    this.intervals = (canonical.interval ?? []).map(({ interval, phase }) => ({
      every: fromDuration(interval) ?? 0,
      phase: fromDuration(phase) ?? 0,
    }));
    this.seconds = new Set([
      ...this.calendars.flatMap(({ seconds }) => seconds),
      ...this.intervals.flatMap(({ every, phase }) =>
        every % 60_000 === 0 ? [Math.floor((phase % 60_000) / 1000)] : Array.from({ length: 60 }, (_, second) => second),
      ),
    ]);
    const zone = Zone.find(canonical.timezoneName ?? '');
    if (zone === undefined) throw new SpecFault(`unknown time zone ${canonical.timezoneName ?? ''}`);
    this.zone = zone;
    this.from = fromTimestamp(canonical.startTime) ?? 0;
    this.until = fromTimestamp(canonical.endTime) ?? Infinity;
    this.jitter = fromDuration(canonical.jitter) ?? 0;
    if (this.jitter < 0) throw new SpecFault('jitter is negative');
  }

  next(after: Instant): ActionTime | undefined {
    const nominal = this.nextNominal(after);
    if (nominal === undefined) return undefined;
    if (this.jitter === 0) return { nominal, at: nominal };
    // It never reaches the time after it.
    const following = this.nextNominal(nominal) ?? Infinity;
    const span = Math.min(this.jitter, following - nominal);
    return { nominal, at: nominal + Math.floor(fraction(`${nominal}/${this.seed}`) * span) };
  }

  private nextNominal(after: Instant): Instant | undefined {
    let candidate = this.nextIncluded(Math.max(after, this.from - 1));
    for (let count = 0; candidate !== undefined && candidate <= this.until; count += 1) {
      const local = this.zone.toLocal(candidate);
      const excluding = this.excluded.find((calendar) => calendar.matches(Math.floor(local / 1000) * 1000));
      if (excluding === undefined) return candidate;
      if (count === EXCLUDED_MAX) return undefined;
      candidate = this.nextIncluded(candidate + excluding.spanFrom(local, this.seconds) - 1);
    }
    return undefined;
  }

  private nextIncluded(after: Instant): Instant | undefined {
    let earliest = Infinity;
    for (const { every, phase } of this.intervals)
      earliest = Math.min(earliest, Math.floor((after - phase) / every) * every + every + phase);
    for (const calendar of this.calendars) earliest = Math.min(earliest, this.nextOf(calendar, after) ?? Infinity);
    return earliest === Infinity ? undefined : earliest;
  }

  private nextOf(calendar: Calendar, after: Instant): Instant | undefined {
    const change = this.zone.changeSoonAfter(after);
    if (change === undefined) return this.nextFrom(calendar, after + 1);
    // Times before the clock is moved go first: once it is moved back, it shows the same ones again.
    const before = this.nextFrom(calendar, after + 1);
    return before !== undefined && before < change ? before : this.nextFrom(calendar, change);
  }

  /** The first time at an instant or after it, as the wall clock goes on from there. */
  private nextFrom(calendar: Calendar, from: Instant): Instant | undefined {
    let local = calendar.next(this.zone.toLocal(from));
    while (local !== undefined) {
      const at = this.zone.toInstant(local, from);
      if (at !== undefined) return at;
      local = calendar.next(this.zone.searchPast(local));
    }
    return undefined;
  }
}

/** A number in [0, 1) that is the same whenever it is asked for: FNV-1a over the text, mixed once more. */
function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
