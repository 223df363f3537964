/** Workers that report themselves. */
import { randomUUID } from 'node:crypto';
import { StatusCode } from '@tidemark/protocol/errors';
import { toNumber } from '@tidemark/protocol/time';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { refusal } from '../support/refusal.ts';
import type { WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, openWholeEngine } from '../support/whole-engine.ts';

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

const heartbeatOf = (workerInstanceKey: string, taskQueue: string) => ({
  workerInstanceKey,
  workerIdentity: `identity of ${workerInstanceKey}`,
  taskQueue,
  sdkName: 'sdk',
  sdkVersion: '1.2.3',
  hostInfo: { hostName: 'host' },
});

/** The keys of workers that report themselves for a queue of their own. */
async function report(count: number): Promise<{ readonly taskQueue: string; readonly keys: readonly string[] }> {
  const taskQueue = randomUUID();
  const keys = Array.from({ length: count }, () => randomUUID()).sort();
  const workerHeartbeat = keys.map((key) => heartbeatOf(key, taskQueue));
  await engine.workflow.recordWorkerHeartbeat({ namespace: NAMESPACE, identity: 'test', workerHeartbeat });
  return { taskQueue, keys };
}
async function list(query: string, pageSize = 100): Promise<readonly string[]> {
  const keys: string[] = [];
  let nextPageToken = new Uint8Array();
  do {
    const page = await engine.workflow.listWorkers({ namespace: NAMESPACE, query, pageSize, nextPageToken });
    expect(page.workersInfo.length).toBeLessThanOrEqual(pageSize);
    keys.push(...page.workersInfo.map(({ workerHeartbeat }) => workerHeartbeat?.workerInstanceKey ?? ''));
    nextPageToken = new Uint8Array(page.nextPageToken);
  } while (nextPageToken.length > 0);
  return keys;
}

it('a worker is described as it reported itself last', async () => {
  const { taskQueue, keys } = await report(1);
  const key = keys[0] ?? '';
  const describeWorker = async () =>
    (await engine.workflow.describeWorker({ namespace: NAMESPACE, workerInstanceKey: key })).workerInfo?.workerHeartbeat;
  expect(await describeWorker()).toMatchObject(heartbeatOf(key, taskQueue));
  const workerHeartbeat = [{ ...heartbeatOf(key, taskQueue), sdkVersion: '2.0.0' }];
  await engine.workflow.recordWorkerHeartbeat({ namespace: NAMESPACE, identity: 'test', workerHeartbeat });
  expect((await describeWorker())?.sdkVersion).toBe('2.0.0');
});

it('a worker that never reported itself is not found', async () => {
  const call = engine.workflow.describeWorker({ namespace: NAMESPACE, workerInstanceKey: randomUUID() });
  expect((await refusal(call)).code).toBe(StatusCode.NOT_FOUND);
});

it('workers are listed and counted by a query', async () => {
  const { taskQueue, keys } = await report(3);
  const [first = '', ...others] = keys;
  const ofQueue = `TaskQueue = '${taskQueue}'`;
  expect(await list(ofQueue)).toEqual(keys);
  expect(await list(`${ofQueue} AND WorkerInstanceKey = '${first}'`)).toEqual([first]);
  expect(await list(`${ofQueue} AND WorkerIdentity != 'identity of ${first}'`)).toEqual(others);
  expect(await list(`${ofQueue} AND SdkVersion STARTS_WITH '1.2'`)).toEqual(keys);
  const { count } = await engine.workflow.countWorkers({ namespace: NAMESPACE, query: ofQueue });
  expect(toNumber(count)).toBe(3);
  expect((await refusal(list('Nobody = 1'))).code).toBe(StatusCode.INVALID_ARGUMENT);
});

it('workers are listed in pages, each once', async () => {
  const { taskQueue, keys } = await report(5);
  expect(await list(`TaskQueue = '${taskQueue}'`, 2)).toEqual(keys);
});

it('no workers are listed where none reported themselves', async () => {
  const query = `TaskQueue = '${randomUUID()}'`;
  expect(await list(query)).toEqual([]);
  expect(toNumber((await engine.workflow.countWorkers({ namespace: NAMESPACE, query })).count)).toBe(0);
});

it('workers may report themselves with a poll for Nexus tasks', async () => {
  const [taskQueue, key] = [randomUUID(), randomUUID()];
  const poll = engine.workflow.pollNexusTaskQueue(
    { namespace: NAMESPACE, taskQueue: { name: taskQueue }, workerHeartbeat: [heartbeatOf(key, taskQueue)] },
    { deadline: Date.now() + 2500 },
  );
  await expect.poll(() => list(`TaskQueue = '${taskQueue}'`)).toEqual([key]);
  await poll;
});

it('a worker that shuts down reports itself a last time', async () => {
  const [taskQueue, key] = [randomUUID(), randomUUID()];
  const workerHeartbeat = heartbeatOf(key, taskQueue);
  await engine.workflow.shutdownWorker({ namespace: NAMESPACE, identity: 'test', workerInstanceKey: key, workerHeartbeat });
  expect(await list(`TaskQueue = '${taskQueue}'`)).toEqual([key]);
});
