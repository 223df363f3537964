'use client';
import { useMemo } from 'react';
import { compileTimes, hasTimes } from '../../domain/schedule-spec.ts';
import { specWords } from '../../domain/schedule-words.ts';
import { useIsLiving } from '../../ui/use-is-living.ts';
import { useNow } from '../../ui/use-now.ts';
import type { ScheduleDraft } from './schedule-draft.ts';
import { specOf } from './schedule-draft.ts';
import { UpcomingTimes } from './upcoming-times.tsx';

const SHOWN = 10;
const MINUTE_MS = 60_000;

/** What the times of the form come to: in words, and the next ten of them. */
export function SpecPreview({ draft }: { draft: ScheduleDraft }) {
  const now = useNow();
  // The clock of the server that drew the page is another one: times appear once the page lives in the browser.
  const isLiving = useIsLiving();
  const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const { spec, errors } = useMemo(() => specOf(draft), [draft]);
  const isWhole = Object.keys(errors).length === 0;
  const times = useMemo(() => {
    const compiled = isWhole ? compileTimes(spec) : undefined;
    // A few more than are shown: those of this minute may have passed.
    return compiled?.ok ? compiled.between(minute - 1, Number.POSITIVE_INFINITY, SHOWN + 60) : [];
  }, [spec, isWhole, minute]);
  return (
    <aside className="will" aria-label="What will happen">
      <section className="sec">
        <h2>In words</h2>
        {isWhole ? (
          <ul>
            {specWords(spec).map((words) => (
              <li key={words}>{words}</li>
            ))}
            {hasTimes(spec) ? <li className="dim">{spec.timezone || 'UTC'}</li> : null}
          </ul>
        ) : (
          <p className="dim">Once its times are right, they are told here.</p>
        )}
      </section>
      {isWhole && isLiving ? <UpcomingTimes times={times.filter((time) => time > now)} jitterMs={spec.jitterMs} now={now} /> : null}
    </aside>
  );
}
