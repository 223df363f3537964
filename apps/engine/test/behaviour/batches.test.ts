/** Batch operations: one thing done to many workflows, chosen by a query or by name. */
import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import type { WorkflowMethods } from '@tidemark/protocol/services';
import { fromDuration, toDuration, toNumber } from '@tidemark/protocol/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activity, complete } from '../support/commands.ts';
import { registerNamespace } from '../support/namespace-calls.ts';
import { refusal } from '../support/refusal.ts';
import type { RunName, StartedRun, WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';

const { BatchOperationState: State, BatchOperationType: Type } = api.enums.v1;
/** Of a target that is a workflow. */
const WORKFLOW = 1;
type Job = Partial<WorkflowMethods['startBatchOperation']['request']>;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

/** Runs of one type past their first task, and the query that finds them. */
async function runsOf(count: number): Promise<{ readonly runs: readonly StartedRun[]; readonly visibilityQuery: string }> {
  const type = `Type${randomUUID().replaceAll('-', '')}`;
  const runs: StartedRun[] = [];
  for (let left = count; left > 0; left -= 1) {
    const run = await engine.start({ workflowType: { name: type } });
    await engine.step(run.taskQueue);
    runs.push(run);
  }
  const visibilityQuery = `WorkflowType = '${type}'`;
  const isListed = async () => (await engine.workflow.countWorkflowExecutions({ namespace: NAMESPACE, query: visibilityQuery })).count;
  await expect.poll(async () => toNumber(await isListed()), { timeout: 10_000 }).toBe(count);
  return { runs, visibilityQuery };
}

const describeJob = (jobId: string) => engine.workflow.describeBatchOperation({ namespace: NAMESPACE, jobId });
/** Waits until the job has ended well, having done so many operations and failed in so many. */
async function carriedOut(job: Job, { done, failed = 0 }: { readonly done: number; readonly failed?: number }) {
  const jobId = randomUUID();
  await engine.workflow.startBatchOperation({ namespace: NAMESPACE, jobId, reason: 'for the test', ...job });
  await expect.poll(async () => (await describeJob(jobId)).state, { timeout: 15_000 }).not.toBe(State.BATCH_OPERATION_STATE_RUNNING);
  const ended = await describeJob(jobId);
  expect([ended.state, toNumber(ended.completeOperationCount), toNumber(ended.failureOperationCount)]).toEqual([
    State.BATCH_OPERATION_STATE_COMPLETED,
    done,
    failed,
  ]);
  return ended;
}
const names = async (run: RunName) => namesOf(await engine.history(run));
const statusOf = async ({ workflowId }: StartedRun) => (await engine.describe({ workflowId })).workflowExecutionInfo?.status;

/** What each operation leaves behind it in a run. */
const operations: readonly (readonly [string, Job, (run: StartedRun) => Promise<unknown>])[] = [
  [
    'terminate',
    { terminationOperation: { identity: 'op' } },
    async (run) => expect((await names(run)).at(-1)).toBe('WORKFLOW_EXECUTION_TERMINATED'),
  ],
  [
    'cancel',
    { cancellationOperation: { identity: 'op' } },
    async (run) => expect(await names(run)).toContain('WORKFLOW_EXECUTION_CANCEL_REQUESTED'),
  ],
  ['signal', { signalOperation: { signal: 'go' } }, async (run) => expect(await names(run)).toContain('WORKFLOW_EXECUTION_SIGNALED')],
  ['delete', { deletionOperation: {} }, (run) => expect.poll(() => engine.describe(run).catch(() => 'gone')).toBe('gone')],
  [
    'reset',
    { resetOperation: { options: { firstWorkflowTask: {} } } },
    async (run) =>
      expect((await engine.describe({ workflowId: run.workflowId })).workflowExecutionInfo?.execution?.runId).not.toBe(run.runId),
  ],
  [
    'change the options of',
    {
      updateWorkflowOptionsOperation: {
        workflowExecutionOptions: { priority: { priorityKey: 2 } },
        updateMask: { paths: ['priority'] },
      },
    },
    async (run) => expect((await engine.describe(run)).workflowExecutionInfo?.priority?.priorityKey).toBe(2),
  ],
];

describe.each(operations)('a batch may %s workflows', (_name, operation, check) => {
  it('that a query finds', async () => {
    const { runs, visibilityQuery } = await runsOf(2);
    await carriedOut({ visibilityQuery, ...operation }, { done: 2 });
    for (const run of runs) await check(run);
  });

  it('that are named', async () => {
    const { runs } = await runsOf(3);
    const [other, ...chosen] = runs;
    const executions = chosen.map(({ workflowId, runId }) => ({ workflowId, runId }));
    await carriedOut({ executions, ...operation }, { done: 2 });
    for (const run of chosen) await check(run);
    expect(await engine.history(other ?? { workflowId: '' })).toHaveLength(4);
  });

  it('that are named by their kind', async () => {
    const { runs } = await runsOf(2);
    const targetExecutions = runs.map(({ workflowId, runId }) => ({ type: WORKFLOW, businessId: workflowId, runId }));
    await carriedOut({ targetExecutions, ...operation }, { done: 2 });
    for (const run of runs) await check(run);
  });
});

describe('a batch', () => {
  it('is done again by another job with the same signal', async () => {
    const { runs, visibilityQuery } = await runsOf(1);
    for (const job of [1, 2]) {
      await carriedOut({ visibilityQuery, signalOperation: { signal: 'go' } }, { done: 1 });
      const signals = (await names(runs[0] ?? { workflowId: '' })).filter((name) => name === 'WORKFLOW_EXECUTION_SIGNALED');
      expect(signals).toHaveLength(job);
    }
  });

  it('is of workflows and nothing else', async () => {
    const job = { targetExecutions: [{ type: 2, businessId: 'a' }], terminationOperation: {} };
    expect((await refusal(carriedOut(job, { done: 0 }))).code).toBe(StatusCode.INVALID_ARGUMENT);
  });

  it('is described and listed with its kind, its reason and its counts', async () => {
    const { visibilityQuery } = await runsOf(2);
    const job = await carriedOut({ visibilityQuery, terminationOperation: { identity: 'op' }, reason: 'cleanup' }, { done: 2 });
    expect(job).toMatchObject({ operationType: Type.BATCH_OPERATION_TYPE_TERMINATE, reason: 'cleanup', identity: 'op' });
    expect([toNumber(job.totalOperationCount), job.startTime?.seconds !== undefined, job.closeTime?.seconds !== undefined]).toEqual([
      2,
      true,
      true,
    ]);
    const { operationInfo } = await engine.workflow.listBatchOperations({ namespace: NAMESPACE });
    expect(operationInfo.find(({ jobId }) => jobId === job.jobId)?.state).toBe(State.BATCH_OPERATION_STATE_COMPLETED);
  });

  it('is nothing where its query finds nothing', async () => {
    await carriedOut({ visibilityQuery: "WorkflowType = 'Nobody'", terminationOperation: {} }, { done: 0 });
  });

  it('stays in its namespace', async () => {
    const namespace = await registerNamespace(engine);
    const { runs, visibilityQuery } = await runsOf(1);
    const jobId = randomUUID();
    await engine.workflow.startBatchOperation({ namespace, jobId, reason: 'r', visibilityQuery, terminationOperation: {} });
    await expect
      .poll(async () => (await engine.workflow.describeBatchOperation({ namespace, jobId })).state, { timeout: 10_000 })
      .toBe(State.BATCH_OPERATION_STATE_COMPLETED);
    expect(await statusOf(runs[0] ?? { workflowId: '', runId: '', taskQueue: '' })).toBe(1);
    expect((await refusal(describeJob(jobId))).code).toBe(StatusCode.NOT_FOUND);
  });

  it.each([
    ['the first task', { firstWorkflowTask: {} }, 3],
    ['the last task', { lastWorkflowTask: {} }, 7],
  ])('resets to %s', async (_what, options, length) => {
    const { runs, visibilityQuery } = await runsOf(1);
    const [run = { workflowId: '', runId: '', taskQueue: '' }] = runs;
    const execution = { namespace: NAMESPACE, workflowExecution: { workflowId: run.workflowId } };
    await engine.workflow.signalWorkflowExecution({ ...execution, signalName: 'go' });
    await engine.step(run.taskQueue, complete());
    await carriedOut({ visibilityQuery, resetOperation: { options } }, { done: 1 });
    expect((await names({ workflowId: run.workflowId })).indexOf('WORKFLOW_TASK_FAILED')).toBe(length);
  });
});

describe('a batch on activities', () => {
  /** Two runs whose activity `a` of the type `step` is paused at its second attempt. */
  async function paused() {
    const found = await runsOf(2);
    for (const { workflowId, taskQueue } of found.runs) {
      await engine.workflow.signalWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId }, signalName: 'go' });
      await engine.step(
        taskQueue,
        activity('a', { taskQueue: { name: taskQueue }, retryPolicy: { initialInterval: toDuration(3_600_000) } }),
      );
      const { taskToken } = await engine.activityTask(taskQueue);
      const failure = { message: 'broken', applicationFailureInfo: {} };
      await engine.workflow.respondActivityTaskFailed({ namespace: NAMESPACE, taskToken, failure });
      await engine.workflow.pauseActivity({ namespace: NAMESPACE, execution: { workflowId }, id: 'a', identity: 'op' });
    }
    return found;
  }
  const pendingOf = async (run: StartedRun) => (await engine.describe(run)).pendingActivities[0];

  it.each([
    ['of a type', { type: 'step' }],
    ['of every type', { matchAll: true }],
  ])('unpauses those %s', async (_what, selection) => {
    const { runs, visibilityQuery } = await paused();
    await carriedOut({ visibilityQuery, unpauseActivitiesOperation: { identity: 'op', ...selection } }, { done: 2 });
    for (const run of runs) expect((await pendingOf(run))?.paused).toBe(false);
  });

  it('unpauses none of another type', async () => {
    const { runs, visibilityQuery } = await paused();
    await carriedOut({ visibilityQuery, unpauseActivitiesOperation: { type: 'other' } }, { done: 2 });
    for (const run of runs) expect((await pendingOf(run))?.paused).toBe(true);
  });

  it.each([
    ['at the first attempt, and no longer paused', {}, { attempt: 1, paused: false }],
    ['at the first attempt, still paused', { keepPaused: true }, { attempt: 1, paused: true }],
  ])('begins them again %s', async (_what, over, expected) => {
    const { runs, visibilityQuery } = await paused();
    await carriedOut({ visibilityQuery, resetActivitiesOperation: { type: 'step', ...over } }, { done: 2 });
    for (const run of runs) expect(await pendingOf(run)).toMatchObject(expected);
  });

  it('changes their options', async () => {
    const { runs, visibilityQuery } = await paused();
    const updateActivityOptionsOperation = {
      type: 'step',
      activityOptions: { startToCloseTimeout: toDuration(77_000) },
      updateMask: { paths: ['start_to_close_timeout'] },
    };
    await carriedOut({ visibilityQuery, updateActivityOptionsOperation }, { done: 2 });
    for (const run of runs) expect(fromDuration((await pendingOf(run))?.activityOptions?.startToCloseTimeout)).toBe(77_000);
  });
});
