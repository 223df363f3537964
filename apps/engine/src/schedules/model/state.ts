/** What the engine remembers of one schedule. */
import type { temporal } from '@tidemark/protocol/types';
import type { NamespaceId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/ports.ts';

type Payload = temporal.api.common.v1.IPayload;
export type Schedule = temporal.api.schedule.v1.ISchedule;
export type OverlapPolicy = temporal.api.enums.v1.ScheduleOverlapPolicy;

export interface ScheduleKey {
  readonly namespaceId: NamespaceId;
  readonly scheduleId: string;
}

/** An action that waits until the ones before it let it start. */
export interface WaitingStart {
  /** Names the action: the time the spec says, or the one a trigger was given. */
  readonly nominal: Instant;
  /** With jitter. */
  readonly at: Instant;
  /** The policy that holds for it; 0 for that of the schedule. */
  readonly overlap: OverlapPolicy;
  /** By a trigger or a backfill: it counts against no limit, and starts while the schedule is paused. */
  readonly isManual: boolean;
}

/** An action that is being started; its request id makes every try after the first find what the first began. */
export interface Starting extends WaitingStart {
  readonly workflowId: string;
  readonly requestId: string;
  /** Several of these may run at once, and their results are told to nobody. */
  readonly isConcurrent: boolean;
}

export interface RunningAction {
  readonly workflowId: string;
  /** Of the first run of its chain. */
  readonly runId: string;
  readonly isConcurrent: boolean;
}

/** A running action that the overlap policy ends. */
export interface Stopping {
  readonly workflowId: string;
  readonly runId: string;
  readonly how: 'cancel' | 'terminate';
}

export interface RecentAction {
  readonly nominal: Instant;
  readonly startedAt: Instant;
  readonly workflowId: string;
  readonly runId: string;
  /** Number of WorkflowExecutionStatus. */
  readonly status: number;
}

export interface Backfill {
  /** Times after this one are still to be filled in. */
  readonly after: Instant;
  readonly until: Instant;
  readonly overlap: OverlapPolicy;
}

export interface ScheduleState {
  readonly key: ScheduleKey;
  /** Raised by one with every change. */
  readonly version: number;
  /** With the spec in its canonical form. */
  readonly schedule: Schedule;
  readonly memo: Readonly<Record<string, Payload>>;
  readonly searchAttributes: Readonly<Record<string, Payload>>;
  readonly createRequestId: string;
  /** Raised when the schedule itself changes: by an update, a pause, or one action less to go. */
  readonly conflictToken: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant | undefined;
  /** Times of the spec up to this one have been dealt with. */
  readonly processedUntil: Instant;
  /** Since when there has been nothing to do; undefined while there is. */
  readonly idleSince: Instant | undefined;
  /** Of the latest updates and patches. */
  readonly requestIds: readonly string[];
  readonly waiting: readonly WaitingStart[];
  readonly starting: readonly Starting[];
  readonly running: readonly RunningAction[];
  readonly stopping: readonly Stopping[];
  readonly backfills: readonly Backfill[];
  readonly recent: readonly RecentAction[];
  readonly actionCount: number;
  readonly missedCatchupWindow: number;
  readonly overlapSkipped: number;
  readonly bufferDropped: number;
  readonly lastResult: temporal.api.common.v1.IPayloads | undefined;
  readonly lastFailure: temporal.api.failure.v1.IFailure | undefined;
}
