/** Instants as text, in the time zone the reader chose. */
const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
const FORMATS = {
  clock12: { ...CLOCK, hourCycle: 'h12' },
  clock24: { ...CLOCK, hourCycle: 'h23' },
  date: { dateStyle: 'short' },
  day: { day: 'numeric', month: 'short' },
  dayOfYear: { day: 'numeric', month: 'short', year: 'numeric' },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;
type Format = keyof typeof FORMATS;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'];
const dayOf = (at: Date): string => `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}`;

/** The same in UTC, which has no rules to look up: the first formatter of a page takes as long to make as its rows to draw. */
const IN_UTC: Readonly<Record<Format, (at: Date) => string>> = {
  clock12: (at) => {
    const hour = at.getUTCHours();
    return `${String(hour % 12 || 12).padStart(2, '0')}${at.toISOString().slice(13, 19)} ${hour < 12 ? 'am' : 'pm'}`;
  },
  clock24: (at) => at.toISOString().slice(11, 19),
  date: (at) => at.toISOString().slice(0, 10),
  day: dayOf,
  dayOfYear: (at) => `${dayOf(at)} ${at.getUTCFullYear()}`,
};

/** One takes longer to make than a hundred take to write. */
const made = new Map<string, Intl.DateTimeFormat>();

function write(ms: number, zone: string, format: Format): string {
  if (zone === 'UTC') return IN_UTC[format](new Date(ms));
  const key = `${format} ${zone}`;
  let formatter = made.get(key);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-GB', { timeZone: zoneName(zone), ...FORMATS[format] });
    made.set(key, formatter);
  }
  return formatter.format(ms);
}

/** `local` is the browser's own zone. */
export const zoneName = (zone: string): string => (zone === 'local' ? Intl.DateTimeFormat().resolvedOptions().timeZone : zone);

export type Hours = '12' | '24';

/** How clocks are written is one choice of the reader for everything they see. */
let hours: Hours = '24';

export function writeHours(next: Hours): void {
  hours = next;
}

/** `12:06:58` or `12:06:58 pm`, with `digits` decimals of the second when asked. */
export function formatClock(ms: number, zone: string, digits = 0): string {
  const whole = write(ms, zone, hours === '12' ? 'clock12' : 'clock24');
  if (digits === 0) return whole;
  const fraction = Math.floor((((ms % 1000) + 1000) % 1000) * 10 ** (digits - 3));
  const [clock = '', half] = whole.split(' ');
  return `${clock}.${String(fraction).padStart(digits, '0')}${half === undefined ? '' : ` ${half}`}`;
}

/** `15 May`, or `15 May 2024` when the year is another one. */
export function formatDay(ms: number, zone: string, now: number): string {
  const sameYear = new Date(ms).getUTCFullYear() === new Date(now).getUTCFullYear();
  return write(ms, zone, sameYear ? 'day' : 'dayOfYear');
}

/** The clock for today, day and clock for other days. */
export function formatMoment(ms: number, zone: string, now: number): string {
  return write(ms, zone, 'date') === write(now, zone, 'date')
    ? formatClock(ms, zone)
    : `${formatDay(ms, zone, now)} ${formatClock(ms, zone)}`;
}

export const toIso = (ms: number): string => new Date(ms).toISOString();
