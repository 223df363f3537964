import { api } from '@tidemark/protocol/api';
import { toDuration } from '@tidemark/protocol/time';
import { describe, expect, it } from 'vitest';
import { activity, cancelActivity } from '../../../../test/support/commands.ts';
import { ModelRun } from '../../../../test/support/model-run.ts';
import { decideCancelActivity, decideCompleteActivity, decideFailActivity, decideHeartbeat, decideStartActivity } from './activity.ts';
import { decideDue, nextDueAt } from './due.ts';

const { RetryState, TimeoutType } = api.enums.v1;
const SCHEDULED = 5;

function scheduled(over: Parameters<typeof activity>[1] = {}): ModelRun {
  const run = new ModelRun().start();
  run.poll();
  run.complete([activity('1', over)]);
  return run;
}

function take(run: ModelRun): { kind: 'token'; scheduledEventId: number; attempt: number; stamp: number } {
  const progress = run.known.volatile.progress.get(SCHEDULED);
  const stamp = progress?.stamp ?? -1;
  run.do((state, env) => decideStartActivity(state, { scheduledEventId: SCHEDULED, stamp, requestId: 'poll', identity: 'worker' }, env));
  return { kind: 'token', scheduledEventId: SCHEDULED, attempt: progress?.attempt ?? 0, stamp };
}

const failure = { message: 'no', applicationFailureInfo: { type: 'Broken' } };
const failWith = (run: ModelRun, given: object = failure) => {
  const ref = take(run);
  run.do((state, env) => decideFailActivity(state, { ref, failure: given, identity: 'worker', lastHeartbeatDetails: undefined }, env));
};
const due = (run: ModelRun) => run.do((state, env) => decideDue(state, undefined, env));

describe('retries', () => {
  it('leave no events and wait initial × coefficient^(n−1)', () => {
    const run = scheduled({ retryPolicy: { initialInterval: toDuration(1000), backoffCoefficient: 2 } });
    const before = run.events.length;
    for (const wait of [1000, 2000, 4000]) {
      failWith(run);
      expect(nextDueAt(run.known)).toBe(run.now + wait);
      run.now += wait;
      due(run);
    }
    expect(run.events).toHaveLength(before);
    const ref = take(run);
    run.do((state, env) => decideCompleteActivity(state, { ref, result: undefined, identity: 'worker' }, env));
    expect(run.events.at(-3)?.activityTaskStartedEventAttributes).toMatchObject({ attempt: 4, lastFailure: { message: 'no' } });
  });

  it.each([
    ['the last attempt', { retryPolicy: { maximumAttempts: 1 } }, failure, RetryState.RETRY_STATE_MAXIMUM_ATTEMPTS_REACHED],
    ['a failure that says so', {}, { applicationFailureInfo: { nonRetryable: true } }, RetryState.RETRY_STATE_NON_RETRYABLE_FAILURE],
    ['a listed type', { retryPolicy: { nonRetryableErrorTypes: ['Broken'] } }, failure, RetryState.RETRY_STATE_NON_RETRYABLE_FAILURE],
    ['no time left', { scheduleToCloseTimeout: toDuration(500) }, failure, RetryState.RETRY_STATE_TIMEOUT],
  ])('end at %s', (_name, over, given, retryState) => {
    const run = scheduled(over);
    failWith(run, given);
    expect(run.events.at(-2)?.activityTaskFailedEventAttributes).toMatchObject({ retryState });
    expect(run.names.at(-1)).toBe('workflowTaskScheduled');
  });

  it('take the delay that the failure asks for', () => {
    const run = scheduled();
    failWith(run, { applicationFailureInfo: { nextRetryDelay: toDuration(42_000) } });
    expect(nextDueAt(run.known)).toBe(run.now + 42_000);
  });

  it('make tokens of earlier attempts worthless', () => {
    const run = scheduled();
    const stale = take(run);
    run.do((state, env) => decideFailActivity(state, { ref: stale, failure, identity: 'worker', lastHeartbeatDetails: undefined }, env));
    expect(
      run.refusal((state, env) => decideCompleteActivity(state, { ref: stale, result: undefined, identity: 'worker' }, env))?.code,
    ).toBe('not-found');
  });
});

describe('timeouts', () => {
  it.each([
    ['schedule to start', { scheduleToStartTimeout: toDuration(1000) }, false, TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START],
    [
      'start to close',
      { startToCloseTimeout: toDuration(1000), retryPolicy: { maximumAttempts: 1 } },
      true,
      TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE,
    ],
    ['heartbeat', { heartbeatTimeout: toDuration(1000), retryPolicy: { maximumAttempts: 1 } }, true, TimeoutType.TIMEOUT_TYPE_HEARTBEAT],
    ['schedule to close', { scheduleToCloseTimeout: toDuration(1000) }, true, TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE],
  ])('%s', (_name, over, isStarted, timeoutType) => {
    const run = scheduled(over);
    if (isStarted) take(run);
    run.now += 999;
    due(run);
    expect(run.names.at(-1)).toBe('activityTaskScheduled');
    run.now += 1;
    due(run);
    expect(run.events.at(-2)?.activityTaskTimedOutEventAttributes?.failure?.timeoutFailureInfo?.timeoutType).toBe(timeoutType);
  });

  it('a heartbeat moves its own timeout and replaces the details', () => {
    const run = scheduled({ heartbeatTimeout: toDuration(1000) });
    const ref = take(run);
    run.now += 900;
    run.do((state, env) =>
      decideHeartbeat(state, { ref, details: { payloads: [{ data: new Uint8Array([1]) }] }, identity: 'worker' }, env),
    );
    expect(nextDueAt(run.known)).toBe(run.now + 1000);
    expect(run.known.volatile.progress.get(SCHEDULED)?.heartbeatDetails).toBeDefined();
    run.do((state, env) => decideHeartbeat(state, { ref, details: undefined, identity: 'worker' }, env));
    expect(run.known.volatile.progress.get(SCHEDULED)?.heartbeatDetails).toBeUndefined();
  });
});

describe('cancellation', () => {
  function cancelRequested(isStarted: boolean) {
    const run = new ModelRun().start();
    run.poll();
    run.complete([activity('1')], { forceNewTask: true });
    const ref = isStarted ? take(run) : undefined;
    run.poll();
    run.complete([cancelActivity(SCHEDULED)]);
    return { run, ref };
  }

  it('of an activity nobody took ends it at once', () => {
    const { run } = cancelRequested(false);
    expect(run.names.slice(-3)).toEqual(['activityTaskCancelRequested', 'activityTaskCanceled', 'workflowTaskScheduled']);
  });

  it('of a running one is told with the next heartbeat, and then accepted', () => {
    const { run, ref } = cancelRequested(true);
    if (ref === undefined) throw new Error('not started');
    expect(run.do((state, env) => decideHeartbeat(state, { ref, details: undefined, identity: 'worker' }, env))).toMatchObject({
      cancelRequested: true,
    });
    run.do((state, env) => decideCancelActivity(state, { ref, details: undefined, identity: 'worker' }, env));
    expect(run.names.slice(-3)).toEqual(['activityTaskStarted', 'activityTaskCanceled', 'workflowTaskScheduled']);
  });

  it('is refused from a worker when nobody asked for it', () => {
    const run = scheduled();
    const ref = take(run);
    expect(run.refusal((state, env) => decideCancelActivity(state, { ref, details: undefined, identity: 'worker' }, env))?.code).toBe(
      'invalid-argument',
    );
  });
});
