import type { HistoryEvent } from '../replay/events.ts';
import type { RunReplay } from '../replay/run-replay.ts';
import type { SandboxedRun } from './sandbox.ts';
import type { UpdateRequest } from './wire-commands.ts';

export interface CachedRun {
  readonly replay: RunReplay;
  /** Made with the first event of the history. */
  code: SandboxedRun | undefined;
  readonly updates: Map<string, UpdateRequest>;
  /** The whole history, fetched because the task brought only its end. */
  backlog: readonly HistoryEvent[] | undefined;
}

/** Runs held in memory so that their tasks need no replay; the one unused for longest goes first. */
export class RunCache {
  readonly #runs = new Map<string, CachedRun>();
  readonly #busy = new Map<string, Promise<unknown>>();
  readonly #max: number;
  /** Tasks that told the end of a run which was here, and of one which was not. */
  hits = 0;
  misses = 0;

  constructor(max: number) {
    this.#max = max;
  }

  get size(): number {
    return this.#runs.size;
  }

  get(runId: string): CachedRun | undefined {
    const run = this.#runs.get(runId);
    if (run === undefined) return undefined;
    this.#runs.delete(runId);
    this.#runs.set(runId, run);
    return run;
  }

  set(runId: string, run: CachedRun): void {
    this.#runs.set(runId, run);
    for (const oldest of this.#runs.keys()) {
      if (this.#runs.size <= Math.max(1, this.#max)) return;
      if (!this.#busy.has(oldest)) this.#runs.delete(oldest);
    }
  }

  evict(runId: string): void {
    this.#runs.delete(runId);
  }

  /** One task of a run after the other: a query may arrive while its workflow task is worked on. */
  async exclusively<Result>(runId: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#busy.get(runId) ?? Promise.resolve();
    const mine = before.then(work, work);
    const settled = mine.then(
      () => undefined,
      () => undefined,
    );
    this.#busy.set(runId, settled);
    try {
      return await mine;
    } finally {
      if (this.#busy.get(runId) === settled) this.#busy.delete(runId);
    }
  }
}
