/** Queries: who answers them, when, and what their caller is told. */
import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import { toDuration } from '@tidemark/protocol/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complete, fail } from '../support/commands.ts';
import { payloadsOf, valuesOf } from '../support/payloads.ts';
import { answer, answerOf, answersTo, query, refusalsOf, refuse, stickTo, stickyTask } from '../support/queries.ts';
import { refusal } from '../support/refusal.ts';
import type { StartedRun, WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';

const { QueryRejectCondition, WorkflowExecutionStatus } = api.enums.v1;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine({ limits: { historyPageBatchesMax: 5 } });
});
afterAll(() => engine.stop());

/** A run whose first task is done, and that waits for something. */
async function idle(): Promise<StartedRun> {
  const run = await engine.start();
  await engine.step(run.taskQueue);
  return run;
}

const signal = ({ workflowId }: StartedRun) =>
  engine.workflow.signalWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId }, signalName: 'go' });

describe('a query', () => {
  it('of an idle run comes by itself with the whole history, and leaves no event', async () => {
    const run = await idle();
    const asked = answerOf(query(engine, run, { query: { queryType: 'state', queryArgs: payloadsOf('a') } }));
    const task = await engine.workflowTask(run.taskQueue);
    expect(task.query?.queryType).toBe('state');
    expect(valuesOf(task.query?.queryArgs)).toEqual(['a']);
    expect(namesOf(task.history?.events ?? [])).toContain('WORKFLOW_TASK_COMPLETED');
    await answer(engine, task, 'fine');
    expect(await asked).toBe('fine');
    expect((await refusal(answer(engine, task, 'again'))).code).toBe(StatusCode.NOT_FOUND);
    expect(await engine.history(run)).toHaveLength(4);
  });

  it('goes to the worker that has the run in its cache, without history', async () => {
    const run = await engine.start();
    const sticky = `${run.workflowId}-sticky`;
    await engine.complete(await engine.workflowTask(run.taskQueue), [], stickTo(sticky));
    const polled = stickyTask(engine, sticky, run.taskQueue);
    const asked = answerOf(query(engine, run));
    const task = await polled;
    expect(task.history?.events ?? []).toEqual([]);
    await answer(engine, task, 'cached');
    expect(await asked).toBe('cached');
  });

  it('asked after a signal is answered with the task that shows it', async () => {
    const run = await idle();
    await signal(run);
    const asked = answerOf(query(engine, run));
    const task = await engine.workflowTask(run.taskQueue);
    expect(namesOf(task.history?.events ?? [])).toContain('WORKFLOW_EXECUTION_SIGNALED');
    expect(Object.values(task.queries)).toMatchObject([{ queryType: 'state' }]);
    await engine.complete(task, [], answersTo(task, 'signalled'));
    expect(await asked).toBe('signalled');
  });

  it('asked before any worker is there is answered with the first task', async () => {
    const run = await engine.start();
    const asked = answerOf(query(engine, run));
    const task = await engine.workflowTask(run.taskQueue);
    await engine.complete(task, [], answersTo(task, 'first'));
    expect(await asked).toBe('first');
  });

  it('that its task left unanswered goes out by itself', async () => {
    const run = await idle();
    await signal(run);
    const asked = answerOf(query(engine, run));
    await engine.step(run.taskQueue);
    await answer(engine, await engine.workflowTask(run.taskQueue), 'late');
    expect(await asked).toBe('late');
  });

  it('of a closed run is answered by a worker that replays it', async () => {
    const run = await engine.start();
    await engine.step(run.taskQueue, complete());
    const asked = answerOf(query(engine, run));
    const task = await engine.workflowTask(run.taskQueue);
    await answer(engine, task, 'closed');
    expect(await asked).toBe('closed');
  });

  it('comes with a token for the rest of a history that is longer than a page', async () => {
    const run = await idle();
    await signal(run);
    await engine.step(run.taskQueue);
    await signal(run);
    await engine.step(run.taskQueue);
    const asked = answerOf(query(engine, run));
    const task = await engine.workflowTask(run.taskQueue);
    const names = [...namesOf(task.history?.events ?? [])];
    for (let nextPageToken = task.nextPageToken; nextPageToken.length > 0; ) {
      const page = await engine.workflow.getWorkflowExecutionHistory({
        namespace: NAMESPACE,
        execution: task.workflowExecution ?? {},
        nextPageToken,
      });
      names.push(...namesOf(page.history?.events ?? []));
      ({ nextPageToken } = page);
    }
    expect(task.nextPageToken).not.toHaveLength(0);
    expect(names).toHaveLength(12);
    expect(names.slice(8)).toEqual([
      'WORKFLOW_EXECUTION_SIGNALED',
      'WORKFLOW_TASK_SCHEDULED',
      'WORKFLOW_TASK_STARTED',
      'WORKFLOW_TASK_COMPLETED',
    ]);
    await answer(engine, task, 'paged');
    expect(await asked).toBe('paged');
  });
});

