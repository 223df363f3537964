/** When a schedule acts, worked out here by the engine's own code, so that the next times stand beside a spec that is still being typed. */
import { compileSpec } from '@tidemark/engine/schedules-model/spec';
import { toDuration, toTimestamp } from '@tidemark/protocol/time';

/** Every field as people write it: `*`, `9-17`, `mon-fri`, `*` with `/15`. Empty second, minute and hour are 0, anything else empty is every. */
export interface CalendarTimes {
  readonly second: string;
  readonly minute: string;
  readonly hour: string;
  readonly dayOfMonth: string;
  readonly month: string;
  readonly dayOfWeek: string;
  readonly year: string;
  readonly comment: string;
}

export interface IntervalTimes {
  readonly everyMs: number;
  readonly offsetMs: number;
}

export interface ScheduleSpec {
  readonly calendars: readonly CalendarTimes[];
  readonly excluded: readonly CalendarTimes[];
  readonly intervals: readonly IntervalTimes[];
  readonly crons: readonly string[];
  /** An IANA name; empty is UTC. */
  readonly timezone: string;
  readonly jitterMs: number;
  /** Milliseconds since the epoch. */
  readonly startAt: number | null;
  readonly endAt: number | null;
}

export const EMPTY_SPEC: ScheduleSpec = {
  calendars: [],
  excluded: [],
  intervals: [],
  crons: [],
  timezone: '',
  jitterMs: 0,
  startAt: null,
  endAt: null,
};

export type CompiledTimes =
  | { readonly ok: false; readonly message: string }
  | {
      readonly ok: true;
      /** Times after `from` and before `until`, without jitter; at most `max`. */
      readonly between: (from: number, until: number, max: number) => number[];
    };

/** What is wrong with the spec, in the engine's words, or its times. */
export function compileTimes(spec: ScheduleSpec): CompiledTimes {
  const compiled = compileSpec(
    {
      calendar: [...spec.calendars],
      excludeCalendar: [...spec.excluded],
      interval: spec.intervals.map(({ everyMs, offsetMs }) => ({ interval: toDuration(everyMs), phase: toDuration(offsetMs) })),
      cronString: [...spec.crons],
      timezoneName: spec.timezone,
      ...(spec.startAt === null ? {} : { startTime: toTimestamp(spec.startAt) }),
      ...(spec.endAt === null ? {} : { endTime: toTimestamp(spec.endAt) }),
    },
    '',
  );
  if (typeof compiled === 'string') return { ok: false, message: compiled };
  return {
    ok: true,
    between: (from, until, max) => {
      const times: number[] = [];
      let time = compiled.next(from);
      for (; time !== undefined && time.nominal < until && times.length < max; time = compiled.next(time.nominal)) times.push(time.nominal);
      return times;
    },
  };
}

/** A spec without any times acts only when it is triggered. */
export const hasTimes = (spec: ScheduleSpec): boolean => spec.calendars.length + spec.intervals.length + spec.crons.length > 0;
