const DEFAULT_INTERVAL_MS = 30_000;
const INTERVAL_MAX_MS = 60_000;

export interface HeartbeatsOptions {
  /** The activity's heartbeat timeout; 0 for none. */
  readonly timeoutMs: number;
  readonly send: (details: readonly unknown[]) => Promise<void>;
}

/** Sends the first beat at once and then only the newest of each interval: an activity may beat in a loop. */
export class Heartbeats {
  readonly #intervalMs: number;
  readonly #send: HeartbeatsOptions['send'];
  #waiting: readonly unknown[] | undefined;
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: HeartbeatsOptions) {
    this.#intervalMs = Math.min(INTERVAL_MAX_MS, options.timeoutMs > 0 ? options.timeoutMs * 0.8 : DEFAULT_INTERVAL_MS);
    this.#send = options.send;
  }

  record(details: readonly unknown[]): void {
    if (this.#stopped) return;
    this.#waiting = details;
    if (this.#timer === undefined) this.#next();
  }

  /** Waits for what is under way, and sends what still waits if asked to. */
  async stop({ flush }: { readonly flush: boolean }): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#sending;
    if (flush && this.#waiting !== undefined) await this.#send(this.#waiting);
  }

  #next(): void {
    const details = this.#waiting;
    this.#waiting = undefined;
    this.#timer = undefined;
    if (details === undefined || this.#stopped) return;
    this.#sending = this.#send(details);
    this.#timer = setTimeout(() => this.#next(), this.#intervalMs);
  }
}
