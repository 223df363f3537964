/** Reset of one run: the points it may go to, and what comes back of what happened after. */
import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import { toDuration } from '@tidemark/protocol/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activity, complete, continueAsNew } from '../support/commands.ts';
import { refusal } from '../support/refusal.ts';
import { idOf, reset } from '../support/reset-calls.ts';
import { admitUpdate, answerUpdates, carriedOut } from '../support/update-calls.ts';
import type { RunName, StartedRun, WholeEngine } from '../support/whole-engine.ts';
import { eventOf, NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';

const { ResetReapplyExcludeType: Exclude, ResetReapplyType: Reapply, WorkflowTaskFailedCause } = api.enums.v1;
const SIGNAL = Exclude.RESET_REAPPLY_EXCLUDE_TYPE_SIGNAL;
const UPDATE = Exclude.RESET_REAPPLY_EXCLUDE_TYPE_UPDATE;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

const signal = ({ workflowId }: RunName, signalName = 'go') =>
  engine.workflow.signalWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId }, signalName });
const names = async (run: RunName) => namesOf(await engine.history(run));
const completes = (taskToken: Uint8Array) => engine.workflow.respondActivityTaskCompleted({ namespace: NAMESPACE, taskToken });
const onOwnQueue = ({ taskQueue }: StartedRun, id: string) => activity(id, { taskQueue: { name: taskQueue } });

/** Carries out one activity, and then another, and completes: three workflow tasks. */
async function twoSteps(isCompleted: boolean): Promise<StartedRun> {
  const run = await engine.start();
  await engine.step(run.taskQueue, onOwnQueue(run, 'first'));
  await completes((await engine.activityTask(run.taskQueue)).taskToken);
  await engine.step(run.taskQueue, onOwnQueue(run, 'second'));
  await completes((await engine.activityTask(run.taskQueue)).taskToken);
  if (isCompleted) await engine.step(run.taskQueue, complete());
  return run;
}

describe.each([true, false])('a run of several steps, completed: %s,', (isCompleted) => {
  it('is reset to its first task and does everything again', async () => {
    const run = await twoSteps(isCompleted);
    const made = await reset(engine, run, { to: await idOf(engine, run, 'WORKFLOW_TASK_COMPLETED') });
    expect(await names(made)).toEqual([
      'WORKFLOW_EXECUTION_STARTED',
      'WORKFLOW_TASK_SCHEDULED',
      'WORKFLOW_TASK_STARTED',
      'WORKFLOW_TASK_FAILED',
      'WORKFLOW_TASK_SCHEDULED',
    ]);
    const failed = eventOf(await engine.history(made), 'WORKFLOW_TASK_FAILED').workflowTaskFailedEventAttributes;
    expect(failed).toMatchObject({
      cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW,
      baseRunId: run.runId,
      newRunId: made.runId,
      failure: { message: 'again' },
    });
    await engine.step(run.taskQueue, onOwnQueue(run, 'first'));
    await completes((await engine.activityTask(run.taskQueue)).taskToken);
    await engine.step(run.taskQueue, complete());
    expect(namesOf([await engine.closed(made)])).toEqual(['WORKFLOW_EXECUTION_COMPLETED']);
    const end = isCompleted ? 'WORKFLOW_EXECUTION_COMPLETED' : 'WORKFLOW_EXECUTION_TERMINATED';
    expect(namesOf([await engine.closed({ workflowId: run.workflowId, runId: run.runId })])).toEqual([end]);
  });

  it('is reset to a later task and keeps what was done before', async () => {
    const run = await twoSteps(isCompleted);
    const made = await reset(engine, run, { to: await idOf(engine, run, 'WORKFLOW_TASK_COMPLETED', 2) });
    const { history } = await engine.workflowTask(run.taskQueue);
    const seen = namesOf(history?.events ?? []);
    expect(seen.filter((name) => name === 'ACTIVITY_TASK_COMPLETED')).toHaveLength(1);
    expect(seen.slice(-3)).toEqual(['WORKFLOW_TASK_FAILED', 'WORKFLOW_TASK_SCHEDULED', 'WORKFLOW_TASK_STARTED']);
    expect((await engine.describe({ workflowId: run.workflowId })).workflowExecutionInfo?.execution?.runId).toBe(made.runId);
  });
});

