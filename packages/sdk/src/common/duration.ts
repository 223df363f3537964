type Unit =
  | 'ms'
  | 'milliseconds'
  | 's'
  | 'sec'
  | 'second'
  | 'seconds'
  | 'm'
  | 'min'
  | 'minute'
  | 'minutes'
  | 'h'
  | 'hour'
  | 'hours'
  | 'd'
  | 'day'
  | 'days'
  | 'w'
  | 'week'
  | 'weeks';

/** Milliseconds, or a text such as `'10s'`, `'1.5 minutes'`, `'7 days'`. */
export type Duration = number | `${number}${Unit}` | `${number} ${Unit}`;

const SECOND = 1000;
const factors: Readonly<Record<Unit, number>> = {
  ms: 1,
  milliseconds: 1,
  s: SECOND,
  sec: SECOND,
  second: SECOND,
  seconds: SECOND,
  m: 60 * SECOND,
  min: 60 * SECOND,
  minute: 60 * SECOND,
  minutes: 60 * SECOND,
  h: 3600 * SECOND,
  hour: 3600 * SECOND,
  hours: 3600 * SECOND,
  d: 86_400 * SECOND,
  day: 86_400 * SECOND,
  days: 86_400 * SECOND,
  w: 604_800 * SECOND,
  week: 604_800 * SECOND,
  weeks: 604_800 * SECOND,
};

const pattern = /^(-?\d+(?:\.\d+)?(?:e\d+)?) ?([a-z]+)$/;

/** Throws `TypeError` for a text that is not a duration, and for a negative or infinite one. */
export function toMilliseconds(duration: Duration): number {
  const ms = typeof duration === 'number' ? duration : parse(duration);
  if (!Number.isFinite(ms) || ms < 0) throw new TypeError(`not a duration: ${String(duration)}`);
  return ms;
}

function parse(text: string): number {
  const [, amount, unit] = pattern.exec(text) ?? [];
  const factor = unit === undefined ? undefined : factors[unit as Unit];
  return amount === undefined || factor === undefined ? Number.NaN : Number(amount) * factor;
}

/** `90000` as `1m 30s`: the two largest units, for texts people read. */
export function describeDuration(ms: number): string {
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  const parts: string[] = [];
  let rest = ms;
  for (const [unit, size] of [
    ['d', factors.d],
    ['h', factors.h],
    ['m', factors.m],
  ] as const) {
    if (rest < size) continue;
    parts.push(`${Math.floor(rest / size)}${unit}`);
    rest %= size;
  }
  if (rest > 0) parts.push(`${Number((rest / SECOND).toFixed(1))} s`);
  return parts.slice(0, 2).join(' ');
}
