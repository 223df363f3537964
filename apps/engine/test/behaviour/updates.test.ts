/** Updates on their ordinary way: the task that carries them, and what they leave in history. */
import { StatusCode } from '@tidemark/protocol/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complete, timer } from '../support/commands.ts';
import { stickTo, stickyTask } from '../support/queries.ts';
import { refusal } from '../support/refusal.ts';
import {
  ACCEPTED,
  COMPLETED,
  accepted,
  admitUpdate,
  answerUpdates,
  carriedOut,
  completion,
  outcomeOf,
  pollUpdate,
  rejection,
  updatesIn,
} from '../support/update-calls.ts';
import type { StartedRun, WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';

const FIRST_TASK = ['WORKFLOW_EXECUTION_STARTED', 'WORKFLOW_TASK_SCHEDULED', 'WORKFLOW_TASK_STARTED', 'WORKFLOW_TASK_COMPLETED'];
const TASK = FIRST_TASK.slice(1);
const DONE = ['WORKFLOW_EXECUTION_UPDATE_ACCEPTED', 'WORKFLOW_EXECUTION_UPDATE_COMPLETED'];

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

/** Past its first task. */
async function idle(): Promise<StartedRun> {
  const run = await engine.start();
  await engine.step(run.taskQueue);
  return run;
}
const signal = ({ workflowId }: StartedRun) =>
  engine.workflow.signalWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId }, signalName: 'go' });
const names = async (run: StartedRun) => namesOf(await engine.history(run));

describe('an update that is accepted and completed', () => {
  it.each([true, false])('goes with the first task of a run, named or not: %s', async (isNamed) => {
    const { workflowId, runId, taskQueue } = await engine.start();
    const { response: sent } = await admitUpdate(engine, isNamed ? { workflowId, runId } : { workflowId }, 'u');
    const task = await takenWith(taskQueue, 'u');
    await answerUpdates(engine, task, carriedOut('u', 'added'));
    const response = await sent;
    expect([response.stage, outcomeOf(response), response.updateRef?.workflowExecution?.runId]).toEqual([COMPLETED, 'added', runId]);
    expect(namesOf(await engine.history({ workflowId }))).toEqual([...FIRST_TASK, ...DONE]);
  });

  it('rides on a task that waits already', async () => {
    const run = await idle();
    await signal(run);
    const { response: sent } = await admitUpdate(engine, run, 'u');
    await answerUpdates(engine, await takenWith(run.taskQueue, 'u'), carriedOut('u'));
    expect(outcomeOf(await sent)).toBe('done');
    expect(await names(run)).toEqual([...FIRST_TASK, 'WORKFLOW_EXECUTION_SIGNALED', ...TASK, ...DONE]);
  });

  it('has a task of its own where nothing waits, written only once the worker answers', async () => {
    const run = await idle();
    const { response: sent } = await admitUpdate(engine, run, 'u');
    const task = await engine.workflowTask(run.taskQueue);
    expect(await names(run)).toEqual(FIRST_TASK);
    expect(namesOf(task.history?.events ?? []).slice(4)).toEqual(['WORKFLOW_TASK_SCHEDULED', 'WORKFLOW_TASK_STARTED']);
    await answerUpdates(engine, task, carriedOut('u'));
    expect(outcomeOf(await sent)).toBe('done');
    expect(await names(run)).toEqual([...FIRST_TASK, ...TASK, ...DONE]);
  });

  it('may come with other commands, in their order', async () => {
    const run = await idle();
    const { response: sent } = await admitUpdate(engine, run, 'u');
    await answerUpdates(engine, await engine.workflowTask(run.taskQueue), carriedOut('u'), timer('t', 60_000));
    await sent;
    expect(await names(run)).toEqual([...FIRST_TASK, ...TASK, ...DONE, 'TIMER_STARTED']);
  });

  it('goes to the worker that has the run in its cache, with new events only', async () => {
    const run = await engine.start();
    const sticky = `${run.workflowId}-sticky`;
    await engine.complete(await engine.workflowTask(run.taskQueue), [], stickTo(sticky));
    const polled = stickyTask(engine, sticky, run.taskQueue);
    const { response: sent } = await admitUpdate(engine, run, 'u');
    const task = await polled;
    expect(namesOf(task.history?.events ?? [])).toEqual(['WORKFLOW_TASK_COMPLETED', 'WORKFLOW_TASK_SCHEDULED', 'WORKFLOW_TASK_STARTED']);
    await answerUpdates(engine, task, carriedOut('u'));
    expect(outcomeOf(await sent)).toBe('done');
  });

  it('goes to any worker, with the whole history, where the one with the cache is gone', async () => {
    const run = await engine.start();
    await engine.complete(await engine.workflowTask(run.taskQueue), [], stickTo(`${run.workflowId}-gone`));
    const { response: sent } = await admitUpdate(engine, run, 'u');
    const task = await takenWith(run.taskQueue, 'u');
    expect(namesOf(task.history?.events ?? []).slice(0, 4)).toEqual(FIRST_TASK);
    await answerUpdates(engine, task, carriedOut('u'));
    expect(outcomeOf(await sent)).toBe('done');
  });

  it('may end in the task that ends the workflow', async () => {
    const run = await engine.start();
    const { response: sent } = await admitUpdate(engine, run, 'u');
    await answerUpdates(engine, await takenWith(run.taskQueue, 'u'), carriedOut('u'), complete());
    expect(outcomeOf(await sent)).toBe('done');
    expect(await names(run)).toEqual([...FIRST_TASK, ...DONE, 'WORKFLOW_EXECUTION_COMPLETED']);
  });

  it('is told as completed to who waits for its acceptance only', async () => {
    const run = await engine.start();
    const { response: sent } = await admitUpdate(engine, run, 'u', ACCEPTED);
    await answerUpdates(engine, await takenWith(run.taskQueue, 'u'), carriedOut('u'));
    const response = await sent;
    expect([response.stage, outcomeOf(response)]).toEqual([COMPLETED, 'done']);
  });

  it('is told in two steps where its outcome takes another task', async () => {
    const run = await idle();
    const { response: sent } = await admitUpdate(engine, run, 'u', ACCEPTED);
    await answerUpdates(engine, await engine.workflowTask(run.taskQueue), accepted('u'));
    const response = await sent;
    expect([response.stage, response.outcome ?? undefined]).toEqual([ACCEPTED, undefined]);
    const polled = pollUpdate(engine, run, 'u');
    await signal(run);
    await answerUpdates(engine, await engine.workflowTask(run.taskQueue), [completion('u', 'later')]);
    expect(outcomeOf(await polled)).toBe('later');
  });
});

