/** What the engine remembers of one run that is rebuilt from its events alone. */
import type { temporal } from '@tidemark/protocol/types';
import type { RunKey } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/ports.ts';
import type { EventAttributes } from './events.ts';
import { OverlayMap } from './overlay-map.ts';
import type { RunVersioning } from './versioning.ts';

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
  /** Nothing for a run that no versioned worker and no override ever touched. */
  versioning: RunVersioning | undefined;
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

export function emptyDerived(key: RunKey): Derived {
  return {
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
    versioning: undefined,
    attachedRequestIds: OverlayMap.empty(),
    updates: OverlayMap.empty(),
    updatesUnderWay: 0,
    followedBy: '',
    memo: {},
    searchAttributes: {},
  };
}

/** One that can be changed without touching the one it came from. */
export function forkDerived(derived: Derived): Derived {
  return {
    ...derived,
    activities: new OverlayMap(derived.activities),
    activityIds: new OverlayMap(derived.activityIds),
    timers: new OverlayMap(derived.timers),
    children: new OverlayMap(derived.children),
    externals: new OverlayMap(derived.externals),
    attachedRequestIds: new OverlayMap(derived.attachedRequestIds),
    updates: new OverlayMap(derived.updates),
  };
}

export function settleDerived(derived: Derived): Derived {
  return {
    ...derived,
    activities: derived.activities.settle(),
    activityIds: derived.activityIds.settle(),
    timers: derived.timers.settle(),
    children: derived.children.settle(),
    externals: derived.externals.settle(),
    attachedRequestIds: derived.attachedRequestIds.settle(),
    updates: derived.updates.settle(),
  };
}