describe('the caller of a query', () => {
  const failure = { message: 'no such query', source: 'worker', applicationFailureInfo: { type: 'Unknown' } };

  it('gets the failure of a worker that was asked by itself', async () => {
    const run = await idle();
    const asked = refusal(query(engine, run));
    await refuse(engine, await engine.workflowTask(run.taskQueue), failure);
    const error = await asked;
    expect(error).toMatchObject({ code: StatusCode.INVALID_ARGUMENT, message: failure.message });
    expect(error.find('QueryFailedFailure')?.failure).toMatchObject(failure);
  });

  it('gets the failure of a worker that was asked with a workflow task', async () => {
    const run = await engine.start();
    const asked = refusal(query(engine, run));
    const task = await engine.workflowTask(run.taskQueue);
    await engine.complete(task, [], refusalsOf(task, failure));
    const error = await asked;
    expect(error).toMatchObject({ code: StatusCode.INVALID_ARGUMENT, message: failure.message });
    expect(error.find('QueryFailedFailure')?.failure).toMatchObject(failure);
  });

  it('waits for a first task that is held back until his deadline, and no longer', async () => {
    const soon = await engine.start({ workflowStartDelay: toDuration(300) });
    const asked = answerOf(query(engine, soon));
    const task = await engine.workflowTask(soon.taskQueue);
    await engine.complete(task, [], answersTo(task, 'started'));
    expect(await asked).toBe('started');
    const late = await engine.start({ workflowStartDelay: toDuration(3_600_000) });
    const error = await refusal(query(engine, late));
    expect(error.code).toBe(StatusCode.FAILED_PRECONDITION);
    expect(error.find('WorkflowNotReadyFailure')).toBeDefined();
  });

  it('is told at once when the workflow task keeps failing', async () => {
    const run = await engine.start();
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      const { taskToken } = await engine.workflowTask(run.taskQueue);
      await engine.workflow.respondWorkflowTaskFailed({ namespace: NAMESPACE, taskToken, failure: { message: 'broken' } });
    }
    const error = await refusal(query(engine, run));
    expect(error.code).toBe(StatusCode.FAILED_PRECONDITION);
    expect(error.find('WorkflowNotReadyFailure')).toBeDefined();
  });

  it('is told that a run which closed before its first task has nothing to say', async () => {
    const run = await engine.start();
    await engine.workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId: run.workflowId } });
    const error = await refusal(query(engine, run));
    expect(error.code).toBe(StatusCode.FAILED_PRECONDITION);
    expect(error.find('WorkflowNotReadyFailure')).toBeDefined();
  });

  it('waits until his deadline for a worker that polled lately', async () => {
    const run = await idle();
    expect((await refusal(query(engine, run, { ms: 1200 }))).code).toBe(StatusCode.DEADLINE_EXCEEDED);
  });

  it('may refuse runs that are closed, or that did not complete', async () => {
    const run = await engine.start();
    await engine.step(run.taskQueue, fail());
    const notOpen = await query(engine, run, { queryRejectCondition: QueryRejectCondition.QUERY_REJECT_CONDITION_NOT_OPEN });
    expect(notOpen.queryRejected?.status).toBe(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED);
    const notClean = await query(engine, run, {
      queryRejectCondition: QueryRejectCondition.QUERY_REJECT_CONDITION_NOT_COMPLETED_CLEANLY,
    });
    expect(notClean.queryRejected?.status).toBe(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED);
  });

  it('is told when another query already waits for the same task', async () => {
    const run = await engine.start();
    const first = answerOf(query(engine, run));
    expect((await refusal(query(engine, run))).code).toBe(StatusCode.RESOURCE_EXHAUSTED);
    const task = await engine.workflowTask(run.taskQueue);
    await engine.complete(task, [], answersTo(task, 'one'));
    expect(await first).toBe('one');
  });
});
