import { api } from '@tidemark/protocol/api';
import { fromDuration, toDuration } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { describe, expect, it } from 'vitest';
import { completeRetryPolicy, faultOfRetryPolicy, isRetryable, nextAttempt, plannedInterval } from './retry.ts';

const { RetryState, TimeoutType } = api.enums.v1;
type Policy = temporal.api.common.v1.IRetryPolicy;

describe('intervals', () => {
  it.each<[string, Policy, readonly number[]]>([
    ['grow by the coefficient', { initialInterval: toDuration(100), backoffCoefficient: 3 }, [100, 300, 900, 2700]],
    ['stay with a coefficient of one', { initialInterval: toDuration(100), backoffCoefficient: 1 }, [100, 100, 100]],
    ['stop at the maximum', { initialInterval: toDuration(100), maximumInterval: toDuration(350) }, [100, 200, 350, 350]],
    ['have defaults', {}, [1000, 2000, 4000]],
  ])('%s', (_name, policy, expected) => {
    expect(expected.map((_, at) => plannedInterval(policy, at + 1))).toEqual(expected);
  });

  it('never overflow', () => {
    const policy = completeRetryPolicy(undefined);
    expect(plannedInterval(policy, 100_000)).toBe(100_000);
    expect(plannedInterval({ maximumInterval: toDuration(5000), backoffCoefficient: 10 }, 2 ** 31)).toBe(5000);
  });
});

it('a policy is completed where it is open', () => {
  const policy = completeRetryPolicy({ initialInterval: toDuration(200), maximumAttempts: 4 });
  expect(fromDuration(policy.initialInterval)).toBe(200);
  expect(fromDuration(policy.maximumInterval)).toBe(20_000);
  expect(policy).toMatchObject({ backoffCoefficient: 2, maximumAttempts: 4, nonRetryableErrorTypes: [] });
});

const NOTHING = /^$/;

describe('a policy', () => {
  it.each<[string, Policy | undefined, RegExp]>([
    ['that is absent', undefined, NOTHING],
    ['that is empty', {}, NOTHING],
    ['with a negative interval', { initialInterval: toDuration(-1) }, /^invalid InitialInterval set/],
    ['with a small coefficient', { backoffCoefficient: 0.5 }, /^BackoffCoefficient cannot be less than 1/],
    ['with a negative maximum', { maximumInterval: toDuration(-1) }, /^invalid MaximumInterval set/],
    [
      'upside down',
      { initialInterval: toDuration(9), maximumInterval: toDuration(8) },
      /^MaximumInterval cannot be less than InitialInterval/,
    ],
    ['with negative attempts', { maximumAttempts: -1 }, /^MaximumAttempts cannot be negative/],
    ['that allows one attempt, however wrong the rest', { maximumAttempts: 1, backoffCoefficient: 0.1 }, NOTHING],
  ])('%s', (_name, policy, expected) => {
    expect(faultOfRetryPolicy(policy) ?? '').toMatch(expected);
  });
});

describe('a failure', () => {
  const timeout = (timeoutType: number) => ({ timeoutFailureInfo: { timeoutType } });
  it.each<[string, temporal.api.failure.v1.IFailure | undefined, boolean]>([
    ['that is absent', undefined, true],
    ['of the application', { applicationFailureInfo: { type: 'T' } }, true],
    ['of the application that says no', { applicationFailureInfo: { nonRetryable: true } }, false],
    ['of a listed type', { applicationFailureInfo: { type: 'Listed' } }, false],
    ['whose cause alone is of a listed type', { message: 'm', cause: { applicationFailureInfo: { type: 'Listed' } } }, true],
    ['of a server that says no', { serverFailureInfo: { nonRetryable: true } }, false],
    ['of a server', { serverFailureInfo: {} }, true],
    ['by termination', { terminatedFailureInfo: {} }, false],
    ['by cancellation', { canceledFailureInfo: {} }, false],
    ['by start to close', timeout(TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE), true],
    ['by a missing heartbeat', timeout(TimeoutType.TIMEOUT_TYPE_HEARTBEAT), true],
    ['by schedule to start', timeout(TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START), false],
    ['by schedule to close', timeout(TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE), false],
  ])('%s', (_name, failure, expected) => {
    expect(isRetryable(failure, ['Listed'])).toBe(expected);
  });

  it('by timeout may be listed too', () => {
    expect(isRetryable(timeout(TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE), ['TemporalTimeout:StartToClose'])).toBe(false);
    expect(isRetryable(timeout(TimeoutType.TIMEOUT_TYPE_HEARTBEAT), ['TemporalTimeout:Heartbeat'])).toBe(false);
    expect(isRetryable(timeout(TimeoutType.TIMEOUT_TYPE_HEARTBEAT), ['TemporalTimeout:StartToClose'])).toBe(true);
  });
});

describe('another attempt', () => {
  const attempted = {
    policy: { maximumAttempts: 3 },
    attempt: 1,
    failure: undefined,
    now: 10_000,
    deadline: undefined,
    capsRequestedDelay: false,
  };
  const asking = (ms: number) => ({ applicationFailureInfo: { nextRetryDelay: toDuration(ms) } });
  it.each<[string, Partial<Parameters<typeof nextAttempt>[0]>, object]>([
    ['comes after the interval', {}, { kind: 'retry', interval: 1000 }],
    ['comes up to the last', { attempt: 2 }, { kind: 'retry', interval: 2000 }],
    ['does not come after the last', { attempt: 3 }, { kind: 'stop', retryState: RetryState.RETRY_STATE_MAXIMUM_ATTEMPTS_REACHED }],
    ['does not come without a policy', { policy: undefined }, { kind: 'stop', retryState: RetryState.RETRY_STATE_RETRY_POLICY_NOT_SET }],
    ['must begin before the deadline', { deadline: 11_000 }, { kind: 'stop', retryState: RetryState.RETRY_STATE_TIMEOUT }],
    ['may begin just before it', { deadline: 11_001 }, { kind: 'retry', interval: 1000 }],
    ['comes when the failure asks for it', { failure: asking(70) }, { kind: 'retry', interval: 70 }],
    [
      'may be asked for beyond the maximum',
      { failure: asking(9000), policy: { maximumInterval: toDuration(2000) } },
      { kind: 'retry', interval: 9000 },
    ],
    [
      'may be capped though',
      { failure: asking(9000), policy: { maximumInterval: toDuration(2000) }, capsRequestedDelay: true },
      { kind: 'retry', interval: 2000 },
    ],
    [
      'does not come after a failure that forbids it',
      { failure: { applicationFailureInfo: { nonRetryable: true } } },
      { kind: 'stop', retryState: RetryState.RETRY_STATE_NON_RETRYABLE_FAILURE },
    ],
  ])('%s', (_name, changes, expected) => {
    expect(nextAttempt({ ...attempted, ...changes })).toEqual(expected);
  });
});
