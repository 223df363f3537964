/** What happens while a worker has the workflow task: it waits, and is written behind what the task decides. */
import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import { toDuration } from '@tidemark/protocol/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activity, cancelActivity, cancelTimer, complete, continueAsNew, marker, startChild, timer } from '../support/commands.ts';
import { answerOf, answersTo, query } from '../support/queries.ts';
import { refusal } from '../support/refusal.ts';
import type { StartedRun, WholeEngine } from '../support/whole-engine.ts';
import { eventOf, NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';

const { WorkflowIdConflictPolicy: Conflict, WorkflowTaskFailedCause: Cause } = api.enums.v1;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

const signal = ({ workflowId }: StartedRun, signalName = 'go') =>
  engine.workflow.signalWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId }, signalName });
const namesAfter = async (run: StartedRun, count: number) => namesOf(await engine.history(run)).slice(count);

describe('while a task runs', () => {
  it('a signal and a change of options wait, and come behind the commands of the task', async () => {
    const run = await engine.start();
    const task = await engine.workflowTask(run.taskQueue);
    await signal(run);
    await engine.workflow.startWorkflowExecution({
      namespace: NAMESPACE,
      workflowId: run.workflowId,
      requestId: 'joins',
      workflowType: { name: 'Order' },
      taskQueue: { name: run.taskQueue },
      workflowIdConflictPolicy: Conflict.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
      onConflictOptions: { attachRequestId: true },
    });
    expect(await engine.history(run)).toHaveLength(3);
    await engine.complete(task, [timer('t', 60_000), marker('m')]);
    expect(await namesAfter(run, 3)).toEqual([
      'WORKFLOW_TASK_COMPLETED',
      'TIMER_STARTED',
      'MARKER_RECORDED',
      'WORKFLOW_EXECUTION_SIGNALED',
      'WORKFLOW_EXECUTION_OPTIONS_UPDATED',
      'WORKFLOW_TASK_SCHEDULED',
    ]);
  });

  it('an activity ends unseen, and its two events come behind, pointing at each other', async () => {
    const run = await engine.start();
    await engine.step(run.taskQueue, activity('a', { taskQueue: { name: run.taskQueue } }));
    await signal(run);
    const task = await engine.workflowTask(run.taskQueue);
    const { taskToken } = await engine.activityTask(run.taskQueue);
    await engine.workflow.respondActivityTaskCompleted({ namespace: NAMESPACE, taskToken });
    await engine.complete(task, [marker('m')]);
    expect(await namesAfter(run, 8)).toEqual([
      'WORKFLOW_TASK_COMPLETED',
      'MARKER_RECORDED',
      'ACTIVITY_TASK_STARTED',
      'ACTIVITY_TASK_COMPLETED',
      'WORKFLOW_TASK_SCHEDULED',
    ]);
    const completed = eventOf(await engine.history(run), 'ACTIVITY_TASK_COMPLETED').activityTaskCompletedEventAttributes;
    expect([String(completed?.scheduledEventId), String(completed?.startedEventId)]).toEqual(['5', '11']);
  });

  it('a query waits, and is answered with the task that follows', async () => {
    const run = await engine.start();
    const first = await engine.workflowTask(run.taskQueue);
    const asked = answerOf(query(engine, run));
    await signal(run);
    await engine.complete(first);
    const second = await engine.workflowTask(run.taskQueue);
    await engine.complete(second, [], answersTo(second, 'later'));
    expect(await asked).toBe('later');
  });

  it('the end of a run meets a signal: the task fails, the signal is shown, and then the run may end', async () => {
    const run = await engine.start();
    const task = await engine.workflowTask(run.taskQueue);
    await signal(run);
    const error = await refusal(engine.complete(task, [complete()]));
    expect([error.code, error.message]).toEqual([StatusCode.INVALID_ARGUMENT, 'UnhandledCommand']);
    await engine.step(run.taskQueue, complete());
    const events = await engine.history(run);
    expect(namesOf(events).slice(3)).toEqual([
      'WORKFLOW_TASK_FAILED',
      'WORKFLOW_EXECUTION_SIGNALED',
      'WORKFLOW_TASK_SCHEDULED',
      'WORKFLOW_TASK_STARTED',
      'WORKFLOW_TASK_COMPLETED',
      'WORKFLOW_EXECUTION_COMPLETED',
    ]);
    expect(events[3]?.workflowTaskFailedEventAttributes?.cause).toBe(Cause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND);
  });

  it('an update that no worker has seen does not keep the run from ending', async () => {
    const run = await engine.start();
    const task = await engine.workflowTask(run.taskQueue);
    const updated = refusal(
      engine.workflow.updateWorkflowExecution(
        {
          namespace: NAMESPACE,
          workflowExecution: { workflowId: run.workflowId },
          request: { meta: { updateId: 'u' }, input: { name: 'u' } },
        },
        { deadline: Date.now() + 10_000 },
      ),
    );
    await engine.complete(task, [complete()]);
    expect(await namesAfter(run, 3)).toEqual(['WORKFLOW_TASK_COMPLETED', 'WORKFLOW_EXECUTION_COMPLETED']);
    expect((await updated).code).toBe(StatusCode.NOT_FOUND);
  });
});

