/** Runs that are cancelled, terminated or deleted, by people and by other workflows. */
import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelExternal, cancelWorkflow, complete, startChild } from '../support/commands.ts';
import { refusal } from '../support/refusal.ts';
import type { RunName, WholeEngine } from '../support/whole-engine.ts';
import { eventOf, NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';

const { CancelExternalWorkflowExecutionFailedCause: Cause, CommandType } = api.enums.v1;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

const cancel = ({ workflowId }: RunName) =>
  engine.workflow.requestCancelWorkflowExecution({
    namespace: NAMESPACE,
    workflowExecution: { workflowId },
    identity: 'ops',
    reason: 'no',
  });
const terminate = ({ workflowId }: RunName) =>
  engine.workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId }, identity: 'ops', reason: 'no' });

describe('cancelling', () => {
  it('asks the workflow once, whoever asks again, and the workflow ends itself', async () => {
    const run = await engine.start();
    await engine.step(run.taskQueue);
    await cancel(run);
    await cancel(run);
    await engine.step(run.taskQueue, cancelWorkflow());
    const events = await engine.history(run);
    expect(namesOf(events).filter((name) => name === 'WORKFLOW_EXECUTION_CANCEL_REQUESTED')).toHaveLength(1);
    const { workflowExecutionCancelRequestedEventAttributes: of } = eventOf(events, 'WORKFLOW_EXECUTION_CANCEL_REQUESTED');
    expect(of).toMatchObject({ identity: 'ops', cause: 'no' });
    expect(namesOf(events).at(-1)).toBe('WORKFLOW_EXECUTION_CANCELED');
  });

  it('from a workflow reaches an open run, and succeeds where the run has ended', async () => {
    const open = await engine.start();
    const ended = await engine.start();
    await engine.step(ended.taskQueue, complete());
    const sender = await engine.start();
    await engine.step(sender.taskQueue, cancelExternal(open.workflowId), cancelExternal(ended.workflowId));
    await engine.step(sender.taskQueue);
    const heard = async () =>
      namesOf(await engine.history(sender)).filter((name) => name === 'EXTERNAL_WORKFLOW_EXECUTION_CANCEL_REQUESTED').length;
    if ((await heard()) < 2) await engine.step(sender.taskQueue);
    expect(await heard()).toBe(2);
    const { workflowExecutionCancelRequestedEventAttributes: of } = eventOf(
      await engine.history(open),
      'WORKFLOW_EXECUTION_CANCEL_REQUESTED',
    );
    expect(of?.externalWorkflowExecution).toMatchObject({ workflowId: sender.workflowId, runId: sender.runId });
  });

  it('from a workflow fails where nobody is', async () => {
    const sender = await engine.start();
    await engine.step(sender.taskQueue, cancelExternal('nobody'));
    await engine.step(sender.taskQueue, complete());
    const event = eventOf(await engine.history(sender), 'REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_FAILED');
    expect(event.requestCancelExternalWorkflowExecutionFailedEventAttributes?.cause).toBe(
      Cause.CANCEL_EXTERNAL_WORKFLOW_EXECUTION_FAILED_CAUSE_EXTERNAL_WORKFLOW_EXECUTION_NOT_FOUND,
    );
  });

  it('a child that the same task starts fails the task', async () => {
    const run = await engine.start();
    const task = await engine.workflowTask(run.taskQueue);
    const child = `${run.workflowId}-child`;
    const cancelChild = {
      commandType: CommandType.COMMAND_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION,
      requestCancelExternalWorkflowExecutionCommandAttributes: { workflowId: child, childWorkflowOnly: true },
    };
    const refused = await refusal(engine.complete(task, [startChild(child), cancelChild]));
    const text = 'Start and RequestCancel for child workflow is not allowed in same workflow task.';
    expect(refused).toMatchObject({
      code: StatusCode.INVALID_ARGUMENT,
      message: `BadRequestCancelExternalWorkflowExecutionAttributes: ${text} WorkflowId=${child} RunId= Namespace=`,
    });
    expect(namesOf(await engine.history(run))).toContain('WORKFLOW_TASK_FAILED');
  });
});

describe('terminating', () => {
  it('says who and why, and frees the id', async () => {
    const run = await engine.start();
    await terminate(run);
    const { workflowExecutionTerminatedEventAttributes: of } = eventOf([await engine.closed(run)], 'WORKFLOW_EXECUTION_TERMINATED');
    expect(of).toMatchObject({ identity: 'ops', reason: 'no' });
    expect((await refusal(terminate(run))).code).toBe(StatusCode.NOT_FOUND);
    const next = await engine.start({ workflowId: run.workflowId });
    expect(next.runId).not.toBe(run.runId);
  });
});

describe('deleting', () => {
  const remove = ({ workflowId, runId = '' }: RunName) =>
    engine.workflow.deleteWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId, runId } });
  const listed = async ({ workflowId }: RunName): Promise<number> => {
    const query = `WorkflowId = '${workflowId}'`;
    return (await engine.workflow.listWorkflowExecutions({ namespace: NAMESPACE, query })).executions.length;
  };

  it.each([
    ['open', () => Promise.resolve()],
    ['completed', async (taskQueue: string) => void (await engine.step(taskQueue, complete()))],
    ['terminated a moment before', async (workflowId: string) => void (await terminate({ workflowId }))],
  ])('a run that is %s takes its description, its history and its place in lists', async (_name, end) => {
    const run = await engine.start();
    await end(run.taskQueue);
    await remove(run);
    expect((await refusal(engine.describe(run))).code).toBe(StatusCode.NOT_FOUND);
    expect((await refusal(engine.history(run))).code).toBe(StatusCode.NOT_FOUND);
    expect(await listed(run)).toBe(0);
    expect((await engine.start({ workflowId: run.workflowId })).workflowId).toBe(run.workflowId);
  });
});
