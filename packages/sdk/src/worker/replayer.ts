import type { Logger } from '../common/logger.ts';
import { consoleLogger } from '../common/logger.ts';
import type { HistoryEvent } from '../replay/events.ts';
import type { ReplayReport } from '../replay/report-types.ts';
import { activityTypesOf } from './activity-registry.ts';
import { WorkflowCodeHost } from './code-host.ts';
import { replayHistory } from './replay-history.ts';
import type { WorkflowSources } from './workflow-sources.ts';
import { toBundle } from './workflow-sources.ts';

export interface ReplayerOptions {
  readonly workflows: WorkflowSources;
  readonly namespace?: string;
  readonly logger?: Logger;
}

export interface RecordedHistory {
  readonly workflowId?: string;
  readonly runId?: string | undefined;
  readonly events: readonly HistoryEvent[];
}

const DEADLOCK_MS = 2000;

/** Replays recorded histories against today's code. */
export class Replayer {
  readonly #options: ReplayerOptions;
  #host: Promise<WorkflowCodeHost> | undefined;

  constructor(options: ReplayerOptions) {
    this.#options = options;
  }

  async replay(history: RecordedHistory): Promise<ReplayReport> {
    this.#host ??= this.#open();
    const host = await this.#host;
    const runId = history.runId ?? history.events[0]?.workflowExecutionStartedEventAttributes?.originalExecutionRunId ?? '';
    const execution = { namespace: this.#options.namespace ?? 'default', workflowId: history.workflowId ?? 'replayed', runId };
    return replayHistory(host, { execution, events: history.events, source: 'file' });
  }

  async *replayAll(histories: AsyncIterable<RecordedHistory> | Iterable<RecordedHistory>): AsyncGenerator<ReplayReport> {
    for await (const history of histories) yield await this.replay(history);
  }

  async #open(): Promise<WorkflowCodeHost> {
    const bundle = await toBundle(this.#options.workflows);
    const activityTypes = await activityTypesOf(bundle.activityFiles);
    return new WorkflowCodeHost({ bundle, activityTypes, deadlockTimeoutMs: DEADLOCK_MS, logger: this.#options.logger ?? consoleLogger() });
  }

  async close(): Promise<void> {
    (await this.#host)?.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
