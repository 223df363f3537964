/** What surrounds runs, asked for once however many runs of one answer stand in it: queues, workers, the namespace. */
import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import { fromDuration, toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { PinFacts, QueueFacts, RunFacts, SlotFacts, VersionName, WorkerFacts } from '../model/run-facts.ts';
import type { ApiContext } from '../procedure.ts';
import { deadline, hasCode } from '../procedure.ts';
import { momentOf } from './moment-of.ts';

const { NamespaceState, RateLimitSource, TaskQueueKind, TaskQueueType, WorkerDeploymentVersionStatus, WorkerStatus, WorkerVersioningMode } =
  api.enums.v1;
const WORKERS = 500;
/** What a server without the call, or one that keeps it from this caller, answers. */
const REFUSALS = [
  StatusCode.UNIMPLEMENTED,
  StatusCode.PERMISSION_DENIED,
  StatusCode.FAILED_PRECONDITION,
  StatusCode.INVALID_ARGUMENT,
] as const;

type Kind = 'workflow' | 'activity';

export interface SurveyOptions {
  readonly ctx: Pick<ApiContext, 'workflow' | 'tidemark'>;
  readonly namespace: string;
  readonly now: () => number;
  /** Names that would cost a read of history are done without. */
  readonly isBrief?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export type VersionState = Pick<PinFacts, 'status' | 'currentBuild'>;

export class Survey {
  readonly namespace: string;
  readonly ctx: SurveyOptions['ctx'];
  readonly now: number;
  readonly isBrief: boolean;
  private readonly queues = new Map<string, Promise<QueueFacts | undefined>>();
  private readonly signal: AbortSignal | undefined;
  private readonly versions = new Map<string, Promise<VersionState>>();
  private heartbeats: Promise<readonly WorkerFacts[] | undefined> | undefined;
  private described: Promise<RunFacts['namespace']> | undefined;
  private polled: Promise<readonly string[]> | undefined;

  constructor({ ctx, namespace, now, signal, isBrief = false }: SurveyOptions) {
    this.isBrief = isBrief;
    this.ctx = ctx;
    this.namespace = namespace;
    this.now = now();
    this.signal = signal;
  }

  get call() {
    return { ...deadline(), ...(this.signal ? { signal: this.signal } : {}) };
  }

  /** Undefined where the server does not say. */
  queue(name: string, kind: Kind, isSticky = false): Promise<QueueFacts | undefined> {
    const key = `${kind}/${name}`;
    const known = this.queues.get(key) ?? this.describeQueue(name, kind, isSticky);
    this.queues.set(key, known);
    return known;
  }

  workers(): Promise<readonly WorkerFacts[] | undefined> {
    this.heartbeats ??= orUndefined(
      this.ctx.workflow
        .listWorkers({ namespace: this.namespace, pageSize: WORKERS }, this.call)
        .then(({ workersInfo }) => workersInfo.flatMap(({ workerHeartbeat }) => (workerHeartbeat ? [toWorker(workerHeartbeat)] : []))),
    );
    return this.heartbeats;
  }

  async polledQueues(): Promise<readonly string[]> {
    this.polled ??= this.ctx.tidemark?.polledQueues({ namespace: this.namespace }) ?? Promise.resolve([]);
    const named = ((await this.workers()) ?? []).filter(({ isRunning }) => isRunning).map(({ queue }) => queue);
    return [...new Set([...(await this.polled), ...named])];
  }

  /** What a deployment says of one of its versions; empty words where the server does not say. */
  version(version: VersionName): Promise<VersionState> {
    const key = `${version.deployment}:${version.build}`;
    const known = this.versions.get(key) ?? this.describeVersion(version);
    this.versions.set(key, known);
    return known;
  }

  private async describeVersion({ deployment: deploymentName, build }: VersionName): Promise<VersionState> {
    const { workflow } = this.ctx;
    const asked = workflow.describeWorkerDeployment({ namespace: this.namespace, deploymentName }, this.call);
    const found = await orUndefined(asked).catch((error: unknown) => {
      // An override may name what nobody ever polled for.
      if (hasCode(error, StatusCode.NOT_FOUND)) return undefined;
      throw error;
    });
    const info = found?.workerDeploymentInfo;
    const summary = info?.versionSummaries?.find(({ deploymentVersion }) => deploymentVersion?.buildId === build);
    const status = (WorkerDeploymentVersionStatus[summary?.status ?? 0] ?? '')
      .replace('WORKER_DEPLOYMENT_VERSION_STATUS_', '')
      .toLowerCase();
    return {
      status: info && !summary ? 'unknown' : status === 'unspecified' ? '' : status,
      currentBuild: info?.routingConfig?.currentDeploymentVersion?.buildId ?? '',
    };
  }

  state(): Promise<RunFacts['namespace']> {
    this.described ??= orUndefined(this.ctx.workflow.describeNamespace({ namespace: this.namespace }, this.call)).then((found) => ({
      name: this.namespace,
      state:
        found?.namespaceInfo?.state === NamespaceState.NAMESPACE_STATE_DELETED
          ? 'deleted'
          : found?.namespaceInfo?.state === NamespaceState.NAMESPACE_STATE_DEPRECATED
            ? 'deprecated'
            : 'registered',
    }));
    return this.described;
  }

  private describeQueue(name: string, kind: Kind, isSticky: boolean): Promise<QueueFacts | undefined> {
    const taskQueueType = kind === 'workflow' ? TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW : TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY;
    const taskQueue = isSticky ? { name, kind: TaskQueueKind.TASK_QUEUE_KIND_STICKY } : { name };
    return orUndefined(
      this.ctx.workflow
        .describeTaskQueue(
          { namespace: this.namespace, taskQueue, taskQueueType, reportStats: !isSticky, reportConfig: !isSticky },
          this.call,
        )
        .then((response) => toQueue(name, response)),
    );
  }
}

const orUndefined = <Value>(asked: Promise<Value>): Promise<Value | undefined> =>
  asked.catch((error: unknown) => {
    if (hasCode(error, ...REFUSALS)) return undefined;
    throw error;
  });

export const toVersionName = (version: temporal.api.deployment.v1.IWorkerDeploymentVersion | null | undefined): VersionName | undefined =>
  version?.deploymentName && version.buildId ? { deployment: version.deploymentName, build: version.buildId } : undefined;

function toQueue(name: string, response: temporal.api.workflowservice.v1.IDescribeTaskQueueResponse): QueueFacts {
  const { stats, effectiveRateLimit } = response;
  return {
    name,
    pollers: (response.pollers ?? []).map((poller) => ({
      identity: poller.identity ?? '',
      lastAt: momentOf(poller.lastAccessTime) ?? 0,
      build: poller.deploymentOptions?.buildId || poller.workerVersionCapabilities?.buildId || '',
      version:
        poller.deploymentOptions?.workerVersioningMode === WorkerVersioningMode.WORKER_VERSIONING_MODE_VERSIONED
          ? toVersionName(poller.deploymentOptions)
          : undefined,
    })),
    current: toVersionName(response.versioningInfo?.currentDeploymentVersion),
    isRamping: (response.versioningInfo?.rampingVersionPercentage ?? 0) > 0,
    backlog: stats
      ? {
          count: toNumber(stats.approximateBacklogCount),
          oldestMs: fromDuration(stats.approximateBacklogAge) ?? 0,
          outPerSecond: stats.tasksDispatchRate ?? 0,
        }
      : undefined,
    limit: effectiveRateLimit
      ? {
          perSecond: effectiveRateLimit.requestsPerSecond ?? 0,
          isOfWorkers: effectiveRateLimit.rateLimitSource === RateLimitSource.RATE_LIMIT_SOURCE_WORKER,
        }
      : undefined,
  };
}

function toWorker(beat: temporal.api.worker.v1.IWorkerHeartbeat): WorkerFacts {
  return {
    identity: beat.workerIdentity ?? '',
    queue: beat.taskQueue ?? '',
    build: beat.deploymentVersion?.buildId ?? '',
    isRunning: beat.status !== WorkerStatus.WORKER_STATUS_SHUTDOWN && beat.status !== WorkerStatus.WORKER_STATUS_SHUTTING_DOWN,
    workflowSlots: toSlots(beat.workflowTaskSlotsInfo),
    activitySlots: toSlots(beat.activityTaskSlotsInfo),
  };
}

const toSlots = (slots: temporal.api.worker.v1.IWorkerSlotsInfo | null | undefined): SlotFacts | undefined =>
  slots ? { used: slots.currentUsedSlots ?? 0, available: slots.currentAvailableSlots ?? 0 } : undefined;
