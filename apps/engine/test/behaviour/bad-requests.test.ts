/** Requests that leave something out or hold too much are refused with the words clients know, and change nothing. */
import { StatusCode } from '@tidemark/protocol/errors';
import { toDuration } from '@tidemark/protocol/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal } from '../support/refusal.ts';
import type { WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, openWholeEngine } from '../support/whole-engine.ts';

type StartRequest = Parameters<WholeEngine['workflow']['startWorkflowExecution']>[0];

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

const long = 'n'.repeat(1001);
const negative = toDuration(-1000);

describe.each([
  ['start', (request: StartRequest) => engine.workflow.startWorkflowExecution(request)],
  ['signal with start', (request: StartRequest) => engine.workflow.signalWithStartWorkflowExecution({ ...request, signalName: 'go' })],
])('a %s', (_name, start) => {
  it.each<[string, StartRequest]>([
    ['WorkflowId is not set on request.', { workflowId: '' }],
    ['WorkflowId length exceeds limit.', { workflowId: long }],
    ['WorkflowType is not set on request.', { workflowType: null }],
    ['WorkflowType length exceeds limit.', { workflowType: { name: long } }],
    ['taskQueue is not set', { taskQueue: null }],
    ['missing task queue name', { taskQueue: { name: '' } }],
    ['taskQueue length exceeds limit', { taskQueue: { name: long } }],
    ['RequestId length exceeds limit.', { requestId: long }],
    ['invalid InitialInterval set on retry policy: negative duration', { retryPolicy: { initialInterval: negative } }],
    ['BackoffCoefficient cannot be less than 1 on retry policy.', { retryPolicy: { backoffCoefficient: 0.5 } }],
    ['CronSchedule and WorkflowStartDelay may not be used together.', { cronSchedule: '* * * * *', workflowStartDelay: toDuration(1000) }],
  ])('is refused: %s', async (text, over) => {
    const request = { namespace: NAMESPACE, workflowId: 'bad', workflowType: { name: 'Order' }, taskQueue: { name: 'bad' }, ...over };
    expect(await refusal(start(request))).toMatchObject({ code: StatusCode.INVALID_ARGUMENT, message: text });
    expect((await refusal(engine.describe({ workflowId: 'bad' }))).code).toBe(StatusCode.NOT_FOUND);
  });
});

it.each(['signalWorkflowExecution', 'terminateWorkflowExecution', 'requestCancelWorkflowExecution'] as const)(
  '%s says which run is missing',
  async (method) => {
    const call = (workflowExecution: { workflowId?: string; runId?: string } | null) =>
      refusal(
        engine.workflow[method]({ namespace: NAMESPACE, workflowExecution, ...(method.startsWith('signal') ? { signalName: 'go' } : {}) }),
      );
    expect((await call(null)).message).toBe('Execution is not set on request.');
    expect((await call({})).message).toBe('WorkflowId is not set on request.');
    expect((await call({ workflowId: 'w', runId: 'bad' })).message).toBe('Invalid RunId.');
    expect(await call({ workflowId: 'missing' })).toMatchObject({
      code: StatusCode.NOT_FOUND,
      message: 'workflow not found for ID: missing',
    });
  },
);

it.each([
  'respondWorkflowTaskCompleted',
  'respondWorkflowTaskFailed',
  'respondActivityTaskCompleted',
  'respondActivityTaskFailed',
  'respondActivityTaskCanceled',
  'recordActivityTaskHeartbeat',
  'respondQueryTaskCompleted',
] as const)('%s tells a token that is missing from one that nobody handed out', async (method) => {
  const call = (taskToken?: Uint8Array) =>
    refusal(engine.workflow[method]({ namespace: NAMESPACE, ...(taskToken === undefined ? {} : { taskToken }) }));
  expect(await call()).toMatchObject({ code: StatusCode.INVALID_ARGUMENT, message: 'Task token not set on request.' });
  expect(await call(Buffer.from('nonsense'))).toMatchObject({
    code: StatusCode.INVALID_ARGUMENT,
    message: 'Error deserializing task token.',
  });
});
