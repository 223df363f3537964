import type { AsyncLocalStorage } from 'node:async_hooks';
import type { Duration } from '../common/duration.ts';
import { CancelledFailure } from '../common/failures.ts';
import { requireRun } from './run.ts';
import { startTimer } from './timer.ts';

export interface CancellationScopeOptions {
  /** Not reached by the cancellation of what is around it. */
  readonly shield?: boolean;
  /** Cancels the scope when it takes longer. */
  readonly timeout?: Duration;
}

type Storage = AsyncLocalStorage<CancellationScope>;
const storageKey = Symbol.for('@tidemark/sdk/async-local-storage');

/** Made with the first scope that is entered: following every await costs time that most workflows need not spend. */
let storage: Storage | undefined;

function requireStorage(): Storage {
  // The sandbox has no Node modules; its host leaves the class under a well-known symbol.
  const Class = (globalThis as unknown as Record<symbol, unknown>)[storageKey] as (new () => Storage) | undefined;
  if (Class === undefined) throw new TypeError('the sandbox offers no AsyncLocalStorage');
  storage ??= new Class();
  return storage;
}

/** Everything started inside `run` is cancelled together. */
export class CancellationScope {
  readonly #controller = new AbortController();
  readonly #timeout: Duration | undefined;

  constructor(options: CancellationScopeOptions = {}) {
    this.#timeout = options.timeout;
    if (options.shield) return;
    const parent = CancellationScope.current();
    if (parent.cancelled) this.#controller.abort(parent.signal.reason);
    else parent.signal.addEventListener('abort', () => this.#controller.abort(parent.signal.reason), { once: true });
  }

  /** The scope of the execution itself. */
  static root(): CancellationScope {
    return new CancellationScope({ shield: true });
  }

  static current(): CancellationScope {
    // The execution's scope is always one made by `root`; its type is narrower only so that the modules do not depend on each other in a circle.
    return storage?.getStore() ?? (requireRun().scope as CancellationScope);
  }

  /** Runs something that must finish even if the workflow is cancelled: a compensation, a clean-up. */
  static shield<Result>(work: () => Promise<Result>): Promise<Result> {
    return new CancellationScope({ shield: true }).run(work);
  }

  static withTimeout<Result>(timeout: Duration, work: () => Promise<Result>): Promise<Result> {
    return new CancellationScope({ timeout }).run(work);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get cancelled(): boolean {
    return this.#controller.signal.aborted;
  }

  cancel(reason = 'scope cancelled'): void {
    if (!this.cancelled) this.#controller.abort(new CancelledFailure(reason));
  }

  run<Result>(work: (scope: CancellationScope) => Promise<Result>): Promise<Result> {
    const timer = this.#timeout === undefined ? undefined : startTimer(this.#timeout, { onFire: () => this.cancel('scope timed out') });
    const result = requireStorage().run(this, () => work(this));
    if (timer === undefined) return result;
    return result.finally(() => timer.cancel());
  }
}

/** Calls back when the given signal, or else the current scope, is cancelled; answers how to stop listening. Rejects at once if it already is. */
export function onCancelled(signal: AbortSignal | undefined, callback: (reason: CancelledFailure) => void): () => void {
  const source = signal ?? CancellationScope.current().signal;
  const failure = () =>
    source.reason instanceof CancelledFailure ? source.reason : new CancelledFailure(String(source.reason ?? 'cancelled'));
  const listener = () => callback(failure());
  if (source.aborted) {
    listener();
    return () => undefined;
  }
  source.addEventListener('abort', listener, { once: true });
  return () => source.removeEventListener('abort', listener);
}
