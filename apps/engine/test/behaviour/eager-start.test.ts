/** A first workflow task that comes with the answer to the start. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';
import { complete } from '../support/commands.ts';

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
