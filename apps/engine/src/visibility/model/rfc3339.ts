const PATTERN = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Milliseconds since the epoch, with the fraction of one that nanoseconds leave; undefined for anything but a time with its zone.
 * `Date.parse` alone also takes days without a time, and moves the 30th of February into March.
 */
export function instantOf(text: string): number | undefined {
  const match = PATTERN.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', zone] = match;
  const local = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const isOnCalendar = !Number.isNaN(local) && new Date(local).toISOString().startsWith(`${year}-${month}-${day}T${hour}:${minute}`);
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  if (!isOnCalendar || Number.isNaN(at)) return undefined;
  return at + Number(`0.${fraction || '0'}`) * 1000;
}
