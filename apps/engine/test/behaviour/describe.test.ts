/** Descriptions of runs and of task queues. */
import { api } from '@tidemark/protocol/api';
import { fromDuration, toDuration, toNumber } from '@tidemark/protocol/time';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { activity, complete, startChild } from '../support/commands.ts';
import { payloadOf, payloadsOf, valueOf, valuesOf } from '../support/payloads.ts';
import type { WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, openWholeEngine } from '../support/whole-engine.ts';

const { PendingActivityState, PendingWorkflowTaskState, TaskQueueType, WorkflowExecutionStatus } = api.enums.v1;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

it('a run is described from its first task to its end', async () => {
  const run = await engine.start({
    memo: { fields: { note: payloadOf('kept') } },
    workflowExecutionTimeout: toDuration(60_000),
    workflowRunTimeout: toDuration(30_000),
    workflowTaskTimeout: toDuration(5000),
  });
  const begun = await engine.describe(run);
  expect(begun.executionConfig?.taskQueue?.name).toBe(run.taskQueue);
  expect(fromDuration(begun.executionConfig?.workflowExecutionTimeout)).toBe(60_000);
  expect(fromDuration(begun.executionConfig?.workflowRunTimeout)).toBe(30_000);
  expect(fromDuration(begun.executionConfig?.defaultWorkflowTaskTimeout)).toBe(5000);
  expect(begun.workflowExecutionInfo).toMatchObject({
    execution: { workflowId: run.workflowId, runId: run.runId },
    type: { name: 'Order' },
    status: WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING,
    taskQueue: run.taskQueue,
    firstRunId: run.runId,
  });
  expect(valueOf(begun.workflowExecutionInfo?.memo?.fields?.['note'])).toBe('kept');
  expect(toNumber(begun.workflowExecutionInfo?.historyLength)).toBe(2);
  expect(begun.pendingWorkflowTask).toMatchObject({
    state: PendingWorkflowTaskState.PENDING_WORKFLOW_TASK_STATE_SCHEDULED,
    attempt: 1,
  });
  const task = await engine.workflowTask(run.taskQueue);
  const taken = (await engine.describe(run)).pendingWorkflowTask;
  expect(taken?.state).toBe(PendingWorkflowTaskState.PENDING_WORKFLOW_TASK_STATE_STARTED);
  expect(taken?.startedTime?.seconds).toBeDefined();
  await engine.complete(task, [
    activity('a', { taskQueue: { name: run.taskQueue }, heartbeatTimeout: toDuration(10_000), retryPolicy: { maximumAttempts: 3 } }),
    startChild(`${run.workflowId}-child`, { taskQueue: { name: `${run.workflowId}-child` } }),
  ]);
  const waiting = (await engine.describe(run)).pendingActivities[0];
  expect(waiting).toMatchObject({
    activityId: 'a',
    activityType: { name: 'step' },
    state: PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED,
    attempt: 1,
    maximumAttempts: 3,
  });
  const { taskToken } = await engine.activityTask(run.taskQueue);
  await engine.workflow.recordActivityTaskHeartbeat({ namespace: NAMESPACE, taskToken, details: payloadsOf('half') });
  const started = (await engine.describe(run)).pendingActivities[0];
  expect(started?.state).toBe(PendingActivityState.PENDING_ACTIVITY_STATE_STARTED);
  expect(started?.lastWorkerIdentity).toBe('test');
  expect(valuesOf(started?.heartbeatDetails)).toEqual(['half']);
  expect(started?.lastStartedTime && started.lastHeartbeatTime).toBeDefined();
  await expect
    .poll(async () => (await engine.describe(run)).pendingChildren)
    .toMatchObject([{ workflowId: `${run.workflowId}-child`, workflowTypeName: 'child' }]);
  await engine.workflow.respondActivityTaskFailed({
    namespace: NAMESPACE,
    taskToken,
    failure: { message: 'broken', applicationFailureInfo: {} },
  });
  const failed = (await engine.describe(run)).pendingActivities[0];
  expect(failed).toMatchObject({ attempt: 2, lastFailure: { message: 'broken' } });
  await engine.step(run.taskQueue, complete());
  const closed = await engine.describe(run);
  expect(closed.workflowExecutionInfo?.status).toBe(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED);
  expect(closed.workflowExecutionInfo?.closeTime?.seconds).toBeDefined();
  expect(toNumber(closed.workflowExecutionInfo?.historyLength)).toBe((await engine.history(run)).length);
  expect(closed.pendingWorkflowTask ?? undefined).toBeUndefined();
});

it('a task queue shows who polled each of its two kinds, and when', async () => {
  const run = await engine.start();
  await engine.step(run.taskQueue, activity('a', { taskQueue: { name: run.taskQueue } }));
  const pollersOf = async (taskQueueType: number) =>
    (await engine.workflow.describeTaskQueue({ namespace: NAMESPACE, taskQueue: { name: run.taskQueue }, taskQueueType })).pollers;
  const before = Date.now() / 1000;
  const [poller, ...others] = await pollersOf(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW);
  expect([poller?.identity, others.length]).toEqual(['test', 0]);
  expect(Math.abs(toNumber(poller?.lastAccessTime?.seconds) - before)).toBeLessThan(30);
  expect(await pollersOf(TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)).toEqual([]);
  await engine.activityTask(run.taskQueue);
  expect((await pollersOf(TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)).map(({ identity }) => identity)).toEqual(['test']);
});
