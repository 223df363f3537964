/** A first workflow task that comes with the answer to the start. */
import { api } from '@tidemark/protocol/api';
import { toDuration } from '@tidemark/protocol/time';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';
import { complete, fail } from '../support/commands.ts';

const { WorkflowIdConflictPolicy: Conflict } = api.enums.v1;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

const request = (workflowId: string) => ({
  namespace: NAMESPACE,
  workflowId,
  requestId: workflowId,
  workflowType: { name: 'Order' },
  taskQueue: { name: workflowId },
  requestEagerExecution: true,
});

it('the answer to a start carries the first task, and completing it completes the workflow', async () => {
  const { eagerWorkflowTask, runId } = await engine.workflow.startWorkflowExecution(request('eager'));
  if (!eagerWorkflowTask) throw new Error('no task came with the answer');
  const names = namesOf(eagerWorkflowTask.history?.events ?? []);
  expect(names).toEqual(['WORKFLOW_EXECUTION_STARTED', 'WORKFLOW_TASK_SCHEDULED', 'WORKFLOW_TASK_STARTED']);
  expect(eagerWorkflowTask.history?.events?.[0]?.workflowExecutionStartedEventAttributes?.eagerExecutionAccepted).toBe(true);
  await engine.workflow.respondWorkflowTaskCompleted({
    namespace: NAMESPACE,
    taskToken: eagerWorkflowTask.taskToken ?? new Uint8Array(),
    commands: [complete()],
  });
  expect(namesOf([await engine.closed({ workflowId: 'eager', runId })])).toEqual(['WORKFLOW_EXECUTION_COMPLETED']);
});

it('a task that the starter lets run out comes to whoever polls, and the start then brings none', async () => {
  const eager = { ...request('lost'), workflowTaskTimeout: toDuration(300) };
  expect((await engine.workflow.startWorkflowExecution(eager)).eagerWorkflowTask).not.toBeNull();
  const task = await engine.workflowTask('lost');
  expect(task.attempt).toBe(2);
  expect((await engine.workflow.startWorkflowExecution(eager)).eagerWorkflowTask).toBeNull();
  await engine.complete(task, [complete()]);
  expect(namesOf([await engine.closed({ workflowId: 'lost' })])).toEqual(['WORKFLOW_EXECUTION_COMPLETED']);
});

it('the same start again brings the same task', async () => {
  const [first, second] = [
    await engine.workflow.startWorkflowExecution(request('repeated')),
    await engine.workflow.startWorkflowExecution(request('repeated')),
  ];
  expect(second.runId).toBe(first.runId);
  expect(second.eagerWorkflowTask?.startedEventId).toEqual(first.eagerWorkflowTask?.startedEventId);
  await engine.workflow.respondWorkflowTaskCompleted({
    namespace: NAMESPACE,
    taskToken: second.eagerWorkflowTask?.taskToken ?? new Uint8Array(),
    commands: [complete()],
  });
  expect(namesOf([await engine.closed({ workflowId: 'repeated' })])).toEqual(['WORKFLOW_EXECUTION_COMPLETED']);
});

it('a start that replaces the run that is there brings a task of its own', async () => {
  const first = await engine.workflow.startWorkflowExecution(request('replaced'));
  const workflowIdConflictPolicy = Conflict.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING;
  const second = await engine.workflow.startWorkflowExecution({ ...request('replaced'), requestId: 'two', workflowIdConflictPolicy });
  expect(second.runId).not.toBe(first.runId);
  expect(second.eagerWorkflowTask?.workflowExecution?.runId).toBe(second.runId);
});

it('a run that fails is retried by way of the queue', async () => {
  const retryPolicy = { initialInterval: toDuration(1000), maximumAttempts: 2 };
  const { eagerWorkflowTask } = await engine.workflow.startWorkflowExecution({ ...request('retried'), retryPolicy });
  await engine.workflow.respondWorkflowTaskCompleted({
    namespace: NAMESPACE,
    taskToken: eagerWorkflowTask?.taskToken ?? new Uint8Array(),
    commands: [fail()],
  });
  const task = await engine.workflowTask('retried');
  const started = task.history?.events?.[0]?.workflowExecutionStartedEventAttributes;
  expect(started).toMatchObject({ attempt: 2, eagerExecutionAccepted: false });
});
