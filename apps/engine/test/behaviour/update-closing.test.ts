/** What those who wait for an update hear when its run ends first. */
import { StatusCode } from '@tidemark/protocol/errors';
import { toDuration } from '@tidemark/protocol/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../src/history/model/decide/commands/command.ts';
import { complete, continueAsNew, fail } from '../support/commands.ts';
import { refusal } from '../support/refusal.ts';
import {
  accepted,
  admitUpdate,
  answerUpdates,
  carriedOut,
  completion,
  outcomeOf,
  pollUpdate,
  rejection,
  sendUpdate,
  updatesIn,
} from '../support/update-calls.ts';
import type { StartedRun, WholeEngine } from '../support/whole-engine.ts';
import { eventOf, NAMESPACE, openWholeEngine } from '../support/whole-engine.ts';

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine({ limits: { suggestContinueAsNewUpdates: 2, updatesMax: 3 } });
});
afterAll(() => engine.stop());

const signal = ({ workflowId }: StartedRun) =>
  engine.workflow.signalWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId }, signalName: 'go' });
const terminate = ({ workflowId }: StartedRun) =>
  engine.workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId } });
const CLOSED = 'AcceptedUpdateCompletedWorkflow';

describe.each<[string, Command, boolean]>([
  ['completes', complete(), false],
  ['fails', fail(), false],
  ['continues as new', continueAsNew(), true],
])('of a run that %s,', (_how, end, isFollowed) => {
  it.each([true, false])('an update no worker was given is refused; the caller knew the run id: %s', async (isNamed) => {
    const { workflowId, runId, taskQueue } = await engine.start();
    const task = await engine.workflowTask(taskQueue);
    const { response } = await admitUpdate(engine, isNamed ? { workflowId, runId } : { workflowId }, 'u');
    await engine.complete(task, [end]);
    expect((await refusal(response)).code).toBe(isFollowed ? StatusCode.RESOURCE_EXHAUSTED : StatusCode.NOT_FOUND);
  });

  it('an update that is accepted fails', async () => {
    const run = await engine.start();
    const { response } = await admitUpdate(engine, run, 'u');
    await answerUpdates(engine, await engine.workflowTask(run.taskQueue), accepted('u'), end);
    expect(outcomeOf(await response)).toBe(CLOSED);
    expect(outcomeOf(await pollUpdate(engine, { workflowId: run.workflowId, runId: run.runId }, 'u'))).toBe(CLOSED);
  });

  it('updates that are completed or rejected with its end have their outcome', async () => {
    const run = await engine.start();
    const done = await admitUpdate(engine, run, 'done');
    const not = await admitUpdate(engine, run, 'not');
    await answerUpdates(engine, await engine.workflowTask(run.taskQueue), [...carriedOut('done', 1), rejection('not')], end);
    expect([outcomeOf(await done.response), outcomeOf(await not.response)]).toEqual([1, 'no']);
    const named = { workflowId: run.workflowId, runId: run.runId };
    expect(outcomeOf(await sendUpdate(engine, named, 'done'))).toBe(1);
    expect((await refusal(sendUpdate(engine, named, 'not'))).code).toBe(StatusCode.NOT_FOUND);
  });
});

describe('of a run that is terminated,', () => {
  it('an update that is admitted is refused, and one that is accepted fails', async () => {
    const run = await engine.start();
    const first = await admitUpdate(engine, run, 'first');
    await answerUpdates(engine, await engine.workflowTask(run.taskQueue), accepted('first'));
    const second = await admitUpdate(engine, run, 'second');
    await terminate(run);
    expect(outcomeOf(await first.response)).toBe(CLOSED);
    expect((await refusal(second.response)).code).toBe(StatusCode.NOT_FOUND);
    expect((await refusal(sendUpdate(engine, run, 'third'))).code).toBe(StatusCode.NOT_FOUND);
  });
});

describe('of a run whose time is over,', () => {
  it('an update that is accepted fails', async () => {
    const run = await engine.start({ workflowRunTimeout: toDuration(1000) });
    const { response } = await admitUpdate(engine, run, 'u');
    await answerUpdates(engine, await engine.workflowTask(run.taskQueue), accepted('u'));
    expect(outcomeOf(await response)).toBe(CLOSED);
  });

  it('an update that is admitted may be sent again to the run that follows', async () => {
    const run = await engine.start({
      workflowRunTimeout: toDuration(1000),
      retryPolicy: { initialInterval: toDuration(100), maximumAttempts: 2 },
    });
    const { response } = await admitUpdate(engine, run, 'u');
    expect((await refusal(response)).code).toBe(StatusCode.RESOURCE_EXHAUSTED);
    const again = await admitUpdate(engine, { workflowId: run.workflowId }, 'u');
    await answerUpdates(engine, await engine.workflowTask(run.taskQueue), carriedOut('u'));
    const answer = await again.response;
    expect(outcomeOf(answer)).toBe('done');
    expect(answer.updateRef?.workflowExecution?.runId).not.toBe(run.runId);
  });
});

describe('continue-as-new', () => {
  it('takes no update along: the new run answers it when it is sent again', async () => {
    const run = await engine.start();
    const first = await admitUpdate(engine, run, 'accepted');
    const second = await admitUpdate(engine, run, 'admitted');
    const task = await engine.workflowTask(run.taskQueue);
    await answerUpdates(engine, task, [...accepted('accepted'), rejection('admitted')], continueAsNew());
    expect([outcomeOf(await first.response), outcomeOf(await second.response)]).toEqual([CLOSED, 'no']);
    const current = { workflowId: run.workflowId };
    const again = await admitUpdate(engine, current, 'admitted');
    const next = await engine.workflowTask(run.taskQueue);
    expect([updatesIn(next), next.workflowExecution?.runId === run.runId]).toEqual([['admitted'], false]);
    expect((await refusal(pollUpdate(engine, current, 'accepted'))).code).toBe(StatusCode.NOT_FOUND);
    await answerUpdates(engine, next, carriedOut('admitted'));
    expect(outcomeOf(await again.response)).toBe('done');
  });

  it('is suggested when a run has taken in many updates, and then it takes no more', async () => {
    const run = await engine.start();
    for (const id of ['a', 'b', 'c']) {
      const { response } = await admitUpdate(engine, run, id);
      await answerUpdates(engine, await engine.workflowTask(run.taskQueue), carriedOut(id));
      await response;
    }
    await signal(run);
    const task = await engine.workflowTask(run.taskQueue);
    const events = task.history?.events ?? [];
    const [first, last] = [eventOf(events, 'WORKFLOW_TASK_STARTED'), eventOf([...events].reverse(), 'WORKFLOW_TASK_STARTED')];
    expect(first.workflowTaskStartedEventAttributes?.suggestContinueAsNew).toBe(false);
    expect(last.workflowTaskStartedEventAttributes?.suggestContinueAsNew).toBe(true);
    expect((await refusal(sendUpdate(engine, run, 'd'))).code).toBe(StatusCode.FAILED_PRECONDITION);
  });
});

it('the outcome of an update that two tasks took is told after the end', async () => {
  const run = await engine.start();
  const { response } = await admitUpdate(engine, run, 'u');
  await answerUpdates(engine, await engine.workflowTask(run.taskQueue), accepted('u'));
  await signal(run);
  await answerUpdates(engine, await engine.workflowTask(run.taskQueue), [completion('u', 5)], complete());
  expect([outcomeOf(await response), outcomeOf(await sendUpdate(engine, run, 'u'))]).toEqual([5, 5]);
});
