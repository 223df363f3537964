/** Builds of a worker: where each took over, and the way back to before it. */
import { randomUUID } from 'node:crypto';
import { toNumber } from '@tidemark/protocol/time';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { complete, continueAsNew, marker, startChild } from '../support/commands.ts';
import type { RunName, StartedRun, WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

type Commands = Parameters<WholeEngine['complete']>[1];
/** A worker of this build does the next task. */
const stepBy = async (run: StartedRun, buildId: string, commands: Commands = []): Promise<void> => {
  const task = await engine.workflowTask(run.taskQueue);
  await engine.complete(task, commands, { workerVersionStamp: { buildId } });
};
const nudge = ({ workflowId }: RunName) =>
  engine.workflow.signalWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId }, signalName: 'go' });
async function pointsOf(run: RunName) {
  const { workflowExecutionInfo } = await engine.describe(run);
  const points = workflowExecutionInfo?.autoResetPoints?.points ?? [];
  return points.map((point) => [point.buildId, point.runId, toNumber(point.firstWorkflowTaskCompletedId), point.resettable]);
}

it('a description says where each build took over, and later runs of the chain keep it', async () => {
  const run = await engine.start();
  await stepBy(run, 'one');
  for (const buildId of ['one', 'two']) {
    await nudge(run);
    await stepBy(run, buildId);
  }
  await nudge(run);
  await stepBy(run, 'two', [continueAsNew()]);
  const met = [
    ['one', run.runId, 4, true],
    ['two', run.runId, 12, true],
  ];
  expect(await pointsOf(run)).toEqual(met);
  const latest = { workflowId: run.workflowId };
  expect(await pointsOf(latest)).toEqual(met);
  await stepBy(run, 'three', [complete()]);
  expect((await pointsOf(latest)).map(([buildId]) => buildId)).toEqual(['one', 'two', 'three']);
});

it('a build that takes over while a child is under way is no point to reset to', async () => {
  const run = await engine.start();
  await stepBy(run, 'one', [startChild(`${run.workflowId}-child`, { taskQueue: { name: 'nobody' } })]);
  await stepBy(run, 'two');
  expect((await pointsOf(run)).map(([buildId, , , isResettable]) => [buildId, isResettable])).toEqual([
    ['one', true],
    ['two', false],
  ]);
});

it('a reset by build id takes the chain back to where that build took over, in an earlier run too', async () => {
  const run = await engine.start();
  await stepBy(run, 'good', [marker('kept')]);
  await nudge(run);
  await stepBy(run, 'bad', [marker('undone'), continueAsNew()]);
  await stepBy(run, 'bad', [complete()]);
  const jobId = randomUUID();
  await engine.workflow.startBatchOperation({
    namespace: NAMESPACE,
    jobId,
    reason: 'a bad build',
    executions: [{ workflowId: run.workflowId }],
    resetOperation: { options: { buildId: 'bad' } },
  });
  const task = await engine.workflowTask(run.taskQueue);
  const events = task.history?.events ?? [];
  expect(events.flatMap(({ markerRecordedEventAttributes: of }) => of?.markerName ?? [])).toEqual(['kept']);
  expect(namesOf(events).slice(-3)).toEqual(['WORKFLOW_TASK_FAILED', 'WORKFLOW_TASK_SCHEDULED', 'WORKFLOW_TASK_STARTED']);
  await expect.poll(async () => (await engine.workflow.describeBatchOperation({ namespace: NAMESPACE, jobId })).state).toBe(2);
});
