import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import type { WorkflowServiceClient } from '@tidemark/protocol/services';
import { Client } from '../client/client.ts';
import type { Duration } from '../common/duration.ts';
import { toMilliseconds } from '../common/duration.ts';
import { DefinitionError } from '../common/errors.ts';
import type { Logger } from '../common/logger.ts';
import { consoleLogger } from '../common/logger.ts';
import type { Constructor } from '../common/types.ts';
import { defaultPayloadConverter } from '../converter/payload.ts';
import type { Activities, ActivityCall } from './activity-registry.ts';
import { activityTable, activityTypesOf } from './activity-registry.ts';
import { ActivityRunner } from './activity-tasks.ts';
import type { WorkflowBundle } from './bundler.ts';
import { WorkflowCodeHost } from './code-host.ts';
import { pollLoop } from './poller.ts';
import { ReplayRequests } from './replay-requests.ts';
import { RunCache } from './run-cache.ts';
import type { WorkMeter } from './work-meter.ts';
import { WorkerReport, WorkerStatus } from './worker-report.ts';
import { toBundle } from './workflow-sources.ts';
import { WorkflowTaskRunner } from './workflow-tasks.ts';

export interface WorkerOptions {
  readonly taskQueue: string;
  /** Connected to 127.0.0.1:7233 unless given. */
  readonly client?: Client;
  readonly identity?: string;
  /** Classes, the path or URL of the file that exports them, or a bundle made before. */
  readonly workflows?: readonly Constructor[] | string | URL | WorkflowBundle;
  /** Functions, instances of activity classes, or a record of functions. */
  readonly activities?: Activities;
  readonly maxCachedWorkflows?: number;
  readonly maxConcurrentWorkflowTasks?: number;
  readonly maxConcurrentActivities?: number;
  /** How long the server waits for this worker before it gives a cached run's task to any worker; 10 s by default. */
  readonly stickyScheduleToStartTimeout?: Duration;
  /** How long workflow code may run without waiting; 2 s by default. */
  readonly deadlockTimeout?: Duration;
  /** How long activities may go on after a shutdown began, before they are cancelled; none by default. */
  readonly gracefulShutdownTimeout?: Duration;
  readonly logger?: Logger;
}

export type WorkerState = 'INITIALIZED' | 'RUNNING' | 'STOPPING' | 'STOPPED' | 'FAILED';

const defaults = {
  cached: 1000,
  workflowTasks: 40,
  activities: 100,
  stickyMs: 10_000,
  deadlockMs: 2000,
  workflowPollers: 2,
  stickyPollers: 3,
  activityPollers: 5,
};
const HEARTBEAT_INTERVAL_MS = 60_000;
const SHUTDOWN_DEADLINE_MS = 5000;
const { TaskQueueKind, TaskQueueType } = api.enums.v1;

export class Worker {
  readonly #options: WorkerOptions;
  readonly #logger: Logger;
  readonly #table: ReadonlyMap<string, ActivityCall>;
  readonly #stopPolling = new AbortController();
  readonly #instanceKey = randomUUID();
  readonly #cache: RunCache;
  readonly #report: WorkerReport;
  #state: WorkerState = 'INITIALIZED';
  #running: Promise<void> | undefined;

