import { api } from '@tidemark/protocol/api';
import { toDuration, toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { MemoryEngine } from '../../test/support/memory-engine.ts';
import { NAMESPACE, openMemoryEngine } from '../../test/support/memory-engine.ts';
import type { Limits } from '../kernel/limits.ts';
import { namespaceId } from '../kernel/ids.ts';
import type { Store } from '../persistence/ports/store.ts';
import { BatchRunner } from './batch-runner.ts';

const { BatchOperationState: State, CommandType, WorkflowExecutionStatus: Status } = api.enums.v1;
type Job = temporal.api.workflowservice.v1.IStartBatchOperationRequest;
type Command = temporal.api.command.v1.ICommand;
type Execution = temporal.api.common.v1.IWorkflowExecution;

const JOB = { namespace: NAMESPACE, jobId: 'job' };
const KEY = { namespaceId: namespaceId('id-of-default'), jobId: 'job' };
const QUICK = { batchOperationsPerSecond: 100_000 };
/** The second operation is not seen by any test. */
const SLOW = { batchOperationsPerSecond: 0.01 };

interface Running extends MemoryEngine {
  readonly runner: BatchRunner;
}

const started: BatchRunner[] = [];
afterEach(async () => {
  for (const runner of started.splice(0)) await runner.stop();
});

async function open(limits: Partial<Limits> = QUICK, store?: Store): Promise<Running> {
  const memory = await openMemoryEngine({ limits, ...(store === undefined ? {} : { store }) });
  const runner = await new BatchRunner(memory.engine).begin();
  started.push(runner);
  return { ...memory, runner };
}

async function startRuns({ workflow }: Running, count: number): Promise<Execution[]> {
  const runs: Execution[] = [];
  for (let at = 0; at < count; at += 1) {
    const workflowId = `w${at}`;
    const { runId } = await workflow.startWorkflowExecution({
      namespace: NAMESPACE,
      workflowId,
      requestId: workflowId,
      workflowType: { name: 'order' },
      taskQueue: { name: 'queue' },
    });
    runs.push({ workflowId, runId });
  }
  return runs;
}

const start = ({ workflow }: Running, job: Job): Promise<unknown> =>
  workflow.startBatchOperation({
    ...JOB,
    reason: 'for the test',
    visibilityQuery: job.executions || job.targetExecutions ? '' : "TaskQueue = 'queue'",
    ...job,
  });

const describeJob = ({ workflow }: Running, jobId = 'job') => workflow.describeBatchOperation({ ...JOB, jobId });
const ended = (running: Running, jobId = 'job') =>
  vi.waitFor(
    async () => {
      const job = await describeJob(running, jobId);
      expect(job.state).not.toBe(State.BATCH_OPERATION_STATE_RUNNING);
      return job;
    },
    { timeout: 10_000, interval: 5 },
  );
const countsOf = (job: Awaited<ReturnType<typeof describeJob>>): number[] =>
  [job.totalOperationCount, job.completeOperationCount, job.failureOperationCount].map(toNumber);

async function eventsOf({ workflow }: Running, execution: Execution): Promise<readonly temporal.api.history.v1.IHistoryEvent[]> {
  const { history } = await workflow.getWorkflowExecutionHistory({ namespace: NAMESPACE, execution });
  return history?.events ?? [];
}
const signalsOf = async (running: Running, run: Execution): Promise<number> =>
  (await eventsOf(running, run)).filter((event) => event.workflowExecutionSignaledEventAttributes).length;
/** Of each run, in their order. */
const allSignals = (running: Running, runs: readonly Execution[]): Promise<number[]> =>
  Promise.all(runs.map((run) => signalsOf(running, run)));
const firstSignal = (running: Running, runs: readonly Execution[]) =>
  vi.waitFor(async () => expect(await allSignals(running, runs)).toContain(1));
const statusOf = async ({ workflow }: Running, execution: Execution) =>
  (await workflow.describeWorkflowExecution({ namespace: NAMESPACE, execution })).workflowExecutionInfo?.status;

async function endedRuns(running: Running, runs: readonly Execution[]): Promise<number> {
  const statuses = await Promise.all(runs.map((run) => statusOf(running, run)));
  return statuses.filter((status) => status === Status.WORKFLOW_EXECUTION_STATUS_TERMINATED).length;
}

const COMPLETE: Command = {
  commandType: CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION,
  completeWorkflowExecutionCommandAttributes: {},
};
const SCHEDULE: Command = {
  commandType: CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK,
  scheduleActivityTaskCommandAttributes: {
    activityId: 'a',
    activityType: { name: 'charge' },
    taskQueue: { name: 'queue' },
    startToCloseTimeout: toDuration(60_000),
  },
};

/** A worker takes every first task and answers it so. */
async function answerTasks({ workflow }: Running, count: number, command: Command): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    const { taskToken } = await workflow.pollWorkflowTaskQueue(
      {
        namespace: NAMESPACE,
        taskQueue: { name: 'queue', kind: 1 },
        identity: 'worker',
      },
      { deadline: Date.now() + 10_000 },
    );
    await workflow.respondWorkflowTaskCompleted({
      namespace: NAMESPACE,
      taskToken,
      commands: [command],
    });
  }
}

