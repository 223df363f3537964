/** Plain facts of one run and its surroundings: what a diagnosis is made from. Times are milliseconds since the epoch. */
import type { Finding } from './finding.ts';

/** What history and the engine know of a run beyond its description; a server that is not ours shows it only by its last events. */
export interface RunInside {
  readonly timers: readonly TimerFacts[];
  readonly externals: readonly ExternalFacts[];
  readonly updates: readonly UpdateFacts[];
  /** Messages that wait for the workflow task in flight to end. */
  readonly buffered: number;
  /** The first workflow task is held back until then. */
  readonly firstTask: { readonly at: number; readonly cause: FirstTaskCause; readonly failure?: string } | undefined;
  /** Of the workflow task in flight: the worker that holds it. */
  readonly taskWorker: string;
  /** The queue of the worker that keeps the run in its cache, while the workflow task waits there. */
  readonly sticky: { readonly queue: string; readonly until: number } | undefined;
  /** A diagnosis of the latest events alone; what began before them is not seen. */
  readonly isPartial: boolean;
}

export type FirstTaskCause = 'delay' | 'cron' | 'retry' | 'continued';

export interface TimerFacts {
  readonly id: string;
  /** What the author of the workflow called it; empty where that is not known. */
  readonly label: string;
  readonly eventId: number;
  readonly firesAt: number;
}

/** A signal or a cancel request on its way to another workflow. */
export interface ExternalFacts {
  readonly kind: 'signal' | 'cancel';
  readonly eventId: number;
  readonly workflowId: string;
  readonly name: string;
}

export interface UpdateFacts {
  readonly id: string;
  /** Empty where only its id is known. */
  readonly name: string;
  readonly stage: 'admitted' | 'accepted';
  /** Of the event that accepted it; 0 before. */
  readonly eventId: number;
}

/** The last time that a workflow task ended without an answer. */
export interface TaskFailure {
  readonly eventId: number;
  readonly at: number;
  /** A name of the protocol: `NonDeterministicError`; `Timeout` for a task that timed out. */
  readonly cause: string;
  readonly message: string;
  readonly worker: string;
}

export interface ActivityFacts {
  readonly id: string;
  readonly type: string;
  readonly queue: string;
  readonly state: 'scheduled' | 'started' | 'paused' | 'pausing' | 'canceling';
  readonly attempt: number;
  /** 0: no maximum. */
  readonly attemptsMax: number;
  readonly scheduledAt: number;
  readonly startedAt: number | undefined;
  readonly nextAt: number | undefined;
  readonly heartbeatAt: number | undefined;
  /** When all attempts together must have ended. */
  readonly expiresAt: number | undefined;
  readonly heartbeatMs: number;
  readonly startToCloseMs: number;
  readonly scheduleToStartMs: number;
  readonly worker: string;
  readonly failure: { readonly type: string; readonly message: string } | undefined;
  readonly pause: { readonly at: number | undefined; readonly identity: string; readonly reason: string } | undefined;
}

export interface ChildFacts {
  readonly workflowId: string;
  /** Empty until it is known to have started. */
  readonly runId: string;
  readonly type: string;
  readonly eventId: number;
  /** Why the child itself does not move; undefined where it was not looked into. */
  readonly finding: Finding | undefined;
}

export interface QueueFacts {
  readonly name: string;
  readonly pollers: readonly PollerFacts[];
  /** Where tasks go that are bound to no version; undefined for workers without one. */
  readonly current: VersionName | undefined;
  /** Some of them go another way. */
  readonly isRamping: boolean;
  /** Undefined where the server keeps no statistics. */
  readonly backlog: { readonly count: number; readonly oldestMs: number; readonly outPerSecond: number } | undefined;
  readonly limit: { readonly perSecond: number; readonly isOfWorkers: boolean } | undefined;
}

export interface PollerFacts {
  readonly identity: string;
  readonly lastAt: number;
  readonly build: string;
  /** Whose tasks alone it takes; undefined for a worker without a version. */
  readonly version: VersionName | undefined;
}

/** One build of a worker deployment. */
export interface VersionName {
  readonly deployment: string;
  readonly build: string;
}

/** The version that a run is pinned to. */
export interface PinFacts extends VersionName {
  /** By whom: people, or the workflow's own code. */
  readonly isOverride: boolean;
  /** `draining`, as the deployment says it; empty where it says nothing. */
  readonly status: string;
  /** The version that new work of the deployment goes to; empty where there is none. */
  readonly currentBuild: string;
}

export interface WorkerFacts {
  readonly identity: string;
  readonly queue: string;
  /** Empty where the worker does not name its code. */
  readonly build: string;
  readonly isRunning: boolean;
  readonly workflowSlots: SlotFacts | undefined;
  readonly activitySlots: SlotFacts | undefined;
}

export interface SlotFacts {
  readonly used: number;
  readonly available: number;
}

export interface RunAddress {
  readonly namespace: string;
  readonly workflowId: string;
  readonly runId: string;
}

export interface RunFacts {
  readonly now: number;
  readonly namespace: { readonly name: string; readonly state: 'registered' | 'deprecated' | 'deleted' };
  readonly workflowId: string;
  readonly runId: string;
  readonly type: string;
  readonly queue: string;
  readonly startedAt: number;
  readonly pause: { readonly at: number | undefined; readonly identity: string; readonly reason: string } | undefined;
  readonly task:
    | {
        readonly isStarted: boolean;
        readonly attempt: number;
        readonly scheduledAt: number;
        readonly startedAt: number | undefined;
      }
    | undefined;
  readonly taskTimeoutMs: number;
  readonly taskFailure: TaskFailure | undefined;
  readonly reportedProblems: readonly string[];
  readonly activities: readonly ActivityFacts[];
  readonly children: readonly ChildFacts[];
  readonly cancel: { readonly eventId: number; readonly at: number | undefined } | undefined;
  /** The earlier end of the run's and the execution's time. */
  readonly expiresAt: number | undefined;
  readonly inside: RunInside;
  readonly pin: PinFacts | undefined;
  /** Of the queues that something of this run waits in. */
  readonly workflowQueues: ReadonlyMap<string, QueueFacts>;
  readonly activityQueues: ReadonlyMap<string, QueueFacts>;
  /** Undefined where the server keeps no heartbeats of workers. */
  readonly workers: readonly WorkerFacts[] | undefined;
  /** Queues of this namespace that workers poll, as far as anybody says so. */
  readonly polledQueues: readonly string[];
}
