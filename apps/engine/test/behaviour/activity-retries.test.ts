/** Attempts of an activity: which failures are followed by another one, when, and what is kept in between. */
import { api } from '@tidemark/protocol/api';
import { fromDuration, fromTimestamp, toDuration } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicationFailure, awaitActivity, endOf, failAttempt, failById, pendingActivity } from '../support/activities.ts';
import { payloadsOf, valuesOf } from '../support/payloads.ts';
import type { StartedRun, WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, openWholeEngine } from '../support/whole-engine.ts';

const { TimeoutType } = api.enums.v1;
type Failure = temporal.api.failure.v1.IFailure;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

const fast = { initialInterval: toDuration(50), backoffCoefficient: 1 };
const slow = { initialInterval: toDuration(60_000) };
const failNext = async (run: StartedRun, failure?: Failure): Promise<void> => {
  await failAttempt(engine, await engine.activityTask(run.taskQueue), failure);
};

describe('a failed attempt', () => {
  it('is followed by another after a growing while, which is told how the one before failed', async () => {
    const retryPolicy = { initialInterval: toDuration(200), backoffCoefficient: 2, maximumAttempts: 3 };
    const run = await awaitActivity(engine, { retryPolicy });
    for (const attempt of [1, 2]) {
      await failNext(run, applicationFailure(`Failure-${attempt}`));
      const pending = await pendingActivity(engine, run);
      expect(pending).toMatchObject({
        attempt: attempt + 1,
        maximumAttempts: 3,
        lastWorkerIdentity: 'test',
        lastFailure: { applicationFailureInfo: { type: `Failure-${attempt}` } },
      });
      expect(fromDuration(pending?.currentRetryInterval)).toBe(attempt * 200);
      const wait = (fromTimestamp(pending?.nextAttemptScheduleTime) ?? 0) - (fromTimestamp(pending?.lastAttemptCompleteTime) ?? 0);
      expect(wait).toBe(attempt * 200);
    }
    await failNext(run, applicationFailure('Failure-3'));
    expect(await endOf(engine, run)).toMatchObject({
      name: 'FAILED',
      retryState: 'MAXIMUM_ATTEMPTS_REACHED',
      failure: { applicationFailureInfo: { type: 'Failure-3' } },
      started: { attempt: 3, lastFailure: { applicationFailureInfo: { type: 'Failure-2' } } },
    });
  });

  it('is followed by others without end where no limit is set', async () => {
    const run = await awaitActivity(engine, { retryPolicy: { initialInterval: toDuration(5), backoffCoefficient: 1 } });
    for (let attempt = 1; attempt <= 20; attempt += 1) {
      const task = await engine.activityTask(run.taskQueue);
      expect(task.attempt).toBe(attempt);
      await failAttempt(engine, task, applicationFailure('Again'));
    }
    const { taskToken } = await engine.activityTask(run.taskQueue);
    await engine.workflow.respondActivityTaskCompleted({ namespace: NAMESPACE, taskToken });
    expect(await endOf(engine, run)).toMatchObject({ name: 'COMPLETED', started: { attempt: 21 } });
  });

  it('that says nothing of why is tried again, and ends with a failure all the same', async () => {
    const run = await awaitActivity(engine, { retryPolicy: { ...fast, maximumAttempts: 2 } });
    await failNext(run);
    await failNext(run);
    const end = await endOf(engine, run);
    expect(end).toMatchObject({ name: 'FAILED', retryState: 'MAXIMUM_ATTEMPTS_REACHED', started: { attempt: 2 } });
    expect(end.failure?.message).toBeTruthy();
    expect(end.failure?.serverFailureInfo).toBeTruthy();
  });

  it('keeps what it said last of how far it was', async () => {
    const run = await awaitActivity(engine, { retryPolicy: fast });
    const task = await engine.activityTask(run.taskQueue);
    await engine.workflow.respondActivityTaskFailed({
      namespace: NAMESPACE,
      taskToken: task.taskToken,
      failure: applicationFailure('Broken'),
      lastHeartbeatDetails: payloadsOf('half way'),
    });
    expect(valuesOf((await pendingActivity(engine, run))?.heartbeatDetails)).toEqual(['half way']);
    expect(valuesOf((await engine.activityTask(run.taskQueue)).heartbeatDetails)).toEqual(['half way']);
  });

  it('keeps its heartbeats and its failure in sight while attempts follow', async () => {
    const run = await awaitActivity(engine, { retryPolicy: fast });
    for (const words of ['first', 'second']) {
      const task = await engine.activityTask(run.taskQueue);
      await engine.workflow.recordActivityTaskHeartbeat({
        namespace: NAMESPACE,
        taskToken: task.taskToken,
        identity: `worker-${words}`,
        details: payloadsOf(words),
      });
      await failAttempt(engine, task, applicationFailure(words));
      const pending = await pendingActivity(engine, run);
      expect(valuesOf(pending?.heartbeatDetails)).toEqual([words]);
      expect(pending).toMatchObject({ lastWorkerIdentity: `worker-${words}`, lastFailure: { message: words } });
    }
  });
});

