/** A run that people hold, as clients and workers see it. */
import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import { toDuration, toLong } from '@tidemark/protocol/time';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { activity, complete } from '../support/commands.ts';
import { query } from '../support/queries.ts';
import type { StartedRun, WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';

const { WorkflowExecutionStatus: Status } = api.enums.v1;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

const held = { identity: 'ops', reason: 'too hot' };
const pause = ({ workflowId }: StartedRun) => engine.workflow.pauseWorkflowExecution({ namespace: NAMESPACE, workflowId, ...held });
const unpause = ({ workflowId }: StartedRun) => engine.workflow.unpauseWorkflowExecution({ namespace: NAMESPACE, workflowId, ...held });
const execution = ({ workflowId }: StartedRun) => ({ workflowId });

it('describes and lists a paused run as paused, with who holds it and why', async () => {
  const run = await engine.start();
  await engine.step(run.taskQueue);
  await pause(run);
  const { workflowExecutionInfo, workflowExtendedInfo } = await engine.describe(run);
  expect(workflowExecutionInfo?.status).toBe(Status.WORKFLOW_EXECUTION_STATUS_PAUSED);
  expect(workflowExtendedInfo?.pauseInfo).toMatchObject(held);
  const found = await engine.workflow.listWorkflowExecutions({
    namespace: NAMESPACE,
    query: `ExecutionStatus = 'Paused' AND TemporalPauseInfo = 'Reason:too hot' AND WorkflowId = '${run.workflowId}'`,
  });
  expect(found.executions).toMatchObject([{ status: Status.WORKFLOW_EXECUTION_STATUS_PAUSED, closeTime: null }]);
  await unpause(run);
  expect((await engine.describe(run)).workflowExecutionInfo?.status).toBe(Status.WORKFLOW_EXECUTION_STATUS_RUNNING);
});

it('gives workers nothing while it is paused, and everything that waited afterwards', async () => {
  const run = await engine.start();
  await engine.step(run.taskQueue, activity('a', { taskQueue: { name: run.taskQueue } }));
  await pause(run);
  await engine.workflow.signalWorkflowExecution({ namespace: NAMESPACE, workflowExecution: execution(run), signalName: 's' });
  expect(await engine.isIdle(run.taskQueue, 'activity')).toBe(true);
  expect(await engine.isIdle(run.taskQueue, 'workflow')).toBe(true);
  await unpause(run);
  expect((await engine.activityTask(run.taskQueue)).activityId).toBe('a');
  const task = await engine.workflowTask(run.taskQueue);
  expect(namesOf(task.history?.events ?? [])).toContain('WORKFLOW_EXECUTION_SIGNALED');
  await engine.complete(task, [complete()]);
  expect(namesOf([await engine.closed(run)])).toEqual(['WORKFLOW_EXECUTION_COMPLETED']);
});

it('rejects queries and refuses updates of a paused run', async () => {
  const run = await engine.start();
  await engine.step(run.taskQueue);
  await pause(run);
  expect((await query(engine, run)).queryRejected).toMatchObject({ status: Status.WORKFLOW_EXECUTION_STATUS_PAUSED });
  const update = engine.workflow.updateWorkflowExecution({
    namespace: NAMESPACE,
    workflowExecution: execution(run),
    request: { meta: { updateId: 'u' }, input: { name: 'change' } },
    waitPolicy: { lifecycleStage: 2 },
  });
  await expect(update).rejects.toMatchObject({ code: StatusCode.FAILED_PRECONDITION });
});

it('still terminates and still times out', async () => {
  const terminated = await engine.start();
  await pause(terminated);
  await engine.workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: execution(terminated) });
  expect(namesOf([await engine.closed(terminated)])).toEqual(['WORKFLOW_EXECUTION_TERMINATED']);
  const timed = await engine.start({ workflowRunTimeout: toDuration(1000) });
  await pause(timed);
  expect(namesOf([await engine.closed(timed)])).toEqual(['WORKFLOW_EXECUTION_TIMED_OUT']);
  expect((await engine.describe(timed)).workflowExtendedInfo?.pauseInfo).toBeNull();
});

it('is not paused after a reset', async () => {
  const run = await engine.start();
  await engine.step(run.taskQueue);
  await pause(run);
  const { runId } = await engine.workflow.resetWorkflowExecution({
    namespace: NAMESPACE,
    workflowExecution: execution(run),
    workflowTaskFinishEventId: toLong(4),
    requestId: 'reset',
  });
  expect((await engine.describe({ workflowId: run.workflowId, runId })).workflowExecutionInfo?.status).toBe(
    Status.WORKFLOW_EXECUTION_STATUS_RUNNING,
  );
  await engine.step(run.taskQueue, complete());
});

it('names the field of a request that is too long, and a run that is not there', async () => {
  const tooLong = engine.workflow.pauseWorkflowExecution({ namespace: NAMESPACE, workflowId: 'w', reason: 'x'.repeat(1001) });
  await expect(tooLong).rejects.toMatchObject({ code: StatusCode.INVALID_ARGUMENT, message: 'Reason length exceeds limit.' });
  const missing = engine.workflow.unpauseWorkflowExecution({ namespace: NAMESPACE, workflowId: 'nobody' });
  await expect(missing).rejects.toMatchObject({ code: StatusCode.NOT_FOUND });
});
