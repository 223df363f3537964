import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import type { CallOptions } from '@tidemark/protocol/services';
import type { Logger } from '../common/logger.ts';
import type { PollMeter } from './poll-meter.ts';

/** Longer than servers hold a poll, so that it is the server who ends it. */
const POLL_DEADLINE_MS = 70_000;
const FIRST_WAIT_MS = 100;
const WAIT_MAX_MS = 10_000;

export interface PollerOptions<Task> {
  readonly name: string;
  readonly logger: Logger;
  readonly poll: (options: CallOptions) => Promise<Task>;
  /** False for the empty answer that ends a poll in which nothing came. */
  readonly isTask: (task: Task) => boolean;
  readonly handle: (task: Task) => Promise<void>;
  /** Resolves when there is room for another task. */
  readonly reserve: (signal: AbortSignal) => Promise<(() => void) | undefined>;
  readonly signal: AbortSignal;
  readonly meter: PollMeter;
}

/** Polls until the signal is aborted. Tasks are handled beside the next poll. Throws when the server says it will never work. */
export async function pollLoop<Task>(options: PollerOptions<Task>): Promise<void> {
  let failures = 0;
  while (!options.signal.aborted) {
    const release = await options.reserve(options.signal);
    if (release === undefined) return;
    let task: Task;
    try {
      const answer = options.poll({ deadline: Date.now() + POLL_DEADLINE_MS, signal: options.signal });
      task = await options.meter.watch(answer, options.isTask);
      failures = 0;
    } catch (error) {
      release();
      if (options.signal.aborted) return;
      if (isFatal(error)) throw error;
      if (error instanceof RpcError && error.code === StatusCode.DEADLINE_EXCEEDED) continue;
      failures += 1;
      if (failures === 1) options.logger.warn(`polling for ${options.name} failed; trying again`, { error: String(error) });
      await wait(Math.min(WAIT_MAX_MS, FIRST_WAIT_MS * 2 ** failures), options.signal);
      continue;
    }
    if (!options.isTask(task)) {
      release();
      continue;
    }
    void options.handle(task).finally(release);
  }
}

const fatal: ReadonlySet<number> = new Set([
  StatusCode.INVALID_ARGUMENT,
  StatusCode.PERMISSION_DENIED,
  StatusCode.UNAUTHENTICATED,
  StatusCode.UNIMPLEMENTED,
]);
const isFatal = (error: unknown): boolean => error instanceof RpcError && fatal.has(error.code);

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** A number of places; whoever finds none waits in line. */
export class Slots {
  readonly #count: number;
  #free: number;
  readonly #waiting: ((release: (() => void) | undefined) => void)[] = [];

  constructor(count: number) {
    this.#count = count;
    this.#free = count;
  }

  get free(): number {
    return this.#free;
  }

  get used(): number {
    return this.#count - this.#free;
  }

  /** Resolves with the function that gives the place back, or with nothing once the signal is aborted. */
  reserve(signal: AbortSignal): Promise<(() => void) | undefined> {
    if (signal.aborted) return Promise.resolve(undefined);
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve(this.#releaser());
    }
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      signal.addEventListener('abort', () => {
        const at = this.#waiting.indexOf(resolve);
        if (at !== -1) this.#waiting.splice(at, 1);
        resolve(undefined);
      });
    });
  }

  #releaser(): () => void {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next(this.#releaser());
    };
  }
}
