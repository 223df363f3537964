/** What a stream tells of a run, shown together and not more often than an eye can follow. */
import type { QueryClient } from '@tanstack/react-query';
import { notifyManager } from '@tanstack/react-query';
import { tickNow } from '../lib/page-clock.ts';
import type { RunHistory } from './load-history.ts';
import { historyKey } from './load-history.ts';
import type { RunId } from './queries.ts';
import { description } from './queries.ts';
import type { RunDescription } from './run-source.ts';
import { sourceOf } from './run-source.ts';

const SHOWN_EVERY_MS = 750;
/** The description is waited for so long, so that events do not wait for a server that is slow. */
const DESCRIPTION_MS = 400;

export interface HistoryUpdate {
  readonly rows: RunHistory['events'];
  readonly ended: boolean;
}

export class LiveUpdates {
  readonly #client: QueryClient;
  readonly #run: RunId;
  #waiting: HistoryUpdate[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #shownAt = Number.NEGATIVE_INFINITY;
  #isOver = false;

  constructor(client: QueryClient, run: RunId) {
    this.#client = client;
    this.#run = run;
  }

  add(update: HistoryUpdate): void {
    this.#waiting.push(update);
    this.#timer ??= setTimeout(() => void this.#show(), Math.max(0, this.#shownAt + SHOWN_EVERY_MS - performance.now()));
  }

  /** What waits is dropped: who listens again asks for what follows the last event that was shown. */
  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  /** Events, what is said of the run beside them and the clock change in one drawing of the page. */
  async #show(): Promise<void> {
    this.#shownAt = performance.now();
    const { queryKey } = description(this.#run);
    const isClosed = typeof this.#client.getQueryData(queryKey)?.closedAt === 'number';
    const described = isClosed ? undefined : await this.#describe();
    if (this.#isOver) return;
    const updates = this.#waiting;
    this.#waiting = [];
    this.#timer = undefined;
    notifyManager.batch(() => {
      this.#client.setQueryData<RunHistory>(historyKey(this.#run), (old) => updates.reduce(append, old));
      if (described !== undefined) this.#client.setQueryData(queryKey, described);
      notifyManager.schedule(tickNow);
    });
    if (described === undefined && !isClosed) void this.#client.invalidateQueries({ queryKey });
  }

  #describe(): Promise<RunDescription | undefined> {
    const signal = AbortSignal.timeout(DESCRIPTION_MS);
    return sourceOf(this.#run)
      .describe(this.#run, { signal })
      .catch(() => undefined);
  }
}

function append(old: RunHistory | undefined, update: HistoryUpdate): RunHistory {
  const events = old?.events ?? [];
  const last = events.at(-1)?.id ?? 0;
  const fresh = update.rows.filter((row) => row.id > last);
  const all = fresh.length === 0 ? events : [...events, ...fresh];
  return { events: all, total: all.length, ended: update.ended };
}
