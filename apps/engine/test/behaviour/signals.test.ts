/** Signals as senders and receivers see them. */
import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import { toDuration } from '@tidemark/protocol/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complete, signalExternal } from '../support/commands.ts';
import { payloadsOf, valuesOf } from '../support/payloads.ts';
import { refusal } from '../support/refusal.ts';
import type { RunName, WholeEngine } from '../support/whole-engine.ts';
import { eventOf, NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';

const { SignalExternalWorkflowExecutionFailedCause: Cause, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } = api.enums.v1;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

type Request = Parameters<WholeEngine['workflow']['signalWithStartWorkflowExecution']>[0];
const signal = ({ workflowId }: RunName, signalName: string, requestId: string = randomUUID()) =>
  engine.workflow.signalWorkflowExecution({
    namespace: NAMESPACE,
    workflowExecution: { workflowId },
    signalName,
    requestId,
    input: payloadsOf(signalName),
    identity: 'sender',
  });
const signalWithStart = (workflowId: string, over: Partial<Request> = {}) =>
  engine.workflow.signalWithStartWorkflowExecution({
    namespace: NAMESPACE,
    workflowId,
    workflowType: { name: 'Order' },
    taskQueue: { name: workflowId },
    signalName: 'go',
    requestId: randomUUID(),
    ...over,
  });
const received = async (run: RunName): Promise<readonly string[]> =>
  (await engine.history(run)).flatMap(({ workflowExecutionSignaledEventAttributes: of }) => of?.signalName ?? []);

describe('a signal', () => {
  it('arrives before the first task, while one runs and afterwards, with its input and its sender', async () => {
    const run = await engine.start();
    await signal(run, 'before');
    const task = await engine.workflowTask(run.taskQueue);
    await signal(run, 'during');
    await engine.complete(task);
    await signal(run, 'after');
    expect(await received(run)).toEqual(['before', 'during', 'after']);
    const { workflowExecutionSignaledEventAttributes: first } = eventOf(await engine.history(run), 'WORKFLOW_EXECUTION_SIGNALED');
    expect([valuesOf(first?.input), first?.identity]).toEqual([['before'], 'sender']);
  });

  it('to a run that has closed, or that was never there, finds nobody', async () => {
    const run = await engine.start();
    await engine.step(run.taskQueue, complete());
    expect(await refusal(signal(run, 'late'))).toMatchObject({
      code: StatusCode.NOT_FOUND,
      message: 'workflow execution already completed',
    });
    expect(await refusal(signal({ workflowId: 'nobody' }, 's'))).toMatchObject({ code: StatusCode.NOT_FOUND });
  });

  it('that is sent again with its request id arrives once', async () => {
    const run = await engine.start();
    await signal(run, 'once', 'r');
    await signal(run, 'once', 'r');
    expect(await received(run)).toEqual(['once']);
  });

  it('is refused as busy while the end of a run is being tried again', async () => {
    const run = await engine.start();
    const task = await engine.workflowTask(run.taskQueue);
    await signal(run, 'unseen');
    expect(await refusal(engine.complete(task, [complete()]))).toMatchObject({ message: 'UnhandledCommand' });
    const again = await engine.workflowTask(run.taskQueue);
    expect(await refusal(signal(run, 'too late'))).toMatchObject({ code: StatusCode.RESOURCE_EXHAUSTED });
    await engine.complete(again, [complete()]);
    expect(namesOf([await engine.closed(run)])).toEqual(['WORKFLOW_EXECUTION_COMPLETED']);
  });
});

describe('a signal from one workflow to another', () => {
  it.each([
    ['by its id alone', () => ''],
    ['by its run', (runId: string) => runId],
  ])('named %s arrives, and its sender hears so', async (_name, runIdOf) => {
    const target = await engine.start();
    const sender = await engine.start();
    await engine.step(
      sender.taskQueue,
      signalExternal(target.workflowId, { execution: { workflowId: target.workflowId, runId: runIdOf(target.runId) } }),
    );
    await engine.step(sender.taskQueue, complete());
    expect(namesOf(await engine.history(sender))).toContain('EXTERNAL_WORKFLOW_EXECUTION_SIGNALED');
    const { workflowExecutionSignaledEventAttributes: of } = eventOf(await engine.history(target), 'WORKFLOW_EXECUTION_SIGNALED');
    expect(of).toMatchObject({ signalName: 'go', externalWorkflowExecution: { workflowId: sender.workflowId, runId: sender.runId } });
  });

  it.each([
    ['nobody', () => 'nobody'],
    ['itself', (self: string) => self],
  ])('to %s fails, and says why', async (_name, targetOf) => {
    const sender = await engine.start();
    await engine.step(sender.taskQueue, signalExternal(targetOf(sender.workflowId)));
    await engine.step(sender.taskQueue, complete());
    const event = eventOf(await engine.history(sender), 'SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED');
    expect(event.signalExternalWorkflowExecutionFailedEventAttributes?.cause).toBe(
      Cause.SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED_CAUSE_EXTERNAL_WORKFLOW_EXECUTION_NOT_FOUND,
    );
  });
});

describe('a signal with start', () => {
  it('starts a run, signals it while it is open, and starts another after it ended', async () => {
    const workflowId = randomUUID();
    const first = await signalWithStart(workflowId);
    expect(namesOf(await engine.history({ workflowId }))).toEqual([
      'WORKFLOW_EXECUTION_STARTED',
      'WORKFLOW_EXECUTION_SIGNALED',
      'WORKFLOW_TASK_SCHEDULED',
    ]);
    const second = await signalWithStart(workflowId);
    expect([first.started, second.started, second.runId]).toEqual([true, false, first.runId]);
    await engine.workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId } });
    const third = await signalWithStart(workflowId);
    expect(third.started).toBe(true);
    expect(third.runId).not.toBe(first.runId);
    const { executions } = await engine.workflow.listWorkflowExecutions({ namespace: NAMESPACE, query: `WorkflowId = '${workflowId}'` });
    expect(executions).toHaveLength(2);
  });

  it('honours the policy for ids that were used', async () => {
    const workflowId = randomUUID();
    const { runId } = await signalWithStart(workflowId);
    await engine.step(workflowId, complete());
    const { WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE: reject, WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY: failedOnly } =
      WorkflowIdReusePolicy;
    for (const workflowIdReusePolicy of [reject, failedOnly]) {
      const refused = await refusal(signalWithStart(workflowId, { workflowIdReusePolicy }));
      expect(refused.code).toBe(StatusCode.ALREADY_EXISTS);
      expect(refused.find('WorkflowExecutionAlreadyStartedFailure')?.runId).toBe(runId);
    }
    const allowed = await signalWithStart(workflowId, {
      workflowIdReusePolicy: WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
    });
    expect(allowed.started).toBe(true);
  });

  it('ends an open run where that is asked for', async () => {
    const workflowId = randomUUID();
    const { runId } = await signalWithStart(workflowId);
    const next = await signalWithStart(workflowId, {
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING,
    });
    expect(next.runId).not.toBe(runId);
    expect(namesOf([await engine.closed({ workflowId, runId })])).toEqual(['WORKFLOW_EXECUTION_TERMINATED']);
  });

  it('holds the first task back, which then shows the signal', async () => {
    const workflowId = randomUUID();
    const before = Date.now();
    await signalWithStart(workflowId, { workflowStartDelay: toDuration(300) });
    const task = await engine.workflowTask(workflowId);
    expect(Date.now() - before).toBeGreaterThanOrEqual(290);
    expect(namesOf(task.history?.events ?? [])).toContain('WORKFLOW_EXECUTION_SIGNALED');
  });
});
