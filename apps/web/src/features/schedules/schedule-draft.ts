/** What the form of a schedule holds, and the request it makes when nothing is wrong with it. */
import type { Json } from '../../domain/arguments.ts';
import { parseArguments } from '../../domain/arguments.ts';
import type { OverlapName } from '../../domain/schedule-overlap.ts';
import type { CalendarTimes, ScheduleSpec } from '../../domain/schedule-spec.ts';
import { compileTimes, EMPTY_SPEC } from '../../domain/schedule-spec.ts';
import { formatSpan, parseDuration } from '../../lib/duration.ts';
import type { Schedule } from './schedule-page.tsx';

export type TimesDraft =
  | { readonly kind: 'calendar' | 'except'; readonly calendar: CalendarTimes }
  | { readonly kind: 'interval'; readonly every: string; readonly offset: string }
  | { readonly kind: 'cron'; readonly text: string };

export interface ScheduleDraft {
  readonly id: string;
  readonly times: readonly TimesDraft[];
  readonly timezone: string;
  readonly jitter: string;
  /** Day and time in UTC, as the field of the page has it; empty is no bound. */
  readonly startAt: string;
  readonly endAt: string;
  readonly type: string;
  readonly workflowId: string;
  readonly queue: string;
  readonly input: string;
  /** The stored input cannot be shown; it is kept as it is. */
  readonly keepsInput: boolean;
  readonly executionTimeout: string;
  readonly runTimeout: string;
  readonly taskTimeout: string;
  readonly overlap: OverlapName;
  readonly catchup: string;
  readonly pauseOnFailure: boolean;
  readonly remaining: string;
  readonly notes: string;
  readonly isPaused: boolean;
}

/** The key of a field, or `times.<index>` for one of the times; `send` is what the server refused. */
export type ScheduleErrors = Readonly<Record<string, string>>;

export const EMPTY_CALENDAR: CalendarTimes = {
  second: '0',
  minute: '0',
  hour: '9',
  dayOfMonth: '*',
  month: '*',
  dayOfWeek: '*',
  year: '*',
  comment: '',
};

export const EMPTY_SCHEDULE: ScheduleDraft = {
  id: '',
  times: [{ kind: 'interval', every: '1h', offset: '' }],
  timezone: '',
  jitter: '',
  startAt: '',
  endAt: '',
  type: '',
  workflowId: '',
  queue: '',
  input: '',
  keepsInput: false,
  executionTimeout: '',
  runTimeout: '',
  taskTimeout: '',
  overlap: 'Skip',
  catchup: '',
  pauseOnFailure: false,
  remaining: '',
  notes: '',
  isPaused: false,
};

export function draftOf(schedule: Schedule): ScheduleDraft {
  const { spec, action } = schedule;
  return {
    id: schedule.id,
    times: [
      ...spec.calendars.map((calendar): TimesDraft => ({ kind: 'calendar', calendar })),
      ...spec.intervals.map(
        ({ everyMs, offsetMs }): TimesDraft => ({ kind: 'interval', every: formatSpan(everyMs), offset: formatSpan(offsetMs) }),
      ),
      ...spec.crons.map((text): TimesDraft => ({ kind: 'cron', text })),
      ...spec.excluded.map((calendar): TimesDraft => ({ kind: 'except', calendar })),
    ],
    timezone: spec.timezone,
    jitter: formatSpan(spec.jitterMs),
    startAt: fieldOf(spec.startAt),
    endAt: fieldOf(spec.endAt),
    type: action.type,
    workflowId: action.workflowId,
    queue: action.queue,
    input: action.isInputHidden ? '' : action.input.map((one) => JSON.stringify(one, null, action.input.length === 1 ? 2 : 0)).join('\n'),
    keepsInput: action.isInputHidden,
    executionTimeout: formatSpan(action.executionTimeoutMs),
    runTimeout: formatSpan(action.runTimeoutMs),
    taskTimeout: formatSpan(action.taskTimeoutMs),
    overlap: schedule.overlap,
    catchup: formatSpan(schedule.catchupMs),
    pauseOnFailure: schedule.pauseOnFailure,
    remaining: schedule.remaining === null ? '' : String(schedule.remaining),
    notes: schedule.notes,
    isPaused: schedule.isPaused,
  };
}

const SECONDS = 19;
const fieldOf = (at: number | null): string => (at === null ? '' : new Date(at).toISOString().slice(0, SECONDS));

const SPAN_HELP = 'Write a time as 30s, 10m, 2h or 1d.';

