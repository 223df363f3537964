/** What the views need of a history event and of a run's pending work. The api's rows have these shapes. */
export interface RunFailure {
  readonly message: string;
  readonly type: string;
  readonly nonRetryable?: boolean;
  readonly cause?: RunFailure;
  readonly stack?: string;
}

export interface RunEvent {
  /** Dense, from 1. */
  readonly id: number;
  /** The protocol's name in Pascal case: `ActivityTaskScheduled`. */
  readonly type: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly bytes: number;
  readonly ref?: number;
  readonly taskId?: number;
  readonly name?: string;
  readonly key?: string;
  readonly attempt?: number;
  readonly worker?: string;
  readonly build?: string;
  readonly queue?: string;
  readonly delayMs?: number;
  readonly timeoutType?: string;
  readonly cause?: string;
  readonly failure?: RunFailure;
  readonly runId?: string;
  readonly label?: string;
  readonly text?: string;
  /** Of the history before a workflow task, as the server said when it began. */
  readonly historyBytes?: number;
  /** The server asked the workflow to continue as new. */
  readonly suggestsNew?: boolean;
  /** Name and version of the SDK that completed a workflow task, where it says them. */
  readonly sdk?: string;
}

export interface PendingActivity {
  readonly activityId: string;
  readonly type: string;
  readonly state: string;
  readonly attempt: number;
  readonly attemptsMax: number;
  readonly scheduledAt: number | null;
  readonly startedAt: number | null;
  readonly lastEndedAt: number | null;
  readonly nextAt: number | null;
  readonly heartbeatAt: number | null;
  readonly heartbeat: string | null;
  readonly worker: string | null;
  readonly isPaused: boolean;
  readonly failure: RunFailure | null;
  /** What holds for it now; null where the server does not say. */
  readonly options?: ActivityOptions | null;
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
  readonly maximumAttempts: number;
}

export interface PendingTask {
  readonly state: string;
  readonly attempt: number;
  readonly scheduledAt: number | null;
  readonly startedAt: number | null;
}
