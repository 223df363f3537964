/** Workflow tasks that keep failing are told to people, as a search attribute of their run. */
import { api } from '@tidemark/protocol/api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { activity } from '../support/commands.ts';
import { valueOf } from '../support/payloads.ts';
import type { StartedRun, WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, openWholeEngine } from '../support/whole-engine.ts';

const { WorkflowTaskFailedCause: Cause } = api.enums.v1;
const PROBLEMS = ['category=WorkflowTaskFailed', 'cause=WorkflowTaskFailedCauseWorkflowWorkerUnhandledFailure'];

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

const failNext = async ({ taskQueue }: StartedRun): Promise<void> => {
  const { taskToken } = await engine.workflowTask(taskQueue);
  const cause = Cause.WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE;
  await engine.workflow.respondWorkflowTaskFailed({ namespace: NAMESPACE, taskToken, cause, failure: { message: 'broken' } });
};
const problemsOf = async (run: StartedRun): Promise<unknown> => {
  const { workflowExecutionInfo } = await engine.describe(run);
  return valueOf(workflowExecutionInfo?.searchAttributes?.indexedFields?.['TemporalReportedProblems']);
};
const foundBy = async ({ workflowId }: StartedRun, problem: string): Promise<number> => {
  const query = `TemporalReportedProblems = '${problem}' AND WorkflowId = '${workflowId}'`;
  return (await engine.workflow.listWorkflowExecutions({ namespace: NAMESPACE, query })).executions.length;
};

it('the fifth failure in a row is reported with its kind and its cause, and a success takes the report back', async () => {
  const run = await engine.start();
  for (let failures = 0; failures < 4; failures += 1) await failNext(run);
  expect(await problemsOf(run)).toBeUndefined();
  await failNext(run);
  expect(await problemsOf(run)).toEqual(PROBLEMS);
  for (const problem of PROBLEMS) expect(await foundBy(run, problem)).toBe(1);
  await engine.step(run.taskQueue);
  expect(await problemsOf(run)).toBeUndefined();
  expect(await foundBy(run, 'category=WorkflowTaskFailed')).toBe(0);
});

it('signals in between neither begin the row anew nor take the report back', async () => {
  const run = await engine.start();
  const signal = () =>
    engine.workflow.signalWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId: run.workflowId }, signalName: 'go' });
  for (let failures = 0; failures < 5; failures += 1) {
    await failNext(run);
    await signal();
  }
  expect(await problemsOf(run)).toEqual(PROBLEMS);
  await failNext(run);
  expect(await problemsOf(run)).toEqual(PROBLEMS);
});

it('failures that begin behind an activity are reported too', async () => {
  const run = await engine.start();
  await engine.step(run.taskQueue, activity('a', { taskQueue: { name: run.taskQueue } }));
  const { taskToken } = await engine.activityTask(run.taskQueue);
  await engine.workflow.respondActivityTaskCompleted({ namespace: NAMESPACE, taskToken });
  for (let failures = 0; failures < 5; failures += 1) await failNext(run);
  expect(await problemsOf(run)).toEqual(PROBLEMS);
});
