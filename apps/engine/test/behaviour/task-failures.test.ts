/** Workflow tasks that fail or time out: what history keeps of them, and what comes next. */
import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import { toDuration, toNumber } from '@tidemark/protocol/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activity, complete, marker, timer } from '../support/commands.ts';
import { refusal } from '../support/refusal.ts';
import type { StartedRun, WholeEngine, WorkflowTask } from '../support/whole-engine.ts';
import { NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';

const { WorkflowTaskFailedCause: Cause } = api.enums.v1;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

const failTask = ({ taskToken }: WorkflowTask) =>
  engine.workflow.respondWorkflowTaskFailed({
    namespace: NAMESPACE,
    taskToken,
    cause: Cause.WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE,
    failure: { message: 'broken' },
  });
const signal = ({ workflowId }: StartedRun) =>
  engine.workflow.signalWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId }, signalName: 'go' });
const terminate = ({ workflowId }: StartedRun) =>
  engine.workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId }, reason: 'enough' });
const ends = async (run: StartedRun) => namesOf(await engine.history(run)).slice(3);

describe('a task that keeps failing', () => {
  it('is in history once for each time that something new had come, and recovers', async () => {
    const run = await engine.start();
    const attempts: number[] = [];
    for (let series = 0; series < 2; series += 1) {
      for (let failures = 0; failures < 3; failures += 1) {
        const task = await engine.workflowTask(run.taskQueue);
        attempts.push(task.attempt);
        await failTask(task);
      }
      await signal(run);
    }
    const task = await engine.workflowTask(run.taskQueue);
    attempts.push(task.attempt);
    await engine.complete(task, [complete()]);
    expect(attempts).toEqual([1, 2, 3, 1, 2, 3, 1]);
    expect(await ends(run)).toEqual([
      'WORKFLOW_TASK_FAILED',
      'WORKFLOW_EXECUTION_SIGNALED',
      'WORKFLOW_TASK_SCHEDULED',
      'WORKFLOW_TASK_STARTED',
      'WORKFLOW_TASK_FAILED',
      'WORKFLOW_EXECUTION_SIGNALED',
      'WORKFLOW_TASK_SCHEDULED',
      'WORKFLOW_TASK_STARTED',
      'WORKFLOW_TASK_COMPLETED',
      'WORKFLOW_EXECUTION_COMPLETED',
    ]);
  });

  it('leaves nothing more in history by timing out, and shows the signal that came meanwhile', async () => {
    const run = await engine.start({ workflowTaskTimeout: toDuration(300) });
    await failTask(await engine.workflowTask(run.taskQueue));
    expect((await engine.workflowTask(run.taskQueue)).attempt).toBe(2);
    await signal(run);
    const task = await engine.workflowTask(run.taskQueue);
    expect(namesOf(task.history?.events ?? []).slice(3)).toEqual([
      'WORKFLOW_TASK_FAILED',
      'WORKFLOW_EXECUTION_SIGNALED',
      'WORKFLOW_TASK_SCHEDULED',
      'WORKFLOW_TASK_STARTED',
    ]);
    await engine.complete(task, [complete()]);
  });

  it('says each time how large the history is that is stored', async () => {
    const run = await engine.start();
    const sizes: number[] = [];
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      const task = await engine.workflowTask(run.taskQueue);
      const started = task.history?.events?.at(-1)?.workflowTaskStartedEventAttributes;
      expect(started?.suggestContinueAsNew).toBe(false);
      sizes.push(toNumber(started?.historySizeBytes));
      await failTask(task);
    }
    const { workflowExecutionInfo } = await engine.describe(run);
    const stored = toNumber(workflowExecutionInfo?.historySizeBytes);
    expect(sizes[0]).toBeGreaterThan(0);
    expect(sizes.slice(1)).toEqual([stored, stored, stored]);
  });

  it('is a first attempt again after an end that met something unseen', async () => {
    const run = await engine.start();
    await failTask(await engine.workflowTask(run.taskQueue));
    const second = await engine.workflowTask(run.taskQueue);
    await signal(run);
    expect((await refusal(engine.complete(second, [complete()]))).message).toBe('UnhandledCommand');
    const third = await engine.workflowTask(run.taskQueue);
    expect(third.attempt).toBe(1);
    await engine.complete(third, [complete()]);
    expect(await ends(run)).toEqual([
      'WORKFLOW_TASK_FAILED',
      'WORKFLOW_EXECUTION_SIGNALED',
      'WORKFLOW_TASK_SCHEDULED',
      'WORKFLOW_TASK_STARTED',
      'WORKFLOW_TASK_COMPLETED',
      'WORKFLOW_EXECUTION_COMPLETED',
    ]);
  });
});

