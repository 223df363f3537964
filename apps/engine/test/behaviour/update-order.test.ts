/** Several updates of one run at a time, and what a worker may say of them. */
import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../src/history/model/decide/commands/command.ts';
import { complete } from '../support/commands.ts';
import { refusal } from '../support/refusal.ts';
import {
  acceptance,
  accepted,
  admitUpdate,
  answerUpdates,
  carriedOut,
  completion,
  outcomeOf,
  placed,
  rejection,
  sendUpdate,
  updateRequest,
  updatesIn,
} from '../support/update-calls.ts';
import type { HistoryEvent, StartedRun, WholeEngine, WorkflowTask } from '../support/whole-engine.ts';
import { eventOf, namesOf, NAMESPACE, openWholeEngine } from '../support/whole-engine.ts';

const { WorkflowTaskFailedCause } = api.enums.v1;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

async function idle(): Promise<StartedRun> {
  const run = await engine.start();
  await engine.step(run.taskQueue);
  return run;
}
const UPDATE = 'WORKFLOW_EXECUTION_UPDATE_';
/** Of the events about updates: what became of which. */
const told = (events: readonly HistoryEvent[]) =>
  events.flatMap((event, at) => {
    const name = namesOf(events)[at] ?? '';
    if (!name.startsWith(UPDATE)) return [];
    const id =
      event.workflowExecutionUpdateAcceptedEventAttributes?.protocolInstanceId ??
      event.workflowExecutionUpdateCompletedEventAttributes?.meta?.updateId;
    return [`${id} ${name.slice(UPDATE.length)}`];
  });

/** A completion that brings a task of its own back, as workers ask for. */
const inline = async (task: WorkflowTask): Promise<WorkflowTask> => {
  const { workflowTask } = await engine.complete(task, [], { returnNewWorkflowTask: true });
  if (!workflowTask) throw new Error('no task came back');
  return workflowTask as WorkflowTask;
};

describe('several updates', () => {
  it('go out in the order in which they came', async () => {
    const run = await engine.start();
    for (const id of ['c', 'a', 'b']) await admitUpdate(engine, run, id);
    expect(updatesIn(await engine.workflowTask(run.taskQueue))).toEqual(['c', 'a', 'b']);
  });

  it('may end in another order than they came', async () => {
    const run = await idle();
    const first = await admitUpdate(engine, run, 'first');
    await answerUpdates(engine, await engine.workflowTask(run.taskQueue), accepted('first'));
    const second = await admitUpdate(engine, run, 'second');
    await answerUpdates(engine, await engine.workflowTask(run.taskQueue), accepted('second'));
    const third = await admitUpdate(engine, run, 'third');
    await answerUpdates(engine, await engine.workflowTask(run.taskQueue), [completion('second', 2), rejection('third')]);
    expect([outcomeOf(await second.response), outcomeOf(await third.response)]).toEqual([2, 'no']);
    const fourth = await admitUpdate(engine, run, 'fourth');
    await answerUpdates(engine, await engine.workflowTask(run.taskQueue), [completion('first', 1), ...carriedOut('fourth')]);
    expect([outcomeOf(await first.response), outcomeOf(await fourth.response)]).toEqual([1, 'done']);
    expect(told(await engine.history(run))).toEqual([
      'first ACCEPTED',
      'second ACCEPTED',
      'second COMPLETED',
      'first COMPLETED',
      'fourth ACCEPTED',
      'fourth COMPLETED',
    ]);
  });

  it('that come while a task runs go out with one of their own, which the answer may bring', async () => {
    const run = await engine.start();
    const task = await engine.workflowTask(run.taskQueue);
    const { response } = await admitUpdate(engine, run, 'u');
    const next = await inline(task);
    expect(updatesIn(next)).toEqual(['u']);
    await answerUpdates(engine, next, carriedOut('u'));
    expect(outcomeOf(await response)).toBe('done');
    expect(await engine.history(run)).toHaveLength(9);
  });

  it('that come while a task runs and are rejected leave no second task', async () => {
    const run = await engine.start();
    const task = await engine.workflowTask(run.taskQueue);
    const { response } = await admitUpdate(engine, run, 'u');
    await answerUpdates(engine, await inline(task), [rejection('u')]);
    expect(outcomeOf(await response)).toBe('no');
    expect(await engine.history(run)).toHaveLength(4);
  });

  it('are ten at a time at most', async () => {
    const run = await engine.start();
    for (let at = 0; at < 10; at += 1) await admitUpdate(engine, run, `u${at}`);
    expect((await refusal(sendUpdate(engine, run, 'u10'))).code).toBe(StatusCode.RESOURCE_EXHAUSTED);
  });
});

