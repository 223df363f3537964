/** Children as their parents see them. */
import { api } from '@tidemark/protocol/api';
import { toDuration } from '@tidemark/protocol/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complete, continueAsNew, fail, startChild } from '../support/commands.ts';
import { payloadOf, payloadsOf, valueOf, valuesOf } from '../support/payloads.ts';
import type { StartedRun, WholeEngine, WorkflowTask } from '../support/whole-engine.ts';
import { eventOf, NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';

const { ParentClosePolicy, StartChildWorkflowExecutionFailedCause: Cause, WorkflowIdReusePolicy } = api.enums.v1;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

type ChildOptions = Parameters<typeof startChild>[1];
const startedOf = ({ history }: WorkflowTask) => history?.events?.[0]?.workflowExecutionStartedEventAttributes;

/** A parent that has begun its child; the child's tasks come to a queue with the child's id. */
async function parentOf(over: ChildOptions = {}): Promise<{ readonly parent: StartedRun; readonly child: string }> {
  const parent = await engine.start();
  const child = `${parent.workflowId}-child`;
  await engine.step(parent.taskQueue, startChild(child, { taskQueue: { name: child }, ...over }));
  return { parent, child };
}
/** Takes the parent's tasks until its history has this event. */
async function until({ taskQueue, ...run }: StartedRun, name: string) {
  for (;;) {
    const events = await engine.history(run);
    if (namesOf(events).includes(name)) return eventOf(events, name);
    await engine.step(taskQueue);
  }
}
/** A signal gives an idle parent the task in which it ends. */
async function end(parent: StartedRun): Promise<void> {
  const { workflowId } = parent;
  await engine.workflow.signalWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId }, signalName: 'end' });
  await engine.step(parent.taskQueue, complete());
  await engine.closed(parent);
}
const retryNow = { initialInterval: toDuration(1), maximumInterval: toDuration(1) };

describe('a child', () => {
  it('knows its parent and its root, takes what it is given, and its parent hears of its start and its end', async () => {
    const { parent, child } = await parentOf({
      header: { fields: { trace: payloadOf('t') } },
      memo: { fields: { note: payloadOf('n') } },
      input: payloadsOf('in'),
    });
    const task = await engine.workflowTask(child);
    const started = startedOf(task);
    const itself = { workflowId: parent.workflowId, runId: parent.runId };
    expect(started).toMatchObject({ parentWorkflowExecution: itself, rootWorkflowExecution: itself });
    expect([valueOf(started?.header?.fields?.['trace']), valueOf(started?.memo?.fields?.['note']), valuesOf(started?.input)]).toEqual([
      't',
      'n',
      ['in'],
    ]);
    await engine.complete(task, [complete(payloadsOf('out'))]);
    const { childWorkflowExecutionCompletedEventAttributes: of } = await until(parent, 'CHILD_WORKFLOW_EXECUTION_COMPLETED');
    expect(valuesOf(of?.result)).toEqual(['out']);
    expect(namesOf(await engine.history(parent))).toContain('CHILD_WORKFLOW_EXECUTION_STARTED');
    const { workflowExecutionInfo: info } = await engine.describe({ workflowId: child });
    expect(info).toMatchObject({ parentExecution: itself, rootExecution: itself });
  });

  it('that retries is one child to its parent: a success of a later run is its result', async () => {
    const { parent, child } = await parentOf({ retryPolicy: retryNow });
    await engine.step(child, fail());
    const second = await engine.workflowTask(child);
    expect(startedOf(second)?.attempt).toBe(2);
    await engine.complete(second, [complete(payloadsOf('at last'))]);
    const { childWorkflowExecutionCompletedEventAttributes: of } = await until(parent, 'CHILD_WORKFLOW_EXECUTION_COMPLETED');
    expect(valuesOf(of?.result)).toEqual(['at last']);
    expect(namesOf(await engine.history(parent))).not.toContain('CHILD_WORKFLOW_EXECUTION_FAILED');
  });

  it('that fails at its last attempt fails once', async () => {
    const { parent, child } = await parentOf({ retryPolicy: { ...retryNow, maximumAttempts: 2 } });
    await engine.step(child, fail());
    await engine.step(child, fail('Last'));
    const { childWorkflowExecutionFailedEventAttributes: of } = await until(parent, 'CHILD_WORKFLOW_EXECUTION_FAILED');
    expect(of?.failure?.applicationFailureInfo?.type).toBe('Last');
    const failures = namesOf(await engine.history(parent)).filter((name) => name === 'CHILD_WORKFLOW_EXECUTION_FAILED');
    expect(failures).toHaveLength(1);
  });

  it('that continues as new is one child to its parent', async () => {
    const { parent, child } = await parentOf();
    await engine.step(child, continueAsNew());
    await engine.step(child, complete(payloadsOf('end')));
    const { childWorkflowExecutionCompletedEventAttributes: of } = await until(parent, 'CHILD_WORKFLOW_EXECUTION_COMPLETED');
    expect(valuesOf(of?.result)).toEqual(['end']);
  });

  it('with a cron schedule is heard of when the schedule ends', async () => {
    const { parent, child } = await parentOf({ cronSchedule: '@every 1s' });
    await engine.step(child, complete());
    await engine.step(child, complete());
    await until(parent, 'CHILD_WORKFLOW_EXECUTION_STARTED');
    expect(namesOf(await engine.history(parent))).not.toContain('CHILD_WORKFLOW_EXECUTION_COMPLETED');
    await engine.workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId: child } });
    await until(parent, 'CHILD_WORKFLOW_EXECUTION_TERMINATED');
  });
});

