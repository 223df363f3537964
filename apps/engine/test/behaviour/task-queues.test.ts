/** Task queues: limits of what they hand out, who goes first, and workers that leave. */
import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import type { WorkflowMethods } from '@tidemark/protocol/services';
import { toNumber } from '@tidemark/protocol/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activity, complete } from '../support/commands.ts';
import { stickTo, stickyTask } from '../support/queries.ts';
import { refusal } from '../support/refusal.ts';
import type { WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, openWholeEngine } from '../support/whole-engine.ts';

const { RateLimitSource, TaskQueueType } = api.enums.v1;
const ACTIVITY = TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY;
const WORKFLOW = TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

const within = (ms: number) => ({ deadline: Date.now() + ms });
type ConfigRequest = WorkflowMethods['updateTaskQueueConfig']['request'];

/** Without a rate the limit is taken away. */
const limit = (taskQueue: string, requestsPerSecond?: number, over: Partial<ConfigRequest> = {}) =>
  engine.workflow.updateTaskQueueConfig({
    namespace: NAMESPACE,
    identity: 'operator',
    taskQueue,
    taskQueueType: ACTIVITY,
    updateQueueRateLimit: { reason: 'gently', ...(requestsPerSecond === undefined ? {} : { rateLimit: { requestsPerSecond } }) },
    ...over,
  });
const describeQueue = (name: string, taskQueueType: number) =>
  engine.workflow.describeTaskQueue({ namespace: NAMESPACE, taskQueue: { name }, taskQueueType, reportConfig: true, reportStats: true });
/** A poll that may come back with nothing; `perSecond` is what its worker asks for. */
const pollActivity = (name: string, perSecond?: number, ms = 10_000) =>
  engine.workflow.pollActivityTaskQueue(
    {
      namespace: NAMESPACE,
      taskQueue: { name },
      ...(perSecond === undefined ? {} : { taskQueueMetadata: { maxTasksPerSecond: { value: perSecond } } }),
    },
    within(ms),
  );
/** A queue in which activities wait. */
async function queueOf(count: number): Promise<string> {
  const run = await engine.start();
  const commands = Array.from({ length: count }, (_, at) => activity(`a${at}`, { taskQueue: { name: run.taskQueue } }));
  await engine.step(run.taskQueue, ...commands);
  return run.taskQueue;
}
/** How long it takes to hand out so many tasks, in milliseconds. */
async function timeOf(count: number, taskQueue: string, perSecond?: number): Promise<number> {
  const before = Date.now();
  for (let at = 0; at < count; at += 1) expect((await pollActivity(taskQueue, perSecond)).taskToken).not.toHaveLength(0);
  return Date.now() - before;
}

describe('a rate limit', () => {
  it('that a worker asks for spreads the tasks of the queue', async () => {
    expect(await timeOf(8, await queueOf(8), 5)).toBeGreaterThan(400);
  });

  it('that is set holds over what workers ask for', async () => {
    const taskQueue = await queueOf(8);
    await limit(taskQueue, 5);
    expect(await timeOf(8, taskQueue, 100_000)).toBeGreaterThan(400);
    expect((await describeQueue(taskQueue, ACTIVITY)).effectiveRateLimit).toMatchObject({
      requestsPerSecond: 5,
      rateLimitSource: RateLimitSource.RATE_LIMIT_SOURCE_API,
    });
    await limit(taskQueue);
    expect((await describeQueue(taskQueue, ACTIVITY)).effectiveRateLimit).toMatchObject({
      requestsPerSecond: 100_000,
      rateLimitSource: RateLimitSource.RATE_LIMIT_SOURCE_WORKER,
    });
  });

  it('of nothing holds every task back until it is lifted', async () => {
    const taskQueue = await queueOf(1);
    await limit(taskQueue, 0);
    expect(await engine.isIdle(taskQueue, 'activity')).toBe(true);
    const polled = pollActivity(taskQueue);
    await limit(taskQueue);
    expect((await polled).activityId).toBe('a0');
  });

  it('is described with who set it and why, and who took it away', async () => {
    const taskQueue = randomUUID();
    const { config } = await limit(taskQueue, 3);
    expect(config).toMatchObject({
      queueRateLimit: { rateLimit: { requestsPerSecond: 3 }, metadata: { reason: 'gently', updateIdentity: 'operator' } },
    });
    expect((await describeQueue(taskQueue, ACTIVITY)).config).toEqual(config);
    await limit(taskQueue, undefined, { identity: 'other' });
    const after = (await describeQueue(taskQueue, ACTIVITY)).config?.queueRateLimit;
    expect([after?.rateLimit ?? undefined, after?.metadata?.updateIdentity]).toEqual([undefined, 'other']);
  });

  it('is not negative, and not one of workflow tasks', async () => {
    expect((await refusal(limit(randomUUID(), -1))).code).toBe(StatusCode.INVALID_ARGUMENT);
    expect((await refusal(limit(randomUUID(), 1, { taskQueueType: WORKFLOW }))).code).toBe(StatusCode.INVALID_ARGUMENT);
  });
});

