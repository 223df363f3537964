/** Carries out what committed runs ask of other runs, until it is done: a failure that may pass is tried again, also after a restart. */
import type { Moved } from '../changefeed/changefeed.ts';
import type { Errand } from '../history/model/errands.ts';
import { EngineError } from '../kernel/engine-error.ts';
import type { RunId } from '../kernel/ids.ts';
import type { Engine } from '../operations/engine.ts';
import { afterClose } from './after-close.ts';
import { reachExternal } from './reach-external.ts';
import { startChild } from './start-child.ts';

const RETRY_MS = { first: 100, max: 10_000 };

export class ErrandMover {
  /** What is under way for each run. */
  private readonly underWay = new Map<RunId, Set<Promise<void>>>();
  private readonly stopping = new AbortController();

  constructor(private readonly engine: Engine) {}

  readonly onMoved = ({ errands }: Moved): void => {
    for (const errand of errands) this.take(errand);
  };

  take(errand: Errand): void {
    const { runId } = errand.key;
    const others = this.underWay.get(runId) ?? new Set();
    // What a close means for a child is known only once it is known whether the child was started.
    const before = errand.kind === 'afterClose' ? [...others] : [];
    const done = Promise.all(before).then(() => this.carryOut(errand));
    this.underWay.set(runId, others.add(done));
    void done.finally(() => {
      others.delete(done);
      if (others.size === 0) this.underWay.delete(runId);
    });
  }

  /** What is left undone is found again at the next start. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all([...this.underWay.values()].flatMap((all) => [...all]));
  }

  private async carryOut(errand: Errand): Promise<void> {
    const { logger } = this.engine;
    for (let wait = RETRY_MS.first; !this.stopping.signal.aborted; wait = Math.min(wait * 2, RETRY_MS.max)) {
      try {
        return await this.attempt(errand);
      } catch (error) {
        // The run itself is gone, and what it asked for with it.
        if (error instanceof EngineError && error.code === 'not-found') return;
        logger.warn('what a run asked of another is tried again', { errand: errand.kind, runId: errand.key.runId, error: String(error) });
        await pause(wait, this.stopping.signal);
      }
    }
  }

  private attempt(errand: Errand): Promise<void> {
    switch (errand.kind) {
      case 'startChild':
        return startChild(this.engine, errand);
      case 'reachExternal':
        return reachExternal(this.engine, errand);
      case 'afterClose':
        return afterClose(this.engine, errand.key);
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    signal.addEventListener('abort', finish, { once: true });
  });
}
