/** Cron schedules of workflows: five fields, a name like `@daily`, or `@every` with a duration; in UTC unless they name a zone. */
import { Cron } from 'croner';
import type { Duration, Instant } from '../../kernel/ports.ts';

const ZONE = /^(?:CRON_TZ|TZ)=(\S+)\s+(.*)$/;
const EVERY = /^@every\s+(\S+)$/;
const DURATION = /(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/gy;
const UNIT_MS: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const NAMED = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']);
const NAMES = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat)$/i;

/** Gives the first moment of the schedule after another; nothing when there is none. */
type Next = (after: Instant) => Instant | undefined;

const parsed = new Map<string, Next | string>();
const PARSED_MAX = 1000;

/** Says what is wrong with a schedule, or nothing. */
export function faultOfCron(schedule: string): string | undefined {
  const next = parse(schedule);
  return typeof next === 'string' ? `Invalid CronSchedule: ${next}` : undefined;
}

/**
 * How long the next run waits for its slot: the first one of the schedule that is not over yet. Counted in whole seconds from the moment
 * at which the run before was to begin.
 */
export function cronBackoff(schedule: string, { from, now }: { readonly from: Instant; readonly now: Instant }): Duration | undefined {
  const next = parse(schedule);
  if (typeof next === 'string') return undefined;
  let slot = next(from);
  // Slots that passed while the run was busy are skipped.
  if (slot !== undefined && slot < now) slot = EVERY.test(schedule) ? slotOnGrid(schedule, { slot, now }) : next(now - 1);
  return slot === undefined ? undefined : Math.ceil((slot - now) / 1000) * 1000;
}

function slotOnGrid(schedule: string, { slot, now }: { slot: Instant; now: Instant }): Instant {
  const interval = intervalOf(schedule) ?? 1000;
  return slot + Math.ceil((now - slot) / interval) * interval;
}

function parse(schedule: string): Next | string {
  const known = parsed.get(schedule);
  if (known !== undefined) return known;
  if (parsed.size >= PARSED_MAX) parsed.clear();
  const next = parseFresh(schedule);
  parsed.set(schedule, next);
  return next;
}

function parseFresh(schedule: string): Next | string {
  const [, timezone = 'UTC', pattern = schedule.trim()] = ZONE.exec(schedule.trim()) ?? [];
  const interval = intervalOf(pattern);
  if (interval !== undefined) return interval >= 1000 ? (after) => after + interval : '@every needs at least one second';
  const fields = pattern.split(/\s+/);
  if (!NAMED.has(pattern) && fields.length !== 5) return `expected 5 fields, found ${fields.length}: [${pattern}]`;
  const stranger = NAMED.has(pattern)
    ? undefined
    : fields.flatMap((field) => field.split(/[^A-Za-z]+/)).find((word) => word && !NAMES.test(word));
  if (stranger !== undefined) return `failed to parse ${stranger}: [${pattern}]`;
  try {
    const cron = new Cron(pattern, { timezone });
    const next: Next = (after) => cron.nextRun(new Date(after))?.getTime();
    // A date that never comes is found now, and not by a run that waits for ever.
    return next(0) === undefined ? `no time ever matches: [${pattern}]` : next;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Of `@every`, in whole seconds. */
function intervalOf(pattern: string): Duration | undefined {
  const text = EVERY.exec(pattern)?.[1];
  if (text === undefined) return undefined;
  let total = 0;
  let end = 0;
  for (const match of text.matchAll(DURATION)) {
    total += Number(match[1]) * (UNIT_MS[match[2] ?? ''] ?? 0);
    end = match.index + match[0].length;
  }
  return end === text.length && end > 0 ? Math.floor(total / 1000) * 1000 : 0;
}
