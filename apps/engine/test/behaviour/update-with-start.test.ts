/** Start and update in one call, whatever is there under the workflow id. */
import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import type { WorkflowMethods } from '@tidemark/protocol/services';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complete, continueAsNew } from '../support/commands.ts';
import { refusal } from '../support/refusal.ts';
import {
  accepted,
  admitUpdate,
  answerUpdates,
  carriedOut,
  outcomeOf,
  rejection,
  sendUpdate,
  updateRequest,
  updatesIn,
} from '../support/update-calls.ts';
import type { StartedRun, WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';

const { WorkflowIdConflictPolicy: Conflict, WorkflowIdReusePolicy: Reuse } = api.enums.v1;
const FAIL = Conflict.WORKFLOW_ID_CONFLICT_POLICY_FAIL;
const USE_EXISTING = Conflict.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING;
const TERMINATE_EXISTING = Conflict.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING;
type Start = WorkflowMethods['startWorkflowExecution']['request'];

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

interface Both {
  readonly started: boolean;
  readonly runId: string;
  readonly outcome: unknown;
}

async function both(workflowId: string, updateId: string, over: Partial<Start> = {}): Promise<Both> {
  const start = {
    namespace: NAMESPACE,
    workflowId,
    requestId: randomUUID(),
    workflowType: { name: 'Order' },
    taskQueue: { name: workflowId },
    workflowIdConflictPolicy: USE_EXISTING,
    ...over,
  };
  const { responses } = await engine.workflow.executeMultiOperation(
    { namespace: NAMESPACE, operations: [{ startWorkflow: start }, { updateWorkflow: updateRequest({ workflowId }, updateId) }] },
    { deadline: Date.now() + 10_000 },
  );
  const { started, runId } = responses[0]?.startWorkflow ?? {};
  return { started: started ?? false, runId: runId ?? '', outcome: outcomeOf(responses[1]?.updateWorkflow ?? {}) };
}
/** What became of each part. */
const partsOf = async (call: Promise<unknown>) =>
  (await refusal(call)).find('MultiOperationExecutionFailure')?.statuses?.map(({ code }) => code);

async function idle(): Promise<StartedRun> {
  const run = await engine.start();
  await engine.step(run.taskQueue);
  return run;
}
async function updated(updateId: string): Promise<StartedRun> {
  const run = await idle();
  const { response } = await admitUpdate(engine, run, updateId);
  await answerUpdates(engine, await engine.workflowTask(run.taskQueue), carriedOut(updateId, 'before'));
  await response;
  return run;
}
const close = async (run: StartedRun) => {
  await engine.workflow.signalWorkflowExecution({
    namespace: NAMESPACE,
    workflowExecution: { workflowId: run.workflowId },
    signalName: 'go',
  });
  await engine.step(run.taskQueue, complete());
};

describe('where nothing runs', () => {
  it.each([FAIL, USE_EXISTING, TERMINATE_EXISTING])(
    'starts a run and updates it with its first task, conflict policy %i',
    async (policy) => {
      const workflowId = randomUUID();
      const asked = both(workflowId, 'u', { workflowIdConflictPolicy: policy });
      const task = await engine.workflowTask(workflowId);
      expect(updatesIn(task)).toEqual(['u']);
      await answerUpdates(engine, task, carriedOut('u'));
      expect(await asked).toEqual({ started: true, runId: task.workflowExecution?.runId, outcome: 'done' });
    },
  );

  it('starts a run also when the update is rejected', async () => {
    const workflowId = randomUUID();
    const asked = both(workflowId, 'u');
    await answerUpdates(engine, await engine.workflowTask(workflowId), [rejection('u')]);
    expect(await asked).toMatchObject({ started: true, outcome: 'no' });
    expect(await engine.history({ workflowId })).toHaveLength(4);
  });
});

describe('where a run goes on', () => {
  it.each([
    ['accepted', 'done', carriedOut('u')],
    ['rejected', 'no', [rejection('u')]],
  ] as const)('only updates it if it is told to; the update is %s', async (_what, outcome, messages) => {
    const run = await idle();
    const asked = both(run.workflowId, 'u');
    await answerUpdates(engine, await engine.workflowTask(run.taskQueue), messages);
    expect(await asked).toEqual({ started: false, runId: run.runId, outcome });
  });

  it('ends it and starts another if it is told to', async () => {
    const run = await idle();
    const asked = both(run.workflowId, 'u', { workflowIdConflictPolicy: TERMINATE_EXISTING });
    const task = await engine.workflowTask(run.taskQueue);
    await answerUpdates(engine, task, carriedOut('u'));
    expect(await asked).toEqual({ started: true, runId: task.workflowExecution?.runId, outcome: 'done' });
    expect(namesOf([await engine.closed({ workflowId: run.workflowId, runId: run.runId })])).toEqual(['WORKFLOW_EXECUTION_TERMINATED']);
  });

  it('joins an update which that run accepted, rather than end it', async () => {
    const run = await updated('u');
    expect(await both(run.workflowId, 'u', { workflowIdConflictPolicy: TERMINATE_EXISTING })).toEqual({
      started: false,
      runId: run.runId,
      outcome: 'before',
    });
  });

  it('does neither if it is told to fail', async () => {
    const run = await idle();
    const parts = await partsOf(both(run.workflowId, 'u', { workflowIdConflictPolicy: FAIL }));
    expect(parts).toEqual([StatusCode.ALREADY_EXISTS, StatusCode.ABORTED]);
    expect((await engine.describe(run)).pendingWorkflowTask ?? undefined).toBeUndefined();
  });

  it('tells the outcome of a completed update', async () => {
    const run = await updated('u');
    expect(await both(run.workflowId, 'u')).toEqual({ started: false, runId: run.runId, outcome: 'before' });
  });

  it('knows the same start by its request id, whatever the policy', async () => {
    const run = await engine.start({ requestId: 'same' });
    const asked = both(run.workflowId, 'u', { requestId: 'same', workflowIdConflictPolicy: FAIL });
    await admitUpdate(engine, run, 'u');
    await answerUpdates(engine, await engine.workflowTask(run.taskQueue), carriedOut('u'));
    expect(await asked).toMatchObject({ runId: run.runId, outcome: 'done' });
  });

  it('starts one run when two call at once', async () => {
    const workflowId = randomUUID();
    const [first, second] = [both(workflowId, 'first'), both(workflowId, 'second')];
    await admitUpdate(engine, { workflowId }, 'first');
    await admitUpdate(engine, { workflowId }, 'second');
    const task = await engine.workflowTask(workflowId);
    await answerUpdates(
      engine,
      task,
      updatesIn(task).flatMap((id) => carriedOut(id, id)),
    );
    const answers = await Promise.all([first, second]);
    expect(answers.map(({ outcome }) => outcome)).toEqual(['first', 'second']);
    expect(answers.filter(({ started }) => started)).toHaveLength(1);
    expect(new Set(answers.map(({ runId }) => runId)).size).toBe(1);
  });

  it('says that the update met a limit, and that the start was not done', async () => {
    const run = await engine.start();
    for (let at = 0; at < 10; at += 1) await admitUpdate(engine, run, `u${at}`);
    expect(await partsOf(both(run.workflowId, 'eleventh'))).toEqual([StatusCode.ABORTED, StatusCode.RESOURCE_EXHAUSTED]);
  });
});

describe('where a run is closed', () => {
  it('starts another if the id may be used again, and not otherwise', async () => {
    const run = await idle();
    await close(run);
    const reuse = { workflowIdReusePolicy: Reuse.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE };
    expect(await partsOf(both(run.workflowId, 'u', reuse))).toEqual([StatusCode.ALREADY_EXISTS, StatusCode.ABORTED]);
    const asked = both(run.workflowId, 'u');
    await answerUpdates(engine, await engine.workflowTask(run.taskQueue), carriedOut('u'));
    expect(await asked).toMatchObject({ started: true, outcome: 'done' });
  });

  it('tells the outcome of an update which that run completed, and starts nothing', async () => {
    const run = await updated('u');
    await close(run);
    expect(await both(run.workflowId, 'u')).toEqual({ started: false, runId: run.runId, outcome: 'before' });
  });
});

describe('a run that ends before it accepts the update', () => {
  it('that was there already is followed by one that takes it', async () => {
    const run = await engine.start();
    const task = await engine.workflowTask(run.taskQueue);
    const asked = both(run.workflowId, 'u');
    await admitUpdate(engine, run, 'u');
    await engine.complete(task, [complete()]);
    const next = await engine.workflowTask(run.taskQueue);
    await answerUpdates(engine, next, carriedOut('u'));
    expect(await asked).toEqual({ started: true, runId: next.workflowExecution?.runId, outcome: 'done' });
  });

  it('that this call started is not', async () => {
    const workflowId = randomUUID();
    const asked = partsOf(both(workflowId, 'u'));
    await admitUpdate(engine, { workflowId }, 'other');
    const task = await engine.workflowTask(workflowId);
    await engine.workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: task.workflowExecution ?? {} });
    expect(await asked).toEqual([StatusCode.OK, StatusCode.NOT_FOUND]);
    expect((await engine.describe({ workflowId })).workflowExecutionInfo?.execution).toEqual(task.workflowExecution);
  });

  it('and is followed by a run of its own answers that it is closing', async () => {
    const run = await engine.start();
    const { response } = await admitUpdate(engine, run, 'accepted');
    await answerUpdates(engine, await engine.workflowTask(run.taskQueue), accepted('accepted'));
    const asked = refusal(sendUpdate(engine, run, 'u'));
    await engine.step(run.taskQueue, continueAsNew());
    expect([outcomeOf(await response)]).toEqual(['AcceptedUpdateCompletedWorkflow']);
    expect((await asked).code).toBe(StatusCode.RESOURCE_EXHAUSTED);
  });
});
