/** The errors that travel: what a workflow or activity throws so that it survives the wire, and what it gets back. */
import type { temporal } from '@tidemark/protocol/types';
import type { Duration } from './duration.ts';

export type WireFailure = temporal.api.failure.v1.IFailure;
export type TimeoutType = 'START_TO_CLOSE' | 'SCHEDULE_TO_START' | 'SCHEDULE_TO_CLOSE' | 'HEARTBEAT' | 'UNSPECIFIED';
export type RetryState =
  | 'UNSPECIFIED'
  | 'IN_PROGRESS'
  | 'NON_RETRYABLE_FAILURE'
  | 'TIMEOUT'
  | 'MAXIMUM_ATTEMPTS_REACHED'
  | 'RETRY_POLICY_NOT_SET'
  | 'INTERNAL_SERVER_ERROR'
  | 'CANCEL_REQUESTED';

const brand = Symbol.for('@tidemark/sdk/failure');

/** An error that fails a workflow execution when thrown from it; any other error fails only the workflow task, which is tried again. */
export abstract class TemporalFailure extends Error {
  readonly [brand] = true;
  /** The failure as it came over the wire, for what has no field here. */
  failure?: WireFailure;

  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
  }
}

/** True for failures of any copy of the SDK, the one inside the workflow sandbox included. */
export function isTemporalFailure(error: unknown): error is TemporalFailure {
  return typeof error === 'object' && error !== null && brand in error;
}

export interface ApplicationFailureOptions {
  /** What retry policies and other languages compare; the error's class name by default. */
  readonly type?: string;
  readonly nonRetryable?: boolean;
  readonly details?: readonly unknown[];
  /** Replaces the retry policy's next interval. */
  readonly nextRetryDelay?: Duration;
  /** Expected by design: logged and counted quietly. */
  readonly category?: 'BENIGN';
  readonly cause?: unknown;
}

export class ApplicationFailure extends TemporalFailure {
  readonly type: string | undefined;
  readonly nonRetryable: boolean;
  readonly details: readonly unknown[];
  readonly nextRetryDelay: Duration | undefined;
  readonly category: 'BENIGN' | undefined;

  constructor(message: string, options: ApplicationFailureOptions = {}) {
    super(message, options.cause);
    this.name = 'ApplicationFailure';
    this.type = options.type;
    this.nonRetryable = options.nonRetryable ?? false;
    this.details = options.details ?? [];
    this.nextRetryDelay = options.nextRetryDelay;
    this.category = options.category;
  }

  static nonRetryable(message: string, type?: string, ...details: unknown[]): ApplicationFailure {
    return new ApplicationFailure(message, { ...(type === undefined ? {} : { type }), nonRetryable: true, details });
  }

  detail(index = 0): unknown {
    return this.details[index];
  }
}

export class CancelledFailure extends TemporalFailure {
  constructor(
    message: string,
    readonly details: readonly unknown[] = [],
    cause?: unknown,
  ) {
    super(message, cause);
    this.name = 'CancelledFailure';
  }

  detail(index = 0): unknown {
    return this.details[index];
  }
}

export class TerminatedFailure extends TemporalFailure {
  constructor(message: string, cause?: unknown) {
    super(message, cause);
    this.name = 'TerminatedFailure';
  }
}

export class TimeoutFailure extends TemporalFailure {
  constructor(
    message: string,
    readonly timeoutType: TimeoutType,
    options: { readonly lastHeartbeatDetails?: readonly unknown[]; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause);
    this.name = 'TimeoutFailure';
    this.lastHeartbeatDetails = options.lastHeartbeatDetails ?? [];
  }

  readonly lastHeartbeatDetails: readonly unknown[];
}

export class ServerFailure extends TemporalFailure {
  constructor(
    message: string,
    readonly nonRetryable: boolean,
    cause?: unknown,
  ) {
    super(message, cause);
    this.name = 'ServerFailure';
  }
}

export interface ActivityFailureFields {
  readonly activityType: string;
  readonly activityId: string;
  readonly retryState: RetryState;
  readonly identity?: string;
  readonly scheduledEventId?: number;
  readonly startedEventId?: number;
  readonly cause?: unknown;
}

/** What a workflow sees when an activity did not succeed; `cause` says why. */
export class ActivityFailure extends TemporalFailure {
  readonly activityType: string;
  readonly activityId: string;
  readonly retryState: RetryState;
  readonly identity: string;
  readonly scheduledEventId: number;
  readonly startedEventId: number;

  constructor(message: string, fields: ActivityFailureFields) {
    super(message, fields.cause);
    this.name = 'ActivityFailure';
    this.activityType = fields.activityType;
    this.activityId = fields.activityId;
    this.retryState = fields.retryState;
    this.identity = fields.identity ?? '';
    this.scheduledEventId = fields.scheduledEventId ?? 0;
    this.startedEventId = fields.startedEventId ?? 0;
  }
}

export interface ChildWorkflowFailureFields {
  readonly namespace: string;
  readonly workflowType: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly retryState: RetryState;
  readonly initiatedEventId?: number;
  readonly startedEventId?: number;
  readonly cause?: unknown;
}

export class ChildWorkflowFailure extends TemporalFailure {
  readonly namespace: string;
  readonly workflowType: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly retryState: RetryState;
  readonly initiatedEventId: number;
  readonly startedEventId: number;

  constructor(message: string, fields: ChildWorkflowFailureFields) {
    super(message, fields.cause);
    this.name = 'ChildWorkflowFailure';
    this.namespace = fields.namespace;
    this.workflowType = fields.workflowType;
    this.workflowId = fields.workflowId;
    this.runId = fields.runId;
    this.retryState = fields.retryState;
    this.initiatedEventId = fields.initiatedEventId ?? 0;
    this.startedEventId = fields.startedEventId ?? 0;
  }
}

/** True for a cancellation in any of its shapes: the failure itself, an activity or child that ended by it, or an `AbortError`. */
export function isCancellation(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { name, cause } = error as { name?: unknown; cause?: unknown };
  if (name === 'CancelledFailure' || name === 'AbortError') return true;
  return (name === 'ActivityFailure' || name === 'ChildWorkflowFailure') && isCancellation(cause);
}

/** The innermost cause. */
export function rootCause(error: unknown): unknown {
  let current = error;
  while (typeof current === 'object' && current !== null && 'cause' in current && current.cause !== undefined) current = current.cause;
  return current;
}
