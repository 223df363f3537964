/** What the passing of time does to runs, as clients and workers see it. */
import { api } from '@tidemark/protocol/api';
import { fromTimestamp, toDuration } from '@tidemark/protocol/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelTimer, cancelWorkflow, complete, continueAsNew, fail, timer } from '../support/commands.ts';
import { payloadsOf, valuesOf } from '../support/payloads.ts';
import type { StartedRun, WholeEngine, WorkflowTask } from '../support/whole-engine.ts';
import { eventOf, NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';

const { ContinueAsNewInitiator } = api.enums.v1;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

describe('timers', () => {
  it('one after the other fire in their order', async () => {
    const run = await engine.start();
    for (const id of ['a', 'b', 'c']) await engine.step(run.taskQueue, timer(id, 20));
    await engine.step(run.taskQueue, complete());
    const fired = (await engine.history(run)).flatMap(({ timerFiredEventAttributes: of }) => of?.timerId ?? []);
    expect(fired).toEqual(['a', 'b', 'c']);
  });

  it('that are cancelled do not fire', async () => {
    const run = await engine.start();
    await engine.step(run.taskQueue, timer('long', 3_600_000), timer('short', 20));
    await engine.step(run.taskQueue, cancelTimer('long'), complete());
    expect(namesOf(await engine.history(run)).slice(4)).toEqual([
      'TIMER_STARTED',
      'TIMER_STARTED',
      'TIMER_FIRED',
      'WORKFLOW_TASK_SCHEDULED',
      'WORKFLOW_TASK_STARTED',
      'WORKFLOW_TASK_COMPLETED',
      'TIMER_CANCELED',
      'WORKFLOW_EXECUTION_COMPLETED',
    ]);
  });
});

/** A run of every second; its first task comes with the first slot. */
const everySecond = (over: Parameters<WholeEngine['start']>[0] = {}) => engine.start({ cronSchedule: '@every 1s', ...over });
const startedOf = ({ history }: WorkflowTask) => history?.events?.[0]?.workflowExecutionStartedEventAttributes;
const terminate = ({ workflowId }: StartedRun) =>
  engine.workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId } });

