/** How activities end otherwise than by their last attempt: cancelled, completed from elsewhere, out of date. */
import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import { toDuration } from '@tidemark/protocol/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ACTIVITY_ID,
  applicationFailure,
  awaitActivity,
  completeById,
  endOf,
  failAttempt,
  pendingActivity,
} from '../support/activities.ts';
import { cancelActivity } from '../support/commands.ts';
import { payloadsOf, valuesOf } from '../support/payloads.ts';
import { refusal } from '../support/refusal.ts';
import type { ActivityTask, StartedRun, WholeEngine } from '../support/whole-engine.ts';
import { eventOf, NAMESPACE, openWholeEngine } from '../support/whole-engine.ts';

const { PendingActivityState: State } = api.enums.v1;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

const fast = { initialInterval: toDuration(50), backoffCoefficient: 1 };
const slow = { initialInterval: toDuration(60_000) };
/** Of the event that scheduled the only activity of a run. */
const SCHEDULED_ID = 5;

const heartbeat = ({ taskToken }: ActivityTask, over: { readonly identity?: string } = {}) =>
  engine.workflow.recordActivityTaskHeartbeat({ namespace: NAMESPACE, taskToken, identity: 'test', ...over });
const reportCanceled = ({ taskToken }: ActivityTask) =>
  engine.workflow.respondActivityTaskCanceled({ namespace: NAMESPACE, taskToken, details: payloadsOf('cleaned up') });
/** Wakes the workflow, which asks for the activity to be cancelled. */
async function requestCancel(run: StartedRun): Promise<void> {
  await engine.workflow.signalWorkflowExecution({
    namespace: NAMESPACE,
    workflowExecution: { workflowId: run.workflowId },
    signalName: 'go',
  });
  await engine.step(run.taskQueue, cancelActivity(SCHEDULED_ID));
}

describe('a cancellation', () => {
  it('is heard of with a heartbeat, and ends the activity when its worker says so', async () => {
    const run = await awaitActivity(engine);
    const task = await engine.activityTask(run.taskQueue);
    expect((await heartbeat(task)).cancelRequested).toBe(false);
    await requestCancel(run);
    expect((await pendingActivity(engine, run))?.state).toBe(State.PENDING_ACTIVITY_STATE_CANCEL_REQUESTED);
    expect((await heartbeat(task)).cancelRequested).toBe(true);
    await reportCanceled(task);
    const { name, event } = await endOf(engine, run);
    expect(name).toBe('CANCELED');
    expect(valuesOf(event.activityTaskCanceledEventAttributes?.details)).toEqual(['cleaned up']);
    const requested = eventOf(await engine.history(run), 'ACTIVITY_TASK_CANCEL_REQUESTED');
    expect(event.activityTaskCanceledEventAttributes?.latestCancelRequestedEventId).toEqual(requested.eventId);
  });

  it('of an activity nobody took ends it at once, and nobody gets it any more', async () => {
    const run = await awaitActivity(engine);
    await requestCancel(run);
    expect((await endOf(engine, run)).name).toBe('CANCELED');
    const { taskToken } = await engine.workflow.pollActivityTaskQueue(
      { namespace: NAMESPACE, taskQueue: { name: run.taskQueue } },
      { deadline: Date.now() + 10_000, signal: AbortSignal.timeout(100) },
    );
    expect(taskToken).toHaveLength(0);
  });

  it('keeps a failed attempt from being followed by another', async () => {
    const run = await awaitActivity(engine, { retryPolicy: fast });
    const task = await engine.activityTask(run.taskQueue);
    await requestCancel(run);
    await failAttempt(engine, task, applicationFailure('Broken'));
    expect(await endOf(engine, run)).toMatchObject({ name: 'FAILED', retryState: 'CANCEL_REQUESTED' });
  });

  it('that nobody asked for cannot be reported, by token or by id', async () => {
    const run = await awaitActivity(engine);
    const task = await engine.activityTask(run.taskQueue);
    const byId = { namespace: NAMESPACE, workflowId: run.workflowId, activityId: ACTIVITY_ID };
    for (const call of [() => reportCanceled(task), () => engine.workflow.respondActivityTaskCanceledById(byId)])
      expect((await refusal(call())).code).toBe(StatusCode.INVALID_ARGUMENT);
    expect((await pendingActivity(engine, run))?.state).toBe(State.PENDING_ACTIVITY_STATE_STARTED);
  });
});