describe('the backlog of a queue', () => {
  it('is told with its age and rates, each kind for itself', async () => {
    const taskQueue = await queueOf(3);
    const stats = async (kind: number) => (await describeQueue(taskQueue, kind)).stats;
    await expect.poll(async () => toNumber((await stats(ACTIVITY))?.approximateBacklogCount), { timeout: 10_000 }).toBe(3);
    expect(toNumber((await stats(WORKFLOW))?.approximateBacklogCount)).toBe(0);
    await expect
      .poll(async () => {
        const age = (await stats(ACTIVITY))?.approximateBacklogAge;
        return toNumber(age?.seconds) + (age?.nanos ?? 0) / 1e9;
      })
      .toBeGreaterThan(0);
    expect((await stats(ACTIVITY))?.tasksAddRate).toBeGreaterThan(0);
    await timeOf(3, taskQueue);
    await expect.poll(async () => toNumber((await stats(ACTIVITY))?.approximateBacklogCount), { timeout: 10_000 }).toBe(0);
    expect((await stats(ACTIVITY))?.tasksDispatchRate).toBeGreaterThan(0);
  });

  it('of a queue without tasks is nothing', async () => {
    const { stats } = await describeQueue(randomUUID(), ACTIVITY);
    expect([toNumber(stats?.approximateBacklogCount), stats?.tasksAddRate ?? 0]).toEqual([0, 0]);
  });
});

