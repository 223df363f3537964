/** Activities that take too long: which of their four times ran out, and what their workflow is told. */
import { api } from '@tidemark/protocol/api';
import { toDuration } from '@tidemark/protocol/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicationFailure, awaitActivity, endOf, failAttempt, pendingActivity } from '../support/activities.ts';
import { payloadsOf, valuesOf } from '../support/payloads.ts';
import type { ActivityTask, WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, openWholeEngine } from '../support/whole-engine.ts';

const { TimeoutType } = api.enums.v1;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

const once = { maximumAttempts: 1 };
const soon = toDuration(300);
const never = toDuration(60_000);
const fast = { initialInterval: toDuration(50), backoffCoefficient: 1 };

const heartbeat = ({ taskToken }: ActivityTask, ...details: readonly unknown[]) =>
  engine.workflow.recordActivityTaskHeartbeat({ namespace: NAMESPACE, taskToken, identity: 'test', details: payloadsOf(...details) });

describe('an activity', () => {
  it('that nobody takes in time times out, and is not tried again', async () => {
    const run = await awaitActivity(engine, { scheduleToStartTimeout: soon, scheduleToCloseTimeout: never, retryPolicy: fast });
    const end = await endOf(engine, run);
    expect(end).toMatchObject({ name: 'TIMED_OUT', retryState: 'TIMEOUT', started: undefined });
    expect(end.failure?.timeoutFailureInfo?.timeoutType).toBe(TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START);
  });

  it('that runs too long times out', async () => {
    const run = await awaitActivity(engine, { startToCloseTimeout: soon, scheduleToCloseTimeout: never, retryPolicy: once });
    await engine.activityTask(run.taskQueue);
    const end = await endOf(engine, run);
    expect(end).toMatchObject({ name: 'TIMED_OUT', retryState: 'MAXIMUM_ATTEMPTS_REACHED', started: { attempt: 1 } });
    expect(end.failure?.timeoutFailureInfo?.timeoutType).toBe(TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE);
  });

  it('that runs beyond the time of all its attempts times out', async () => {
    const run = await awaitActivity(engine, { startToCloseTimeout: never, scheduleToCloseTimeout: soon, retryPolicy: fast });
    await engine.activityTask(run.taskQueue);
    const end = await endOf(engine, run);
    expect(end).toMatchObject({ name: 'TIMED_OUT', retryState: 'TIMEOUT', started: { attempt: 1 } });
    expect(end.failure?.timeoutFailureInfo?.timeoutType).toBe(TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE);
  });

  it('that falls silent times out, and its last words are kept', async () => {
    const run = await awaitActivity(engine, { heartbeatTimeout: soon, startToCloseTimeout: never, retryPolicy: once });
    await heartbeat(await engine.activityTask(run.taskQueue), 'half way');
    const end = await endOf(engine, run);
    expect(end).toMatchObject({ name: 'TIMED_OUT', retryState: 'MAXIMUM_ATTEMPTS_REACHED' });
    expect(end.failure?.timeoutFailureInfo?.timeoutType).toBe(TimeoutType.TIMEOUT_TYPE_HEARTBEAT);
    expect(valuesOf(end.failure?.timeoutFailureInfo?.lastHeartbeatDetails)).toEqual(['half way']);
  });

  it('that goes on saying that it is alive may take long; its header and its words are handed on', async () => {
    const header = { fields: { trace: payloadsOf('t').payloads?.[0] ?? {} } };
    const run = await awaitActivity(engine, { heartbeatTimeout: toDuration(500), startToCloseTimeout: never, header, retryPolicy: once });
    const task = await engine.activityTask(run.taskQueue);
    expect(Object.keys(task.header?.fields ?? {})).toEqual(['trace']);
    const until = Date.now() + 1200;
    for (let beats = 1; Date.now() < until; beats += 1) {
      await heartbeat(task, beats);
      // A workflow task that does not come: the time of one beat passes.
      await engine.workflow.pollWorkflowTaskQueue(
        { namespace: NAMESPACE, taskQueue: { name: run.taskQueue } },
        { deadline: Date.now() + 10_000, signal: AbortSignal.timeout(150) },
      );
    }
    const pending = await pendingActivity(engine, run);
    expect(valuesOf(pending?.heartbeatDetails)[0]).toBeGreaterThan(3);
    await engine.workflow.respondActivityTaskCompleted({ namespace: NAMESPACE, taskToken: task.taskToken, result: payloadsOf('done') });
    const end = await endOf(engine, run);
    expect(valuesOf(end.event.activityTaskCompletedEventAttributes?.result)).toEqual(['done']);
  });
});

