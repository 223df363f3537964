/** What the engine remembers of one run that its history does not say: attempts, heartbeats, the workflow task in flight, events that wait for it. */
import type { temporal } from '@tidemark/protocol/types';
import type { Duration, Instant } from '../../kernel/ports.ts';
import type { Draft } from './events.ts';
import type { WorkerVersion } from '../../kernel/worker-version.ts';
import { OverlayMap } from './overlay-map.ts';

export type ActivityPhase = 'backoff' | 'scheduled' | 'started';

/** The attempts of one pending activity. */
export interface ActivityProgress {
  readonly phase: ActivityPhase;
  readonly attempt: number;
  /** Of this attempt: in the future while it backs off. */
  readonly scheduledAt: Instant;
  readonly startedAt?: Instant;
  readonly requestId?: string;
  readonly identity?: string;
  /** Of the worker that took the attempt, as it names its code; absent where it does not. */
  readonly build?: string;
  /** The same for a versioned worker. */
  readonly version?: WorkerVersion;
  readonly heartbeatAt?: Instant;
  /** Encoded Payloads; kept from one attempt to the next. */
  readonly heartbeatDetails?: Uint8Array;
  /** Encoded Failure of the attempt before. */
  readonly lastFailure?: Uint8Array;
  readonly lastAttemptEndedAt?: Instant;
  readonly retryInterval?: Duration;
  /** Where its whole time counts from, when that is not its scheduled event. */
  readonly since?: Instant;
  /** Nobody is handed the next attempt until it goes on. */
  readonly pause?: { readonly at: Instant; readonly identity: string; readonly reason: string; readonly requestId: string };
  /** The attempt that runs is followed by a first one. */
  readonly startsOver?: { readonly resetHeartbeat: boolean };
  /** Encoded ActivityOptions, where they are not those that the workflow asked for. */
  readonly options?: Uint8Array;
  /** Raised whenever tasks handed out earlier must be ignored. */
  readonly stamp: number;
}

export interface WorkflowTask {
  /**
   * Transient tasks are the attempts after the first: history shows them only once they succeed. Speculative ones only deliver updates:
   * they are in memory alone, and vanish when every update is rejected.
   */
  readonly kind: 'normal' | 'transient' | 'speculative';
  readonly scheduledEventId: number;
  /** 0 until a worker took it. */
  readonly startedEventId: number;
  readonly attempt: number;
  readonly scheduledAt: Instant;
  /** Of the first task in a row of heartbeats. */
  readonly originalScheduledAt: Instant;
  readonly startedAt: Instant | undefined;
  readonly requestId: string;
  readonly identity: string;
  readonly startToClose: Duration;
  /** Set while it waits in a sticky queue. */
  readonly sticky: Sticky | undefined;
  /** Of the worker that took it; absent for one without versions. */
  readonly version?: WorkerVersion;
  /** Of the history before it, as its started event says. */
  readonly historySizeBytes: number;
  readonly suggestContinueAsNew: boolean;
}

export interface Sticky {
  readonly taskQueue: string;
  readonly scheduleToStart: Duration;
  /** Of the one worker behind it. */
  readonly version?: WorkerVersion;
}

export interface Volatile {
  workflowTask: WorkflowTask | undefined;
  /** Attempt that the next workflow task gets. */
  workflowTaskAttempt: number;
  /** Where the next workflow task goes while a worker keeps the run in its cache. */
  sticky: Sticky | undefined;
  /** The first workflow task is held back until then (start delay, backoff). */
  firstTaskAt: Instant | undefined;
  buffered: readonly Draft[];
  readonly progress: OverlayMap<number, ActivityProgress>;
  /** Of all that attempts have left behind: kept as a sum, so that no step has to look at every activity. */
  progressBytes: number;
  readonly requestIds: OverlayMap<string, number>;
  /** A close command met buffered events; until the next task ends, messages are refused so that the run can end. */
  closeAttempted: boolean;
  historySizeBytes: number;
  cancelRequestId: string;
  /** Of the request that made this run; empty for a run that followed another by itself. */
  startRequestId: string;
  /** Number of transitions so far. */
  version: number;
  runExpiresAt: Instant | undefined;
  /** Who still has to hear that this run is over. */
  afterClose: readonly AfterClose[];
  /** The run that was begun by the last reset of this one; empty when there was none. */
  resetTo: string;
  /** When a reset began this run. */
  resetAt: Instant | undefined;
  /** How many of its workflow tasks failed since one succeeded, whatever came in between. */
  taskFailures: number;
  /** What its workflow tasks keep failing of, once they have failed several times in a row; as the search attribute says it. */
  reportedProblems: readonly string[];
  /** How many of its activities are being tried again: kept as a count, so that no step has to look at every activity. */
  retrying: number;
  /** What the index says of that. */
  tellsRetrying: boolean;
  /** Activities, by scheduled event, that a worker of another version asked for: they wait for that version to complete a workflow task. */
  heldForTask: readonly number[];
  /** Set while people hold the run: it gets no task. */
  pause: RunPause | undefined;
  /** In memory alone. */
  readonly admitted: OverlayMap<string, AdmittedUpdate>;
  /** In memory alone: for those who wait for these updates. */
  readonly refused: OverlayMap<string, UpdateRefusal>;
}

/** Who holds a run, since when and why. */
export interface RunPause {
  readonly at: Instant;
  readonly identity: string;
  readonly reason: string;
  readonly requestId: string;
}

/** An update that no worker has accepted yet. It is in memory alone: its caller asks again when it is lost. */
export interface AdmittedUpdate {
  readonly request: temporal.api.update.v1.IRequest;
  /** In the order of their admission. */
  readonly order: number;
  /** A worker has it with the workflow task in flight. */
  readonly isSent: boolean;
  readonly bytes: number;
}

/** How an update ended that left no trace. */
export type UpdateRefusal =
  | { readonly kind: 'rejected'; readonly failure: temporal.api.failure.v1.IFailure }
  /** The task that carried it was refused by the engine. */
  | { readonly kind: 'taskFailed' };

/** The parent, or a child by the id of its initiated event. */
export type AfterClose = 'parent' | number;

export function emptyVolatile(): Volatile {
  return {
    workflowTask: undefined,
    workflowTaskAttempt: 1,
    sticky: undefined,
    firstTaskAt: undefined,
    buffered: [],
    progress: OverlayMap.empty(),
    progressBytes: 0,
    requestIds: OverlayMap.empty(),
    closeAttempted: false,
    historySizeBytes: 0,
    cancelRequestId: '',
    startRequestId: '',
    version: 0,
    runExpiresAt: undefined,
    afterClose: [],
    resetTo: '',
    resetAt: undefined,
    taskFailures: 0,
    reportedProblems: [],
    retrying: 0,
    tellsRetrying: false,
    heldForTask: [],
    pause: undefined,
    admitted: OverlayMap.empty(),
    refused: OverlayMap.empty(),
  };
}

/** One that can be changed without touching the one it came from. */
export function forkVolatile(volatile: Volatile): Volatile {
  return {
    ...volatile,
    progress: new OverlayMap(volatile.progress),
    requestIds: new OverlayMap(volatile.requestIds),
    admitted: new OverlayMap(volatile.admitted),
    refused: new OverlayMap(volatile.refused),
  };
}

export function settleVolatile(volatile: Volatile): Volatile {
  return {
    ...volatile,
    progress: volatile.progress.settle(),
    requestIds: volatile.requestIds.settle(),
    admitted: volatile.admitted.settle(),
    refused: volatile.refused.settle(),
  };
}