describe('an id that is taken', () => {
  it('is told to the parent', async () => {
    const other = await engine.start();
    const { parent } = await parentOf({ workflowId: other.workflowId });
    const { startChildWorkflowExecutionFailedEventAttributes: of } = await until(parent, 'START_CHILD_WORKFLOW_EXECUTION_FAILED');
    expect(of?.cause).toBe(Cause.START_CHILD_WORKFLOW_EXECUTION_FAILED_CAUSE_WORKFLOW_ALREADY_EXISTS);
  });

  it('is taken over where the open run is to be ended', async () => {
    const other = await engine.start();
    const { parent } = await parentOf({
      workflowId: other.workflowId,
      workflowIdReusePolicy: WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING,
    });
    await until(parent, 'CHILD_WORKFLOW_EXECUTION_STARTED');
    expect(namesOf([await engine.closed(other)])).toEqual(['WORKFLOW_EXECUTION_TERMINATED']);
  });
});

describe('the end of a parent', () => {
  const { PARENT_CLOSE_POLICY_TERMINATE, PARENT_CLOSE_POLICY_REQUEST_CANCEL, PARENT_CLOSE_POLICY_ABANDON } = ParentClosePolicy;

  it.each([
    ['terminates its child', PARENT_CLOSE_POLICY_TERMINATE, 'WORKFLOW_EXECUTION_TERMINATED'],
    ['asks its child to end', PARENT_CLOSE_POLICY_REQUEST_CANCEL, 'WORKFLOW_EXECUTION_CANCEL_REQUESTED'],
  ])('%s, by its policy', async (_name, parentClosePolicy, expected) => {
    const { parent, child } = await parentOf({ parentClosePolicy });
    await until(parent, 'CHILD_WORKFLOW_EXECUTION_STARTED');
    await end(parent);
    await expect.poll(async () => namesOf(await engine.history({ workflowId: child }))).toContain(expected);
  });

  it('leaves an abandoned child alone', async () => {
    const { parent, child } = await parentOf({ parentClosePolicy: PARENT_CLOSE_POLICY_ABANDON });
    await until(parent, 'CHILD_WORKFLOW_EXECUTION_STARTED');
    await end(parent);
    await engine.step(child, complete());
    expect(namesOf([await engine.closed({ workflowId: child })])).toEqual(['WORKFLOW_EXECUTION_COMPLETED']);
  });

  it('reaches the run that a child has come to by continuing as new', async () => {
    const { parent, child } = await parentOf({ parentClosePolicy: PARENT_CLOSE_POLICY_TERMINATE });
    await until(parent, 'CHILD_WORKFLOW_EXECUTION_STARTED');
    await engine.step(child, continueAsNew());
    await engine.workflowTask(child);
    await end(parent);
    expect(namesOf([await engine.closed({ workflowId: child })])).toEqual(['WORKFLOW_EXECUTION_TERMINATED']);
  });
});