// Side by side: each waits for seconds of the clock.
describe.concurrent('a cron workflow', () => {
  it('waits for its slot, and is listed with the time it runs at', async () => {
    const run = await everySecond({ cronSchedule: '@every 1h' });
    expect(namesOf(await engine.history(run))).toEqual(['WORKFLOW_EXECUTION_STARTED']);
    const { workflowExecutionInfo: info } = await engine.describe(run);
    const wait = (fromTimestamp(info?.executionTime) ?? 0) - (fromTimestamp(info?.startTime) ?? 0);
    expect(wait).toBeGreaterThan(3_500_000);
    const { executions } = await engine.workflow.listWorkflowExecutions({
      namespace: NAMESPACE,
      query: `WorkflowId = '${run.workflowId}' AND ExecutionTime > '${new Date(Date.now() + 3_000_000).toISOString()}'`,
    });
    expect(executions).toHaveLength(1);
    await terminate(run);
  });

  it('hands its result on, also past a failure, which it hands on too', async () => {
    const run = await everySecond();
    await engine.step(run.taskQueue, complete(payloadsOf('first')));
    const second = await engine.workflowTask(run.taskQueue);
    expect(startedOf(second)).toMatchObject({ initiator: ContinueAsNewInitiator.CONTINUE_AS_NEW_INITIATOR_CRON_SCHEDULE, attempt: 1 });
    expect(valuesOf(startedOf(second)?.lastCompletionResult)).toEqual(['first']);
    await engine.complete(second, [fail('Broken')]);
    const third = await engine.workflowTask(run.taskQueue);
    expect(valuesOf(startedOf(third)?.lastCompletionResult)).toEqual(['first']);
    expect(startedOf(third)?.continuedFailure).toMatchObject({ applicationFailureInfo: { type: 'Broken' } });
    await engine.complete(third, [complete()]);
    const fourth = await engine.workflowTask(run.taskQueue);
    expect(startedOf(fourth)?.continuedFailure ?? null).toBeNull();
    await terminate(run);
  });

  it('that fails keeps its schedule', async () => {
    const run = await everySecond();
    await engine.step(run.taskQueue, fail());
    await engine.step(run.taskQueue, fail());
    const third = await engine.workflowTask(run.taskQueue);
    expect(startedOf(third)?.firstExecutionRunId).toBe(run.runId);
    await terminate(run);
  });

  it('that times out goes on in the next slot', async () => {
    const run = await everySecond({ workflowRunTimeout: toDuration(1000) });
    await engine.workflowTask(run.taskQueue);
    expect(namesOf([await engine.closed(run)])).toEqual(['WORKFLOW_EXECUTION_TIMED_OUT']);
    const next = await engine.workflowTask(run.taskQueue);
    expect(startedOf(next)?.continuedExecutionRunId).toBe(run.runId);
    await terminate(run);
  });

  it('that continues as new keeps its schedule only when the command repeats it', async () => {
    const run = await everySecond();
    await engine.step(run.taskQueue, continueAsNew({ cronSchedule: '@every 1s' }));
    const next = await engine.workflowTask(run.taskQueue);
    const { CONTINUE_AS_NEW_INITIATOR_WORKFLOW: initiator } = ContinueAsNewInitiator;
    expect(startedOf(next)).toMatchObject({ initiator, cronSchedule: '@every 1s' });
    await engine.complete(next, [continueAsNew()]);
    const last = await engine.workflowTask(run.taskQueue);
    expect(startedOf(last)?.cronSchedule).toBe('');
    await engine.complete(last, [complete()]);
  });

  it('that is cancelled has no next run', async () => {
    const run = await everySecond();
    await engine.step(run.taskQueue, cancelWorkflow());
    const { workflowExecutionInfo: last } = await engine.describe({ workflowId: run.workflowId });
    expect(last?.execution?.runId).toBe(run.runId);
  });

  it('is over when it is terminated while it waits', async () => {
    const run = await everySecond({ cronSchedule: '@every 1h' });
    await terminate(run);
    const { workflowExecutionInfo: last } = await engine.describe({ workflowId: run.workflowId });
    expect(last?.execution?.runId).toBe(run.runId);
  });

  it('gets no task early from a signal', async () => {
    const run = await everySecond({ cronSchedule: '@every 1h' });
    await engine.workflow.signalWorkflowExecution({
      namespace: NAMESPACE,
      workflowExecution: { workflowId: run.workflowId },
      signalName: 's',
    });
    expect(namesOf(await engine.history(run))).toEqual(['WORKFLOW_EXECUTION_STARTED', 'WORKFLOW_EXECUTION_SIGNALED']);
    await terminate(run);
  });
});

it('a chain that retries and times out is one chain with its first run named throughout', async () => {
  const run = await engine.start({
    retryPolicy: { initialInterval: toDuration(1), maximumInterval: toDuration(1), maximumAttempts: 3 },
  });
  await engine.step(run.taskQueue, fail());
  const second = await engine.workflowTask(run.taskQueue);
  expect(startedOf(second)).toMatchObject({ attempt: 2, firstExecutionRunId: run.runId, continuedExecutionRunId: run.runId });
  await engine.complete(second, [fail()]);
  await engine.step(run.taskQueue, fail());
  const last = await engine.describe({ workflowId: run.workflowId });
  const closed = await engine.closed({ workflowId: run.workflowId });
  expect(eventOf([closed], 'WORKFLOW_EXECUTION_FAILED').workflowExecutionFailedEventAttributes?.newExecutionRunId).toBe('');
  expect(last.workflowExecutionInfo?.firstRunId).toBe(run.runId);
});
