/** Runs whose activities are being tried again are found in the list, as long as they are. */
import { toDuration } from '@tidemark/protocol/time';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { applicationFailure, awaitActivity, failAttempt } from '../support/activities.ts';
import { complete } from '../support/commands.ts';
import { openMemoryStore } from '../../src/persistence/memory/memory-store.ts';
import { valueOf } from '../support/payloads.ts';
import type { StartedRun, WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, openWholeEngine } from '../support/whole-engine.ts';

const store = openMemoryStore();
let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine({ store });
});
afterAll(() => engine.stop());

const isFound = async ({ workflowId }: StartedRun): Promise<boolean> => {
  const query = `TidemarkRetrying = true AND WorkflowId = '${workflowId}'`;
  return (await engine.workflow.listWorkflowExecutions({ namespace: NAMESPACE, query })).executions.length === 1;
};

it('from the first failure on, across a restart, until the activity ends', async () => {
  const run = await awaitActivity(engine, { retryPolicy: { initialInterval: toDuration(5), backoffCoefficient: 1 } });
  expect(await isFound(run)).toBe(false);
  await failAttempt(engine, await engine.activityTask(run.taskQueue), applicationFailure('Gateway'));
  expect(await isFound(run)).toBe(true);
  const { workflowExecutionInfo } = await engine.describe(run);
  expect(valueOf(workflowExecutionInfo?.searchAttributes?.indexedFields?.['TidemarkRetrying'])).toBe(true);
  await engine.stop();
  engine = await openWholeEngine({ store });
  const { taskToken } = await engine.activityTask(run.taskQueue);
  expect(await isFound(run)).toBe(true);
  await engine.workflow.respondActivityTaskCompleted({ namespace: NAMESPACE, taskToken });
  expect(await isFound(run)).toBe(false);
});

it('not once the run has ended', async () => {
  const run = await awaitActivity(engine, { retryPolicy: { initialInterval: toDuration(60_000) } });
  await failAttempt(engine, await engine.activityTask(run.taskQueue), applicationFailure('Gateway'));
  expect(await isFound(run)).toBe(true);
  await engine.workflow.signalWorkflowExecution({
    namespace: NAMESPACE,
    workflowExecution: { workflowId: run.workflowId },
    signalName: 'go',
  });
  await engine.step(run.taskQueue, complete());
  expect(await isFound(run)).toBe(false);
});
