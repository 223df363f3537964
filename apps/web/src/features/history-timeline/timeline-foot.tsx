'use client';
import { useMemo } from 'react';
import type { RunView } from '../../data/run-view.ts';
import type { AttemptIndex } from '../../domain/attempts.ts';
import type { SplitKind } from '../../domain/time-split.ts';
import { timeSplit } from '../../domain/time-split.ts';
import { formatDuration } from '../../lib/duration.ts';
import type { Timeline } from './use-timeline.ts';

const LOOKS: Readonly<Record<SplitKind, { word: string; bar: string; swatch: string }>> = {
  run: { word: 'activities', bar: 'st-completed', swatch: 'sw st-completed' },
  failed: { word: 'failed attempts', bar: 'st-failed', swatch: 'sw st-failed' },
  task: { word: 'workflow tasks', bar: 'st-running', swatch: 'sw st-running' },
  backoff: { word: 'earlier tries and back-off', bar: 'st-retrying b', swatch: 'sg b st-retrying' },
  queue: { word: 'queue wait', bar: 'q', swatch: 'sg q' },
  child: { word: 'child workflows', bar: 'st-continued', swatch: 'sw st-continued' },
  timer: { word: 'timers', bar: 'st-canceled', swatch: 'sw st-canceled' },
  idle: { word: 'waiting for a message', bar: 'st-scheduled', swatch: 'sw st-scheduled' },
};

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
            <i key={part.kind} className={LOOKS[part.kind].bar} style={{ flex: part.ms }} />
          ))}
        </div>
        <div className="legend">
          {sorted.map((part) => (
            <span key={part.kind}>
              <i className={LOOKS[part.kind].swatch} />
              {LOOKS[part.kind].word} <b>{formatDuration(part.ms)}</b>
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}
