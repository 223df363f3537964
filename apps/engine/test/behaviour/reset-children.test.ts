/** Reset of a workflow that has children: those of the past it keeps go on with it, the others it starts anew. */
import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complete, startChild } from '../support/commands.ts';
import { idOf, reset } from '../support/reset-calls.ts';
import type { RunName, StartedRun, WholeEngine } from '../support/whole-engine.ts';
import { eventOf, NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';

const { ParentClosePolicy: Close, WorkflowIdReusePolicy: Reuse } = api.enums.v1;
const REJECT = Reuse.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE;
const REPLACE = Reuse.WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING;
const policies = [Close.PARENT_CLOSE_POLICY_TERMINATE, Close.PARENT_CLOSE_POLICY_REQUEST_CANCEL, Close.PARENT_CLOSE_POLICY_ABANDON];

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

interface Child extends RunName {
  readonly taskQueue: string;
}
const childCommand = ({ workflowId, taskQueue }: Child, over = {}) => startChild(workflowId, { taskQueue: { name: taskQueue }, ...over });
const newChild = (): Child => ({ workflowId: randomUUID(), taskQueue: randomUUID() });
const names = async (run: RunName) => namesOf(await engine.history(run));
const signal = ({ workflowId }: RunName) =>
  engine.workflow.signalWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId }, signalName: 'go' });

/** A parent whose first task started a child, which runs; its second task says so. */
async function withRunningChild(child: Child, over = {}): Promise<StartedRun> {
  const parent = await engine.start();
  await engine.step(parent.taskQueue, childCommand(child, over));
  await engine.step(parent.taskQueue);
  return parent;
}
async function withCompletedChild(child: Child, over = {}): Promise<StartedRun> {
  const parent = await withRunningChild(child, over);
  await engine.step(child.taskQueue, complete());
  await engine.step(parent.taskQueue);
  return parent;
}
const toFirst = (run: RunName) => reset(engine, run, { to: 4 });
/** What the next task of a queue shows. */
const firstNames = async (taskQueue: string) => namesOf((await engine.workflowTask(taskQueue)).history?.events ?? []);

describe('reset to before a child that has completed', () => {
  it('starts it again, under the same id', async () => {
    const child = newChild();
    const parent = await withCompletedChild(child);
    const made = await toFirst(parent);
    await engine.step(parent.taskQueue, childCommand(child));
    await engine.step(parent.taskQueue);
    await engine.step(child.taskQueue, complete());
    await engine.step(parent.taskQueue, complete());
    expect((await names(made)).slice(-6)).toContain('CHILD_WORKFLOW_EXECUTION_COMPLETED');
    expect(namesOf([await engine.closed(made)])).toEqual(['WORKFLOW_EXECUTION_COMPLETED']);
  });

  it('cannot start it again where its id may be used once', async () => {
    const child = newChild();
    const once = { workflowIdReusePolicy: REJECT };
    const parent = await withCompletedChild(child, once);
    const made = await toFirst(parent);
    await engine.step(parent.taskQueue, childCommand(child, once));
    expect(await firstNames(parent.taskQueue)).toContain('START_CHILD_WORKFLOW_EXECUTION_FAILED');
    expect(await names(made)).not.toContain('CHILD_WORKFLOW_EXECUTION_STARTED');
  });
});

describe('reset to before a child that runs', () => {
  it.each(policies)('leaves it alone, whatever was to become of it: policy %i', async (parentClosePolicy) => {
    const child = newChild();
    const parent = await withRunningChild(child, { parentClosePolicy });
    await toFirst(parent);
    const next = newChild();
    await engine.step(parent.taskQueue, childCommand(next));
    expect(await firstNames(parent.taskQueue)).toContain('CHILD_WORKFLOW_EXECUTION_STARTED');
    await engine.step(child.taskQueue, complete());
    expect(await names(child)).not.toContain('WORKFLOW_EXECUTION_CANCEL_REQUESTED');
    expect(namesOf([await engine.closed(child)])).toEqual(['WORKFLOW_EXECUTION_COMPLETED']);
  });

  it.each([
    ['cannot start another under its id', {}, 'START_CHILD_WORKFLOW_EXECUTION_FAILED'],
    ['cannot start another under an id that may be used once', { workflowIdReusePolicy: REJECT }, 'START_CHILD_WORKFLOW_EXECUTION_FAILED'],
    ['replaces it if it is told to', { workflowIdReusePolicy: REPLACE }, 'CHILD_WORKFLOW_EXECUTION_STARTED'],
  ])('%s', async (_what, over, told) => {
    const child = newChild();
    const parent = await withRunningChild(child, over);
    await toFirst(parent);
    await engine.step(parent.taskQueue, childCommand(child, over));
    expect(await firstNames(parent.taskQueue)).toContain(told);
  });
});

describe('reset to after a child was started', () => {
  it('keeps the child, whose end the new run hears', async () => {
    const child = newChild();
    const parent = await withRunningChild(child);
    await signal(parent);
    await engine.step(parent.taskQueue);
    const made = await reset(engine, parent, { to: await idOf(engine, parent, 'WORKFLOW_TASK_COMPLETED', 3) });
    await engine.step(parent.taskQueue);
    await engine.step(child.taskQueue, complete());
    await engine.step(parent.taskQueue, complete());
    expect(await names(made)).toContain('CHILD_WORKFLOW_EXECUTION_COMPLETED');
    expect(await names({ workflowId: parent.workflowId, runId: parent.runId })).not.toContain('CHILD_WORKFLOW_EXECUTION_COMPLETED');
  });

  it('takes the result of one that has completed along', async () => {
    const child = newChild();
    const parent = await withCompletedChild(child);
    const made = await reset(engine, parent, { to: await idOf(engine, parent, 'WORKFLOW_TASK_COMPLETED', 2) });
    expect((await names(made)).slice(-2)).toEqual(['CHILD_WORKFLOW_EXECUTION_COMPLETED', 'WORKFLOW_TASK_SCHEDULED']);
    expect((await engine.describe(made)).pendingChildren).toEqual([]);
  });

  it('takes the end of one that was terminated along', async () => {
    const child = newChild();
    const parent = await withRunningChild(child);
    await engine.workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId: child.workflowId } });
    await engine.step(parent.taskQueue);
    const made = await reset(engine, parent, { to: await idOf(engine, parent, 'WORKFLOW_TASK_COMPLETED', 2) });
    const again = eventOf(await engine.history(made), 'CHILD_WORKFLOW_EXECUTION_TERMINATED');
    expect(again.childWorkflowExecutionTerminatedEventAttributes?.workflowExecution?.workflowId).toBe(child.workflowId);
  });
});
