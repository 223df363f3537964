import type { Duration } from '../common/duration.ts';
import { toMilliseconds } from '../common/duration.ts';
import type { Trace } from './commands.ts';
import { requireRun, traceHere } from './run.ts';

interface TimerOptions {
  readonly summary?: string;
  readonly trace?: Trace;
  readonly onFire: () => void;
}

export interface Timer {
  readonly seq: number;
  cancel(): void;
}

/** A timer in history. One that is cancelled in the task that started it never reaches history. */
export function startTimer(duration: Duration, options: TimerOptions): Timer {
  const run = requireRun();
  // The server refuses a timer of no length.
  const ms = Math.max(1, toMilliseconds(duration));
  const trace = options.trace ?? traceHere(startTimer);
  run.requireWritable('a timer');
  const seq = run.nextSequence('timer');
  run.emit({ kind: 'startTimer', seq, ms, trace, ...(options.summary === undefined ? {} : { summary: options.summary }) });
  run.timers.set(seq, { trace, askedIn: run.activations, settle: options.onFire });
  return {
    seq,
    cancel: () => {
      if (!run.timers.delete(seq)) return;
      if (!run.retract('startTimer', seq)) run.emit({ kind: 'cancelTimer', seq, trace: traceHere(startTimer) });
    },
  };
}