  /** Throws `DefinitionError` for options that cannot work. */
  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#logger = options.logger ?? consoleLogger();
    this.#table = activityTable(options.activities ?? []);
    this.#cache = new RunCache(options.maxCachedWorkflows ?? defaults.cached);
    this.#report = new WorkerReport({
      instanceKey: this.#instanceKey,
      taskQueue: options.taskQueue,
      workflowTasksMax: options.maxConcurrentWorkflowTasks ?? defaults.workflowTasks,
      activitiesMax: options.maxConcurrentActivities ?? defaults.activities,
      cache: this.#cache,
    });
    if (options.workflows === undefined && this.#table.size === 0) throw new DefinitionError('a worker needs workflows or activities');
  }

  get state(): WorkerState {
    return this.#state;
  }

  /** Constructs a worker and begins polling; made for `await using`. */
  static async start(options: WorkerOptions): Promise<Worker> {
    const worker = new Worker(options);
    await worker.#begin();
    return worker;
  }

  /** Works until `shutdown`, the signal, or SIGINT and SIGTERM. Throws when it cannot go on. */
  async run(options: { readonly signal?: AbortSignal; readonly handleProcessSignals?: boolean } = {}): Promise<void> {
    const stop = () => this.#stopPolling.abort();
    options.signal?.addEventListener('abort', stop, { once: true });
    const signals = options.handleProcessSignals === false ? [] : (['SIGINT', 'SIGTERM'] as const);
    for (const signal of signals) process.once(signal, stop);
    try {
      await this.#begin();
      await this.#running;
    } finally {
      for (const signal of signals) process.off(signal, stop);
    }
  }

  /** Works for as long as the given work takes. */
  async runUntil<Result>(work: Promise<Result> | (() => Promise<Result>)): Promise<Result> {
    await this.#begin();
    const running = this.#running ?? Promise.resolve();
    const result = typeof work === 'function' ? work() : work;
    try {
      // A worker that fails must not leave the caller waiting for ever.
      await Promise.race([result, running.then(() => result)]);
      return await result;
    } finally {
      await this.shutdown();
    }
  }

  /** Stops polling, finishes what is under way, tells the server. */
  async shutdown(): Promise<void> {
    this.#stopPolling.abort();
    await this.#running;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.shutdown();
  }

  async #begin(): Promise<void> {
    if (this.#running !== undefined) return;
    const parts = await this.#prepare();
    this.#state = 'RUNNING';
    this.#running = this.#work(parts).then(
      () => {
        this.#state = 'STOPPED';
      },
      (error: unknown) => {
        this.#state = 'FAILED';
        throw error;
      },
    );
    // Whoever waits for the end sees the error; until then it must not count as unhandled.
    this.#running.catch(() => undefined);
  }

  async #prepare(): Promise<Parts> {
    const { workflows } = this.#options;
    const ownClient = this.#options.client === undefined;
    const client = this.#options.client ?? (await Client.connect());
    const heartbeats = await describeNamespace(client);
    const bundle = workflows === undefined ? undefined : await toBundle(workflows);
    const deadlock = this.#options.deadlockTimeout;
    const host =
      bundle &&
      new WorkflowCodeHost({
        bundle,
        activityTypes: await activityTypesOf(bundle.activityFiles),
        deadlockTimeoutMs: deadlock === undefined ? defaults.deadlockMs : toMilliseconds(deadlock),
        logger: this.#logger,
      });
    return { client, ownClient, heartbeats, host, identity: this.#options.identity ?? client.identity };
  }

  async #work(parts: Parts): Promise<void> {
    const { client, host, identity } = parts;
    const { taskQueue } = this.#options;
    const cached = this.#options.maxCachedWorkflows ?? defaults.cached;
    const stickyQueue = cached > 0 ? `${identity}-${this.#instanceKey}` : undefined;
    const tasks = new Set<Promise<void>>();
    const tracked =
      <Task>(handle: (task: Task) => Promise<void>, meter: WorkMeter) =>
      (task: Task) => {
        const promise = handle(task).finally(() => {
          meter.onDone();
          tasks.delete(promise);
        });
        tasks.add(promise);
        return promise;
      };
    const activities = new ActivityRunner({
      workflow: client.rpc.workflow,
      namespace: client.namespace,
      identity,
      taskQueue,
      converter: defaultPayloadConverter,
      logger: this.#logger,
      table: this.#table,
      meter: this.#report.activities,
    });
    const loops: Promise<void>[] = [];
    if (host !== undefined) loops.push(...this.#pollWorkflows(parts, host, { stickyQueue, tracked }));
    if (this.#table.size > 0)
      loops.push(
        ...this.#pollActivities(
          parts,
          tracked((task) => activities.run(task), this.#report.activities),
        ),
      );
    const beat = parts.heartbeats ? this.#startHeartbeats(parts) : undefined;
    this.#logger.info('worker started', {
      taskQueue,
      workflows: host === undefined ? [] : [...host.sandbox.types.keys()],
      activities: [...this.#table.keys()],
    });
    try {
      await Promise.all(loops);
    } finally {
      this.#state = 'STOPPING';
      this.#stopPolling.abort();
      await this.#announceShutdown(parts, stickyQueue);
      await Promise.allSettled(loops);
      const grace = this.#options.gracefulShutdownTimeout;
      await activities.stop(grace === undefined ? 0 : toMilliseconds(grace));
      await Promise.allSettled(tasks);
      clearInterval(beat);
      host?.close();
      if (parts.ownClient) await client.close();
      this.#logger.info('worker stopped', { taskQueue });
    }
  }

  #pollWorkflows(parts: Parts, host: WorkflowCodeHost, { stickyQueue, tracked }: WorkflowPolling): Promise<void>[] {
    const { client, identity } = parts;
    const { namespace } = client;
    const { taskQueue, stickyScheduleToStartTimeout } = this.#options;
    const { workflow } = client.rpc;
    const runner = new WorkflowTaskRunner({
      workflow,
      namespace,
      identity,
      taskQueue,
      logger: this.#logger,
      host,
      cache: this.#cache,
      meter: this.#report.workflowTasks,
      replays: new ReplayRequests({ workflow, namespace, host, logger: this.#logger }),
      stickyQueue,
      stickyScheduleToStartMs:
        stickyScheduleToStartTimeout === undefined ? defaults.stickyMs : toMilliseconds(stickyScheduleToStartTimeout),
    });
    const { workflowTasks, polls } = this.#report;
    const queues = [
      ...Array.from({ length: defaults.workflowPollers }, () => ({ name: taskQueue, kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL })),
      ...(stickyQueue === undefined
        ? []
        : Array.from({ length: defaults.stickyPollers }, () => ({
            name: stickyQueue,
            kind: TaskQueueKind.TASK_QUEUE_KIND_STICKY,
            normalName: taskQueue,
          }))),
    ];
    return queues.map((queue) =>
      pollLoop({
        name: `workflow tasks of ${queue.name}`,
        logger: this.#logger,
        signal: this.#stopPolling.signal,
        reserve: (signal) => workflowTasks.slots.reserve(signal),
        meter: queue.kind === TaskQueueKind.TASK_QUEUE_KIND_STICKY ? polls.sticky : polls.workflow,
        poll: (call) =>
          workflow.pollWorkflowTaskQueue(
            { namespace, taskQueue: queue, identity, workerInstanceKey: this.#instanceKey, binaryChecksum: host.bundle.hash },
            call,
          ),
        isTask: (task) => (task.taskToken?.byteLength ?? 0) > 0,
        handle: tracked((task) => runner.run(task), workflowTasks),
      }),
    );
  }

  #pollActivities(
    parts: Parts,
    handle: (task: Awaited<ReturnType<WorkflowServiceClient['pollActivityTaskQueue']>>) => Promise<void>,
  ): Promise<void>[] {
    const { client, identity } = parts;
    const { namespace } = client;
    const { taskQueue } = this.#options;
    const { activities, polls } = this.#report;
    return Array.from({ length: defaults.activityPollers }, () =>
      pollLoop({
        name: `activities of ${taskQueue}`,
        logger: this.#logger,
        signal: this.#stopPolling.signal,
        reserve: (signal) => activities.slots.reserve(signal),
        meter: polls.activity,
        poll: (call) =>
          client.rpc.workflow.pollActivityTaskQueue(
            {
              namespace,
              taskQueue: { name: taskQueue, kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL },
              identity,
              workerInstanceKey: this.#instanceKey,
            },
            call,
          ),
        isTask: (task) => (task.taskToken?.byteLength ?? 0) > 0,
        handle,
      }),
    );
  }

  #startHeartbeats(parts: Parts): NodeJS.Timeout {
    const beat = () => {
      const request = {
        namespace: parts.client.namespace,
        identity: parts.identity,
        workerHeartbeat: [this.#heartbeat(parts, WorkerStatus.WORKER_STATUS_RUNNING)],
      };
      parts.client.rpc.workflow.recordWorkerHeartbeat(request).catch((error: unknown) => {
        this.#logger.debug('a worker heartbeat failed', { error: String(error) });
      });
    };
    beat();
    return setInterval(beat, HEARTBEAT_INTERVAL_MS);
  }

  #heartbeat({ identity, host }: Parts, status: number) {
    return this.#report.heartbeat(identity, status, { workflows: host !== undefined, activities: this.#table.size > 0 });
  }

  async #announceShutdown(parts: Parts, stickyQueue: string | undefined): Promise<void> {
    const { client, identity } = parts;
    const request = {
      namespace: client.namespace,
      identity,
      stickyTaskQueue: stickyQueue ?? '',
      reason: 'graceful shutdown',
      workerInstanceKey: this.#instanceKey,
      taskQueue: this.#options.taskQueue,
      taskQueueTypes: [TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY],
      ...(parts.heartbeats ? { workerHeartbeat: this.#heartbeat(parts, WorkerStatus.WORKER_STATUS_SHUTTING_DOWN) } : {}),
    };
    try {
      await client.rpc.workflow.shutdownWorker(request, { deadline: Date.now() + SHUTDOWN_DEADLINE_MS });
    } catch (error) {
      if (!(error instanceof RpcError && error.code === StatusCode.UNIMPLEMENTED))
        this.#logger.debug('the server could not be told of the shutdown', { error: String(error) });
    }
  }
}

interface Parts {
  readonly client: Client;
  readonly ownClient: boolean;
  readonly heartbeats: boolean;
  readonly host: WorkflowCodeHost | undefined;
  readonly identity: string;
}

interface WorkflowPolling {
  readonly stickyQueue: string | undefined;
  readonly tracked: <Task>(handle: (task: Task) => Promise<void>, meter: WorkMeter) => (task: Task) => Promise<void>;
}

/** Whether the namespace wants worker heartbeats. Throws when there is no such namespace. */
async function describeNamespace(client: Client): Promise<boolean> {
  try {
    const response = await client.rpc.workflow.describeNamespace({ namespace: client.namespace });
    return response.namespaceInfo?.capabilities?.workerHeartbeats ?? false;
  } catch (error) {
    if (error instanceof RpcError && error.code === StatusCode.UNIMPLEMENTED) return false;
    throw error;
  }
}
