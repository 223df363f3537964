/** Carries out what committed runs ask of other runs, until it is done: a failure that may pass is tried again, also after a restart. */
import type { Moved } from '../changefeed/changefeed.ts';
import type { Errand } from '../history/model/errands.ts';
import type { RunId } from '../kernel/ids.ts';
import type { Engine } from '../operations/engine.ts';
import { persevere } from '../operations/persevere.ts';
import { afterClose } from './after-close.ts';
import { reachExternal } from './reach-external.ts';
import { startChild } from './start-child.ts';

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

  private carryOut(errand: Errand): Promise<void> {
    const { logger } = this.engine;
    return persevere(() => this.attempt(errand), {
      logger,
      signal: this.stopping.signal,
      what: `${errand.kind} of run ${errand.key.runId}`,
    });
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
