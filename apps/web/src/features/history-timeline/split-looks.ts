import type { PathCause } from '../../domain/critical-path.ts';
import type { SplitKind } from '../../domain/time-split.ts';

/** The word, the piece of a bar and the swatch of each use of time: one vocabulary for the whole run and for its critical path. */
export interface SplitLook {
  readonly word: string;
  readonly bar: string;
  readonly swatch: string;
}

const waiting = { bar: 'st-scheduled', swatch: 'sw st-scheduled' };

export const SPLIT_LOOKS: Readonly<Record<SplitKind | PathCause, SplitLook>> = {
  run: { word: 'activities', bar: 'st-completed', swatch: 'sw st-completed' },
  failed: { word: 'failed attempts', bar: 'st-failed', swatch: 'sw st-failed' },
  task: { word: 'workflow tasks', bar: 'st-running', swatch: 'sw st-running' },
  taskQueue: { word: 'workflow-task queue', bar: 'q', swatch: 'sg q' },
  taskRetry: { word: 'workflow task failing', bar: 'st-taskfail', swatch: 'sw st-taskfail' },
  backoff: { word: 'earlier tries and back-off', bar: 'st-retrying b', swatch: 'sg b st-retrying' },
  queue: { word: 'queue wait', bar: 'q', swatch: 'sg q' },
  child: { word: 'child workflows', bar: 'st-continued', swatch: 'sw st-continued' },
  timer: { word: 'timers', bar: 'st-canceled', swatch: 'sw st-canceled' },
  idle: { word: 'waiting for a message', ...waiting },
  message: { word: 'waiting for a message', ...waiting },
  other: { word: 'other waits', bar: 'st-wait', swatch: 'sw st-wait' },
};
