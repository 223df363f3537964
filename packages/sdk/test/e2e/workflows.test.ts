import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../src/client/client.ts';
import { QueryFailedError, WorkflowAlreadyStartedError, WorkflowFailedError, WorkflowNotFoundError } from '../../src/client/errors.ts';
import { ActivityFailure, ApplicationFailure, CancelledFailure, TerminatedFailure } from '../../src/common/failures.ts';
import type { Worker } from '../../src/worker/worker.ts';
import * as activities from '../fixtures/feature-activities.ts';
import {
  CancelledWorkflow,
  CartWorkflow,
  CountdownWorkflow,
  EndlessWorkflow,
  FailsWorkflow,
  RetriesWorkflow,
  TimeoutsWorkflow,
  UnhandledWorkflow,
} from '../fixtures/feature-workflows.ts';
import { connect, eventually, startWorker, uniqueQueue } from './server.ts';

const taskQueue = uniqueQueue();
let client: Client;
let worker: Worker;

beforeAll(async () => {
  client = await connect();
  worker = await startWorker({ client, taskQueue, workflows: [CartWorkflow], activities, deadlockTimeout: 300 });
});

afterAll(async () => {
  await worker.shutdown();
  await client.close();
});

/** Why the execution failed. */
async function failureOf(result: Promise<unknown>): Promise<unknown> {
  const error: unknown = await result.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(WorkflowFailedError);
  return (error as WorkflowFailedError).cause;
}

describe('activities', () => {
  it('are retried by the server until they succeed', async () => {
    expect(await client.executeWorkflow(RetriesWorkflow, { taskQueue })).toBe(3);
  });

  it('that fail for good fail the execution, with the causes in order', async () => {
    const failure = await failureOf(client.executeWorkflow(FailsWorkflow, { taskQueue }));
    expect(failure).toBeInstanceOf(ActivityFailure);
    expect((failure as ActivityFailure).activityType).toBe('failForGood');
    const cause = (failure as ActivityFailure).cause as ApplicationFailure;
    expect(cause).toBeInstanceOf(ApplicationFailure);
    expect([cause.message, cause.type, cause.nonRetryable, cause.details]).toEqual(['no stock', 'OutOfStock', true, [{ sku: 'lamp' }]]);
  });

  it('hear of a cancellation with their heartbeats, and the workflow cleans up behind a shield', async () => {
    const handle = await client.startWorkflow(CancelledWorkflow, { taskQueue });
    await eventually(async () => ((await handle.describe()).historyLength >= 5 ? true : undefined));
    await handle.cancel('enough');
    expect(await failureOf(handle.result())).toBeInstanceOf(CancelledFailure);
    expect(await handle.query('state')).toBe('cleaned');
    expect((await handle.describe()).status).toBe('CANCELED');
  });
});

describe('messages', () => {
  it('are handled by the methods of the class under their names on the wire', async () => {
    const handle = await client.startWorkflow(CartWorkflow, { taskQueue });
    expect(await handle.query('list')).toEqual([]);
    await handle.signal('close');
    expect(await handle.result()).toEqual([]);
  });

  it('tell consoles which handlers exist and where the code waits', async () => {
    const handle = await client.startWorkflow<{ __temporal_workflow_metadata(): unknown; __stack_trace(): string; nope(): void }>(
      'CartWorkflow',
      { taskQueue },
    );
    expect(await handle.query('__temporal_workflow_metadata')).toMatchObject({
      definition: {
        type: 'CartWorkflow',
        signalDefinitions: [{ name: 'close_cart', description: 'No more items.' }],
        updateDefinitions: [{ name: 'add' }],
      },
      currentDetails: 'waiting for items',
    });
    expect(await handle.query('__stack_trace')).toMatch(/CartWorkflow\.run \(.*feature-workflows\.ts:\d+:\d+\)/);
    await expect(handle.query('nope')).rejects.toBeInstanceOf(QueryFailedError);
    await handle.terminate('not needed');
    expect(await failureOf(handle.result())).toBeInstanceOf(TerminatedFailure);
  });
});

describe('time', () => {
  it('passes by timers, conditions and scopes, and the sandbox is deterministic', async () => {
    expect(await client.executeWorkflow(TimeoutsWorkflow, { taskQueue })).toEqual([
      false,
      'early',
      'timed out',
      'ticked',
      ['string', true, true, true],
    ]);
  });

  it('goes on in new runs', async () => {
    expect(await client.executeWorkflow(CountdownWorkflow, 2, { taskQueue })).toBe('done, continued from another run');
  });
});

describe('mistakes in workflow code', () => {
  const failedTask = async (handle: {
    fetchHistory(): Promise<{
      events: readonly { workflowTaskFailedEventAttributes?: { failure?: { message?: string | null } | null } | null }[];
    }>;
  }) =>
    eventually(async () => {
      const { events } = await handle.fetchHistory();
      return events
        .map((event) => event.workflowTaskFailedEventAttributes?.failure?.message ?? undefined)
        .find((message) => message !== undefined);
    });

  it('of rejections nobody handled fail the workflow task, not the process', async () => {
    const handle = await client.startWorkflow(UnhandledWorkflow, { taskQueue });
    expect(await failedTask(handle)).toContain('Activity task failed');
    await handle.terminate();
  });

  it('of endless loops fail the workflow task', async () => {
    const handle = await client.startWorkflow(EndlessWorkflow, { taskQueue });
    expect(await failedTask(handle)).toContain('is there an endless loop?');
    await handle.terminate();
  });
});

describe('the client', () => {
  it('throws errors of their own classes', async () => {
    const handle = await client.startWorkflow(CartWorkflow, { taskQueue });
    await expect(client.startWorkflow(CartWorkflow, { taskQueue, id: handle.workflowId })).rejects.toBeInstanceOf(
      WorkflowAlreadyStartedError,
    );
    await expect(client.getWorkflowHandle(`${handle.workflowId}-nope`).describe()).rejects.toBeInstanceOf(WorkflowNotFoundError);
    await handle.terminate();
  });

  it('lists and counts', async () => {
    const id = uniqueQueue();
    await client.executeWorkflow(CountdownWorkflow, 2, { taskQueue, id });
    const filter = `WorkflowId = "${id}"`;
    const { count } = await eventually(async () => {
      const counted = await client.countWorkflows(filter);
      return counted.count >= 3 ? counted : undefined;
    });
    const listed = [];
    for await (const info of client.listWorkflows(filter, { pageSize: 1 })) listed.push(info.status);
    expect(listed).toHaveLength(count);
    expect(listed.filter((status) => status === 'CONTINUED_AS_NEW')).toHaveLength(2);
  });
});
