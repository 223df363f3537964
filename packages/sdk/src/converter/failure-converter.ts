/** Between errors and the protocol's failures. */
import type { temporal } from '@tidemark/protocol/types';
import { toMilliseconds } from '../common/duration.ts';
import type { RetryState, TemporalFailure, TimeoutType, WireFailure } from '../common/failures.ts';
import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  isTemporalFailure,
  ServerFailure,
  TerminatedFailure,
  TimeoutFailure,
} from '../common/failures.ts';
import { fromWireDuration, toWireDuration } from '../common/wire-duration.ts';
import type { PayloadConverter } from './payload.ts';
import { fromPayloads, toPayloads } from './payload.ts';

// The numbers the protocol gives these names, by position; the generated enums cannot be loaded inside the sandbox.
const timeoutTypes: readonly TimeoutType[] = ['UNSPECIFIED', 'START_TO_CLOSE', 'SCHEDULE_TO_START', 'SCHEDULE_TO_CLOSE', 'HEARTBEAT'];
const retryStates: readonly RetryState[] = [
  'UNSPECIFIED',
  'IN_PROGRESS',
  'NON_RETRYABLE_FAILURE',
  'TIMEOUT',
  'MAXIMUM_ATTEMPTS_REACHED',
  'RETRY_POLICY_NOT_SET',
  'INTERNAL_SERVER_ERROR',
  'CANCEL_REQUESTED',
];
const BENIGN = 1;
const SOURCE = 'TypeScriptSDK';
const CAUSES_MAX = 32;

type Long = temporal.api.failure.v1.IActivityFailureInfo['scheduledEventId'];
// The codec takes plain numbers where its type says Long.
const long = (value: number): NonNullable<Long> => value as unknown as NonNullable<Long>;

export function toFailure(converter: PayloadConverter, error: unknown, depth = 0): WireFailure {
  if (isTemporalFailure(error) && error.failure !== undefined) return error.failure;
  if (!isErrorLike(error)) {
    const message = typeof error === 'string' ? error : `thrown: ${describe(error)}`;
    return { message, source: SOURCE, applicationFailureInfo: { type: 'Error', nonRetryable: false } };
  }
  const cause = error.cause === undefined || depth >= CAUSES_MAX ? undefined : toFailure(converter, error.cause, depth + 1);
  return {
    message: error.message,
    source: SOURCE,
    stackTrace: trimStack(error.stack),
    ...(cause === undefined ? {} : { cause }),
    ...infoOf(converter, error),
  };
}

interface ErrorLike {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: unknown;
}

/** Errors of another realm are not instances of this realm's Error. */
const isErrorLike = (value: unknown): value is ErrorLike =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as ErrorLike).message === 'string' &&
  typeof (value as ErrorLike).name === 'string';

function describe(value: unknown): string {
  try {
    return JSON.stringify(value) ?? typeof value;
  } catch {
    return typeof value;
  }
}

