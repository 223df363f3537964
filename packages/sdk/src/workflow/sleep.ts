import type { Duration } from '../common/duration.ts';
import { CancelledFailure } from '../common/failures.ts';
import { onCancelled } from './cancellation-scope.ts';
import { traceHere } from './run.ts';
import type { Timer } from './timer.ts';
import { startTimer } from './timer.ts';

export interface SleepOptions {
  /** Shown by consoles beside the timer. */
  readonly summary?: string;
  /** Ends the wait with a `CancelledFailure`; the current scope's by default. */
  readonly signal?: AbortSignal;
}

/** Waits in workflow time, which survives restarts of everything. */
export function sleep(duration: Duration, options: SleepOptions = {}): Promise<void> {
  const trace = traceHere(sleep);
  return new Promise((resolve, reject) => {
    let stopListening: () => void = () => undefined;
    let timer: Timer | undefined;
    let cancelled = false;
    stopListening = onCancelled(options.signal, (reason) => {
      cancelled = true;
      timer?.cancel();
      reject(new CancelledFailure(reason.message, reason.details, reason.cause));
    });
    if (cancelled) return;
    const onFire = () => {
      stopListening();
      resolve();
    };
    timer = startTimer(duration, { trace, onFire, ...(options.summary === undefined ? {} : { summary: options.summary }) });
  });
}
