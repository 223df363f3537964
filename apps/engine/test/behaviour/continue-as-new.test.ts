/** Runs that go on as new ones. */
import { api } from '@tidemark/protocol/api';
import { fromDuration, toDuration, toLong } from '@tidemark/protocol/time';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { complete, continueAsNew } from '../support/commands.ts';
import { payloadOf, payloadsOf, valueOf, valuesOf } from '../support/payloads.ts';
import { refusal } from '../support/refusal.ts';
import type { WholeEngine, WorkflowTask } from '../support/whole-engine.ts';
import { eventOf, NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';

const { ContinueAsNewInitiator, RetryState } = api.enums.v1;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

const startedOf = ({ history }: WorkflowTask) => history?.events?.[0]?.workflowExecutionStartedEventAttributes;

it('the new run takes what the command says, and names the one before and the first', async () => {
  const run = await engine.start({ memo: { fields: { old: payloadOf(1) } } });
  const carried = {
    input: payloadsOf('next'),
    memo: { fields: { note: payloadOf('m') } },
    header: { fields: { trace: payloadOf('h') } },
  };
  await engine.step(run.taskQueue, continueAsNew(carried));
  const second = startedOf(await engine.workflowTask(run.taskQueue));
  expect(second).toMatchObject({
    continuedExecutionRunId: run.runId,
    firstExecutionRunId: run.runId,
    initiator: ContinueAsNewInitiator.CONTINUE_AS_NEW_INITIATOR_WORKFLOW,
    workflowType: { name: 'Order' },
  });
  expect([valuesOf(second?.input), valueOf(second?.memo?.fields?.['note']), valueOf(second?.header?.fields?.['trace'])]).toEqual([
    ['next'],
    'm',
    'h',
  ]);
  expect(Object.keys(second?.memo?.fields ?? {})).toEqual(['note']);
  const { workflowExecutionContinuedAsNewEventAttributes: of } = eventOf([await engine.closed(run)], 'WORKFLOW_EXECUTION_CONTINUED_AS_NEW');
  expect((await engine.describe({ workflowId: run.workflowId })).workflowExecutionInfo?.execution?.runId).toBe(of?.newExecutionRunId);
});

it('the timeout of a run begins anew, that of the chain does not', async () => {
  const run = await engine.start({ workflowRunTimeout: toDuration(60_000), workflowExecutionTimeout: toDuration(600_000) });
  const first = startedOf(await engine.step(run.taskQueue, continueAsNew({ workflowRunTimeout: toDuration(1000) })));
  const second = await engine.workflowTask(run.taskQueue);
  expect(startedOf(second)?.workflowExecutionExpirationTime).toEqual(first?.workflowExecutionExpirationTime);
  const runId = second.workflowExecution?.runId ?? '';
  expect(namesOf([await engine.closed({ workflowId: run.workflowId, runId })])).toEqual(['WORKFLOW_EXECUTION_TIMED_OUT']);
});

it('the deadline of the chain ends the run that it has come to', async () => {
  const run = await engine.start({ workflowExecutionTimeout: toDuration(1500) });
  await engine.step(run.taskQueue, continueAsNew());
  const closed = eventOf([await engine.closed({ workflowId: run.workflowId })], 'WORKFLOW_EXECUTION_TIMED_OUT');
  expect(closed.workflowExecutionTimedOutEventAttributes).toMatchObject({
    retryState: RetryState.RETRY_STATE_TIMEOUT,
    newExecutionRunId: '',
  });
});

it('a wait before the new run holds its first task back', async () => {
  const run = await engine.start();
  const before = Date.now();
  await engine.step(run.taskQueue, continueAsNew({ backoffStartInterval: toDuration(1500) }));
  const second = startedOf(await engine.workflowTask(run.taskQueue));
  expect(fromDuration(second?.firstWorkflowTaskBackoff)).toBe(1500);
  expect(Date.now() - before).toBeGreaterThanOrEqual(1450);
});

it('runs that go on at once are a second apart', async () => {
  const run = await engine.start();
  const before = Date.now();
  await engine.step(run.taskQueue, continueAsNew());
  await engine.step(run.taskQueue, complete());
  expect(Date.now() - before).toBeGreaterThanOrEqual(900);
});

it('the first run of the chain is named to who finds it taken, also after a reset of an earlier run', async () => {
  const run = await engine.start();
  await engine.step(run.taskQueue, continueAsNew());
  await engine.workflowTask(run.taskQueue);
  const again = { workflowId: run.workflowId, taskQueue: { name: run.taskQueue } };
  const taken = (await refusal(engine.start(again))).find('WorkflowExecutionAlreadyStartedFailure');
  expect(taken?.firstExecutionRunId).toBe(run.runId);
  const { runId } = await engine.workflow.resetWorkflowExecution({
    namespace: NAMESPACE,
    workflowExecution: { workflowId: run.workflowId, runId: run.runId },
    workflowTaskFinishEventId: toLong(4),
    requestId: 'reset',
  });
  const reset = (await refusal(engine.start(again))).find('WorkflowExecutionAlreadyStartedFailure');
  expect(reset).toMatchObject({ runId, firstExecutionRunId: run.runId });
});
