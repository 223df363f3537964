/** Takes away what nobody keeps any more: closed runs and batch jobs whose retention is over, everything of namespaces that were deleted, old entries of the audit. */
import { api } from '@tidemark/protocol/api';
import { EngineError } from '../kernel/engine-error.ts';
import type { RunKey } from '../kernel/ids.ts';
import { deleteRun } from '../operations/delete-workflow.ts';
import type { Engine } from '../operations/engine.ts';
import type { NamespaceRecord } from '../persistence/ports/namespace-store.ts';

const { NamespaceState } = api.enums.v1;
const PAUSE_MS = 60_000;
const PAGE = 100;
const AUDIT_KEPT_MS = 90 * 24 * 60 * 60_000;

export class Sweeper {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private isStopped = false;
  private isAskedAgain = false;

  constructor(private readonly engine: Engine) {}

  /** Sweeps now and then, and soon after it was asked to. */
  readonly wake = (): void => {
    if (this.isStopped) return;
    clearTimeout(this.timer);
    if (this.running !== undefined) {
      this.isAskedAgain = true;
      return;
    }
    this.running = this.sweep().finally(() => {
      this.running = undefined;
      const soon = this.isAskedAgain;
      this.isAskedAgain = false;
      if (soon) this.wake();
      else this.rest();
    });
  };

  rest(): void {
    if (!this.isStopped) this.timer = setTimeout(this.wake, PAUSE_MS).unref();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async sweep(): Promise<void> {
    const { store, logger, clock } = this.engine;
    try {
      await store.audit.deleteBefore(clock.now() - AUDIT_KEPT_MS);
      for (let after: string | undefined; ; ) {
        const page = await store.namespaces.list({ sizeMax: PAGE, ...(after === undefined ? {} : { after }) });
        for (const namespace of page) await this.sweepNamespace(namespace);
        after = page.at(-1)?.name;
        if (page.length < PAGE) return;
      }
    } catch (error) {
      logger.error('runs whose time is over could not be taken away; it is tried again', { error: String(error) });
    }
  }

  private async sweepNamespace(namespace: NamespaceRecord): Promise<void> {
    const { store, clock } = this.engine;
    const closedBefore = clock.now() - namespace.retention;
    await store.batches.deleteClosedBefore(namespace.id, closedBefore);
    if (namespace.state === NamespaceState.NAMESPACE_STATE_DELETED) return await this.empty(namespace);
    for (;;) {
      const keys = await store.runs.findClosedBefore(namespace.id, closedBefore, PAGE);
      await this.deleteAll(keys);
      if (keys.length < PAGE || this.isStopped) return;
    }
  }

  /** Its schedules first, so that nothing new comes while its runs go. */
  private async empty({ id }: NamespaceRecord): Promise<void> {
    const { store, schedules, deployments } = this.engine;
    await store.views.deleteNamespace(id);
    await deployments.deleteNamespace(id);
    for (const { scheduleId } of await store.schedules.list({ namespaceId: id, sizeMax: PAGE * PAGE })) {
      await schedules.delete({ namespaceId: id, scheduleId });
    }
    for (;;) {
      const { records } = await store.visibility.list({ namespaceId: id, sizeMax: PAGE });
      await this.deleteAll(records.map(({ key }) => key));
      if (records.length < PAGE || this.isStopped) return;
    }
  }

  private async deleteAll(keys: readonly RunKey[]): Promise<void> {
    for (const key of keys) {
      try {
        await deleteRun(this.engine, key);
      } catch (error) {
        // Somebody else has taken it away meanwhile.
        if (!(error instanceof EngineError && error.code === 'not-found')) throw error;
      }
    }
  }
}
