'use client';
import { cx } from '../../lib/text.ts';
import { textOf } from '../../ui/phrases.tsx';
import { useTold } from '../../ui/use-now.ts';
import type { WaitingFound } from './use-waiting.ts';

/** What a run waits for, in a few words; nothing until it is known. */
export function WaitingCell({ found, zone }: { found: WaitingFound | undefined; zone: string }) {
  const text = useTold((now) => found?.short.map((phrase) => textOf(phrase, now, zone)).join('') ?? '', found !== undefined);
  if (found === undefined) return null;
  return (
    <span className={cx('cut', found.severity === 'stuck' && 'stuck')} title={text}>
      {text}
    </span>
  );
}
