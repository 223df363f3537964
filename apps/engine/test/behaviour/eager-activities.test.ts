/** Activities that come back with the completion that scheduled them, for the worker that asked. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toDuration } from '@tidemark/protocol/time';
import { activity, cancelActivity, complete } from '../support/commands.ts';
import type { WholeEngine } from '../support/whole-engine.ts';
import { eventOf, NAMESPACE, openWholeEngine } from '../support/whole-engine.ts';

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

const wanted = (activityId: string, name: string) => activity(activityId, { taskQueue: { name }, requestEagerExecution: true });

it('come with the answer, started by the worker that asked, and are not dispatched again', async () => {
  const { taskQueue, ...run } = await engine.start();
  const task = await engine.workflowTask(taskQueue);
  const { activityTasks } = await engine.complete(task, [wanted('a', taskQueue), activity('b', { taskQueue: { name: taskQueue } })]);
  expect(activityTasks).toMatchObject([{ activityId: 'a', attempt: 1, workflowExecution: run, workflowNamespace: NAMESPACE }]);
  expect((await engine.activityTask(taskQueue)).activityId).toBe('b');
  expect(await engine.isIdle(taskQueue, 'activity')).toBe(true);
  await engine.workflow.respondActivityTaskCompleted({
    namespace: NAMESPACE,
    identity: 'test',
    taskToken: activityTasks[0]?.taskToken ?? new Uint8Array(),
  });
  await engine.workflowTask(taskQueue);
  expect(eventOf(await engine.history(run), 'ACTIVITY_TASK_STARTED').activityTaskStartedEventAttributes?.identity).toBe('test');
});

it('that nobody answers run out and are retried through their queue', async () => {
  const { taskQueue } = await engine.start();
  const task = await engine.workflowTask(taskQueue);
  const short = { taskQueue: { name: taskQueue }, requestEagerExecution: true, startToCloseTimeout: toDuration(100) };
  const { activityTasks } = await engine.complete(task, [
    activity('a', { ...short, retryPolicy: { initialInterval: toDuration(1), maximumInterval: toDuration(1) } }),
  ]);
  expect(activityTasks).toHaveLength(1);
  expect(await engine.activityTask(taskQueue)).toMatchObject({ activityId: 'a', attempt: 2 });
});

it('do not come when the same completion cancels them or ends the run', async () => {
  const cancelled = await engine.start();
  const first = await engine.workflowTask(cancelled.taskQueue);
  const afterCancel = await engine.complete(first, [wanted('a', cancelled.taskQueue), cancelActivity(5)]);
  expect(afterCancel.activityTasks).toEqual([]);
  const ended = await engine.start();
  const second = await engine.workflowTask(ended.taskQueue);
  expect((await engine.complete(second, [wanted('a', ended.taskQueue), complete()])).activityTasks).toEqual([]);
});

it('do not come from a queue that is held to a rate', async () => {
  const { taskQueue } = await engine.start();
  const name = randomUUID();
  await engine.workflow.updateTaskQueueConfig({
    namespace: NAMESPACE,
    taskQueue: name,
    taskQueueType: 2,
    updateQueueRateLimit: { rateLimit: { requestsPerSecond: 100 }, reason: 'test' },
  });
  const task = await engine.workflowTask(taskQueue);
  expect((await engine.complete(task, [wanted('a', name)])).activityTasks).toEqual([]);
  expect((await engine.activityTask(name)).activityId).toBe('a');
});
