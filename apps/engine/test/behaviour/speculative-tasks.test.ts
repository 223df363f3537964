/** Workflow tasks that exist for an update alone, from the moment something happens to them. */
import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import { toDuration } from '@tidemark/protocol/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMemoryStore } from '../../src/persistence/memory/memory-store.ts';
import { answersTo, query, stickTo, stickyTask } from '../support/queries.ts';
import { refusal } from '../support/refusal.ts';
import { accepted, admitUpdate, answerUpdates, carriedOut, outcomeOf, sendUpdate, updatesIn } from '../support/update-calls.ts';
import type { StartedRun, WholeEngine, WorkflowTask } from '../support/whole-engine.ts';
import { eventOf, NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';

const { TimeoutType } = api.enums.v1;
type Start = Parameters<WholeEngine['start']>[0];

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

async function idle(over: Start = {}): Promise<StartedRun> {
  const run = await engine.start(over);
  await engine.step(run.taskQueue);
  return run;
}
const target = ({ workflowId }: StartedRun) => ({ namespace: NAMESPACE, workflowExecution: { workflowId } });
const signal = (run: StartedRun) => engine.workflow.signalWorkflowExecution({ ...target(run), signalName: 'go' });
const terminate = (run: StartedRun) => engine.workflow.terminateWorkflowExecution(target(run));
/** Events after the first task. */
const later = async (run: StartedRun) => namesOf(await engine.history(run)).slice(4);
const carriesOut = (task: WorkflowTask) => {
  expect(updatesIn(task)).toEqual(['u']);
  return answerUpdates(engine, task, carriedOut('u'));
};
const DONE = ['WORKFLOW_TASK_COMPLETED', 'WORKFLOW_EXECUTION_UPDATE_ACCEPTED', 'WORKFLOW_EXECUTION_UPDATE_COMPLETED'];

describe('the task of an update', () => {
  it('that its worker fails is written with its failure, and the update goes out again', async () => {
    const run = await idle();
    const { response } = await admitUpdate(engine, run, 'u');
    const { taskToken } = await engine.workflowTask(run.taskQueue);
    await engine.workflow.respondWorkflowTaskFailed({ namespace: NAMESPACE, taskToken, failure: { message: 'broken' } });
    expect(await later(run)).toEqual(['WORKFLOW_TASK_SCHEDULED', 'WORKFLOW_TASK_STARTED', 'WORKFLOW_TASK_FAILED']);
    const again = await engine.workflowTask(run.taskQueue);
    expect(again.attempt).toBe(2);
    await carriesOut(again);
    expect(outcomeOf(await response)).toBe('done');
  });

  it('is written before a signal that comes while it waits', async () => {
    const run = await idle();
    const { response } = await admitUpdate(engine, run, 'u');
    await signal(run);
    expect(await later(run)).toEqual(['WORKFLOW_TASK_SCHEDULED', 'WORKFLOW_EXECUTION_SIGNALED']);
    await carriesOut(await engine.workflowTask(run.taskQueue));
    expect(outcomeOf(await response)).toBe('done');
    expect((await later(run)).slice(2)).toEqual(['WORKFLOW_TASK_STARTED', ...DONE]);
  });

  it('is written when a signal comes while a worker has it; the signal waits for its end', async () => {
    const run = await idle();
    const { response } = await admitUpdate(engine, run, 'u');
    const task = await engine.workflowTask(run.taskQueue);
    await signal(run);
    expect(await later(run)).toEqual(['WORKFLOW_TASK_SCHEDULED', 'WORKFLOW_TASK_STARTED']);
    await carriesOut(task);
    expect(outcomeOf(await response)).toBe('done');
    expect((await later(run)).slice(2)).toEqual([...DONE, 'WORKFLOW_EXECUTION_SIGNALED', 'WORKFLOW_TASK_SCHEDULED']);
  });

  it('that its worker keeps too long is written with its timeout, and the update goes out again', async () => {
    const run = await idle({ workflowTaskTimeout: toDuration(1000) });
    const { response } = await admitUpdate(engine, run, 'u');
    const lost = await engine.workflowTask(run.taskQueue);
    const again = await engine.workflowTask(run.taskQueue);
    expect((await refusal(answerUpdates(engine, lost, carriedOut('u')))).code).toBe(StatusCode.NOT_FOUND);
    await carriesOut(again);
    expect(outcomeOf(await response)).toBe('done');
    const events = await engine.history(run);
    expect(eventOf(events, 'WORKFLOW_TASK_TIMED_OUT').workflowTaskTimedOutEventAttributes?.timeoutType).toBe(
      TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE,
    );
    expect(namesOf(events).slice(4, 7)).toEqual(['WORKFLOW_TASK_SCHEDULED', 'WORKFLOW_TASK_STARTED', 'WORKFLOW_TASK_TIMED_OUT']);
  });

  it('that a worker with the run in its cache does not take in time goes to any other', async () => {
    const run = await engine.start();
    const sticky = `${run.workflowId}-sticky`;
    await engine.complete(await engine.workflowTask(run.taskQueue), [], stickTo(sticky, 500));
    const polled = stickyTask(engine, sticky, run.taskQueue);
    await signal(run);
    await engine.complete(await polled, [], stickTo(sticky, 500));
    const { response } = await admitUpdate(engine, run, 'u');
    const task = await engine.workflowTask(run.taskQueue);
    expect(namesOf(task.history?.events ?? [])[0]).toBe('WORKFLOW_EXECUTION_STARTED');
    await carriesOut(task);
    expect(outcomeOf(await response)).toBe('done');
    const timedOut = eventOf(await engine.history(run), 'WORKFLOW_TASK_TIMED_OUT').workflowTaskTimedOutEventAttributes;
    expect(timedOut?.timeoutType).toBe(TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START);
  });

  it('that waits leaves nothing when the run is terminated, and the caller hears of it', async () => {
    const run = await idle();
    const { response } = await admitUpdate(engine, run, 'u');
    await terminate(run);
    expect((await refusal(response)).code).toBe(StatusCode.NOT_FOUND);
    expect(await later(run)).toEqual(['WORKFLOW_EXECUTION_TERMINATED']);
  });

  it('that a worker has is written when the run is terminated', async () => {
    const run = await idle();
    const { response } = await admitUpdate(engine, run, 'u');
    const task = await engine.workflowTask(run.taskQueue);
    await terminate(run);
    expect((await refusal(response)).code).toBe(StatusCode.NOT_FOUND);
    expect((await refusal(answerUpdates(engine, task, carriedOut('u')))).code).toBe(StatusCode.NOT_FOUND);
    expect(await later(run)).toEqual([
      'WORKFLOW_TASK_SCHEDULED',
      'WORKFLOW_TASK_STARTED',
      'WORKFLOW_TASK_FAILED',
      'WORKFLOW_EXECUTION_TERMINATED',
    ]);
  });

  it('becomes an ordinary one when the worker asks for more time, and keeps the update', async () => {
    const run = await idle();
    const { response } = await admitUpdate(engine, run, 'u');
    const { workflowTask } = await engine.complete(await engine.workflowTask(run.taskQueue), [], {
      forceCreateNewWorkflowTask: true,
      returnNewWorkflowTask: true,
    });
    await answerUpdates(engine, workflowTask as WorkflowTask, carriedOut('u'));
    expect(outcomeOf(await response)).toBe('done');
    const task = ['WORKFLOW_TASK_SCHEDULED', 'WORKFLOW_TASK_STARTED'];
    expect(await later(run)).toEqual([...task, 'WORKFLOW_TASK_COMPLETED', ...task, ...DONE]);
  });

  it('keeps the update when more queries come than wait', async () => {
    const run = await idle();
    const { response } = await admitUpdate(engine, run, 'u');
    const asked = [query(engine, run), query(engine, run)].map((one) =>
      one.then(
        () => 'answered',
        () => 'refused',
      ),
    );
    expect(await Promise.race(asked)).toBe('refused');
    const task = await engine.workflowTask(run.taskQueue);
    await engine.complete(task, [], { messages: carriedOut('u'), ...answersTo(task, 'fine') });
    expect([outcomeOf(await response), ...(await Promise.all(asked)).sort()]).toEqual(['done', 'answered', 'refused']);
  });
});

describe('an engine that stops', () => {
  it('loses an update no worker accepted: sent again it is delivered, and its first task is refused', async () => {
    const store = openMemoryStore();
    const first = await openWholeEngine({ store });
    const run = await first.start();
    await first.step(run.taskQueue);
    const { response } = await admitUpdate(first, run, 'u');
    const lost = await first.workflowTask(run.taskQueue);
    await first.stop();
    expect(outcomeOf(await response)).toBeUndefined();
    const second = await openWholeEngine({ store });
    try {
      expect((await refusal(answerUpdates(second, lost, carriedOut('u')))).code).toBe(StatusCode.NOT_FOUND);
      const again = await admitUpdate(second, run, 'u');
      const task = await second.workflowTask(run.taskQueue);
      expect((await refusal(answerUpdates(second, lost, carriedOut('u')))).code).toBe(StatusCode.NOT_FOUND);
      await answerUpdates(second, task, carriedOut('u'));
      expect(outcomeOf(await again.response)).toBe('done');
    } finally {
      await second.stop();
    }
  });

  it('keeps an update that was accepted, and who sends it again waits for its outcome', async () => {
    const store = openMemoryStore();
    const first = await openWholeEngine({ store });
    const run = await first.start();
    const { response } = await admitUpdate(first, run, 'u');
    await answerUpdates(first, await first.workflowTask(run.taskQueue), accepted('u'));
    await first.stop();
    expect(outcomeOf(await response)).toBeUndefined();
    const second = await openWholeEngine({ store });
    try {
      const sent = sendUpdate(second, run, 'u');
      await second.workflow.signalWorkflowExecution({ ...target(run), signalName: 'go' });
      await answerUpdates(second, await second.workflowTask(run.taskQueue), carriedOut('u').slice(1));
      expect(outcomeOf(await sent)).toBe('done');
    } finally {
      await second.stop();
    }
  });
});