describe('a failure that', () => {
  const server = (nonRetryable: boolean): Failure => ({ message: 'server', serverFailureInfo: { nonRetryable } });
  const timeout = (timeoutType: temporal.api.enums.v1.TimeoutType): Failure => ({ message: 'late', timeoutFailureInfo: { timeoutType } });

  it.each<[string, Failure]>([
    ['the server may repeat', server(false)],
    ['is a START_TO_CLOSE timeout', timeout(TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE)],
    ['is a HEARTBEAT timeout', timeout(TimeoutType.TIMEOUT_TYPE_HEARTBEAT)],
    ['is of no known kind', { message: 'unknown' }],
  ])('%s, reported by id, is followed by another attempt', async (_kind, failure) => {
    const run = await awaitActivity(engine, { retryPolicy: fast });
    await engine.activityTask(run.taskQueue);
    await failById(engine, run, failure);
    expect((await engine.activityTask(run.taskQueue)).attempt).toBe(2);
  });

  it.each<[string, Failure]>([
    ['the server must not repeat', server(true)],
    ['is a SCHEDULE_TO_START timeout', timeout(TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START)],
    ['is a SCHEDULE_TO_CLOSE timeout', timeout(TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE)],
    ['is a cancellation', { message: 'cancelled', canceledFailureInfo: {} }],
    ['is a termination', { message: 'terminated', terminatedFailureInfo: {} }],
    ['says so itself', { message: 'final', applicationFailureInfo: { type: 'Any', nonRetryable: true } }],
    ['is of a type that the policy names', applicationFailure('Named')],
  ])('%s is the last', async (_kind, failure) => {
    const run = await awaitActivity(engine, { retryPolicy: { ...fast, nonRetryableErrorTypes: ['Named'] } });
    await engine.activityTask(run.taskQueue);
    await failById(engine, run, failure);
    expect((await endOf(engine, run)).retryState).toBe('NON_RETRYABLE_FAILURE');
  });
});

describe('a long failure', () => {
  const long = 'x'.repeat(10_000);

  it('is cut while attempts follow', async () => {
    const run = await awaitActivity(engine, { retryPolicy: slow });
    await failNext(run, applicationFailure('Long', long));
    const { lastFailure } = (await pendingActivity(engine, run)) ?? {};
    expect(lastFailure).toMatchObject({
      message: 'Failure exceeds size limit.',
      serverFailureInfo: { nonRetryable: false },
      cause: { applicationFailureInfo: { type: 'Long' } },
    });
    const kept = lastFailure?.cause?.message ?? '';
    expect(kept.length).toBeGreaterThan(4000);
    expect(kept.length).toBeLessThanOrEqual(4096);
    expect(long.startsWith(kept)).toBe(true);
  });

  it('is whole where it is the last', async () => {
    const run = await awaitActivity(engine, { retryPolicy: { maximumAttempts: 1 } });
    await failNext(run, applicationFailure('Long', long));
    expect((await endOf(engine, run)).failure).toMatchObject({ message: long, applicationFailureInfo: { type: 'Long' } });
  });
});

describe('the wait for the next attempt', () => {
  const shown = async (run: StartedRun) => {
    const { currentRetryInterval, nextAttemptScheduleTime } = (await pendingActivity(engine, run)) ?? {};
    return { interval: fromDuration(currentRetryInterval), hasMoment: Boolean(nextAttemptScheduleTime) };
  };

  it('is shown while it lasts, and not for an attempt that waits for a worker or runs', async () => {
    const run = await awaitActivity(engine, { retryPolicy: { initialInterval: toDuration(300), backoffCoefficient: 1 } });
    expect((await shown(run)).hasMoment).toBe(false);
    const task = await engine.activityTask(run.taskQueue);
    expect(await shown(run)).toEqual({ interval: undefined, hasMoment: false });
    await failAttempt(engine, task, applicationFailure('Broken'));
    expect(await shown(run)).toEqual({ interval: 300, hasMoment: true });
    await engine.activityTask(run.taskQueue);
    expect(await shown(run)).toEqual({ interval: undefined, hasMoment: false });
  });

  it('may be asked for by the failure itself', async () => {
    const run = await awaitActivity(engine, { retryPolicy: slow });
    await failNext(run, { message: 'soon', applicationFailureInfo: { type: 'Busy', nextRetryDelay: toDuration(200) } });
    expect(await shown(run)).toEqual({ interval: 200, hasMoment: true });
    expect((await engine.activityTask(run.taskQueue)).attempt).toBe(2);
  });
});
