/** Instants as text, in the time zone the reader chose. */
const cache = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`;
  const found = cache.get(key) ?? new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options });
  cache.set(key, found);
  return found;
}

/** `local` is the browser's own zone. */
export const zoneName = (zone: string): string => (zone === 'local' ? Intl.DateTimeFormat().resolvedOptions().timeZone : zone);

export type Hours = '12' | '24';

/** How clocks are written is one choice of the reader for everything they see. */
let hours: Hours = '24';

export function writeHours(next: Hours): void {
  hours = next;
}

const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;

/** `12:06:58` or `12:06:58 pm`, with `digits` decimals of the second when asked. */
export function formatClock(ms: number, zone: string, digits = 0): string {
  const whole = formatter(zoneName(zone), { ...CLOCK, hourCycle: hours === '12' ? 'h12' : 'h23' }).format(ms);
  if (digits === 0) return whole;
  const fraction = Math.floor((((ms % 1000) + 1000) % 1000) * 10 ** (digits - 3));
  const [clock = '', half] = whole.split(' ');
  return `${clock}.${String(fraction).padStart(digits, '0')}${half === undefined ? '' : ` ${half}`}`;
}

/** `15 May`, or `15 May 2024` when the year is another one. */
export function formatDay(ms: number, zone: string, now: number): string {
  const sameYear = new Date(ms).getUTCFullYear() === new Date(now).getUTCFullYear();
  return formatter(zoneName(zone), { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }).format(ms);
}

/** The clock for today, day and clock for other days. */
export function formatMoment(ms: number, zone: string, now: number): string {
  const day = (at: number) => formatter(zoneName(zone), { dateStyle: 'short' }).format(at);
  return day(ms) === day(now) ? formatClock(ms, zone) : `${formatDay(ms, zone, now)} ${formatClock(ms, zone)}`;
}

export const toIso = (ms: number): string => new Date(ms).toISOString();
