/** The life of a run: tasks one after the other, time that runs out, retries of the workflow, its end. */
import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import { fromDuration, fromTimestamp, toDuration } from '@tidemark/protocol/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activity, complete, continueAsNew, fail, startChild, timer } from '../support/commands.ts';
import { payloadsOf, valuesOf } from '../support/payloads.ts';
import { refusal } from '../support/refusal.ts';
import type { WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';

const { ContinueAsNewInitiator: Initiator, RetryState, WorkflowExecutionStatus: Status, WorkflowTaskFailedCause: Cause } = api.enums.v1;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

const completeActivity = async (taskQueue: string, result: unknown): Promise<string> => {
  const { taskToken, activityId } = await engine.activityTask(taskQueue);
  await engine.workflow.respondActivityTaskCompleted({ namespace: NAMESPACE, taskToken, result: payloadsOf(result) });
  return activityId;
};

describe('a run', () => {
  it('does its activities one after the other, each with its own result', async () => {
    const { taskQueue, ...run } = await engine.start();
    const queue = { taskQueue: { name: taskQueue } };
    for (let at = 1; at <= 3; at += 1) {
      await engine.step(taskQueue, activity(`step-${at}`, queue));
      expect(await completeActivity(taskQueue, at)).toBe(`step-${at}`);
    }
    await engine.step(taskQueue, complete());
    const events = await engine.history(run);
    const completed = events.flatMap(({ activityTaskCompletedEventAttributes: attributes }) => (attributes ? [attributes] : []));
    expect(completed.flatMap(({ result }) => valuesOf(result))).toEqual([1, 2, 3]);
    const scheduledNames = completed.map(({ scheduledEventId }) => {
      const scheduled = events.find(({ eventId }) => String(eventId) === String(scheduledEventId));
      return scheduled?.activityTaskScheduledEventAttributes?.activityId;
    });
    expect(scheduledNames).toEqual(['step-1', 'step-2', 'step-3']);
  });

  it('hands the next task over with the answer to the one before', async () => {
    const { taskQueue, ...run } = await engine.start();
    const first = await engine.workflowTask(taskQueue);
    await engine.workflow.signalWorkflowExecution({ namespace: NAMESPACE, workflowExecution: run, signalName: 'go' });
    const answer = await engine.complete(first, [], { returnNewWorkflowTask: true });
    if (!answer.workflowTask) throw new Error('no task came with the answer');
    expect(namesOf(answer.workflowTask.history?.events ?? []).slice(-3)).toEqual([
      'WORKFLOW_EXECUTION_SIGNALED',
      'WORKFLOW_TASK_SCHEDULED',
      'WORKFLOW_TASK_STARTED',
    ]);
    const { taskToken } = answer.workflowTask;
    await engine.workflow.respondWorkflowTaskCompleted({
      namespace: NAMESPACE,
      taskToken: taskToken ?? new Uint8Array(),
      commands: [complete()],
    });
    expect(namesOf([await engine.closed(run)])).toEqual(['WORKFLOW_EXECUTION_COMPLETED']);
  });

  it('gets over workers that lose its tasks and its activities', async () => {
    const { taskQueue, ...run } = await engine.start({ workflowTaskTimeout: toDuration(300) });
    await engine.workflowTask(taskQueue);
    const lasting = { taskQueue: { name: taskQueue }, startToCloseTimeout: toDuration(300), retryPolicy: { maximumAttempts: 1 } };
    await engine.step(taskQueue, activity('lost', lasting));
    await engine.activityTask(taskQueue);
    await engine.step(taskQueue, complete());
    expect(namesOf(await engine.history(run))).toEqual([
      'WORKFLOW_EXECUTION_STARTED',
      'WORKFLOW_TASK_SCHEDULED',
      'WORKFLOW_TASK_STARTED',
      'WORKFLOW_TASK_TIMED_OUT',
      'WORKFLOW_TASK_SCHEDULED',
      'WORKFLOW_TASK_STARTED',
      'WORKFLOW_TASK_COMPLETED',
      'ACTIVITY_TASK_SCHEDULED',
      'ACTIVITY_TASK_STARTED',
      'ACTIVITY_TASK_TIMED_OUT',
      'WORKFLOW_TASK_SCHEDULED',
      'WORKFLOW_TASK_STARTED',
      'WORKFLOW_TASK_COMPLETED',
      'WORKFLOW_EXECUTION_COMPLETED',
    ]);
  });

  it('whose worker says that its answer is too large is terminated, after what waited', async () => {
    const { taskQueue, ...run } = await engine.start();
    const { taskToken } = await engine.workflowTask(taskQueue);
    await engine.workflow.signalWorkflowExecution({ namespace: NAMESPACE, workflowExecution: run, signalName: 'go' });
    const cause = Cause.WORKFLOW_TASK_FAILED_CAUSE_GRPC_MESSAGE_TOO_LARGE;
    await engine.workflow.respondWorkflowTaskFailed({ namespace: NAMESPACE, taskToken, cause, failure: { message: 'too large' } });
    expect(namesOf(await engine.history(run)).slice(3)).toEqual([
      'WORKFLOW_TASK_FAILED',
      'WORKFLOW_EXECUTION_SIGNALED',
      'WORKFLOW_EXECUTION_TERMINATED',
    ]);
  });

  it('that runs too long is closed as timed out, in the lists too', async () => {
    const { taskQueue, ...run } = await engine.start({ workflowRunTimeout: toDuration(400) });
    await engine.step(taskQueue, timer('long', 60_000));
    expect(namesOf([await engine.closed(run)])).toEqual(['WORKFLOW_EXECUTION_TIMED_OUT']);
    const { executions } = await engine.workflow.listWorkflowExecutions({
      namespace: NAMESPACE,
      query: `WorkflowId = '${run.workflowId}' AND ExecutionStatus = 'TimedOut'`,
    });
    expect(executions).toHaveLength(1);
  });
});

describe('a workflow with a retry policy', () => {
  it('is begun again after a growing while, and is told its attempt and why', async () => {
    const retryPolicy = { initialInterval: toDuration(1000), backoffCoefficient: 1.2, maximumAttempts: 3 };
    const first = await engine.start({ retryPolicy, input: payloadsOf('same') });
    let { runId } = first;
    for (const attempt of [1, 2]) {
      await engine.step(first.taskQueue, fail(`failure-${attempt}`));
      const end = (await engine.closed({ workflowId: first.workflowId, runId })).workflowExecutionFailedEventAttributes;
      expect(end?.retryState).toBe(RetryState.RETRY_STATE_IN_PROGRESS);
      const before = runId;
      runId = end?.newExecutionRunId ?? '';
      const [event] = await engine.history({ workflowId: first.workflowId, runId });
      const started = event?.workflowExecutionStartedEventAttributes;
      expect(started).toMatchObject({
        attempt: attempt + 1,
        initiator: Initiator.CONTINUE_AS_NEW_INITIATOR_RETRY,
        continuedExecutionRunId: before,
        firstExecutionRunId: first.runId,
        continuedFailure: { applicationFailureInfo: { type: `failure-${attempt}` } },
      });
      expect(valuesOf(started?.input)).toEqual(['same']);
      const backoff = fromDuration(started?.firstWorkflowTaskBackoff) ?? 0;
      expect(Math.round(backoff / 100)).toBe(attempt === 1 ? 10 : 12);
      const { workflowExecutionInfo: info } = await engine.describe({ workflowId: first.workflowId, runId });
      expect((fromTimestamp(info?.executionTime) ?? 0) - (fromTimestamp(info?.startTime) ?? 0)).toBe(backoff);
    }
    await engine.step(first.taskQueue, complete());
    const end = await engine.closed({ workflowId: first.workflowId, runId });
    expect(namesOf([end])).toEqual(['WORKFLOW_EXECUTION_COMPLETED']);
  });

  it.each([
    ['not be retried', { nonRetryableErrorTypes: ['Broken'] }, RetryState.RETRY_STATE_NON_RETRYABLE_FAILURE],
    ['be tried once', { maximumAttempts: 1 }, RetryState.RETRY_STATE_MAXIMUM_ATTEMPTS_REACHED],
  ])('ends with a failure that is to %s', async (_why, retryPolicy, retryState) => {
    const { taskQueue, ...run } = await engine.start({ retryPolicy });
    await engine.step(taskQueue, fail());
    const end = (await engine.closed(run)).workflowExecutionFailedEventAttributes;
    expect(end).toMatchObject({ retryState, newExecutionRunId: '' });
    expect((await engine.describe({ workflowId: run.workflowId })).workflowExecutionInfo).toMatchObject({
      execution: run,
      status: Status.WORKFLOW_EXECUTION_STATUS_FAILED,
    });
  });
});

it.each(['/_sys/anything', 'temporal-sys-per-ns-tq'])('the queue %s is no place for a workflow', async (name) => {
  const start = {
    namespace: NAMESPACE,
    workflowId: 'reserved',
    requestId: 'reserved',
    workflowType: { name: 'Order' },
    taskQueue: { name },
  };
  const calls = [
    () => engine.workflow.startWorkflowExecution(start),
    () => engine.workflow.signalWithStartWorkflowExecution({ ...start, signalName: 'go' }),
    () =>
      engine.workflow.executeMultiOperation({
        namespace: NAMESPACE,
        operations: [
          { startWorkflow: start },
          {
            updateWorkflow: {
              namespace: NAMESPACE,
              workflowExecution: { workflowId: 'reserved' },
              request: { meta: { updateId: 'u' }, input: { name: 'u' } },
            },
          },
        ],
      }),
  ];
  for (const call of calls) expect((await refusal(call())).code).toBe(StatusCode.INVALID_ARGUMENT);
  expect((await refusal(engine.describe({ workflowId: 'reserved' }))).code).toBe(StatusCode.NOT_FOUND);
});

describe.each(['/_sys/anything', 'temporal-sys-per-ns-tq'])('the queue %s', (name) => {
  const taskQueue = { name };
  it.each([
    ['activity', activity('a', { taskQueue })],
    ['child', startChild('child', { taskQueue })],
    ['run that continues it', continueAsNew({ taskQueue })],
  ])('is none that a workflow may choose for a %s', async (_what, command) => {
    const run = await engine.start();
    const error = await refusal(engine.complete(await engine.workflowTask(run.taskQueue), [command]));
    expect(error.code).toBe(StatusCode.INVALID_ARGUMENT);
    expect(namesOf(await engine.history(run)).slice(3)).toEqual(['WORKFLOW_TASK_FAILED']);
  });
});
