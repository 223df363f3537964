/** Carries out the batch jobs that run, from where they are: those just started, and after a restart those that were under way. */
import type { BatchKey } from '../persistence/ports/batch-store.ts';
import type { Engine } from '../operations/engine.ts';
import { carryOut } from './carry-out.ts';
import { pause } from '../operations/pause.ts';

const RETRY_MS = { first: 100, max: 10_000 };

interface UnderWay {
  readonly stopping: AbortController;
  readonly done: Promise<void>;
}

export class BatchRunner {
  private readonly underWay = new Map<string, UnderWay>();
  private isStopped = false;

  constructor(private readonly engine: Engine) {}

  /** Takes up what was under way when the last process ended, and from now on what is started. */
  async begin(): Promise<this> {
    this.engine.batchNotices.subscribe(this.onNotice);
    for (const key of await this.engine.store.batches.listRunning()) this.take(key);
    return this;
  }

  /** Lets what is being done to a run end. The jobs stay running, for the next start. */
  async stop(): Promise<void> {
    this.isStopped = true;
    const all = [...this.underWay.values()];
    for (const { stopping } of all) stopping.abort();
    await Promise.all(all.map(({ done }) => done));
  }

  private readonly onNotice = (key: BatchKey): void => {
    const known = this.underWay.get(nameOf(key));
    if (known === undefined) this.take(key);
    else known.stopping.abort();
  };

  private take(key: BatchKey): void {
    if (this.isStopped) return;
    const stopping = new AbortController();
    const done = this.run(key, stopping.signal).finally(() => this.underWay.delete(nameOf(key)));
    this.underWay.set(nameOf(key), { stopping, done });
  }

  private async run(key: BatchKey, signal: AbortSignal): Promise<void> {
    for (let wait = RETRY_MS.first; !signal.aborted; wait = Math.min(wait * 2, RETRY_MS.max)) {
      try {
        return await carryOut({ engine: this.engine, key, signal });
      } catch (error) {
        this.engine.logger.warn('a batch job is taken up again', { jobId: key.jobId, error: String(error) });
        await pause(wait, signal);
      }
    }
  }
}

const nameOf = ({ namespaceId, jobId }: BatchKey): string => `${namespaceId}/${jobId}`;
