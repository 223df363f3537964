import type { BoxFacts } from '../../domain/latency-box.ts';
import { spanWords } from '../../domain/latency-box.ts';
import { formatCount, plural } from '../../lib/number.ts';
import { formatClock, formatMoment } from '../../lib/time.ts';

interface Clock {
  readonly zone: string;
  readonly now: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** `12:04–12:06`; as fine as the span is wide, milliseconds. */
export function closedWords(from: number, width: number, { zone, now }: Clock): string {
  if (width < 2 * SECOND) return `${formatClock(from, zone, 3)}–${formatClock(from + width, zone, 3)}`;
  const rounded = (ms: number) => (width >= 2 * MINUTE ? Math.round(ms / MINUTE) * MINUTE : ms);
  const words = (ms: number) => formatMoment(rounded(ms), zone, now).replace(/:00$/, '');
  return `${words(from)}–${words(from + width)}`;
}

/** `12 runs took 4–8 s, closed 12:04–12:06, 2 ended badly`. */
export function boxWords({ runs, bad, shortest, longest, from, to }: BoxFacts, clock: Clock): string {
  const count = runs === 0 ? 'No run' : plural(runs, 'run');
  const badly = bad === 0 ? '' : `, ${formatCount(bad)} ended badly`;
  return `${count} took ${spanWords(shortest, longest)}, closed ${closedWords(from, to - from, clock)}${badly}`;
}
