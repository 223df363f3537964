import { Fragment } from 'react';
import { formatDuration } from '../lib/duration.ts';
import { formatMoment } from '../lib/time.ts';

/** Moments are milliseconds since the epoch: `since` reads as the time that passed, `until` as the time that is left, `at` as a clock. */
export type Phrase =
  | string
  | { readonly strong: string }
  | { readonly since: number }
  | { readonly until: number }
  | { readonly at: number };

export interface PhrasesProps {
  readonly phrases: readonly Phrase[];
  readonly now: number;
  readonly zone: string;
  /** Every piece alike, as in a cell of a table. */
  readonly isPlain?: boolean;
}

/** A sentence in pieces, with its moments told by the page's own clock and zone. */
export function Phrases({ phrases, now, zone, isPlain = false }: PhrasesProps) {
  return phrases.map((phrase, index) => {
    const text = textOf(phrase, now, zone);
    const isStrong = !isPlain && typeof phrase !== 'string' && !('at' in phrase);
    // The pieces of a sentence keep their places.
    return isStrong ? <b key={index}>{text}</b> : <Fragment key={index}>{text}</Fragment>;
  });
}

export function textOf(phrase: Phrase, now: number, zone: string): string {
  if (typeof phrase === 'string') return phrase;
  if ('strong' in phrase) return phrase.strong;
  if ('since' in phrase) return inSeconds(now - phrase.since);
  if ('until' in phrase) return phrase.until - now < 500 ? 'a moment' : inSeconds(phrase.until - now);
  return formatMoment(phrase.at, zone, now);
}

/** The page's clock goes by seconds; tenths would only jitter. */
const inSeconds = (ms: number): string => formatDuration(Math.max(0, Math.round(ms / 1000)) * 1000).replace(/\.0 s$| ms$/, ' s');
