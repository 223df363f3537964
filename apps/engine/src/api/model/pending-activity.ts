import type { FailureRow } from './event-row.ts';

/** Times are milliseconds since the epoch. */
export interface PendingActivity {
  readonly activityId: string;
  readonly type: string;
  readonly state: string;
  readonly attempt: number;
  /** 0: no maximum. */
  readonly attemptsMax: number;
  readonly scheduledAt: number | null;
  readonly startedAt: number | null;
  readonly lastEndedAt: number | null;
  readonly nextAt: number | null;
  readonly expiresAt: number | null;
  readonly heartbeatAt: number | null;
  readonly heartbeat: string | null;
  readonly retryMs: number | null;
  readonly worker: string | null;
  readonly isPaused: boolean;
  readonly failure: FailureRow | null;
  /** What holds for it now; null where the server does not say. */
  readonly options: ActivityOptions | null;
}

/** Milliseconds; 0 for none. */
export interface ActivityOptions {
  readonly queue: string;
  readonly scheduleToCloseMs: number;
  readonly scheduleToStartMs: number;
  readonly startToCloseMs: number;
  readonly heartbeatMs: number;
  readonly initialIntervalMs: number;
  readonly maximumIntervalMs: number;
  readonly backoffCoefficient: number;
  /** 0: no maximum. */
  readonly maximumAttempts: number;
}
