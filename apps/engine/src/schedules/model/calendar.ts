/** One calendar: finds the next local time whose every field matches, by looking at fields and not at seconds. */
import type { temporal } from '@tidemark/protocol/types';
import { fields, valuesOf } from './ranges.ts';
import type { LocalTime } from './zone.ts';

type StructuredCalendar = temporal.api.schedule.v1.IStructuredCalendarSpec;

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export class Calendar {
  readonly seconds: readonly number[];
  private readonly minutes: readonly number[];
  private readonly hours: readonly number[];
  private readonly daysOfMonth: ReadonlySet<number>;
  private readonly months: ReadonlySet<number>;
  private readonly years: readonly number[];
  private readonly daysOfWeek: ReadonlySet<number>;

  constructor(spec: StructuredCalendar) {
    this.seconds = valuesOf('second', spec.second);
    this.minutes = valuesOf('minute', spec.minute);
    this.hours = valuesOf('hour', spec.hour);
    this.daysOfMonth = new Set(valuesOf('dayOfMonth', spec.dayOfMonth));
    this.months = new Set(valuesOf('month', spec.month));
    this.years = valuesOf('year', spec.year);
    this.daysOfWeek = new Set(valuesOf('dayOfWeek', spec.dayOfWeek));
  }

  /** The first matching local time that is not before this one; whole seconds. */
  next(from: LocalTime): LocalTime | undefined {
    const [second, minute, hour] = [this.seconds[0], this.minutes[0], this.hours[0]];
    if (second === undefined || minute === undefined || hour === undefined) return undefined;
    const start = Math.ceil(from / SECOND_MS) * SECOND_MS;
    let day = this.nextDay(Math.floor(start / DAY_MS) * DAY_MS);
    if (day !== undefined && day <= start) {
      const time = this.nextTimeOfDay(start - day);
      if (time !== undefined) return day + time;
      day = this.nextDay(day + DAY_MS);
    }
    return day === undefined ? undefined : day + hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS;
  }

  matches(local: LocalTime): boolean {
    return this.next(local) === local;
  }

  /**
   * When a local time matches, so does all of this span from it on, as far as the clock's fields go and times have one of these seconds:
   * what excludes the first second of every minute excludes the whole day for those who act by the minute.
   */
  spanFrom(local: LocalTime, secondsOfTimes: ReadonlySet<number>): number {
    if ([...secondsOfTimes].some((second) => !this.seconds.includes(second))) return SECOND_MS;
    if (this.minutes.length < 60) return MINUTE_MS - (local % MINUTE_MS);
    return this.hours.length < 24 ? HOUR_MS - (local % HOUR_MS) : DAY_MS - (local % DAY_MS);
  }

  /** The first matching day, as its midnight. */
  private nextDay(from: LocalTime): LocalTime | undefined {
    const date = new Date(from);
    let [month, day] = [date.getUTCMonth(), date.getUTCDate()];
    for (let year = Math.max(date.getUTCFullYear(), fields.year.min); year <= fields.year.max; year += 1, month = 0, day = 1) {
      if (year !== date.getUTCFullYear() && date.getUTCFullYear() < fields.year.min) [month, day] = [0, 1];
      if (!this.years.includes(year)) continue;
      for (; month < 12; month += 1, day = 1) {
        if (!this.months.has(month + 1)) continue;
        const found = this.dayInMonth(Date.UTC(year, month, 1), day);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  private dayInMonth(first: LocalTime, fromDay: number): LocalTime | undefined {
    const firstDate = new Date(first);
    const count = new Date(Date.UTC(firstDate.getUTCFullYear(), firstDate.getUTCMonth() + 1, 0)).getUTCDate();
    for (let day = fromDay; day <= count; day += 1) {
      const weekday = (firstDate.getUTCDay() + day - 1) % 7;
      if (this.daysOfMonth.has(day) && this.daysOfWeek.has(weekday)) return first + (day - 1) * DAY_MS;
    }
    return undefined;
  }

  /** The first matching time of a day that is not before this one, in milliseconds from midnight. */
  private nextTimeOfDay(from: number): number | undefined {
    const [hour, minute, second] = [Math.floor(from / HOUR_MS), Math.floor(from / MINUTE_MS) % 60, Math.floor(from / SECOND_MS) % 60];
    const [firstMinute = 0, firstSecond = 0] = [this.minutes[0], this.seconds[0]];
    for (const h of this.hours) {
      if (h < hour) continue;
      if (h > hour) return h * HOUR_MS + firstMinute * MINUTE_MS + firstSecond * SECOND_MS;
      for (const m of this.minutes) {
        if (m < minute) continue;
        if (m > minute) return h * HOUR_MS + m * MINUTE_MS + firstSecond * SECOND_MS;
        const s = this.seconds.find((value) => value >= second);
        if (s !== undefined) return h * HOUR_MS + m * MINUTE_MS + s * SECOND_MS;
      }
    }
    return undefined;
  }
}