describe('the time of all attempts', () => {
  it('that ends while the next one is awaited closes the activity, with the last failure for its cause', async () => {
    const run = await awaitActivity(engine, { scheduleToCloseTimeout: toDuration(500), retryPolicy: fast });
    await failAttempt(engine, await engine.activityTask(run.taskQueue), applicationFailure('First'));
    const end = await endOf(engine, run);
    expect(end).toMatchObject({
      name: 'TIMED_OUT',
      retryState: 'TIMEOUT',
      started: undefined,
      failure: { cause: { applicationFailureInfo: { type: 'First' } } },
    });
    expect(end.failure?.timeoutFailureInfo?.timeoutType).toBe(TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE);
  });

  it('in which the next one would not fit ends the activity with its failure at once', async () => {
    const run = await awaitActivity(engine, { scheduleToCloseTimeout: toDuration(5000), retryPolicy: { initialInterval: never } });
    await failAttempt(engine, await engine.activityTask(run.taskQueue), applicationFailure('First'));
    expect(await endOf(engine, run)).toMatchObject({ name: 'FAILED', retryState: 'TIMEOUT', started: { attempt: 1 } });
  });

  it('that ends during a later attempt closes the activity, with the failure before for its cause', async () => {
    const run = await awaitActivity(engine, { scheduleToCloseTimeout: toDuration(500), retryPolicy: fast });
    await failAttempt(engine, await engine.activityTask(run.taskQueue), applicationFailure('First'));
    await engine.activityTask(run.taskQueue);
    const end = await endOf(engine, run);
    expect(end).toMatchObject({
      name: 'TIMED_OUT',
      retryState: 'TIMEOUT',
      started: { attempt: 2 },
      failure: { cause: { applicationFailureInfo: { type: 'First' } } },
    });
    expect(end.failure?.timeoutFailureInfo?.timeoutType).toBe(TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE);
  });
});

describe.each([
  ['StartToClose', { startToCloseTimeout: soon }, TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE],
  ['Heartbeat', { heartbeatTimeout: soon, startToCloseTimeout: never }, TimeoutType.TIMEOUT_TYPE_HEARTBEAT],
] as const)('a timeout of type %s', (type, timeouts, timeoutType) => {
  it('is tried again, in the place of the failure before', async () => {
    const run = await awaitActivity(engine, { ...timeouts, scheduleToCloseTimeout: never, retryPolicy: fast });
    await failAttempt(engine, await engine.activityTask(run.taskQueue), applicationFailure('First'));
    await engine.activityTask(run.taskQueue);
    expect((await engine.activityTask(run.taskQueue)).attempt).toBe(3);
    const { lastFailure } = (await pendingActivity(engine, run)) ?? {};
    expect(lastFailure?.timeoutFailureInfo?.timeoutType).toBe(timeoutType);
    expect(lastFailure?.cause ?? null).toBeNull();
  });

  it('is not tried again where the policy names it', async () => {
    const retryPolicy = { ...fast, nonRetryableErrorTypes: [`TemporalTimeout:${type}`] };
    const run = await awaitActivity(engine, { ...timeouts, scheduleToCloseTimeout: never, retryPolicy });
    await engine.activityTask(run.taskQueue);
    expect(await endOf(engine, run)).toMatchObject({ name: 'TIMED_OUT', retryState: 'NON_RETRYABLE_FAILURE', started: { attempt: 1 } });
  });

  it('at the last attempt has the failure of the one before for its cause', async () => {
    const run = await awaitActivity(engine, { ...timeouts, scheduleToCloseTimeout: never, retryPolicy: { ...fast, maximumAttempts: 2 } });
    await failAttempt(engine, await engine.activityTask(run.taskQueue), applicationFailure('First'));
    await engine.activityTask(run.taskQueue);
    const end = await endOf(engine, run);
    expect(end.failure).toMatchObject({ timeoutFailureInfo: { timeoutType }, cause: { applicationFailureInfo: { type: 'First' } } });
  });
});
