/** Attempts are kept beside history: the first, the last, how many, and how they failed; what history says is not changed by it. */
import { api } from '@tidemark/protocol/api';
import { toDuration, toNumber } from '@tidemark/protocol/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunAttempts } from '../../src/api/model/run-attempts.ts';
import { openMemoryStore } from '../../src/persistence/memory/memory-store.ts';
import { ACTIVITY_ID, applicationFailure, awaitActivity, failAttempt } from '../support/activities.ts';
import { complete } from '../support/commands.ts';
import { payloadsOf } from '../support/payloads.ts';
import type { StartedRun, WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';

const { WorkflowTaskFailedCause: Cause } = api.enums.v1;
const fast = { initialInterval: toDuration(5), backoffCoefficient: 1 };
const SCHEDULED = 5;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

const attemptsOf = ({ workflowId, runId }: StartedRun, of = engine): Promise<RunAttempts> =>
  of.tidemark.attempts({ namespace: NAMESPACE, workflowId, runId });
const failNext = async (run: StartedRun, type: string, of = engine): Promise<void> => {
  await failAttempt(of, await of.activityTask(run.taskQueue), applicationFailure(type));
};
const failTask = async (run: StartedRun, message: string, of = engine): Promise<void> => {
  const { taskToken } = await of.workflowTask(run.taskQueue);
  const cause = Cause.WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE;
  const deploymentOptions = { deploymentName: 'orders', buildId: 'b7', workerVersioningMode: 1 };
  await of.workflow.respondWorkflowTaskFailed({ namespace: NAMESPACE, taskToken, cause, failure: { message }, deploymentOptions });
};

describe('an activity that is tried thirty times', () => {
  it('has its first three and last twenty attempts, its count, and its failures in rows of the same', async () => {
    const run = await awaitActivity(engine, { retryPolicy: fast });
    for (let attempt = 1; attempt <= 30; attempt += 1) await failNext(run, attempt <= 14 ? 'Gateway' : 'Refused');
    const { activities, unwritten } = await attemptsOf(run);
    expect(activities).toMatchObject([{ scheduledEventId: SCHEDULED, total: 30, failed: 30, isOver: false, streaksTotal: 2 }]);
    const { attempts, streaks, failures } = activities[0] ?? expect.fail('no activity is told');
    expect(attempts.map(({ ordinal }) => ordinal)).toEqual([1, 2, 3, ...Array.from({ length: 20 }, (_, index) => index + 11)]);
    for (const { startedAt, endedAt = 0, retryAt = 0, worker } of attempts) {
      expect(worker).toBe('test');
      expect(endedAt).toBeGreaterThanOrEqual(startedAt);
      expect(retryAt).toBe(endedAt + 5);
    }
    expect(streaks.map(({ from, to, failure }) => [from, to, failures[failure]?.applicationFailureInfo?.type])).toEqual([
      [1, 14, 'Gateway'],
      [15, 30, 'Refused'],
    ]);
    expect(unwritten).toMatchObject([{ worker: 'test', activityAttempts: 30, taskAttempts: 0 }]);
    expect((await engine.history(run)).length).toBe(SCHEDULED);
  });

  it('says how the last one ended, also when the workflow was busy', async () => {
    const run = await awaitActivity(engine, { retryPolicy: fast });
    await failNext(run, 'Gateway');
    const { taskToken } = await engine.activityTask(run.taskQueue);
    await engine.workflow.signalWorkflowExecution({
      namespace: NAMESPACE,
      workflowExecution: { workflowId: run.workflowId },
      signalName: 'go',
    });
    const task = await engine.workflowTask(run.taskQueue);
    await engine.workflow.recordActivityTaskHeartbeat({ namespace: NAMESPACE, taskToken, details: payloadsOf(1) });
    await engine.workflow.respondActivityTaskCompleted({ namespace: NAMESPACE, taskToken });
    const outcomes = async () => (await attemptsOf(run)).activities[0]?.attempts.map(({ number, outcome }) => [number, outcome]);
    expect(await outcomes()).toEqual([
      [1, 'failed'],
      [2, 'completed'],
    ]);
    await engine.complete(task, []);
    await engine.step(run.taskQueue, complete());
    expect(await outcomes()).toHaveLength(2);
    expect((await attemptsOf(run)).activities).toMatchObject([{ isOver: true, failed: 1 }]);
  });

  it('counts from one again when it is reset, and its attempts go on being counted', async () => {
    const run = await awaitActivity(engine, { retryPolicy: { initialInterval: toDuration(60_000) } });
    await failNext(run, 'Gateway');
    await engine.workflow.resetActivity({ namespace: NAMESPACE, execution: { workflowId: run.workflowId }, id: ACTIVITY_ID });
    await failNext(run, 'Gateway');
    const [entry] = (await attemptsOf(run)).activities;
    expect(entry?.attempts.map(({ ordinal, number }) => [ordinal, number])).toEqual([
      [1, 1],
      [2, 1],
    ]);
    expect(entry?.streaks).toMatchObject([{ from: 1, to: 2 }]);
  });
});

describe('a workflow task that fails five times', () => {
  it('has every failure, with its cause and its worker, though history has the first alone; it survives the engine', async () => {
    const store = openMemoryStore();
    const first = await openWholeEngine({ store });
    const run = await first.start();
    for (const message of ['a', 'a', 'a', 'b']) await failTask(run, message, first);
    await first.stop();
    const second = await openWholeEngine({ store });
    await failTask(run, 'b', second);
    const { tasks, unwritten, activities } = await attemptsOf(run, second);
    expect(activities).toEqual([]);
    expect(tasks).toMatchObject([{ total: 5, failed: 5, isOver: false, streaksTotal: 2, failures: [{ message: 'a' }, { message: 'b' }] }]);
    expect(tasks[0]?.attempts.map(({ number, cause, worker, build }) => [number, cause, worker, build])).toEqual(
      [1, 2, 3, 4, 5].map((number) => [number, 'WorkflowWorkerUnhandledFailure', 'test', number === 1 ? '' : 'b7']),
    );
    expect(unwritten).toMatchObject([{ worker: 'test', build: 'b7', taskAttempts: 4 }]);
    expect(namesOf(await second.history(run)).filter((name) => name === 'WORKFLOW_TASK_FAILED')).toHaveLength(1);
    await second.step(run.taskQueue, complete());
    const closed = await attemptsOf(run, second);
    const events = await second.history(run);
    const succeeded = toNumber(events.find((event) => event.workflowTaskCompletedEventAttributes)?.eventId) - 2;
    expect(closed.tasks).toMatchObject([{ isOver: true, total: 5, scheduledEventId: 2, lastEventId: succeeded }]);
    await second.stop();
  });
});
