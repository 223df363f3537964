/** One reader per run: however many tabs look at it, its history is read and long-polled once. */
import { StatusCode } from '@tidemark/protocol/errors';
import type { WorkflowServiceClient } from '@tidemark/protocol/services';
import { toNumber } from '@tidemark/protocol/time';
import type { EventRow } from '../model/event-row.ts';
import { deadline, hasCode } from '../procedure.ts';
import type { HistoryEvent } from './event-row.ts';
import { toEventRow } from './event-row.ts';

export interface RunKey {
  readonly namespace: string;
  readonly workflowId: string;
  readonly runId: string;
}

const FEEDS_MAX = 24;
const PAGE = 1000;
/** Longer than the server's own long poll, so that the server ends it and not we. */
const LONG_POLL_MS = 45_000;
const RETRY_MS = { first: 500, most: 5_000 };

/** Keeps the feeds that were looked at last. One that somebody follows is never dropped. */
export class RunFeeds {
  readonly #feeds = new Map<string, RunFeed>();
  readonly #workflow: WorkflowServiceClient;

  constructor(workflow: WorkflowServiceClient) {
    this.#workflow = workflow;
  }

  of(key: RunKey): RunFeed {
    const id = JSON.stringify([key.namespace, key.workflowId, key.runId]);
    const feed = this.#feeds.get(id) ?? new RunFeed(this.#workflow, key);
    this.#feeds.delete(id);
    this.#feeds.set(id, feed);
    for (const [oldest, one] of this.#feeds) {
      if (this.#feeds.size <= FEEDS_MAX) break;
      if (!one.isFollowed && one !== feed) this.#feeds.delete(oldest);
    }
    return feed;
  }
}

export class RunFeed {
  readonly rows: EventRow[] = [];
  readonly events: HistoryEvent[] = [];
  /** The run's history has ended: no event will ever follow. */
  ended = false;
  /** Why the server does not answer at the moment, in its own words. */
  lost: string | undefined;
  #token: Uint8Array | undefined;
  #length = 0;
  /** The most rows that a call waits for. */
  #wanted = 0;
  #followers = 0;
  #loop: AbortController | undefined;
  #loading: Promise<void> | undefined;
  readonly #wake = new Set<() => void>();
  readonly #workflow: WorkflowServiceClient;
  readonly #key: RunKey;

  constructor(workflow: WorkflowServiceClient, key: RunKey) {
    this.#workflow = workflow;
    this.#key = key;
  }

  get isFollowed(): boolean {
    return this.#followers > 0;
  }

  /** What the server held when it was last asked; rows may be fewer. */
  get length(): number {
    return Math.max(this.#length, this.rows.length);
  }

  /** Reads until everything that the server holds now is here. */
  catchUp(): Promise<void> {
    return this.reach(Number.POSITIVE_INFINITY);
  }

  /** Reads until `count` rows are here, or all that the server holds now. Calls at the same time share one reading. */
  async reach(count: number): Promise<void> {
    if (this.ended || this.rows.length >= count) return;
    this.#wanted = Math.max(this.#wanted, count);
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
      this.#wanted = 0;
    });
    const enough = new AbortController();
    await Promise.race([this.#loading, this.#until(count, enough.signal)]).finally(() => enough.abort());
  }

  async #until(count: number, signal: AbortSignal): Promise<void> {
    while (this.rows.length < count && !signal.aborted) await this.changed(signal);
  }

  async #load(): Promise<void> {
    const described = await this.#workflow.describeWorkflowExecution(
      { namespace: this.#key.namespace, execution: this.#execution },
      deadline(),
    );
    this.#length = toNumber(described.workflowExecutionInfo?.historyLength);
    const isShort = () => !this.ended && this.rows.length < Math.min(this.#length, this.#wanted);
    // While somebody follows, the loop below holds the only cursor.
    while (isShort() && this.#loop === undefined) await this.#read(deadline());
    while (isShort() && this.#loop !== undefined) await this.changed(AbortSignal.timeout(2_000));
  }

  get #execution(): { workflowId: string; runId: string } {
    return { workflowId: this.#key.workflowId, runId: this.#key.runId };
  }

  async #read(options: { deadline: number; signal?: AbortSignal }): Promise<void> {
    const response = await this.#workflow.getWorkflowExecutionHistory(
      {
        namespace: this.#key.namespace,
        execution: this.#execution,
        maximumPageSize: PAGE,
        waitNewEvent: true,
        skipArchival: true,
        ...(this.#token === undefined ? {} : { nextPageToken: this.#token }),
      },
      options,
    );
    for (const event of response.history?.events ?? []) this.#append(event);
    this.#token = response.nextPageToken?.length ? response.nextPageToken : undefined;
    // A server gives no further token only when the last event of the run has been read.
    this.ended = this.#token === undefined;
    this.lost = undefined;
    this.#notify();
  }

  #append(event: HistoryEvent): void {
    // Reading from the start again, after a cursor was refused, repeats what is here already.
    if (toNumber(event.eventId) <= (this.rows.at(-1)?.id ?? 0)) return;
    this.events.push(event);
    this.rows.push(toEventRow(event));
  }

  #notify(): void {
    for (const wake of this.#wake) wake();
  }

  /** Resolves when something changed or the signal fires. The caller looks again at its own cursor: lost or merged calls do no harm. */
  changed(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        this.#wake.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#wake.add(done);
      signal.addEventListener('abort', done, { once: true });
    });
  }

  /** Starts the long poll with the first follower; the returned function ends it with the last. */
  follow(): () => void {
    this.#followers += 1;
    if (this.#loop === undefined && !this.ended) {
      this.#loop = new AbortController();
      void this.#run(this.#loop.signal);
    }
    return () => {
      this.#followers -= 1;
      if (this.#followers > 0) return;
      this.#loop?.abort();
      this.#loop = undefined;
    };
  }

  async #run(signal: AbortSignal): Promise<void> {
    let pause = RETRY_MS.first;
    await this.#loading?.catch(() => undefined);
    while (!signal.aborted && !this.ended) {
      try {
        await this.#read({ ...deadline(LONG_POLL_MS), signal });
        pause = RETRY_MS.first;
      } catch (error) {
        if (signal.aborted) return;
        if (hasCode(error, StatusCode.INVALID_ARGUMENT)) this.#token = undefined;
        if (hasCode(error, StatusCode.DEADLINE_EXCEEDED)) continue;
        this.lost = hasCode(error, StatusCode.UNAVAILABLE) ? 'The engine does not answer.' : 'The history could not be read.';
        this.#notify();
        await this.changed(AbortSignal.any([signal, AbortSignal.timeout(pause)]));
        pause = Math.min(pause * 2, RETRY_MS.most);
      }
    }
  }
}