/** Collects errors while values are read. */
class Reader {
  readonly errors: Record<string, string> = {};
  span(key: string, text: string): number {
    const ms = text.trim() === '' ? 0 : parseDuration(text);
    if (ms === undefined) this.errors[key] = SPAN_HELP;
    return ms ?? 0;
  }
  moment(key: string, text: string): number | null {
    if (text === '') return null;
    const at = Date.parse(`${text}Z`);
    if (Number.isNaN(at)) this.errors[key] = 'This is no day and time.';
    return Number.isNaN(at) ? null : at;
  }
  required(key: string, text: string, message: string): string {
    if (text.trim() === '') this.errors[key] = message;
    return text.trim();
  }
}

/** The times of the draft, with what is wrong in each of them beside its own field. */
export function specOf(draft: ScheduleDraft): { readonly spec: ScheduleSpec; readonly errors: ScheduleErrors } {
  const reader = new Reader();
  const parts = draft.times.map((entry, index) => partOf(entry, `times.${index}`, reader));
  const spec: ScheduleSpec = {
    ...EMPTY_SPEC,
    calendars: parts.flatMap((part) => part.calendars ?? []),
    excluded: parts.flatMap((part) => part.excluded ?? []),
    intervals: parts.flatMap((part) => part.intervals ?? []),
    crons: parts.flatMap((part) => part.crons ?? []),
    timezone: draft.timezone.trim(),
    jitterMs: reader.span('jitter', draft.jitter),
    startAt: reader.moment('startAt', draft.startAt),
    endAt: reader.moment('endAt', draft.endAt),
  };
  if (spec.startAt !== null && spec.endAt !== null && spec.endAt < spec.startAt) reader.errors['endAt'] = 'It ends before it begins.';
  const zone = compileTimes({ ...EMPTY_SPEC, timezone: spec.timezone });
  if (!zone.ok) reader.errors['timezone'] = 'No such time zone. Write one as Europe/Berlin.';
  for (const [index, part] of parts.entries()) {
    const compiled = compileTimes({ ...EMPTY_SPEC, ...part });
    if (!compiled.ok) reader.errors[`times.${index}`] ??= capital(compiled.message);
  }
  if (Object.keys(reader.errors).length === 0) {
    const whole = compileTimes(spec);
    if (!whole.ok) reader.errors['timezone'] = capital(whole.message);
  }
  return { spec, errors: reader.errors };
}

function partOf(entry: TimesDraft, key: string, reader: Reader): Partial<ScheduleSpec> {
  switch (entry.kind) {
    case 'calendar':
      return { calendars: [entry.calendar] };
    case 'except':
      return { excluded: [entry.calendar] };
    case 'cron':
      return { crons: [reader.required(key, entry.text, 'A cron string has five fields, as in 30 9 * * 1-5.')] };
    case 'interval':
      reader.required(key, entry.every, 'How often?');
      return { intervals: [{ everyMs: reader.span(key, entry.every), offsetMs: reader.span(key, entry.offset) }] };
  }
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

export interface ScheduleRequest {
  readonly spec: ScheduleSpec;
  readonly type: string;
  readonly workflowId: string;
  readonly queue: string;
  readonly input: Json[] | null;
  readonly executionTimeoutMs: number;
  readonly runTimeoutMs: number;
  readonly taskTimeoutMs: number;
  readonly overlap: OverlapName;
  readonly catchupMs: number;
  readonly pauseOnFailure: boolean;
  readonly remaining: number | null;
  readonly notes: string;
  readonly isPaused: boolean;
}

/** The request is there when nothing is wrong. */
export function checkSchedule(draft: ScheduleDraft): { readonly errors: ScheduleErrors; readonly request?: ScheduleRequest } {
  const { spec, errors: specErrors } = specOf(draft);
  const reader = new Reader();
  reader.required('id', draft.id, 'A schedule needs an id.');
  const input = parseArguments(draft.input);
  if (!input.ok && !draft.keepsInput) reader.errors['input'] = input.message;
  const remaining = draft.remaining.trim();
  if (!/^\d*$/.test(remaining)) reader.errors['remaining'] = 'Write a number, or nothing for any number.';
  const request: ScheduleRequest = {
    spec,
    type: reader.required('type', draft.type, 'Which workflow?'),
    workflowId: reader.required('workflowId', draft.workflowId, 'Its runs need an id; the time is added to it.'),
    queue: reader.required('queue', draft.queue, 'On which queue do its workers poll?'),
    input: draft.keepsInput || !input.ok ? null : input.values,
    executionTimeoutMs: reader.span('executionTimeout', draft.executionTimeout),
    runTimeoutMs: reader.span('runTimeout', draft.runTimeout),
    taskTimeoutMs: reader.span('taskTimeout', draft.taskTimeout),
    overlap: draft.overlap,
    catchupMs: reader.span('catchup', draft.catchup),
    pauseOnFailure: draft.pauseOnFailure,
    remaining: remaining === '' ? null : Number(remaining),
    notes: draft.notes,
    isPaused: draft.isPaused,
  };
  const errors = { ...reader.errors, ...specErrors };
  return Object.keys(errors).length > 0 ? { errors } : { errors, request };
}
