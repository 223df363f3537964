'use client';
import { useDeferredValue, useMemo } from 'react';
import type { RunView } from '../../data/run-view.ts';
import type { AttemptIndex } from '../../domain/attempts.ts';
import { timeSplit } from '../../domain/time-split.ts';
import { formatDuration } from '../../lib/duration.ts';
import { plural } from '../../lib/number.ts';
import type { Chosen } from './chosen-steps.ts';
import { SPLIT_LOOKS } from './split-looks.ts';
import type { Timeline } from './use-timeline.ts';

interface FootProps {
  readonly view: RunView;
  readonly timeline: Timeline;
  readonly attempts: AttemptIndex;
  readonly chosen: Chosen | undefined;
}

/** More are not counted while the page waits for it. */
const GROUPS_MAX = 1000;

/** Where the time went, in one line. */
export function TimelineFoot({ view, timeline, attempts, chosen }: FootProps) {
  const { start, end } = timeline;
  const { groups } = view;
  const asked = useMemo(() => ({ groups, span: { start, end, attempts } }), [groups, start, end, attempts]);
  // Of a long run it is walked over after what is seen first was drawn.
  const isLong = groups.groups.length > GROUPS_MAX;
  const later = useDeferredValue<typeof asked | undefined>(isLong ? asked : undefined, undefined);
  const whole = isLong ? later : asked;
  const sorted = useMemo(() => (whole ? timeSplit(whole.groups, whole.span).sort((a, b) => b.ms - a.ms) : []), [whole]);
  return (
    <div className="tl-foot">
      <div className="tf-l">
        {chosen === undefined ? (
          <>
            <b>{formatDuration(end - start)}</b> <span className="dim">went to</span>
          </>
        ) : (
          <span role="status">
            {plural(chosen.steps, 'step')} took <b>{formatDuration(chosen.ms)}</b>{' '}
            <span className="dim">in {formatDuration(chosen.spanMs)}</span>
          </span>
        )}
      </div>
      <div className="tf-b">
        <div className="split" aria-hidden="true">
          {sorted.map((part) => (
            <i key={part.kind} className={SPLIT_LOOKS[part.kind].bar} style={{ flex: part.ms }} />
          ))}
        </div>
        <div className="legend">
          {sorted.map((part) => (
            <span key={part.kind}>
              <i className={SPLIT_LOOKS[part.kind].swatch} />
              {SPLIT_LOOKS[part.kind].word} <b>{formatDuration(part.ms)}</b>
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}
