/** Starts of one workflow id: which run answers, and what is left behind. */
import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import { fromTimestamp, toDuration, toLong, toNumber } from '@tidemark/protocol/time';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complete } from '../support/commands.ts';
import { payloadsOf, valuesOf } from '../support/payloads.ts';
import { refusal } from '../support/refusal.ts';
import type { HistoryEvent, WholeEngine } from '../support/whole-engine.ts';
import { eventOf, NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';

const { EventType, WorkflowIdConflictPolicy: Conflict, WorkflowIdReusePolicy: Reuse, WorkflowExecutionStatus: Status } = api.enums.v1;
type StartRequest = Parameters<WholeEngine['workflow']['startWorkflowExecution']>[0];

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

/** Of one id; every call is another request unless it says otherwise. */
const starter =
  (workflowId: string) =>
  (over: StartRequest = {}) =>
    engine.workflow.startWorkflowExecution({
      namespace: NAMESPACE,
      workflowId,
      requestId: randomUUID(),
      workflowType: { name: 'Order' },
      taskQueue: { name: workflowId },
      ...over,
    });
const optionsOf = async (workflowId: string): Promise<readonly HistoryEvent[]> =>
  (await engine.history({ workflowId })).filter(({ eventType }) => eventType === EventType.EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED);
const link = {
  workflowEvent: {
    namespace: NAMESPACE,
    workflowId: 'other',
    runId: randomUUID(),
    eventRef: { eventId: toLong(1), eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED },
  },
};

describe('a start', () => {
  it('makes a run, and the same request finds it again', async () => {
    const start = starter('again');
    const first = await start({ requestId: 'one' });
    const second = await start({ requestId: 'one' });
    expect(first.started).toBe(true);
    expect(second).toMatchObject({ runId: first.runId, started: true });
    expect(await engine.history({ workflowId: 'again' })).toHaveLength(2);
  });

  it('of an id that runs is refused, and says which run and which request', async () => {
    const start = starter('taken');
    const { runId } = await start({ requestId: 'one' });
    const error = await refusal(start());
    expect(error.code).toBe(StatusCode.ALREADY_EXISTS);
    expect(error.find('WorkflowExecutionAlreadyStartedFailure')).toMatchObject({
      runId,
      startRequestId: 'one',
      firstExecutionRunId: runId,
    });
  });

  it('that may use the run that is there adds nothing to it', async () => {
    const start = starter('shared');
    const { runId } = await start();
    const joined = await start({ workflowIdConflictPolicy: Conflict.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING });
    expect(joined).toMatchObject({ runId, started: false, status: Status.WORKFLOW_EXECUTION_STATUS_RUNNING });
    expect(await engine.history({ workflowId: 'shared' })).toHaveLength(2);
  });

  it.each([
    ['reuse', { workflowIdReusePolicy: Reuse.WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING }],
    ['conflict', { workflowIdConflictPolicy: Conflict.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING }],
  ])('ends the run that is there where the policy of %s says so', async (name, policy) => {
    const workflowId = `replaced-${name}`;
    const start = starter(workflowId);
    const first = await start();
    const second = await start(policy);
    expect(second.started).toBe(true);
    expect(second.runId).not.toBe(first.runId);
    const { workflowExecutionInfo } = await engine.describe({ workflowId, runId: first.runId });
    expect(workflowExecutionInfo?.status).toBe(Status.WORKFLOW_EXECUTION_STATUS_TERMINATED);
    expect((await engine.describe({ workflowId })).workflowExecutionInfo?.execution?.runId).toBe(second.runId);
  });

  it('counts the bytes of its own history, also after another run of its id', async () => {
    const start = starter('measured');
    const sizes: number[] = [];
    while (sizes.length < 2) {
      await start({ identity: 'same', requestId: randomUUID() });
      sizes.push(toNumber((await engine.describe({ workflowId: 'measured' })).workflowExecutionInfo?.historySizeBytes));
      await engine.step('measured', complete());
    }
    expect(sizes[0]).toBeGreaterThan(0);
    // Moments and random ids of other lengths may cost a few bytes; a history counted twice would cost all of them.
    expect(Math.abs((sizes[1] ?? 0) - (sizes[0] ?? 0))).toBeLessThan(10);
  });

  it('with a delay holds the first task back, and counts its execution time from there', async () => {
    await starter('delayed')({ workflowStartDelay: toDuration(700) });
    const { workflowExecutionInfo: info } = await engine.describe({ workflowId: 'delayed' });
    const startedAt = fromTimestamp(info?.startTime) ?? 0;
    expect(fromTimestamp(info?.executionTime)).toBe(startedAt + 700);
    expect(namesOf(await engine.history({ workflowId: 'delayed' }))).toEqual(['WORKFLOW_EXECUTION_STARTED']);
    const { history } = await engine.workflowTask('delayed');
    const scheduled = eventOf(history?.events ?? [], 'WORKFLOW_TASK_SCHEDULED');
    expect((fromTimestamp(scheduled.eventTime) ?? 0) - startedAt).toBeGreaterThanOrEqual(700);
  });

  it.each(['TemporalWorkerDeployment', 'TemporalWorkerDeploymentVersion', 'TemporalWorkflowVersioningBehavior'])(
    'cannot set the attribute %s',
    async (name) => {
      const searchAttributes = { indexedFields: { [name]: { data: Buffer.from('"x"') } } };
      expect((await refusal(starter('unsettable')({ searchAttributes }))).code).toBe(StatusCode.INVALID_ARGUMENT);
      const signalled = engine.workflow.signalWithStartWorkflowExecution({
        namespace: NAMESPACE,
        workflowId: 'unsettable',
        signalName: 'go',
        workflowType: { name: 'Order' },
        taskQueue: { name: 'unsettable' },
        searchAttributes,
      });
      expect((await refusal(signalled)).code).toBe(StatusCode.INVALID_ARGUMENT);
      expect((await refusal(engine.describe({ workflowId: 'unsettable' }))).code).toBe(StatusCode.NOT_FOUND);
    },
  );
});

describe('a start that joins the run that is there', () => {
  const joining = { workflowIdConflictPolicy: Conflict.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING };

  it('writes what it attaches', async () => {
    const start = starter('joined');
    await start();
    const onConflictOptions = { attachRequestId: true, attachLinks: true };
    await start({ ...joining, requestId: 'two', links: [link], onConflictOptions });
    const [event] = await optionsOf('joined');
    expect(event?.workflowExecutionOptionsUpdatedEventAttributes?.attachedRequestId).toBe('two');
    expect(event?.links).toMatchObject([{ workflowEvent: { workflowId: 'other' } }]);
    expect(event?.workerMayIgnore).toBe(true);
  });

  it('is known again where its request was attached, and is not where it was not', async () => {
    const start = starter('joined-twice');
    await start();
    const attached = { ...joining, requestId: 'two', links: [link], onConflictOptions: { attachRequestId: true, attachLinks: true } };
    await start(attached);
    await start(attached);
    expect(await optionsOf('joined-twice')).toHaveLength(1);
    const loose = { ...joining, requestId: 'three', links: [link], onConflictOptions: { attachLinks: true } };
    await start(loose);
    await start(loose);
    expect(await optionsOf('joined-twice')).toHaveLength(3);
  });
});

describe('a termination', () => {
  it('writes who, why and with what, and frees the id', async () => {
    const start = starter('terminated');
    const { runId } = await start();
    await engine.workflow.terminateWorkflowExecution({
      namespace: NAMESPACE,
      workflowExecution: { workflowId: 'terminated' },
      reason: 'enough',
      identity: 'somebody',
      details: payloadsOf('late'),
    });
    const event = await engine.closed({ workflowId: 'terminated', runId });
    const attributes = event.workflowExecutionTerminatedEventAttributes;
    expect(attributes).toMatchObject({ reason: 'enough', identity: 'somebody' });
    expect(valuesOf(attributes?.details)).toEqual(['late']);
    expect((await start()).runId).not.toBe(runId);
  });
});
