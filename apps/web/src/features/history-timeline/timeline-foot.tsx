'use client';
import { useMemo } from 'react';
import type { RunView } from '../../data/run-view.ts';
import type { AttemptIndex } from '../../domain/attempts.ts';
import { timeSplit } from '../../domain/time-split.ts';
import { formatDuration } from '../../lib/duration.ts';
import { SPLIT_LOOKS } from './split-looks.ts';
import type { Timeline } from './use-timeline.ts';

interface FootProps {
  readonly view: RunView;
  readonly timeline: Timeline;
  readonly attempts: AttemptIndex;
}

/** Where the time went, in one line. */
export function TimelineFoot({ view, timeline, attempts }: FootProps) {
  const { start, end } = timeline;
  const parts = useMemo(() => timeSplit(view.groups, { start, end, attempts }), [view.groups, start, end, attempts]);
  const sorted = [...parts].sort((a, b) => b.ms - a.ms);
  return (
    <div className="tl-foot">
      <div className="tf-l">
        <b>{formatDuration(end - start)}</b> <span className="dim">went to</span>
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
