const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const two = (value: number): string => String(value).padStart(2, '0');

/** `310 ms`, `6.1 s`, `81 s`, `8m 49s`, `1h 04m`, `3d 4h`. Negative spans, from clocks that differ, count as nothing. */
export function formatDuration(ms: number): string {
  const span = Math.max(0, ms);
  if (span < 0.95) return span < 0.05 ? '0 ms' : `${span.toFixed(1)} ms`;
  if (span < 999.5) return `${Math.round(span)} ms`;
  if (span < 9_950) return `${(span / SECOND).toFixed(1)} s`;
  if (span < 99_500) return `${Math.round(span / SECOND)} s`;
  const seconds = Math.round(span / SECOND);
  if (span < HOUR - 500) return `${Math.floor(seconds / 60)}m ${two(seconds % 60)}s`;
  const minutes = Math.round(seconds / 60);
  if (span < 2 * DAY) return `${Math.floor(minutes / 60)}h ${two(minutes % 60)}m`;
  return `${Math.floor(span / DAY)}d ${Math.floor((span % DAY) / HOUR)}h`;
}

/** How old something is, in whole seconds: `now`, `5 s ago`. */
export function formatAge(ms: number): string {
  const seconds = Math.round(Math.max(0, ms) / SECOND);
  return seconds < 1 ? 'now' : `${seconds < 100 ? `${seconds} s` : formatDuration(seconds * SECOND)} ago`;
}

/** How far away something is, in whole seconds: `now`, `in 5 s`. */
export function formatUntil(ms: number): string {
  const seconds = Math.round(Math.max(0, ms) / SECOND);
  return seconds < 1 ? 'now' : `in ${seconds < 100 ? `${seconds} s` : formatDuration(seconds * SECOND)}`;
}

/** A distance on an axis: `+20s`, `+7m 40s`. */
export function formatOffset(ms: number): string {
  if (ms < SECOND) return `+${Number(ms.toFixed(ms < 10 ? 1 : 0))}ms`;
  if (ms < MINUTE) return `+${Number((ms / SECOND).toFixed(2))}s`;
  if (ms < HOUR) return `+${Math.floor(ms / MINUTE)}m${ms % MINUTE >= SECOND ? ` ${two(Math.floor((ms % MINUTE) / SECOND))}s` : ''}`;
  if (ms < DAY) return `+${Math.floor(ms / HOUR)}h${ms % HOUR >= MINUTE ? ` ${two(Math.floor((ms % HOUR) / MINUTE))}m` : ''}`;
  return `+${Math.floor(ms / DAY)}d${ms % DAY >= HOUR ? ` ${Math.floor((ms % DAY) / HOUR)}h` : ''}`;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: SECOND, m: MINUTE, h: HOUR, d: DAY };

/** `10s`, `5m`, `1h30m`, `250ms`; a bare number is seconds. Undefined when it is none of these. */
export function parseDuration(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed) * SECOND;
  if (!/^(\d+(\.\d+)?\s*(ms|s|m|h|d)\s*)+$/.test(trimmed)) return undefined;
  let sum = 0;
  for (const [, amount, unit] of trimmed.matchAll(/(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)/g)) sum += Number(amount) * (UNITS[unit ?? ''] ?? 0);
  return sum;
}

const SPAN_UNITS = ['d', 'h', 'm', 's', 'ms'] as const;

/** Exactly, as `parseDuration` reads it: `1d`, `1h 30m`; empty for nothing. */
export function formatSpan(ms: number): string {
  const parts: string[] = [];
  let rest = Math.round(ms);
  for (const unit of SPAN_UNITS) {
    const size = UNITS[unit] ?? 1;
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.join(' ');
}