describe('a batch job', () => {
  it('does its operation to each run that the query finds, in its own name and for its own reason', async () => {
    const running = await open();
    const runs = await startRuns(running, 12);
    await start(running, { terminationOperation: { identity: 'operator' } });
    const job = await ended(running);
    expect(job.state).toBe(State.BATCH_OPERATION_STATE_COMPLETED);
    expect(countsOf(job)).toEqual([12, 12, 0]);
    expect([job.identity, job.reason, job.query]).toEqual(['operator', 'for the test', "TaskQueue = 'queue'"]);
    expect(await endedRuns(running, runs)).toBe(12);
    const last = (await eventsOf(running, runs[0] ?? {})).at(-1)?.workflowExecutionTerminatedEventAttributes;
    expect([last?.identity, last?.reason]).toEqual(['operator', 'for the test']);
  });

  it('takes only open runs where closed ones are no concern of the operation', async () => {
    const running = await open();
    const [closed] = await startRuns(running, 3);
    await running.workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: closed ?? null });
    await start(running, { signalOperation: { signal: 'go' } });
    expect(countsOf(await ended(running))).toEqual([2, 2, 0]);
  });

  it('takes the runs that are named, and counts those that are not there as done', async () => {
    const running = await open();
    const [first, second] = await startRuns(running, 3);
    const executions = [first ?? {}, { workflowId: second?.workflowId ?? '' }, { workflowId: 'nobody' }];
    await start(running, { executions, cancellationOperation: {} });
    const job = await ended(running);
    expect(countsOf(job)).toEqual([3, 3, 0]);
    expect(job.executions?.map(({ businessId }) => businessId)).toEqual(['w0', 'w1', 'nobody']);
    const lengths = await Promise.all(['w0', 'w1', 'w2'].map(async (workflowId) => (await eventsOf(running, { workflowId })).length));
    expect(lengths).toEqual([3, 3, 2]);
  });

  it('keeps the last failures, and goes on after each', async () => {
    const running = await open();
    await startRuns(running, 105);
    // No workflow task was taken yet, so there is nothing to go back to.
    await start(running, { resetOperation: { options: { firstWorkflowTask: {} } } });
    const job = await ended(running);
    expect(job.state).toBe(State.BATCH_OPERATION_STATE_COMPLETED);
    expect(countsOf(job)).toEqual([105, 0, 105]);
    const record = await running.engine.store.batches.find(KEY);
    expect(record?.failures).toHaveLength(100);
    expect(record?.failures[0]?.message).toMatch(/Workflow task finish ID/);
  });

  it('fails as a whole when its query cannot be read', async () => {
    const running = await open();
    await start(running, { visibilityQuery: 'TaskQueue = = 1', terminationOperation: {} });
    const job = await ended(running);
    expect(job.state).toBe(State.BATCH_OPERATION_STATE_FAILED);
    expect(job.closeTime).toBeTruthy();
    expect((await running.engine.store.batches.find(KEY))?.ended).toMatch(/invalid query/);
  });

  it('resets each run once, and not the runs that this makes', async () => {
    const running = await open();
    const runs = await startRuns(running, 7);
    await answerTasks(running, 7, COMPLETE);
    await start(running, {
      visibilityQuery: "WorkflowType = 'order'",
      resetOperation: { options: { lastWorkflowTask: {} }, postResetOperations: [{ signalWorkflow: { signalName: 'again' } }] },
    });
    expect(countsOf(await ended(running))).toEqual([7, 7, 0]);
    for (const { workflowId } of runs) expect(await signalsOf(running, { workflowId: workflowId ?? '' })).toBe(1);
    const { count } = await running.workflow.countWorkflowExecutions({ namespace: NAMESPACE, query: '' });
    expect(toNumber(count)).toBe(14);
  });
});

