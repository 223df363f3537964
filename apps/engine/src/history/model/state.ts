/**
 * What the engine remembers of one run. `derived` is rebuilt from its events alone; `volatile` is what history does not say: attempts,
 * heartbeats, the workflow task in flight, events that wait for it. A decision changes a fork; a commit settles it.
 */
import type { temporal } from '@tidemark/protocol/types';
import type { RunKey } from '../../kernel/ids.ts';
import type { Duration, Instant } from '../../kernel/ports.ts';
import type { Draft, EventAttributes } from './events.ts';
import { OverlayMap } from './overlay-map.ts';

type Payload = temporal.api.common.v1.IPayload;

/** Scheduled and not yet ended. Its attempts are in `ActivityProgress`. */
export interface PendingActivity {
  readonly scheduledEventId: number;
  readonly attributes: EventAttributes<'activityTaskScheduled'>;
  readonly scheduledAt: Instant;
  /** 0 unless the workflow asked for its cancellation. */
  readonly cancelRequestedEventId: number;
}

export interface PendingTimer {
  readonly timerId: string;
  readonly startedEventId: number;
  readonly firesAt: Instant;
}

/** Initiated and not yet ended, whether or not it was started. */
export interface PendingChild {
  readonly initiatedEventId: number;
  readonly attributes: EventAttributes<'startChildWorkflowExecutionInitiated'>;
  readonly userMetadata: temporal.api.sdk.v1.IUserMetadata | undefined;
  /** 0 until the child is known to have started. */
  readonly startedEventId: number;
  /** Of the first run of the child's chain; empty until it started. */
  readonly runId: string;
}

/** A signal or a cancel request on its way to another workflow. */
export type PendingExternal =
  | {
      readonly kind: 'signal';
      readonly initiatedEventId: number;
      readonly attributes: EventAttributes<'signalExternalWorkflowExecutionInitiated'>;
    }
  | {
      readonly kind: 'cancel';
      readonly initiatedEventId: number;
      readonly attributes: EventAttributes<'requestCancelExternalWorkflowExecutionInitiated'>;
    };

/** An update that history knows of. */
export interface UpdateRecord {
  /** 0 while it waits for a worker again, because a reset brought it back. */
  readonly acceptedEventId: number;
  /** 0 until it was completed; that event holds the outcome. */
  readonly completedEventId: number;
}

/** Where a build of the worker took the chain over: what it did can be undone by a reset to there. */
export interface ResetPoint {
  readonly buildId: string;
  readonly binaryChecksum: string;
  /** The run of the chain that it happened in. */
  readonly runId: string;
  readonly completedEventId: number;
  readonly at: Instant;
  /** False where something was under way that a reset cannot take back. */
  readonly isResettable: boolean;
}

export interface Derived {
  readonly key: RunKey;
  /** Number of WorkflowExecutionStatus; 0 before the first event. */
  status: number;
  nextEventId: number;
  startedAt: Instant;
  start: EventAttributes<'workflowExecutionStarted'>;
  userMetadata: temporal.api.sdk.v1.IUserMetadata | undefined;
  closedAt: Instant | undefined;
  /** The started event of the last completed workflow task; 0 before the first. */
  lastCompletedStartedEventId: number;
  /** 0 before the first. */
  lastCompletedEventId: number;
  /** Ids of workflow tasks that ended, of any end; used to refuse resets and to tell the first task. */
  workflowTasksCompleted: number;
  /** Of the whole chain, oldest first; one for each build that completed a workflow task. */
  resetPoints: readonly ResetPoint[];
  cancelRequestedEventId: number;
  signalCount: number;
  readonly activities: OverlayMap<number, PendingActivity>;
  readonly activityIds: OverlayMap<string, number>;
  readonly timers: OverlayMap<string, PendingTimer>;
  readonly children: OverlayMap<number, PendingChild>;
  readonly externals: OverlayMap<number, PendingExternal>;
  /** As it is now; the options of a run can be changed. */
  priority: temporal.api.common.v1.IPriority | undefined;
  /** Requests that joined this run, with the event that says so. */
  readonly attachedRequestIds: OverlayMap<string, number>;
  readonly updates: OverlayMap<string, UpdateRecord>;
  /** How many of the updates were accepted and have no outcome yet. */
  updatesUnderWay: number;
  /** The run that goes on in this one's place; empty unless it closed by continue-as-new, retry or cron. */
  followedBy: string;
  memo: Readonly<Record<string, Payload>>;
  searchAttributes: Readonly<Record<string, Payload>>;
}

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
  /** Of the history before it, as its started event says. */
  readonly historySizeBytes: number;
  readonly suggestContinueAsNew: boolean;
}

export interface Sticky {
  readonly taskQueue: string;
  readonly scheduleToStart: Duration;
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

export interface RunState {
  readonly derived: Derived;
  readonly volatile: Volatile;
}

export function emptyState(key: RunKey): RunState {
  return {
    derived: {
      key,
      status: 0,
      nextEventId: 1,
      startedAt: 0,
      start: {},
      userMetadata: undefined,
      closedAt: undefined,
      lastCompletedStartedEventId: 0,
      lastCompletedEventId: 0,
      workflowTasksCompleted: 0,
      resetPoints: [],
      cancelRequestedEventId: 0,
      signalCount: 0,
      activities: OverlayMap.empty(),
      activityIds: OverlayMap.empty(),
      timers: OverlayMap.empty(),
      children: OverlayMap.empty(),
      externals: OverlayMap.empty(),
      priority: undefined,
      attachedRequestIds: OverlayMap.empty(),
      updates: OverlayMap.empty(),
      updatesUnderWay: 0,
      followedBy: '',
      memo: {},
      searchAttributes: {},
    },
    volatile: {
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
      pause: undefined,
      admitted: OverlayMap.empty(),
      refused: OverlayMap.empty(),
    },
  };
}

/** A state that can be changed without touching the one it came from. */
export function fork({ derived, volatile }: RunState): RunState {
  return {
    derived: {
      ...derived,
      activities: new OverlayMap(derived.activities),
      activityIds: new OverlayMap(derived.activityIds),
      timers: new OverlayMap(derived.timers),
      children: new OverlayMap(derived.children),
      externals: new OverlayMap(derived.externals),
      attachedRequestIds: new OverlayMap(derived.attachedRequestIds),
      updates: new OverlayMap(derived.updates),
    },
    volatile: {
      ...volatile,
      progress: new OverlayMap(volatile.progress),
      requestIds: new OverlayMap(volatile.requestIds),
      admitted: new OverlayMap(volatile.admitted),
      refused: new OverlayMap(volatile.refused),
    },
  };
}

/** Makes a fork the truth. The state it came from must not be used afterwards. */
export function settle({ derived, volatile }: RunState): RunState {
  return {
    derived: {
      ...derived,
      activities: derived.activities.settle(),
      activityIds: derived.activityIds.settle(),
      timers: derived.timers.settle(),
      children: derived.children.settle(),
      externals: derived.externals.settle(),
      attachedRequestIds: derived.attachedRequestIds.settle(),
      updates: derived.updates.settle(),
    },
    volatile: {
      ...volatile,
      progress: volatile.progress.settle(),
      requestIds: volatile.requestIds.settle(),
      admitted: volatile.admitted.settle(),
      refused: volatile.refused.settle(),
    },
  };
}

export const isOpen = (state: RunState): boolean => state.derived.closedAt === undefined;
export const isPaused = (state: RunState): boolean => isOpen(state) && state.volatile.pause !== undefined;
