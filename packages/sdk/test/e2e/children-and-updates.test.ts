import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../src/client/client.ts';
import { UpdateFailedError } from '../../src/client/errors.ts';
import type { Worker } from '../../src/worker/worker.ts';
import * as activities from '../fixtures/feature-activities.ts';
import { CancelsChildWorkflow, CartWorkflow, ParentWorkflow } from '../fixtures/feature-workflows.ts';
import { connect, startWorker, uniqueQueue } from './server.ts';

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

describe('updates', () => {
  it('are handled by the methods of the class under their names on the wire', async () => {
    const handle = await client.startWorkflow(CartWorkflow, { taskQueue });
    expect(await handle.executeUpdate('add', 'lamp')).toBe(1);
    expect(await handle.executeUpdate('add', 'bulb')).toBe(2);
    expect(await handle.query('list')).toEqual(['lamp', 'bulb']);
    const refused: unknown = await handle.executeUpdate('add', '').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UpdateFailedError);
    expect((refused as Error).cause).toMatchObject({ message: 'an item needs a name', type: 'BadItem' });
    await handle.signal('close');
    expect(await handle.result()).toEqual(['lamp', 'bulb']);
  });
});

describe('child workflows', () => {
  it('are started, signalled and waited for; their failures are their own', async () => {
    const id = uniqueQueue();
    expect(await client.executeWorkflow(ParentWorkflow, id, { taskQueue, id })).toEqual([
      'done, continued from another run',
      [],
      'failed',
      'nobody there',
    ]);
  });

  it('are cancelled with their scope', async () => {
    expect(await client.executeWorkflow(CancelsChildWorkflow, { taskQueue })).toBe('cancelled');
  });
});
