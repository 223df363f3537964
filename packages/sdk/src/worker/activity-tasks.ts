/** Runs activities: one task in, one answer out. Retrying is the server's business. */
import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import type { WorkflowServiceClient } from '@tidemark/protocol/services';
import { fromDuration, fromTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { ActivityContext, ActivityInfo, CancellationCause } from '../activity/context.ts';
import { CompleteAsyncSignal, cancellationOf, runInActivity } from '../activity/context.ts';
import { ApplicationFailure, isCancellation } from '../common/failures.ts';
import type { Logger } from '../common/logger.ts';
import { toFailure } from '../converter/failure-converter.ts';
import type { PayloadConverter } from '../converter/payload.ts';
import { fromPayloads, toPayloads } from '../converter/payload.ts';
import type { ActivityCall } from './activity-registry.ts';
import { answerReliably } from './answers.ts';
import { Heartbeats } from './heartbeats.ts';
import type { WorkMeter } from './work-meter.ts';

export type ActivityTask = temporal.api.workflowservice.v1.IPollActivityTaskQueueResponse;

export interface ActivityRunnerOptions {
  readonly workflow: WorkflowServiceClient;
  readonly namespace: string;
  readonly identity: string;
  readonly taskQueue: string;
  readonly converter: PayloadConverter;
  readonly logger: Logger;
  readonly table: ReadonlyMap<string, ActivityCall>;
  readonly meter: WorkMeter;
}

interface Running {
  cancel(cause: CancellationCause): void;
  readonly done: Promise<void>;
}

export class ActivityRunner {
  readonly #options: ActivityRunnerOptions;
  readonly #running = new Set<Running>();
  readonly #shutdown = new AbortController();

  constructor(options: ActivityRunnerOptions) {
    this.#options = options;
  }

  get running(): number {
    return this.#running.size;
  }

  /** Resolves when the task was answered. Never throws. */
  async run(task: ActivityTask): Promise<void> {
    const controller = new AbortController();
    const cancel = (cause: CancellationCause) => controller.abort(cancellationOf(cause));
    let finished: () => void = () => undefined;
    const running: Running = { cancel, done: new Promise((resolve) => (finished = resolve)) };
    this.#running.add(running);
    try {
      await this.#execute(task, controller.signal, cancel);
    } catch (error) {
      this.#options.logger.error('an activity task could not be answered', { error: String(error), activityId: task.activityId });
    } finally {
      this.#running.delete(running);
      finished();
    }
  }

  /** Tells activities at once that the worker stops; cancels them when the grace is over (milliseconds). */
  async stop(graceMs: number): Promise<void> {
    this.#shutdown.abort();
    const all = Promise.all([...this.#running].map(({ done }) => done));
    const timer = setTimeout(() => {
      for (const { cancel } of this.#running) cancel('workerShutdown');
    }, graceMs);
    await all;
    clearTimeout(timer);
  }

  async #execute(task: ActivityTask, signal: AbortSignal, cancel: (cause: CancellationCause) => void): Promise<void> {
    const { converter, namespace, identity } = this.#options;
    const info = this.#info(task);
    const heartbeats = new Heartbeats({
      timeoutMs: info.heartbeatTimeout,
      send: async (details) => {
        const payloads = toPayloads(converter, details);
        await this.#beat(
          { namespace, identity, taskToken: info.taskToken, ...(payloads === undefined ? {} : { details: payloads }) },
          cancel,
        );
      },
    });
    const context: ActivityContext = {
      info,
      signal,
      workerShutdownSignal: this.#shutdown.signal,
      logger: this.#options.logger,
      heartbeat: (details) => heartbeats.record(details),
    };
    const target = { namespace, identity, taskToken: info.taskToken };
    try {
      const result = await this.#call(info, task, context);
      await heartbeats.stop({ flush: false });
      const payloads = toPayloads(converter, [result]);
      await answerReliably(() =>
        this.#options.workflow.respondActivityTaskCompleted({ ...target, ...(payloads === undefined ? {} : { result: payloads }) }),
      );
    } catch (error) {
      if (error instanceof CompleteAsyncSignal) return heartbeats.stop({ flush: true });
      // A failed attempt's last details are what the next one begins from.
      await heartbeats.stop({ flush: true });
      await this.#fail(error, target, signal);
    }
  }

  async #call(info: ActivityInfo, task: ActivityTask, context: ActivityContext): Promise<unknown> {
    const fn = this.#options.table.get(info.activityType);
    if (fn === undefined) {
      const known = [...this.#options.table.keys()].join(', ');
      throw new ApplicationFailure(
        `Activity function ${info.activityType} is not registered on this Worker, available activities: ${known}`,
        { type: 'NotFoundError' },
      );
    }
    const args = fromPayloads(this.#options.converter, task.input);
    return runInActivity(context, async () => fn(...args));
  }

  async #fail(error: unknown, target: { namespace: string; identity: string; taskToken: Uint8Array }, signal: AbortSignal): Promise<void> {
    const { workflow, converter } = this.#options;
    const asked = signal.aborted && (signal.reason as Error).message === 'cancelRequested';
    if (asked && isCancellation(error)) return answerReliably(() => workflow.respondActivityTaskCanceled(target));
    this.#options.meter.onFailed();
    // Stopped with the worker: another worker should try again.
    await answerReliably(() => workflow.respondActivityTaskFailed({ ...target, failure: toFailure(converter, error) }));
  }

  async #beat(
    request: Parameters<WorkflowServiceClient['recordActivityTaskHeartbeat']>[0],
    cancel: (cause: CancellationCause) => void,
  ): Promise<void> {
    try {
      const response = await this.#options.workflow.recordActivityTaskHeartbeat(request);
      if (response.cancelRequested) cancel('cancelRequested');
      else if (response.activityReset) cancel('reset');
      else if (response.activityPaused) cancel('paused');
    } catch (error) {
      if (error instanceof RpcError && error.code === StatusCode.NOT_FOUND) cancel('notFound');
      else this.#options.logger.warn('a heartbeat failed', { error: String(error) });
    }
  }

  #info(task: ActivityTask): ActivityInfo {
    return {
      activityId: task.activityId ?? '',
      activityType: task.activityType?.name ?? '',
      attempt: task.attempt ?? 1,
      taskQueue: this.#options.taskQueue,
      taskToken: task.taskToken ?? new Uint8Array(),
      workflow: {
        workflowId: task.workflowExecution?.workflowId ?? '',
        runId: task.workflowExecution?.runId ?? '',
        type: task.workflowType?.name ?? '',
        namespace: task.workflowNamespace ?? '',
      },
      scheduledTime: new Date(fromTimestamp(task.scheduledTime) ?? 0),
      currentAttemptScheduledTime: new Date(fromTimestamp(task.currentAttemptScheduledTime) ?? 0),
      startToCloseTimeout: fromDuration(task.startToCloseTimeout) ?? 0,
      scheduleToCloseTimeout: fromDuration(task.scheduleToCloseTimeout) ?? 0,
      heartbeatTimeout: fromDuration(task.heartbeatTimeout) ?? 0,
      heartbeatDetails: fromPayloads(this.#options.converter, task.heartbeatDetails),
    };
  }
}
