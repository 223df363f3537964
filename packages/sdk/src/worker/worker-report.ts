import { api } from '@tidemark/protocol/api';
import { toDuration, toTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { HostMeter } from './host-meter.ts';
import { PollMeter } from './poll-meter.ts';
import type { RunCache } from './run-cache.ts';
import { SDK_NAME, SDK_VERSION } from './sdk-version.ts';
import { WorkMeter } from './work-meter.ts';

type Heartbeat = temporal.api.worker.v1.IWorkerHeartbeat;

export const { WorkerStatus } = api.enums.v1;

export interface WorkerReportOptions {
  readonly instanceKey: string;
  readonly taskQueue: string;
  readonly workflowTasksMax: number;
  readonly activitiesMax: number;
  readonly cache: RunCache;
}

/** What a worker tells the server of itself with each heartbeat. */
export class WorkerReport {
  readonly workflowTasks: WorkMeter;
  readonly activities: WorkMeter;
  readonly polls = { workflow: new PollMeter(), sticky: new PollMeter(), activity: new PollMeter() };
  readonly #options: WorkerReportOptions;
  readonly #host = new HostMeter();
  readonly #startedAt = Date.now();
  #toldAt: number | undefined;

  constructor(options: WorkerReportOptions) {
    this.#options = options;
    this.workflowTasks = new WorkMeter(options.workflowTasksMax);
    this.activities = new WorkMeter(options.activitiesMax);
  }

  /** `does` names the kinds of tasks that the worker polls for; it says nothing of the others. */
  heartbeat(identity: string, status: number, does: { readonly workflows: boolean; readonly activities: boolean }): Heartbeat {
    const { instanceKey, taskQueue } = this.#options;
    const now = Date.now();
    const since = this.#toldAt;
    this.#toldAt = now;
    return {
      workerInstanceKey: instanceKey,
      workerIdentity: identity,
      hostInfo: this.#host.tell(),
      taskQueue,
      sdkName: SDK_NAME,
      sdkVersion: SDK_VERSION,
      status,
      startTime: toTimestamp(this.#startedAt),
      heartbeatTime: toTimestamp(now),
      ...(since === undefined ? {} : { elapsedSinceLastHeartbeat: toDuration(now - since) }),
      ...(does.workflows ? this.#ofWorkflows() : {}),
      ...(does.activities ? { activityTaskSlotsInfo: this.activities.tell(), activityPollerInfo: this.polls.activity.tell() } : {}),
    };
  }

  #ofWorkflows(): Heartbeat {
    const { cache } = this.#options;
    return {
      workflowTaskSlotsInfo: this.workflowTasks.tell(),
      workflowPollerInfo: this.polls.workflow.tell(),
      workflowStickyPollerInfo: this.polls.sticky.tell(),
      totalStickyCacheHit: cache.hits,
      totalStickyCacheMiss: cache.misses,
      currentStickyCacheSize: cache.size,
    };
  }
}
