/** Replays a run against the code this worker has, when the console asks for it by a reserved query. */
import type { WorkflowServiceClient } from '@tidemark/protocol/services';
import { toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { withRetries } from '../client/client-context.ts';
import type { Logger } from '../common/logger.ts';
import { toFailure } from '../converter/failure-converter.ts';
import { defaultPayloadConverter, toPayload } from '../converter/payload.ts';
import type { HistoryEvent } from '../replay/events.ts';
import { eventId } from '../replay/events.ts';
import { withinBytes } from '../replay/within-bytes.ts';
import type { WorkflowCodeHost } from './code-host.ts';
import { readPages } from './history-pages.ts';
import { replayHistory } from './replay-history.ts';

type Task = temporal.api.workflowservice.v1.IPollWorkflowTaskQueueResponse;

export const REPLAY_QUERY = '__tidemark_replay';
/** Servers refuse what is larger than two megabytes. */
const REPORT_BYTES_MAX = 1_900_000;
const ANSWERED = 1;
const FAILED = 2;

export const isReplayRequest = (task: Task): boolean => task.query?.queryType === REPLAY_QUERY;

export interface ReplayRequestsOptions {
  readonly workflow: WorkflowServiceClient;
  readonly namespace: string;
  readonly host: WorkflowCodeHost;
  readonly logger: Logger;
}

export class ReplayRequests {
  readonly #options: ReplayRequestsOptions;

  constructor(options: ReplayRequestsOptions) {
    this.#options = options;
  }

  /** Answers with the report, of a very long run with what is near the divergence. Only a history that cannot be read fails the query. */
  async answer(task: Task): Promise<void> {
    const { workflow, namespace } = this.#options;
    const target = { taskToken: task.taskToken ?? new Uint8Array(), namespace };
    try {
      const payload = await this.report(task);
      await workflow.respondQueryTaskCompleted({ ...target, completedType: ANSWERED, queryResult: { payloads: [payload] } });
    } catch (error) {
      const failure = toFailure(defaultPayloadConverter, error);
      this.#options.logger.warn('a replay request could not be answered', { error: failure.message });
      await workflow
        .respondQueryTaskCompleted({ ...target, completedType: FAILED, errorMessage: failure.message ?? '', failure })
        .catch(() => undefined);
    }
  }

  async report(task: Task) {
    const { workflow, namespace, host } = this.#options;
    const execution = { namespace, workflowId: task.workflowExecution?.workflowId ?? '', runId: task.workflowExecution?.runId ?? '' };
    const events = await this.#history(task, () => withRetries(() => readPages(workflow, execution)));
    const report = await replayHistory(host, { execution, events, source: 'server' });
    return toPayload(defaultPayloadConverter, withinBytes(report, REPORT_BYTES_MAX));
  }

  async #history(task: Task, read: () => Promise<HistoryEvent[]>): Promise<readonly HistoryEvent[]> {
    const events = task.history?.events ?? [];
    const [first] = events;
    const whole = first !== undefined && eventId(first) === 1 && (task.nextPageToken?.byteLength ?? 0) === 0;
    const reaches = toNumber(task.startedEventId) <= (events.length > 0 ? eventId(events.at(-1) as HistoryEvent) : 0);
    return whole && reaches ? events : read();
  }
}
