/** Whether there is another attempt, and when. */
import { api } from '@tidemark/protocol/api';
import { fromDuration, toDuration } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { Duration, Instant } from '../../kernel/ports.ts';

const { RetryState, TimeoutType } = api.enums.v1;
type Failure = temporal.api.failure.v1.IFailure;
type RetryPolicy = temporal.api.common.v1.IRetryPolicy;

const DEFAULT = { initialMs: 1000, coefficient: 2, maximumFactor: 100 };

/** Fills what a policy leaves open. */
export function completeRetryPolicy(policy: RetryPolicy | null | undefined): RetryPolicy {
  const initial = fromDuration(policy?.initialInterval) || DEFAULT.initialMs;
  return {
    initialInterval: toDuration(initial),
    backoffCoefficient: policy?.backoffCoefficient || DEFAULT.coefficient,
    maximumInterval: toDuration(fromDuration(policy?.maximumInterval) || initial * DEFAULT.maximumFactor),
    maximumAttempts: policy?.maximumAttempts ?? 0,
    nonRetryableErrorTypes: policy?.nonRetryableErrorTypes ?? [],
  };
}

/** The field that is wrong and why, or nothing. */
export function faultOfRetryPolicy(policy: RetryPolicy | null | undefined): string | undefined {
  if (!policy || policy.maximumAttempts === 1) return undefined;
  const initial = fromDuration(policy.initialInterval) ?? 0;
  const maximum = fromDuration(policy.maximumInterval) ?? 0;
  const coefficient = policy.backoffCoefficient ?? 0;
  if (initial < 0) return 'invalid InitialInterval set on retry policy: negative duration';
  if (coefficient !== 0 && coefficient < 1) return 'BackoffCoefficient cannot be less than 1 on retry policy.';
  if (maximum < 0) return 'invalid MaximumInterval set on retry policy: negative duration';
  if (maximum > 0 && maximum < initial) return 'MaximumInterval cannot be less than InitialInterval on retry policy.';
  if ((policy.maximumAttempts ?? 0) < 0) return 'MaximumAttempts cannot be negative on retry policy.';
  return undefined;
}

export interface Attempted {
  readonly policy: RetryPolicy | null | undefined;
  readonly attempt: number;
  readonly failure: Failure | null | undefined;
  readonly now: Instant;
  /** No attempt may begin after this. */
  readonly deadline: Instant | undefined;
  /** A failure may ask for its own delay; for activities it may exceed the policy's maximum. */
  readonly capsRequestedDelay: boolean;
}

export type Verdict =
  | { readonly kind: 'retry'; readonly interval: Duration }
  | { readonly kind: 'stop'; readonly retryState: temporal.api.enums.v1.RetryState };

export function nextAttempt({ policy, attempt, failure, now, deadline, capsRequestedDelay }: Attempted): Verdict {
  const stop = (retryState: temporal.api.enums.v1.RetryState): Verdict => ({ kind: 'stop', retryState });
  if (!policy) return stop(RetryState.RETRY_STATE_RETRY_POLICY_NOT_SET);
  if (!isRetryable(failure, policy.nonRetryableErrorTypes ?? [])) return stop(RetryState.RETRY_STATE_NON_RETRYABLE_FAILURE);
  const maximumAttempts = policy.maximumAttempts ?? 0;
  if (maximumAttempts > 0 && attempt >= maximumAttempts) return stop(RetryState.RETRY_STATE_MAXIMUM_ATTEMPTS_REACHED);
  const interval = intervalAfter(policy, { attempt, failure, capsRequestedDelay });
  if (deadline !== undefined && now + interval >= deadline) return stop(RetryState.RETRY_STATE_TIMEOUT);
  return { kind: 'retry', interval };
}

type Past = Pick<Attempted, 'attempt' | 'failure' | 'capsRequestedDelay'>;

function intervalAfter(policy: RetryPolicy, { attempt, failure, capsRequestedDelay }: Past): Duration {
  const maximum = fromDuration(policy.maximumInterval) || Infinity;
  const requested = fromDuration(failure?.applicationFailureInfo?.nextRetryDelay);
  if (requested !== undefined) return capsRequestedDelay ? Math.min(requested, maximum) : requested;
  return plannedInterval(policy, attempt);
}

/** Initial interval times coefficient to the power of the attempts before, up to the maximum; no jitter. */
export function plannedInterval(policy: RetryPolicy, attempt: number): Duration {
  const initial = fromDuration(policy.initialInterval) || DEFAULT.initialMs;
  const maximum = fromDuration(policy.maximumInterval) || Infinity;
  return Math.min(initial * (policy.backoffCoefficient || DEFAULT.coefficient) ** (attempt - 1), maximum);
}

/** Only the outermost failure counts: an activity's failure may be retried although its cause may not. */
export function isRetryable(failure: Failure | null | undefined, nonRetryableTypes: readonly string[]): boolean {
  if (!failure) return true;
  if (failure.terminatedFailureInfo || failure.canceledFailureInfo) return false;
  const timeout = failure.timeoutFailureInfo;
  if (timeout) {
    if (timeout.timeoutType === TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE) return !nonRetryableTypes.includes('TemporalTimeout:StartToClose');
    if (timeout.timeoutType === TimeoutType.TIMEOUT_TYPE_HEARTBEAT) return !nonRetryableTypes.includes('TemporalTimeout:Heartbeat');
    return false;
  }
  if (failure.serverFailureInfo) return failure.serverFailureInfo.nonRetryable !== true;
  const application = failure.applicationFailureInfo;
  if (application) return application.nonRetryable !== true && !nonRetryableTypes.includes(application.type ?? '');
  return true;
}