describe('an update id that is used again', () => {
  it('joins the update in every stage, and its outcome is told also after the end', async () => {
    const run = await idle();
    const calls = [(await admitUpdate(engine, run, 'u')).response, sendUpdate(engine, run, 'u')];
    const task = await engine.workflowTask(run.taskQueue);
    calls.push(sendUpdate(engine, run, 'u'));
    await answerUpdates(engine, task, accepted('u'));
    calls.push(sendUpdate(engine, run, 'u'));
    const { response } = await admitUpdate(engine, run, 'other');
    await answerUpdates(engine, await engine.workflowTask(run.taskQueue), [completion('u', 7), rejection('other')]);
    await response;
    calls.push(sendUpdate(engine, run, 'u'));
    expect((await Promise.all(calls)).map(outcomeOf)).toEqual([7, 7, 7, 7, 7]);
    await engine.workflow.signalWorkflowExecution({
      namespace: NAMESPACE,
      workflowExecution: { workflowId: run.workflowId },
      signalName: 'end',
    });
    await engine.step(run.taskQueue, complete());
    expect(outcomeOf(await sendUpdate(engine, run, 'u'))).toBe(7);
    expect(told(await engine.history(run))).toEqual(['u ACCEPTED', 'u COMPLETED']);
  });
});

describe('a worker', () => {
  it.each<[string, readonly ReturnType<typeof acceptance>[], readonly Command[] | undefined]>([
    ['accepts an update nobody sent', [acceptance('other')], undefined],
    ['names a message that is not there', [], [placed(acceptance('u'))]],
    ['completes an update it did not accept', [completion('u')], undefined],
    ['accepts an update twice', [acceptance('u'), { ...acceptance('u'), id: 'again' }], undefined],
    ['completes an update before it accepts it', [completion('u'), acceptance('u')], undefined],
  ])('that %s fails its task', async (_what, messages, commands) => {
    const run = await engine.start();
    const { response } = await admitUpdate(engine, run, 'u');
    const task = await engine.workflowTask(run.taskQueue);
    const answer = engine.complete(task, commands ?? messages.map(placed), { messages: [...messages] });
    expect((await refusal(answer)).code).toBe(StatusCode.INVALID_ARGUMENT);
    const failed = eventOf(await engine.history(run), 'WORKFLOW_TASK_FAILED');
    expect(failed.workflowTaskFailedEventAttributes?.cause).toBe(
      WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_BAD_UPDATE_WORKFLOW_EXECUTION_MESSAGE,
    );
    expect((await refusal(response)).find('WorkflowNotReadyFailure')).toBeDefined();
  });

  it('that brings the whole request revives an update the engine does not know', async () => {
    const run = await engine.start();
    const task = await engine.workflowTask(run.taskQueue);
    const { request } = updateRequest(run, 'lost');
    await answerUpdates(engine, task, [acceptance('lost', { acceptedRequest: request ?? {} }), completion('lost', 'found')]);
    expect(outcomeOf(await sendUpdate(engine, run, 'lost'))).toBe('found');
  });

  it('may answer without commands that give its messages their place', async () => {
    const run = await engine.start();
    const { response } = await admitUpdate(engine, run, 'u');
    await engine.complete(await engine.workflowTask(run.taskQueue), [], { messages: carriedOut('u') });
    expect(outcomeOf(await response)).toBe('done');
  });
});