function trimStack(stack: string | undefined): string {
  return (stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}

function infoOf(converter: PayloadConverter, error: ErrorLike): WireFailure {
  const details = (values: readonly unknown[]) => {
    const payloads = toPayloads(converter, values);
    return payloads === undefined ? {} : { details: payloads };
  };
  if (error instanceof ApplicationFailure) {
    return {
      applicationFailureInfo: {
        type: error.type ?? 'ApplicationFailure',
        nonRetryable: error.nonRetryable,
        ...details(error.details),
        ...(error.nextRetryDelay === undefined ? {} : { nextRetryDelay: toWireDuration(toMilliseconds(error.nextRetryDelay)) }),
        ...(error.category === undefined ? {} : { category: BENIGN }),
      },
    };
  }
  if (error instanceof CancelledFailure) return { canceledFailureInfo: details(error.details) };
  if (error instanceof TerminatedFailure) return { terminatedFailureInfo: {} };
  if (error instanceof TimeoutFailure) {
    const beats = toPayloads(converter, error.lastHeartbeatDetails);
    return {
      timeoutFailureInfo: {
        timeoutType: timeoutTypes.indexOf(error.timeoutType),
        ...(beats === undefined ? {} : { lastHeartbeatDetails: beats }),
      },
    };
  }
  if (error instanceof ServerFailure) return { serverFailureInfo: { nonRetryable: error.nonRetryable } };
  if (error instanceof ActivityFailure) {
    return {
      activityFailureInfo: {
        activityId: error.activityId,
        activityType: { name: error.activityType },
        identity: error.identity,
        retryState: retryStates.indexOf(error.retryState),
        scheduledEventId: long(error.scheduledEventId),
        startedEventId: long(error.startedEventId),
      },
    };
  }
  if (error instanceof ChildWorkflowFailure) {
    return {
      childWorkflowExecutionFailureInfo: {
        namespace: error.namespace,
        workflowType: { name: error.workflowType },
        workflowExecution: { workflowId: error.workflowId, runId: error.runId },
        retryState: retryStates.indexOf(error.retryState),
        initiatedEventId: long(error.initiatedEventId),
        startedEventId: long(error.startedEventId),
      },
    };
  }
  return { applicationFailureInfo: { type: error.name, nonRetryable: false } };
}

export function fromFailure(converter: PayloadConverter, failure: WireFailure): TemporalFailure {
  const error = build(converter, failure);
  error.failure = failure;
  // The stack of the place that failed says more than that of this conversion.
  error.stack = failure.stackTrace ? `${error.name}: ${error.message}\n${failure.stackTrace}` : `${error.name}: ${error.message}`;
  return error;
}

function build(converter: PayloadConverter, failure: WireFailure): TemporalFailure {
  const message = failure.message ?? '';
  const cause = failure.cause ? fromFailure(converter, failure.cause) : undefined;
  const withCause = cause === undefined ? {} : { cause };
  const application = failure.applicationFailureInfo;
  if (application) {
    const delay = fromWireDuration(application.nextRetryDelay);
    return new ApplicationFailure(message, {
      ...(application.type ? { type: application.type } : {}),
      nonRetryable: application.nonRetryable ?? false,
      details: fromPayloads(converter, application.details),
      ...(delay === undefined ? {} : { nextRetryDelay: delay }),
      ...(application.category === BENIGN ? { category: 'BENIGN' } : {}),
      ...withCause,
    });
  }
  if (failure.canceledFailureInfo)
    return new CancelledFailure(message, fromPayloads(converter, failure.canceledFailureInfo.details), cause);
  if (failure.terminatedFailureInfo) return new TerminatedFailure(message, cause);
  if (failure.serverFailureInfo) return new ServerFailure(message, failure.serverFailureInfo.nonRetryable ?? false, cause);
  const timeout = failure.timeoutFailureInfo;
  if (timeout) {
    const lastHeartbeatDetails = fromPayloads(converter, timeout.lastHeartbeatDetails);
    return new TimeoutFailure(message, timeoutTypes[timeout.timeoutType ?? 0] ?? 'UNSPECIFIED', { lastHeartbeatDetails, ...withCause });
  }
  return buildNested(failure, message, cause);
}

function buildNested(failure: WireFailure, message: string, cause: TemporalFailure | undefined): TemporalFailure {
  const withCause = cause === undefined ? {} : { cause };
  const activity = failure.activityFailureInfo;
  if (activity) {
    return new ActivityFailure(message, {
      activityType: activity.activityType?.name ?? '',
      activityId: activity.activityId ?? '',
      retryState: retryStates[activity.retryState ?? 0] ?? 'UNSPECIFIED',
      identity: activity.identity ?? '',
      scheduledEventId: Number(activity.scheduledEventId ?? 0),
      startedEventId: Number(activity.startedEventId ?? 0),
      ...withCause,
    });
  }
  const child = failure.childWorkflowExecutionFailureInfo;
  if (child) {
    return new ChildWorkflowFailure(message, {
      namespace: child.namespace ?? '',
      workflowType: child.workflowType?.name ?? '',
      workflowId: child.workflowExecution?.workflowId ?? '',
      runId: child.workflowExecution?.runId ?? '',
      retryState: retryStates[child.retryState ?? 0] ?? 'UNSPECIFIED',
      initiatedEventId: Number(child.initiatedEventId ?? 0),
      startedEventId: Number(child.startedEventId ?? 0),
      ...withCause,
    });
  }
  return new ApplicationFailure(message, withCause);
}
