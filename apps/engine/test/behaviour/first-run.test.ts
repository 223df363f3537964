/** The first run of a chain, as everyone is told who starts its workflow id again. */
import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import { toDuration, toLong } from '@tidemark/protocol/time';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complete, fail } from '../support/commands.ts';
import { refusal } from '../support/refusal.ts';
import type { WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, openWholeEngine } from '../support/whole-engine.ts';

const { WorkflowIdConflictPolicy: Conflict, WorkflowIdReusePolicy: Reuse } = api.enums.v1;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

const requestOf = (workflowId: string) => ({
  namespace: NAMESPACE,
  workflowId,
  requestId: randomUUID(),
  workflowType: { name: 'Order' },
  taskQueue: { name: workflowId },
});
const again = (workflowId: string) => engine.workflow.startWorkflowExecution(requestOf(workflowId));
const joined = (workflowId: string) =>
  engine.workflow.startWorkflowExecution({
    ...requestOf(workflowId),
    workflowIdConflictPolicy: Conflict.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
  });
const firstTold = async (call: Promise<unknown>): Promise<string | undefined> => {
  const error = await refusal(call);
  expect(error.code).toBe(StatusCode.ALREADY_EXISTS);
  return error.find('WorkflowExecutionAlreadyStartedFailure')?.firstExecutionRunId;
};

describe('the first run of the chain is told', () => {
  it('by a start: new, repeated, joined and refused', async () => {
    const request = requestOf('plain');
    const { runId, firstExecutionRunId } = await engine.workflow.startWorkflowExecution(request);
    expect(firstExecutionRunId).toBe(runId);
    expect((await engine.workflow.startWorkflowExecution(request)).firstExecutionRunId).toBe(runId);
    expect((await joined('plain')).firstExecutionRunId).toBe(runId);
    expect(await firstTold(again('plain'))).toBe(runId);
  });

  it('after the workflow was retried', async () => {
    const run = await engine.start({ retryPolicy: { initialInterval: toDuration(1000), maximumAttempts: 2 } });
    await engine.step(run.taskQueue, fail());
    const after = await joined(run.workflowId);
    expect(after.runId).not.toBe(run.runId);
    expect(after.firstExecutionRunId).toBe(run.runId);
    expect(await firstTold(again(run.workflowId))).toBe(run.runId);
  });

  it('after a reset', async () => {
    const run = await engine.start();
    await engine.step(run.taskQueue);
    const { runId } = await engine.workflow.resetWorkflowExecution({
      namespace: NAMESPACE,
      workflowExecution: { workflowId: run.workflowId, runId: run.runId },
      workflowTaskFinishEventId: toLong(4),
      requestId: randomUUID(),
      reason: 'again',
    });
    expect(await joined(run.workflowId)).toMatchObject({ runId, firstExecutionRunId: run.runId });
    expect(await firstTold(again(run.workflowId))).toBe(run.runId);
  });

  it('by a signal with start: new, to a run that is there, and refused', async () => {
    const signal = (over: object = {}) =>
      engine.workflow.signalWithStartWorkflowExecution({ ...requestOf('signalled'), signalName: 'go', ...over });
    const { runId, firstExecutionRunId } = await signal();
    expect(firstExecutionRunId).toBe(runId);
    expect(await signal()).toMatchObject({ runId, firstExecutionRunId: runId, started: false });
    await engine.step('signalled', complete());
    const rejecting = { workflowIdReusePolicy: Reuse.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE };
    expect(await firstTold(signal(rejecting))).toBe(runId);
  });
});
