/** Works on workflow tasks: finds or rebuilds the run, lets its code go on, and answers. */
import { api } from '@tidemark/protocol/api';
import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import type { WorkflowServiceClient } from '@tidemark/protocol/services';
import { toDuration, toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { withRetries } from '../client/client-context.ts';
import type { Logger } from '../common/logger.ts';
import { toFailure } from '../converter/failure-converter.ts';
import { defaultPayloadConverter } from '../converter/payload.ts';
import type { HistoryEvent } from '../replay/events.ts';
import { eventId } from '../replay/events.ts';
import { NondeterminismError } from '../replay/nondeterminism.ts';
import type { FeedResult } from '../replay/run-replay.ts';
import type { Job } from '../workflow/commands.ts';
import type { WorkflowCodeHost } from './code-host.ts';
import { readPages } from './history-pages.ts';
import { answerQuery } from './queries.ts';
import type { ReplayRequests } from './replay-requests.ts';
import { isReplayRequest } from './replay-requests.ts';
import type { CachedRun, RunCache } from './run-cache.ts';
import { SDK_NAME, SDK_VERSION } from './sdk-version.ts';
import { nondeterminismFailure } from './task-failures.ts';
import type { UpdateRequest, WireOutput } from './wire-commands.ts';
import { CommandWriter } from './wire-commands.ts';
import type { WorkMeter } from './work-meter.ts';

export type WorkflowTask = temporal.api.workflowservice.v1.IPollWorkflowTaskQueueResponse;
type QueryResult = temporal.api.query.v1.IWorkflowQueryResult;
const { WorkflowTaskFailedCause, QueryResultType } = api.enums.v1;

export interface WorkflowTaskOptions {
  readonly workflow: WorkflowServiceClient;
  readonly namespace: string;
  readonly identity: string;
  readonly taskQueue: string;
  readonly logger: Logger;
  readonly host: WorkflowCodeHost;
  readonly cache: RunCache;
  readonly replays: ReplayRequests;
  readonly meter: WorkMeter;
  /** The queue only this worker polls, for runs it holds in memory. */
  readonly stickyQueue: string | undefined;
  readonly stickyScheduleToStartMs: number;
}

const STICKY_KIND = 2;

export class WorkflowTaskRunner {
  readonly #options: WorkflowTaskOptions;

  constructor(options: WorkflowTaskOptions) {
    this.#options = options;
  }

  /** Resolves when the task, and those that came with its answer, are answered. Never throws. */
  async run(task: WorkflowTask): Promise<void> {
    let current: WorkflowTask | undefined = task;
    while (current !== undefined) {
      const runId: string = current.workflowExecution?.runId ?? '';
      const working: WorkflowTask = current;
      try {
        current = await this.#options.cache.exclusively(runId, () => this.#work(working));
      } catch (error) {
        this.#options.cache.evict(runId);
        this.#options.logger.error('a workflow task could not be answered', {
          workflowId: working.workflowExecution?.workflowId,
          error: String(error),
        });
        return;
      }
    }
  }

  async #work(task: WorkflowTask): Promise<WorkflowTask | undefined> {
    if (isReplayRequest(task)) {
      await this.#options.replays.answer(task);
      return undefined;
    }
    const runId = task.workflowExecution?.runId ?? '';
    let run: CachedRun | undefined;
    let result: FeedResult;
    const updates = updateRequests(task);
    try {
      run = await this.#runFor(task);
      result = run.replay.feed({
        events: await this.#events(task),
        live: task.query === null || task.query === undefined,
        updates: [...updates].map(updateJob),
      });
      await this.#options.host.settle();
    } catch (error) {
      this.#options.cache.evict(runId);
      if (task.query) await this.#failQuery(task, error);
      else await this.#failTask(task, run, error);
      return undefined;
    }
    const problem = result.problem ?? this.#options.host.rejectionOf(run);
    if (problem !== undefined) {
      this.#options.cache.evict(runId);
      this.#options.logger.warn('a workflow task failed', {
        workflowId: task.workflowExecution?.workflowId,
        type: problem.type,
        message: problem.message,
      });
      if (task.query) await this.#failQuery(task, new Error(problem.message));
      else
        await this.#respondFailed(
          task,
          problem.failure,
          WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE,
        );
      return undefined;
    }
    if (task.query) {
      await this.#answerLegacyQuery(task, run);
      return undefined;
    }
    return this.#complete(task, run, { result, updates });
  }

  async #runFor(task: WorkflowTask): Promise<CachedRun> {
    const { cache, host, namespace } = this.#options;
    const execution = { namespace, workflowId: task.workflowExecution?.workflowId ?? '', runId: task.workflowExecution?.runId ?? '' };
    const first = task.history?.events?.[0];
    const firstId = first === undefined ? 0 : eventId(first);
    const cached = cache.get(execution.runId);
    // A history that begins at the beginning is told anew from there.
    if (firstId !== 1) this.#options.cache[cached === undefined ? 'misses' : 'hits'] += 1;
    if (cached !== undefined && firstId !== 1) return cached;
    if (cached !== undefined) cache.evict(execution.runId);
    const run = host.create(execution);
    if (firstId !== 1) {
      const events = await withRetries(() => readPages(this.#options.workflow, execution));
      const until = toNumber(task.startedEventId) || Number.POSITIVE_INFINITY;
      run.backlog = events.filter((event) => eventId(event) <= until);
    }
    cache.set(execution.runId, run);
    return run;
  }

  async #events(task: WorkflowTask): Promise<readonly HistoryEvent[]> {
    const run = this.#options.cache.get(task.workflowExecution?.runId ?? '');
    const backlog = run?.backlog;
    if (run !== undefined && backlog !== undefined) {
      run.backlog = undefined;
      return backlog;
    }
    const events = task.history?.events ?? [];
    const token = task.nextPageToken ?? new Uint8Array();
    if (token.byteLength === 0) return events;
    const { namespace } = this.#options;
    const of = { namespace, workflowId: task.workflowExecution?.workflowId ?? '', runId: task.workflowExecution?.runId ?? '' };
    const until = toNumber(task.startedEventId) || Number.POSITIVE_INFINITY;
    const rest = await withRetries(() => readPages(this.#options.workflow, of, token));
    return [...events, ...rest.filter((event) => eventId(event) <= until)];
  }

  async #complete(
    task: WorkflowTask,
    run: CachedRun,
    done: { result: FeedResult; updates: ReadonlyMap<string, UpdateRequest> },
  ): Promise<WorkflowTask | undefined> {
    const { workflow, namespace, identity, stickyQueue, taskQueue } = this.#options;
    for (const [id, update] of done.updates) run.updates.set(id, update);
    const runId = task.workflowExecution?.runId ?? '';
    const writer = new CommandWriter({
      namespace,
      taskQueue,
      scheduledEventId: (seq) => run.replay.scheduledEventId(seq),
      updates: run.updates,
    });
    const output: WireOutput = writer.write(done.result.commands, done.result.rejections);
    const queryResults = this.#answerQueries(task, run);
    const ended = done.result.commands.some(
      ({ kind }) => kind === 'complete' || kind === 'fail' || kind === 'cancel' || kind === 'continueAsNew',
    );
    try {
      const response = await workflow.respondWorkflowTaskCompleted({
        taskToken: task.taskToken ?? new Uint8Array(),
        namespace,
        identity,
        commands: output.commands,
        messages: output.messages,
        queryResults,
        sdkMetadata: { sdkName: SDK_NAME, sdkVersion: SDK_VERSION },
        returnNewWorkflowTask: stickyQueue !== undefined,
        ...(stickyQueue === undefined || ended
          ? {}
          : {
              stickyAttributes: {
                workerTaskQueue: { name: stickyQueue, kind: STICKY_KIND, normalName: taskQueue },
                scheduleToStartTimeout: toDuration(this.#options.stickyScheduleToStartMs),
              },
            }),
      });
      if (ended) this.#options.cache.evict(runId);
      const next = response.workflowTask;
      return next && (next.taskToken?.byteLength ?? 0) > 0 ? next : undefined;
    } catch (error) {
      // Nothing was recorded, but the code has moved on: the next task rebuilds it from history.
      this.#options.cache.evict(runId);
      if (!(error instanceof RpcError)) throw error;
      const expected = error.code === StatusCode.NOT_FOUND || error.message.startsWith('UnhandledCommand');
      if (!expected) this.#options.logger.warn('the server refused the answer to a workflow task', { error: error.message });
      return undefined;
    }
  }

  #answerQueries(task: WorkflowTask, run: CachedRun): Record<string, QueryResult> {
    const answers: Record<string, QueryResult> = {};
    for (const [id, query] of Object.entries(task.queries ?? {})) {
      const outcome = answerQuery(run, query, this.#options.host);
      answers[id] =
        'result' in outcome
          ? { resultType: QueryResultType.QUERY_RESULT_TYPE_ANSWERED, answer: { payloads: [outcome.result] } }
          : { resultType: QueryResultType.QUERY_RESULT_TYPE_FAILED, errorMessage: outcome.failure.message ?? '', failure: outcome.failure };
    }
    return answers;
  }

  async #answerLegacyQuery(task: WorkflowTask, run: CachedRun): Promise<void> {
    const outcome = answerQuery(run, task.query ?? {}, this.#options.host);
    await this.#respondQuery(
      task,
      'result' in outcome
        ? { completedType: QueryResultType.QUERY_RESULT_TYPE_ANSWERED, queryResult: { payloads: [outcome.result] } }
        : {
            completedType: QueryResultType.QUERY_RESULT_TYPE_FAILED,
            errorMessage: outcome.failure.message ?? '',
            failure: outcome.failure,
          },
    );
  }

  async #failQuery(task: WorkflowTask, error: unknown): Promise<void> {
    const failure = toFailure(defaultPayloadConverter, error);
    await this.#respondQuery(task, {
      completedType: QueryResultType.QUERY_RESULT_TYPE_FAILED,
      errorMessage: failure.message ?? '',
      failure,
    });
  }

  async #respondQuery(task: WorkflowTask, answer: temporal.api.workflowservice.v1.IRespondQueryTaskCompletedRequest): Promise<void> {
    const { workflow, namespace } = this.#options;
    try {
      await workflow.respondQueryTaskCompleted({ ...answer, taskToken: task.taskToken ?? new Uint8Array(), namespace });
    } catch (error) {
      this.#options.logger.debug('nobody waits for the answer to a query any more', { error: String(error) });
    }
  }

  async #failTask(task: WorkflowTask, run: CachedRun | undefined, error: unknown): Promise<void> {
    this.#options.logger.error('a workflow task failed', { workflowId: task.workflowExecution?.workflowId, error: String(error) });
    if (error instanceof NondeterminismError && run !== undefined) {
      const failure = nondeterminismFailure(run.replay, error, this.#options.host);
      this.#options.logger.error(failure.message ?? '', { workflowId: task.workflowExecution?.workflowId });
      return this.#respondFailed(task, failure, WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR);
    }
    await this.#respondFailed(
      task,
      toFailure(defaultPayloadConverter, error),
      WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE,
    );
  }

  /** A later attempt is left to run out: the server repeats a failed task at once, and only a silent one after a growing pause. */
  async #respondFailed(task: WorkflowTask, failure: temporal.api.failure.v1.IFailure, cause: number): Promise<void> {
    this.#options.meter.onFailed();
    if ((task.attempt ?? 1) > 1) return;
    const { workflow, namespace, identity } = this.#options;
    try {
      await workflow.respondWorkflowTaskFailed({ taskToken: task.taskToken ?? new Uint8Array(), namespace, identity, cause, failure });
    } catch (error) {
      if (!(error instanceof RpcError && error.code === StatusCode.NOT_FOUND)) throw error;
    }
  }
}

const decoder = api.update.v1.Request;

function updateRequests(task: WorkflowTask): Map<string, UpdateRequest> {
  const requests = new Map<string, UpdateRequest>();
  for (const message of task.messages ?? []) {
    if (!(message.body?.type_url ?? '').endsWith('.Request')) continue;
    requests.set(message.protocolInstanceId ?? '', {
      messageId: message.id ?? '',
      sequencingEventId: toNumber(message.eventId),
      request: decoder.decode(message.body?.value ?? new Uint8Array()),
    });
  }
  return requests;
}

function updateJob([protocolInstanceId, { request }]: readonly [string, UpdateRequest]): Extract<Job, { kind: 'update' }> {
  return {
    kind: 'update',
    id: request.meta?.updateId ?? '',
    protocolInstanceId,
    name: request.input?.name ?? '',
    input: request.input?.args ?? undefined,
    validate: true,
  };
}