describe('of tasks that wait', () => {
  it('activities of a lower priority key go first', async () => {
    const run = await engine.start();
    const keys = [5, 3, 1, 4, 2];
    await engine.step(
      run.taskQueue,
      ...keys.map((priorityKey) => activity(`${priorityKey}`, { taskQueue: { name: run.taskQueue }, priority: { priorityKey } })),
    );
    const seen: string[] = [];
    for (let left = keys.length; left > 0; left -= 1) seen.push((await engine.activityTask(run.taskQueue)).activityId);
    expect(seen).toEqual(['1', '2', '3', '4', '5']);
  });

  it('the workflow tasks of more urgent runs go first, on a sticky queue too', async () => {
    const [taskQueue, sticky] = [{ name: randomUUID() }, randomUUID()];
    const [slow, urgent, usual] = await Promise.all([4, 1, 3].map((priorityKey) => engine.start({ taskQueue, priority: { priorityKey } })));
    const urgentFirst = [urgent?.runId, usual?.runId, slow?.runId];
    const order = [];
    for (let left = 3; left > 0; left -= 1) {
      const task = await engine.workflowTask(taskQueue.name);
      order.push(task.workflowExecution?.runId);
      await engine.complete(task, [], stickTo(sticky));
    }
    expect(order).toEqual(urgentFirst);
    const signal = (workflowId = '') =>
      engine.workflow.signalWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId }, signalName: 'go' });
    // A worker that has polled its sticky queue lately is there; what it cannot take at once waits.
    const polled = stickyTask(engine, sticky, taskQueue.name);
    await signal(slow?.workflowId);
    await engine.complete(await polled, [], stickTo(sticky));
    for (const run of [slow, urgent, usual]) await signal(run?.workflowId);
    const again = [];
    for (let left = 3; left > 0; left -= 1) {
      const task = await stickyTask(engine, sticky, taskQueue.name);
      again.push(task.workflowExecution?.runId);
      await engine.complete(task, [complete()]);
    }
    expect(again).toEqual(urgentFirst);
  });

  it('one whose priority is changed while it waits goes by the new one', async () => {
    const taskQueue = { name: randomUUID() };
    const first = await engine.start({ taskQueue, priority: { priorityKey: 2 } });
    const second = await engine.start({ taskQueue, priority: { priorityKey: 4 } });
    await engine.workflow.updateWorkflowExecutionOptions({
      namespace: NAMESPACE,
      workflowExecution: { workflowId: second.workflowId },
      workflowExecutionOptions: { priority: { priorityKey: 1 } },
      updateMask: { paths: ['priority'] },
    });
    const order = [];
    for (let left = 2; left > 0; left -= 1) order.push((await engine.workflowTask(taskQueue.name)).workflowExecution?.runId);
    expect(order).toEqual([second.runId, first.runId]);
  });

  it('each carries its priority, that of the run where it has none', async () => {
    const run = await engine.start({ priority: { priorityKey: 2, fairnessKey: 'tenant', fairnessWeight: 2 } });
    await engine.step(run.taskQueue, activity('a', { taskQueue: { name: run.taskQueue }, priority: { priorityKey: 1 } }));
    expect((await engine.activityTask(run.taskQueue)).priority).toMatchObject({ priorityKey: 1, fairnessKey: 'tenant', fairnessWeight: 2 });
  });
});

describe('a worker that shuts down', () => {
  it('has its open polls answered at once, and may say so twice', async () => {
    const [name, workerInstanceKey] = [randomUUID(), randomUUID()];
    const before = Date.now();
    const polls = [
      engine.workflow.pollWorkflowTaskQueue({ namespace: NAMESPACE, taskQueue: { name }, workerInstanceKey }, within(10_000)),
      engine.workflow.pollActivityTaskQueue({ namespace: NAMESPACE, taskQueue: { name }, workerInstanceKey }, within(10_000)),
    ];
    const goodbye = () => engine.workflow.shutdownWorker({ namespace: NAMESPACE, identity: 'test', workerInstanceKey, taskQueue: name });
    await goodbye();
    await goodbye();
    for (const poll of polls) expect((await poll).taskToken).toHaveLength(0);
    expect(Date.now() - before).toBeLessThan(5000);
  });

  it('leaves the runs of its cache to the others at once', async () => {
    const run = await engine.start();
    const sticky = randomUUID();
    await engine.complete(await engine.workflowTask(run.taskQueue), [], stickTo(sticky, 60_000));
    const polled = stickyTask(engine, sticky, run.taskQueue);
    await engine.workflow.shutdownWorker({ namespace: NAMESPACE, identity: 'test', stickyTaskQueue: sticky });
    expect((await polled).taskToken).toHaveLength(0);
    await engine.workflow.signalWorkflowExecution({
      namespace: NAMESPACE,
      workflowExecution: { workflowId: run.workflowId },
      signalName: 'go',
    });
    expect((await engine.workflowTask(run.taskQueue)).workflowExecution?.runId).toBe(run.runId);
  });
});

it('names of the system are refused for polls and starts', async () => {
  const name = '/_sys/queue/1';
  const poll = engine.workflow.pollWorkflowTaskQueue({ namespace: NAMESPACE, taskQueue: { name } }, within(5000));
  expect((await refusal(poll)).code).toBe(StatusCode.INVALID_ARGUMENT);
  expect((await refusal(engine.start({ taskQueue: { name } }))).code).toBe(StatusCode.INVALID_ARGUMENT);
});
