/** Runs that a worker keeps in its cache: where their tasks go, and what happens when that worker is gone. */
import { api } from '@tidemark/protocol/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complete } from '../support/commands.ts';
import { answer, answerOf, query, stickTo, stickyTask } from '../support/queries.ts';
import type { StartedRun, WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';

const { TimeoutType, WorkflowTaskFailedCause: Cause } = api.enums.v1;
const ALIVE_MS = 400;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine({ limits: { stickyWorkerAliveMs: ALIVE_MS } });
});
afterAll(() => engine.stop());

const signal = ({ workflowId }: StartedRun) =>
  engine.workflow.signalWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId }, signalName: 'go' });
const stickyOf = ({ workflowId }: StartedRun): string => `${workflowId}-sticky`;

/** A worker polls for so long and goes away with nothing. */
async function pollBriefly(name: string, ms: number): Promise<void> {
  const { taskToken } = await engine.workflow.pollWorkflowTaskQueue(
    { namespace: NAMESPACE, taskQueue: { name }, identity: 'test' },
    { deadline: Date.now() + 10_000, signal: AbortSignal.timeout(ms) },
  );
  expect(taskToken).toHaveLength(0);
}

/** A run that waits, in the cache of a worker that polled a moment ago and does not poll any more. */
async function abandoned(stickyMs: number): Promise<StartedRun> {
  const run = await engine.start();
  await engine.complete(await engine.workflowTask(run.taskQueue), [], stickTo(stickyOf(run), stickyMs));
  await pollBriefly(stickyOf(run), 20);
  return run;
}
/** Polls of the sticky queue have been over for so long that its worker is taken for gone. */
const forgotten = (run: StartedRun) => pollBriefly(run.taskQueue, ALIVE_MS + 100);

/** Waits for the task to come to any worker, lets it fail twice, and completes the run. */
async function failTwiceAndComplete(run: StartedRun): Promise<readonly number[]> {
  const attempts: number[] = [];
  for (let failures = 0; failures < 2; failures += 1) {
    const { taskToken, attempt } = await engine.workflowTask(run.taskQueue);
    attempts.push(attempt);
    const cause = Cause.WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE;
    await engine.workflow.respondWorkflowTaskFailed({ namespace: NAMESPACE, taskToken, cause, failure: { message: 'broken' } });
  }
  const task = await engine.workflowTask(run.taskQueue);
  await engine.complete(task, [complete()]);
  return [...attempts, task.attempt];
}

const AFTER_TIMEOUT = [
  'WORKFLOW_EXECUTION_SIGNALED',
  'WORKFLOW_TASK_SCHEDULED',
  'WORKFLOW_TASK_TIMED_OUT',
  'WORKFLOW_TASK_SCHEDULED',
  'WORKFLOW_TASK_STARTED',
  'WORKFLOW_TASK_FAILED',
  'WORKFLOW_TASK_SCHEDULED',
  'WORKFLOW_TASK_STARTED',
  'WORKFLOW_TASK_COMPLETED',
  'WORKFLOW_EXECUTION_COMPLETED',
];

describe('the task of a run in a cache', () => {
  it('comes to the worker that has it, with what is new alone', async () => {
    const run = await engine.start();
    await engine.complete(await engine.workflowTask(run.taskQueue), [], stickTo(stickyOf(run)));
    const polled = stickyTask(engine, stickyOf(run), run.taskQueue);
    await signal(run);
    const task = await polled;
    expect(namesOf(task.history?.events ?? [])).toEqual([
      'WORKFLOW_TASK_COMPLETED',
      'WORKFLOW_EXECUTION_SIGNALED',
      'WORKFLOW_TASK_SCHEDULED',
      'WORKFLOW_TASK_STARTED',
    ]);
  });

  it('that its worker does not take times out, and is an ordinary first attempt for any other', async () => {
    const run = await abandoned(200);
    await signal(run);
    expect(await failTwiceAndComplete(run)).toEqual([1, 2, 3]);
    const events = await engine.history(run);
    expect(namesOf(events).slice(4)).toEqual(AFTER_TIMEOUT);
    const timedOut = events[6]?.workflowTaskTimedOutEventAttributes;
    expect(timedOut?.timeoutType).toBe(TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START);
    expect(String(timedOut?.startedEventId)).toBe('0');
  });

  it('times out in the same way when stickiness is reset while it waits', async () => {
    const run = await abandoned(200);
    await signal(run);
    await engine.workflow.resetStickyTaskQueue({ namespace: NAMESPACE, execution: { workflowId: run.workflowId } });
    expect(await failTwiceAndComplete(run)).toEqual([1, 2, 3]);
    expect(namesOf(await engine.history(run)).slice(4)).toEqual(AFTER_TIMEOUT);
  });

  it('goes to any worker at once, with the whole history, when its own has not polled for long', async () => {
    const run = await abandoned(60_000);
    await forgotten(run);
    await signal(run);
    const task = await engine.workflowTask(run.taskQueue);
    expect(namesOf(task.history?.events ?? [])[0]).toBe('WORKFLOW_EXECUTION_STARTED');
    expect(namesOf(await engine.history(run))).not.toContain('WORKFLOW_TASK_TIMED_OUT');
  });
});

describe('a query of a run in a cache', () => {
  it('waits for its worker as long as a task would, and then goes to any other', async () => {
    const run = await abandoned(200);
    const asked = answerOf(query(engine, run));
    const task = await engine.workflowTask(run.taskQueue);
    expect(task.history?.events).toHaveLength(4);
    await answer(engine, task, 'from another');
    expect(await asked).toBe('from another');
  });

  it('goes to any worker at once when its own has not polled for long', async () => {
    const run = await abandoned(60_000);
    await forgotten(run);
    const asked = answerOf(query(engine, run));
    await answer(engine, await engine.workflowTask(run.taskQueue), 'from another');
    expect(await asked).toBe('from another');
  });
});
