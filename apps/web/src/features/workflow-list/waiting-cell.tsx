'use client';
import { cx } from '../../lib/text.ts';
import { Phrases, textOf } from '../../ui/phrases.tsx';
import { useNow } from '../../ui/use-now.ts';
import type { WaitingFound } from './use-waiting.ts';

/** What a run waits for, in a few words; nothing until it is known. */
export function WaitingCell({ found, zone }: { found: WaitingFound | undefined; zone: string }) {
  const now = useNow(found !== undefined);
  if (found === undefined) return null;
  const { short, severity } = found;
  return (
    <span className={cx('cut', severity === 'stuck' && 'stuck')} title={short.map((phrase) => textOf(phrase, now, zone)).join('')}>
      <Phrases phrases={short} now={now} zone={zone} isPlain />
    </span>
  );
}