describe('a batch job on activities', () => {
  const pendingOf = async ({ workflow }: Running, execution: Execution) =>
    (await workflow.describeWorkflowExecution({ namespace: NAMESPACE, execution })).pendingActivities?.[0];

  it('unpauses, resets and changes those of a type in each run, and has nothing to do in a run without them', async () => {
    const running = await open();
    const runs = await startRuns(running, 3);
    await answerTasks(running, 2, SCHEDULE);
    const withActivity: Execution[] = [];
    for (const run of runs) if (await pendingOf(running, run)) withActivity.push(run);
    expect(withActivity).toHaveLength(2);
    for (const execution of withActivity) await running.workflow.pauseActivity({ namespace: NAMESPACE, execution, type: 'charge' });

    await start(running, { unpauseActivitiesOperation: { type: 'charge' } });
    expect(countsOf(await ended(running))).toEqual([3, 3, 0]);
    for (const run of withActivity) expect((await pendingOf(running, run))?.paused).toBe(false);

    const jobs: readonly Job[] = [
      { jobId: 'reset', resetActivitiesOperation: { matchAll: true } },
      {
        jobId: 'options',
        updateActivityOptionsOperation: {
          type: 'charge',
          activityOptions: { heartbeatTimeout: toDuration(5000) },
          updateMask: { paths: ['heartbeat_timeout'] },
        },
      },
    ];
    for (const job of jobs) {
      await start(running, job);
      expect(countsOf(await ended(running, job.jobId ?? ''))).toEqual([3, 3, 0]);
    }
    for (const run of withActivity) expect(toNumber((await pendingOf(running, run))?.activityOptions?.heartbeatTimeout?.seconds)).toBe(5);
  });
});

describe('a batch job under way', () => {
  it('is no faster than it is asked to be', async () => {
    const running = await open();
    await startRuns(running, 10);
    await start(running, { terminationOperation: {}, maxOperationsPerSecond: 50 });
    const { startTime, closeTime } = await ended(running);
    const ms = (at: typeof startTime) => toNumber(at?.seconds) * 1000 + (at?.nanos ?? 0) / 1e6;
    // Ten operations are nine steps of 20 ms; timers may be a little early.
    expect(ms(closeTime) - ms(startTime)).toBeGreaterThan(9 * 20 - 15);
  });

  it('ends when it is stopped, and leaves what it has not come to', async () => {
    const running = await open();
    const runs = await startRuns(running, 20);
    await start(running, { terminationOperation: {}, maxOperationsPerSecond: 0.01 });
    await vi.waitFor(async () => expect(await endedRuns(running, runs)).toBe(1));
    await running.workflow.stopBatchOperation({ ...JOB, reason: 'changed my mind' });
    await vi.waitFor(async () => expect(countsOf(await describeJob(running))).toEqual([20, 1, 0]));
    const job = await describeJob(running);
    expect(job.state).toBe(State.BATCH_OPERATION_STATE_FAILED);
    expect(job.closeTime).toBeTruthy();
    expect(await endedRuns(running, runs)).toBe(1);
    await start(running, { jobId: 'another', terminationOperation: {} });
    await vi.waitFor(async () => expect(await endedRuns(running, runs)).toBe(20));
  });

  it('goes on from where it was when the engine starts again', async () => {
    const before = await open(SLOW);
    const runs = await startRuns(before, 30);
    await start(before, { signalOperation: { signal: 'go' } });
    await firstSignal(before, runs);
    await before.runner.stop();
    expect(countsOf(await describeJob(before))).toEqual([30, 1, 0]);
    const after = await open(QUICK, before.engine.store);
    const job = await ended(after);
    expect(job.state).toBe(State.BATCH_OPERATION_STATE_COMPLETED);
    expect(countsOf(job)).toEqual([30, 30, 0]);
    expect(new Set(await allSignals(after, runs))).toEqual(new Set([1]));
  });

  it('does nothing twice when it lost its place', async () => {
    const before = await open(SLOW);
    const runs = await startRuns(before, 4);
    await start(before, { signalOperation: { signal: 'go' } });
    await firstSignal(before, runs);
    await before.runner.stop();
    // As a crash leaves it: what was done since the last save is not known.
    const { batches } = before.engine.store;
    const record = await batches.find(KEY);
    if (record === undefined) throw new Error('the job is not stored');
    await batches.replace({ ...record, complete: 0, version: record.version + 1 });
    const after = await open(QUICK, before.engine.store);
    expect(countsOf(await ended(after))).toEqual([4, 4, 0]);
    expect(new Set(await allSignals(after, runs))).toEqual(new Set([1]));
  });
});
