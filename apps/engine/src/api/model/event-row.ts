export interface FailureRow {
  readonly message: string;
  /** The application's own error type where there is one, else the kind of failure. */
  readonly type: string;
  readonly nonRetryable?: boolean;
  /** The type of the activity that failed, on the failure that wraps its cause. */
  readonly activity?: string;
  readonly cause?: FailureRow;
  readonly stack?: string;
}

/** One history event: what a list or a timeline draws, without the bodies. */
export interface EventRow {
  /** Dense, from 1. */
  readonly id: number;
  /** The protocol's name in Pascal case: `ActivityTaskScheduled`. */
  readonly type: string;
  /** Milliseconds since the epoch, with fractions. */
  readonly at: number;
  readonly bytes: number;
  /** The event that opened what this one belongs to: scheduled, started (timer), initiated, accepted. */
  readonly ref?: number;
  /** The completed workflow task that caused this event. */
  readonly taskId?: number;
  readonly name?: string;
  /** Activity id, timer id, child workflow id, update id. */
  readonly key?: string;
  readonly attempt?: number;
  readonly worker?: string;
  readonly build?: string;
  readonly queue?: string;
  readonly delayMs?: number;
  readonly timeoutType?: string;
  readonly cause?: string;
  readonly failure?: FailureRow;
  readonly runId?: string;
  /** What the author of the workflow called this operation. */
  readonly label?: string;
  readonly text?: string;
  /** Of a marker that a run took a changed path: the id of the change. */
  readonly patch?: string;
  /** Size of the history before a workflow task, as the server said when it began. */
  readonly historyBytes?: number;
  /** Name and version of the SDK that completed a workflow task, where it says them. */
  readonly sdk?: string;
  /** The server asked the workflow to continue as new. */
  readonly suggestsNew?: boolean;
}