describe('a reset', () => {
  it('gives a pending activity out again, at its first attempt', async () => {
    const run = await engine.start();
    await engine.step(run.taskQueue, onOwnQueue(run, 'slow'));
    const before = await engine.activityTask(run.taskQueue);
    await signal(run);
    await engine.step(run.taskQueue);
    const made = await reset(engine, run, { to: await idOf(engine, run, 'WORKFLOW_TASK_COMPLETED', 2) });
    const after = await engine.activityTask(run.taskQueue);
    expect([after.activityId, after.attempt, after.workflowExecution?.runId]).toEqual(['slow', 1, made.runId]);
    expect((await refusal(completes(before.taskToken))).code).toBe(StatusCode.NOT_FOUND);
    await completes(after.taskToken);
  });

  it('revives a run whose time was over', async () => {
    const run = await engine.start({ workflowRunTimeout: toDuration(1000) });
    await engine.step(run.taskQueue);
    expect(namesOf([await engine.closed(run)])).toEqual(['WORKFLOW_EXECUTION_TIMED_OUT']);
    const made = await reset(engine, run, { to: 4 });
    await engine.step(run.taskQueue, complete());
    expect(namesOf([await engine.closed(made)])).toEqual(['WORKFLOW_EXECUTION_COMPLETED']);
  });

  it('that is sent again with its request id makes no third run', async () => {
    const run = await engine.start();
    await engine.step(run.taskQueue);
    const request = { to: 4, requestId: 'once' };
    expect(await reset(engine, run, request)).toEqual(await reset(engine, run, request));
  });

  it.each([
    ['waits', false],
    ['is with a worker', true],
  ])('may go to a task that %s', async (_what, isTaken) => {
    const run = await engine.start();
    if (isTaken) await engine.workflowTask(run.taskQueue);
    else await signal(run);
    const made = await reset(engine, run, { to: 3 });
    expect((await names(made)).slice(0, 4)).toEqual([
      'WORKFLOW_EXECUTION_STARTED',
      'WORKFLOW_TASK_SCHEDULED',
      'WORKFLOW_TASK_STARTED',
      'WORKFLOW_TASK_FAILED',
    ]);
  });

  it.each([0, 1, 2, 5, 99])('goes to no event that ends no task: %i', async (to) => {
    const run = await engine.start();
    await engine.step(run.taskQueue, activity('a'));
    expect((await refusal(reset(engine, run, { to }))).code).toBe(StatusCode.INVALID_ARGUMENT);
  });

  it('of a run that was continued takes what came later along, from the runs that followed too', async () => {
    const run = await engine.start();
    await engine.step(run.taskQueue);
    await signal(run, 'before');
    await engine.step(run.taskQueue, continueAsNew());
    await signal(run, 'after');
    const made = await reset(engine, run, { to: 4 });
    expect((await signalsOf(made)).sort()).toEqual(['after', 'before']);
    expect((await engine.describe({ workflowId: run.workflowId })).workflowExecutionInfo?.execution?.runId).toBe(made.runId);
  });

  it('finds a run by its id when the current one is deleted', async () => {
    const run = await engine.start();
    await engine.step(run.taskQueue, complete());
    const { runId: current } = await engine.start({ workflowId: run.workflowId });
    await engine.workflow.deleteWorkflowExecution({
      namespace: NAMESPACE,
      workflowExecution: { workflowId: run.workflowId, runId: current },
    });
    await expect.poll(() => engine.describe({ workflowId: run.workflowId, runId: current }).catch(() => 'gone')).toBe('gone');
    const made = await reset(engine, run, { to: 4 });
    expect((await engine.describe({ workflowId: run.workflowId })).workflowExecutionInfo?.execution?.runId).toBe(made.runId);
  });
});