describe('an update that is rejected', () => {
  it('with the first task leaves that task and no event of its own', async () => {
    const run = await engine.start();
    const { response: sent } = await admitUpdate(engine, run, 'u');
    await answerUpdates(engine, await takenWith(run.taskQueue, 'u'), [rejection('u', 'too much')]);
    const response = await sent;
    expect([response.stage, outcomeOf(response)]).toEqual([COMPLETED, 'too much']);
    expect(await names(run)).toEqual(FIRST_TASK);
    expect((await refusal(pollUpdate(engine, run, 'u'))).code).toBe(StatusCode.NOT_FOUND);
  });

  it('alone leaves nothing, and tells the worker where its history ends', async () => {
    const run = await idle();
    const { response: sent } = await admitUpdate(engine, run, 'u');
    const answer = await answerUpdates(engine, await engine.workflowTask(run.taskQueue), [rejection('u')]);
    expect(outcomeOf(await sent)).toBe('no');
    expect(Number(answer.resetHistoryEventId)).toBe(3);
    expect(await names(run)).toEqual(FIRST_TASK);
  });

  it('beside another command leaves the task', async () => {
    const run = await idle();
    const { response: sent } = await admitUpdate(engine, run, 'u');
    await answerUpdates(engine, await engine.workflowTask(run.taskQueue), [rejection('u')], timer('t', 60_000));
    expect(outcomeOf(await sent)).toBe('no');
    expect(await names(run)).toEqual([...FIRST_TASK, ...TASK, 'TIMER_STARTED']);
  });

  it('by nobody is rejected by the engine once its task is completed', async () => {
    const run = await idle();
    const { response: sent } = await admitUpdate(engine, run, 'u');
    await engine.step(run.taskQueue);
    expect(outcomeOf(await sent)).toBe('UnprocessedUpdate');
  });
});

/** The next task, which carries the update and no other. */
async function takenWith(taskQueue: string, updateId: string) {
  const task = await engine.workflowTask(taskQueue);
  expect(updatesIn(task)).toEqual([updateId]);
  return task;
}