describe('a completion by id', () => {
  it('ends an activity that nobody has taken', async () => {
    const run = await awaitActivity(engine);
    await completeById(engine, run);
    expect(await endOf(engine, run)).toMatchObject({ name: 'COMPLETED', started: { attempt: 1, identity: 'person' } });
  });

  it('ends an activity that waits for its next attempt', async () => {
    const run = await awaitActivity(engine, { retryPolicy: slow });
    await failAttempt(engine, await engine.activityTask(run.taskQueue), applicationFailure('Broken'));
    await completeById(engine, run);
    expect(await endOf(engine, run)).toMatchObject({ name: 'COMPLETED', started: { attempt: 2 } });
  });

  it('ends an activity that is held back', async () => {
    const run = await awaitActivity(engine);
    await engine.workflow.pauseActivity({ namespace: NAMESPACE, execution: { workflowId: run.workflowId }, id: ACTIVITY_ID });
    await completeById(engine, run);
    expect((await endOf(engine, run)).name).toBe('COMPLETED');
  });
});

describe('a worker', () => {
  it('with the token of an attempt that is over finds nothing', async () => {
    const run = await awaitActivity(engine, { retryPolicy: fast });
    const first = await engine.activityTask(run.taskQueue);
    await failAttempt(engine, first, applicationFailure('Broken'));
    const { taskToken } = first;
    const again = () => engine.workflow.respondActivityTaskCompleted({ namespace: NAMESPACE, taskToken });
    expect((await refusal(again())).code).toBe(StatusCode.NOT_FOUND);
    await engine.activityTask(run.taskQueue);
    for (const call of [again, () => failAttempt(engine, first), () => heartbeat(first)])
      expect((await refusal(call())).code).toBe(StatusCode.NOT_FOUND);
  });

  it('that heartbeats last is the one that is shown', async () => {
    const run = await awaitActivity(engine);
    const task = await engine.activityTask(run.taskQueue);
    expect((await pendingActivity(engine, run))?.lastWorkerIdentity).toBe('test');
    await heartbeat(task, { identity: 'another' });
    expect((await pendingActivity(engine, run))?.lastWorkerIdentity).toBe('another');
  });

  it('that fails the only attempt there may be ends the activity', async () => {
    const run = await awaitActivity(engine, { retryPolicy: { maximumAttempts: 1 } });
    await failAttempt(engine, await engine.activityTask(run.taskQueue), applicationFailure('Broken'));
    expect(await endOf(engine, run)).toMatchObject({ name: 'FAILED', retryState: 'MAXIMUM_ATTEMPTS_REACHED', started: { attempt: 1 } });
  });
});

describe('an operator', () => {
  const name = ({ workflowId }: StartedRun) => ({ namespace: NAMESPACE, execution: { workflowId }, id: ACTIVITY_ID });
  const told = ({ taskToken }: ActivityTask) =>
    engine.workflow.recordActivityTaskHeartbeat({ namespace: NAMESPACE, taskToken, details: payloadsOf('half way') });

  it('who lets an activity go on that is not held back is answered in silence', async () => {
    const run = await awaitActivity(engine);
    await engine.workflow.unpauseActivity(name(run));
    expect((await pendingActivity(engine, run))?.state).toBe(State.PENDING_ACTIVITY_STATE_SCHEDULED);
  });

  it('who resets a paused activity that runs may leave it paused', async () => {
    const run = await awaitActivity(engine);
    await engine.activityTask(run.taskQueue);
    await engine.workflow.pauseActivity(name(run));
    await engine.workflow.resetActivity({ ...name(run), keepPaused: true });
    expect((await pendingActivity(engine, run))?.state).toBe(State.PENDING_ACTIVITY_STATE_PAUSE_REQUESTED);
  });

  it.each([
    [false, ['half way']],
    [true, []],
  ])('who resets a waiting activity, its heartbeats too: %s', async (resetHeartbeat, expected) => {
    const run = await awaitActivity(engine, { retryPolicy: slow });
    const task = await engine.activityTask(run.taskQueue);
    await told(task);
    await failAttempt(engine, task, applicationFailure('Broken'));
    await engine.workflow.resetActivity({ ...name(run), resetHeartbeat });
    const next = await engine.activityTask(run.taskQueue);
    expect(next.attempt).toBe(1);
    expect(valuesOf(next.heartbeatDetails)).toEqual(expected);
  });

  it.each([
    [false, ['half way']],
    [true, []],
  ])('who resets an activity that runs, its heartbeats too: %s', async (resetHeartbeat, expected) => {
    const run = await awaitActivity(engine, { retryPolicy: fast });
    const task = await engine.activityTask(run.taskQueue);
    await told(task);
    await engine.workflow.resetActivity({ ...name(run), resetHeartbeat });
    await failAttempt(engine, task, applicationFailure('Broken'));
    expect(valuesOf((await engine.activityTask(run.taskQueue)).heartbeatDetails)).toEqual(expected);
  });
});