/** Names of signals in the history of a run. */
const signalsOf = async (run: RunName) =>
  (await engine.history(run)).flatMap((event) => event.workflowExecutionSignaledEventAttributes?.signalName ?? []);

describe('of what came after the point', () => {
  it.each([
    ['nothing excluded', {}, true, true],
    ['nothing excluded, all asked for', { resetReapplyType: Reapply.RESET_REAPPLY_TYPE_ALL_ELIGIBLE }, true, true],
    ['nothing excluded, signals asked for', { resetReapplyType: Reapply.RESET_REAPPLY_TYPE_SIGNAL }, true, false],
    ['nothing excluded, nothing asked for', { resetReapplyType: Reapply.RESET_REAPPLY_TYPE_NONE }, false, false],
    ['signals excluded', { resetReapplyExcludeTypes: [SIGNAL] }, false, true],
    [
      'signals excluded, all asked for',
      { resetReapplyExcludeTypes: [SIGNAL], resetReapplyType: Reapply.RESET_REAPPLY_TYPE_ALL_ELIGIBLE },
      false,
      true,
    ],
    [
      'signals excluded, signals asked for',
      { resetReapplyExcludeTypes: [SIGNAL], resetReapplyType: Reapply.RESET_REAPPLY_TYPE_SIGNAL },
      false,
      false,
    ],
    ['updates excluded', { resetReapplyExcludeTypes: [UPDATE] }, true, false],
    ['both excluded', { resetReapplyExcludeTypes: [SIGNAL, UPDATE] }, false, false],
  ])('signals and updates come back with %s', async (_what, choice, hasSignal, hasUpdate) => {
    const run = await engine.start();
    await engine.step(run.taskQueue);
    await signal(run);
    await engine.step(run.taskQueue);
    const { response } = await admitUpdate(engine, run, 'u');
    await answerUpdates(engine, await engine.workflowTask(run.taskQueue), carriedOut('u'));
    await response;
    const again = (await names(await reset(engine, run, { to: 4, ...choice }))).slice(4);
    expect(again.includes('WORKFLOW_EXECUTION_SIGNALED')).toBe(hasSignal);
    expect(again.includes('WORKFLOW_EXECUTION_UPDATE_ADMITTED')).toBe(hasUpdate);
  });

  it.each([
    ['comes back', {}, ['WORKFLOW_EXECUTION_SIGNALED', 'WORKFLOW_TASK_SCHEDULED']],
    ['is dropped if signals are', { resetReapplyExcludeTypes: [SIGNAL] }, ['WORKFLOW_TASK_SCHEDULED']],
  ])('a signal that waits for the task in flight %s', async (_what, choice, after) => {
    const run = await engine.start();
    await engine.workflowTask(run.taskQueue);
    await signal(run);
    expect((await names(await reset(engine, run, { to: 3, ...choice }))).slice(4)).toEqual(after);
  });

  it('an update that comes back is carried out again', async () => {
    const run = await engine.start();
    const { response } = await admitUpdate(engine, run, 'u');
    await answerUpdates(engine, await engine.workflowTask(run.taskQueue), carriedOut('u', 'first'));
    await response;
    const made = await reset(engine, run, { to: 4 });
    const task = await engine.workflowTask(run.taskQueue);
    expect(namesOf(task.history?.events ?? [])).toContain('WORKFLOW_EXECUTION_UPDATE_ADMITTED');
    await answerUpdates(engine, task, carriedOut('u', 'second'));
    expect((await names(made)).slice(-2)).toEqual(['WORKFLOW_EXECUTION_UPDATE_ACCEPTED', 'WORKFLOW_EXECUTION_UPDATE_COMPLETED']);
  });
});