describe('the task that ends a run', () => {
  it('may cancel what it is waiting for', async () => {
    const run = await engine.start();
    await engine.step(run.taskQueue, activity('never', { taskQueue: { name: `${run.taskQueue}-none` } }), timer('t', 60_000));
    await signal(run);
    await engine.step(run.taskQueue, cancelActivity(5), cancelTimer('t'), complete());
    expect(await namesAfter(run, 10)).toEqual(['ACTIVITY_TASK_CANCEL_REQUESTED', 'TIMER_CANCELED', 'WORKFLOW_EXECUTION_COMPLETED']);
  });

  it('may begin other things, which are written before the end', async () => {
    const run = await engine.start();
    const queue = { taskQueue: { name: run.taskQueue } };
    await engine.step(
      run.taskQueue,
      activity('a', queue),
      timer('t', 60_000),
      startChild(`${run.workflowId}-child`),
      marker('m'),
      complete(),
    );
    expect(await namesAfter(run, 4)).toEqual([
      'ACTIVITY_TASK_SCHEDULED',
      'TIMER_STARTED',
      'START_CHILD_WORKFLOW_EXECUTION_INITIATED',
      'MARKER_RECORDED',
      'WORKFLOW_EXECUTION_COMPLETED',
    ]);
  });

  it('begins runs at least a second apart, however fast they continue', async () => {
    const run = await engine.start();
    const began = Date.now();
    for (let runs = 0; runs < 2; runs += 1) await engine.step(run.taskQueue, continueAsNew());
    await engine.step(run.taskQueue, complete());
    expect(Date.now() - began).toBeGreaterThan(1900);
  });
});

describe('a worker that keeps its task by heartbeats', () => {
  const forced = { forceCreateNewWorkflowTask: true, returnNewWorkflowTask: true };
  const respond = ({ taskToken }: { readonly taskToken: Uint8Array }, over: object) =>
    engine.workflow.respondWorkflowTaskCompleted({ namespace: NAMESPACE, taskToken, ...over });
  const next = async (answer: ReturnType<typeof respond>) => {
    const { workflowTask } = await answer;
    if (!workflowTask?.taskToken) throw new Error('no task came with the answer');
    return { taskToken: workflowTask.taskToken };
  };

  it('may say nothing for as many tasks as it wants, and then complete the run', async () => {
    const run = await engine.start({ workflowTaskTimeout: toDuration(1000) });
    let task: { readonly taskToken: Uint8Array } = await engine.workflowTask(run.taskQueue);
    for (let beats = 0; beats < 3; beats += 1) task = await next(respond(task, forced));
    await respond(task, { commands: [complete()] });
    const row = ['WORKFLOW_TASK_COMPLETED', 'WORKFLOW_TASK_SCHEDULED', 'WORKFLOW_TASK_STARTED'];
    expect(await namesAfter(run, 3)).toEqual([...row, ...row, ...row, 'WORKFLOW_TASK_COMPLETED', 'WORKFLOW_EXECUTION_COMPLETED']);
  });

  it('may write markers with each', async () => {
    const run = await engine.start();
    let task: { readonly taskToken: Uint8Array } = await engine.workflowTask(run.taskQueue);
    task = await next(respond(task, { ...forced, commands: [marker('1')] }));
    task = await next(respond(task, { ...forced, commands: [marker('2')] }));
    await respond(task, { commands: [marker('3'), complete()] });
    const row = ['WORKFLOW_TASK_COMPLETED', 'MARKER_RECORDED', 'WORKFLOW_TASK_SCHEDULED', 'WORKFLOW_TASK_STARTED'];
    expect(await namesAfter(run, 3)).toEqual([
      ...row,
      ...row,
      'WORKFLOW_TASK_COMPLETED',
      'MARKER_RECORDED',
      'WORKFLOW_EXECUTION_COMPLETED',
    ]);
  });
});
