/** When the world of the pictures begins and where it stands still. */
const at = (text: string): number => Date.parse(text);

export const FROM = at('2026-11-01T11:30:00.000Z');
export const NOW = at('2026-11-02T12:07:13.000Z');

/** Milliseconds since the epoch of a time of the last day: `11:58:24`, or of the day before: `-1 18:00:00`. */
export function timeOf(text: string): number {
  const isYesterday = text.startsWith('-1 ');
  return at(`2026-11-0${isYesterday ? 1 : 2}T${isYesterday ? text.slice(3) : text}Z`);
}
