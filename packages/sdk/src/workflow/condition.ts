import type { Duration } from '../common/duration.ts';
import { onCancelled } from './cancellation-scope.ts';
import type { SleepOptions } from './sleep.ts';
import { startTimer } from './timer.ts';
import type { Condition } from './run.ts';
import { requireRun, traceHere } from './run.ts';

type ConditionOptions = SleepOptions;

/** Waits until the test holds. It is asked again after everything that happens to the workflow, and must not change anything. */
export function condition(test: () => boolean, options?: { readonly signal?: AbortSignal }): Promise<void>;
/** Waits no longer than the timeout, and answers whether the test held. */
export function condition(test: () => boolean, timeout: Duration, options?: ConditionOptions): Promise<boolean>;
export function condition(
  test: () => boolean,
  second?: Duration | { readonly signal?: AbortSignal },
  third?: ConditionOptions,
): Promise<void | boolean> {
  const run = requireRun();
  const timeout = typeof second === 'object' ? undefined : second;
  const options: ConditionOptions = third ?? (typeof second === 'object' ? second : {});
  const trace = traceHere(condition);
  return new Promise((resolve, reject) => {
    const end = () => {
      run.conditions.delete(waiting);
      timer?.cancel();
      stopListening();
    };
    const waiting: Condition = {
      test,
      summary: options.summary,
      trace,
      resolve: () => {
        end();
        resolve(timeout === undefined ? undefined : true);
      },
    };
    let timer: ReturnType<typeof startTimer> | undefined;
    let stopListening: () => void = () => undefined;
    let cancelled = false;
    stopListening = onCancelled(options.signal, (reason) => {
      cancelled = true;
      end();
      reject(reason);
    });
    if (cancelled) return;
    if (test()) {
      waiting.resolve();
      return;
    }
    run.conditions.add(waiting);
    if (timeout === undefined) return;
    const onFire = () => {
      end();
      resolve(false);
    };
    timer = startTimer(timeout, { trace, onFire, ...(options.summary === undefined ? {} : { summary: options.summary }) });
  });
}