describe('a bad command', () => {
  it('fails its task, tells the worker in the words of the protocol, and the task comes again', async () => {
    const run = await engine.start();
    const error = await refusal(engine.complete(await engine.workflowTask(run.taskQueue), [timer('kept', 1000), marker('')]));
    expect(error.code).toBe(StatusCode.INVALID_ARGUMENT);
    expect(error.message).toBe('BadRecordMarkerAttributes: MarkerName is not set on RecordMarkerCommand.');
    expect(await ends(run)).toEqual(['WORKFLOW_TASK_FAILED']);
    const failed = (await engine.history(run)).at(-1)?.workflowTaskFailedEventAttributes;
    expect(failed?.cause).toBe(Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_RECORD_MARKER_ATTRIBUTES);
    await engine.step(run.taskQueue);
    expect(await ends(run)).toEqual([
      'WORKFLOW_TASK_FAILED',
      'WORKFLOW_TASK_SCHEDULED',
      'WORKFLOW_TASK_STARTED',
      'WORKFLOW_TASK_COMPLETED',
    ]);
  });

  it('is tried again at once the first time, and then when the task has timed out', async () => {
    const run = await engine.start({ workflowTaskTimeout: toDuration(700) });
    const bad = activity('bad', { taskQueue: { name: run.taskQueue }, startToCloseTimeout: null });
    await refusal(engine.complete(await engine.workflowTask(run.taskQueue), [bad]));
    const second = await engine.workflowTask(run.taskQueue);
    const began = Date.now();
    await refusal(engine.complete(second, [bad]));
    const third = await engine.workflowTask(run.taskQueue);
    expect(third.attempt).toBe(3);
    // Its time counts from when it was taken, a moment before `began`.
    expect(Date.now() - began).toBeGreaterThan(500);
    expect(await ends(run)).toEqual(['WORKFLOW_TASK_FAILED']);
  });
});

describe('a termination after a signal', () => {
  const first = 'WORKFLOW_EXECUTION_SIGNALED';
  const last = 'WORKFLOW_EXECUTION_TERMINATED';

  it('of a task nobody took writes one after the other', async () => {
    const run = await engine.start();
    await signal(run);
    await terminate(run);
    expect(namesOf(await engine.history(run)).slice(2)).toEqual([first, last]);
  });

  it('fails the task in flight, then writes both, and the late answer finds nothing', async () => {
    const run = await engine.start();
    const task = await engine.workflowTask(run.taskQueue);
    await signal(run);
    await terminate(run);
    expect(await ends(run)).toEqual(['WORKFLOW_TASK_FAILED', first, last]);
    expect((await engine.history(run))[3]?.workflowTaskFailedEventAttributes?.cause).toBe(
      Cause.WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND,
    );
    expect((await refusal(engine.complete(task, [complete()]))).code).toBe(StatusCode.NOT_FOUND);
  });

  it('comes in the same order when the worker failed the task before', async () => {
    const run = await engine.start();
    const task = await engine.workflowTask(run.taskQueue);
    await signal(run);
    await failTask(task);
    await terminate(run);
    expect(await ends(run)).toEqual(['WORKFLOW_TASK_FAILED', first, 'WORKFLOW_TASK_SCHEDULED', last]);
  });

  it.each([
    ['waits', async (_run: StartedRun): Promise<void> => undefined, signal],
    ['runs', async (run: StartedRun): Promise<void> => void (await engine.workflowTask(run.taskQueue)), signal],
    [
      'fails',
      async (_run: StartedRun): Promise<void> => undefined,
      async (run: StartedRun): Promise<void> => {
        const task = await engine.workflowTask(run.taskQueue);
        await signal(run);
        await failTask(task);
      },
    ],
  ])('leaves no trace of a repeated task that %s', async (_when, take, act) => {
    const run = await engine.start();
    await failTask(await engine.workflowTask(run.taskQueue));
    await take(run);
    await act(run);
    await terminate(run);
    const names = await ends(run);
    expect(names[0]).toBe('WORKFLOW_TASK_FAILED');
    expect(names).not.toContain('WORKFLOW_TASK_STARTED');
    expect(names.filter((name) => name.startsWith('WORKFLOW_EXECUTION'))).toEqual([first, last]);
  });
});
