/** What a running activity can ask about itself. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Duration } from '../common/duration.ts';
import { toMilliseconds } from '../common/duration.ts';
import { NoContextError } from '../common/errors.ts';
import { CancelledFailure } from '../common/failures.ts';
import type { Logger } from '../common/logger.ts';
import { loggerFrom } from '../common/logger.ts';

export interface ActivityInfo {
  readonly activityId: string;
  readonly activityType: string;
  readonly attempt: number;
  readonly taskQueue: string;
  readonly taskToken: Uint8Array;
  readonly workflow: { readonly workflowId: string; readonly runId: string; readonly type: string; readonly namespace: string };
  readonly scheduledTime: Date;
  readonly currentAttemptScheduledTime: Date;
  /** Milliseconds; 0 when not limited. */
  readonly startToCloseTimeout: number;
  readonly scheduleToCloseTimeout: number;
  readonly heartbeatTimeout: number;
  /** What the attempt before this one reported last. */
  readonly heartbeatDetails: readonly unknown[];
}

/** Why an activity is asked to stop. */
export type CancellationCause = 'cancelRequested' | 'notFound' | 'timedOut' | 'paused' | 'reset' | 'workerShutdown';

export interface ActivityContext {
  readonly info: ActivityInfo;
  readonly signal: AbortSignal;
  readonly workerShutdownSignal: AbortSignal;
  readonly logger: Logger;
  heartbeat(details: readonly unknown[]): void;
}

const storage = new AsyncLocalStorage<ActivityContext>();

export const runInActivity = <Result>(context: ActivityContext, work: () => Result): Result => storage.run(context, work);

function current(): ActivityContext {
  const context = storage.getStore();
  if (context === undefined) throw new NoContextError('this can only be called from a running activity');
  return context;
}

export const inActivity = (): boolean => storage.getStore() !== undefined;
export const info = (): ActivityInfo => current().info;

/** Tells the server that the activity is alive, and how far it is. Sent no more often than needed. */
export function heartbeat(...details: unknown[]): void {
  current().heartbeat(details);
}

/** Aborted when the activity should stop: its workflow cancelled it, it timed out, or the worker shuts down. */
export const cancellationSignal = (): AbortSignal => current().signal;
export const workerShutdownSignal = (): AbortSignal => current().workerShutdownSignal;

/** Rejects with a `CancelledFailure` when the activity should stop. */
export function cancelled(): Promise<never> {
  const { signal } = current();
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    else signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

/** Waits, but not past a cancellation. */
export function sleep(duration: Duration): Promise<void> {
  const { signal } = current();
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, toMilliseconds(duration));
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** Thrown by `completeAsync`: the task stays open until somebody completes it through a client. */
export class CompleteAsyncSignal extends Error {
  override readonly name = 'CompleteAsync';
}

export function completeAsync(): never {
  throw new CompleteAsyncSignal('the activity will be completed by somebody else');
}

export const cancellationOf = (cause: CancellationCause): CancelledFailure => new CancelledFailure(cause);

export const logger: Logger = loggerFrom((level, message, attributes) => current().logger[level](message, attributes));
