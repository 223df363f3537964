import { afterAll, beforeAll, expect, it } from 'vitest';
import { api } from '@tidemark/protocol/api';
import type { Client } from '../../src/client/client.ts';
import * as activities from '../fixtures/parity-activities.ts';
import { ParityWorkflow } from '../fixtures/parity.ts';
import { readHistory } from '../history-file.ts';
import { connect, startWorker, uniqueQueue } from './server.ts';

let client: Client;
beforeAll(async () => {
  client = await connect();
});
afterAll(() => client.close());

/** Differs between any two runs, or says which SDK and server it was. */
const incidental = new Set([
  'identity',
  'requestId',
  'originalExecutionRunId',
  'firstExecutionRunId',
  'eventTime',
  'taskId',
  'stackTrace',
  'sdkMetadata',
  'binaryChecksum',
  'workerVersion',
  'meteringMetadata',
  'historySizeBytes',
  'workflowId',
  'source',
  'deployment',
  'workerDeploymentName',
  'workerInstanceKey',
  'version',
]);

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Everything that is left must be the same: names, timeouts, retry policies, payloads, markers, the order of events. */
function essence(value: Json, queue: string): Json {
  if (Array.isArray(value)) return value.map((entry) => essence(entry, queue));
  if (typeof value === 'string')
    return value.startsWith(queue) ? 'the task queue' : value.startsWith('worker@host-') || value.includes('@') ? 'a sticky queue' : value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, entry]) => (incidental.has(key) ? [] : [[key, essence(entry, queue)]])));
}

function essenceOf(events: readonly object[], queue: string): Json {
  const { History } = api.history.v1;
  return essence(History.toObject(History.fromObject({ events }), { enums: String, longs: String, bytes: String }), queue);
}

it('writes into history what the official TypeScript SDK writes for the same program', async () => {
  const official = readHistory('official-parity');
  const taskQueue = uniqueQueue();
  const worker = await startWorker({ client, taskQueue, workflows: [ParityWorkflow], activities });
  const handle = await client.startWorkflow(ParityWorkflow, 4, { taskQueue });
  expect(await handle.result()).toBe('16 false because');
  const { events } = await handle.fetchHistory();
  await worker.shutdown();
  expect(essenceOf(events, taskQueue)).toEqual(essenceOf(official.events, 'parity'));
});
