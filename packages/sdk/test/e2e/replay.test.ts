import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../src/client/client.ts';
import { fromPayloads, defaultPayloadConverter } from '../../src/converter/payload.ts';
import type { ReplayReport } from '../../src/replay/report-types.ts';
import * as activities from '../fixtures/stock-activities.ts';
import type { StockWorkflow } from '../fixtures/versions/original.ts';
import { connect, eventually, startWorker, uniqueQueue } from './server.ts';

const version = (name: string): URL => new URL(`../fixtures/versions/${name}.ts`, import.meta.url);
let client: Client;

beforeAll(async () => {
  client = await connect();
});
afterAll(() => client.close());

/** A run that waits for its approval, started by the code as it was. */
async function openRun(taskQueue: string) {
  const worker = await startWorker({ client, taskQueue, workflows: version('original'), activities });
  const handle = await client.startWorkflow<StockWorkflow>('Stock', { taskQueue, args: ['o1'] });
  await eventually(async () => ((await handle.describe()).historyLength >= 15 ? true : undefined));
  return { worker, handle };
}

describe('a worker with changed code', () => {
  it('fails the task with the report of where history and code part', async () => {
    const taskQueue = uniqueQueue();
    const { worker, handle } = await openRun(taskQueue);
    await worker.shutdown();
    const changed = await startWorker({ client, taskQueue, workflows: version('renamed'), activities });
    await handle.signal('approve');
    const failed = await eventually(async () => {
      const { events } = await handle.fetchHistory();
      return events.find((event) => event.workflowTaskFailedEventAttributes?.failure)?.workflowTaskFailedEventAttributes ?? undefined;
    });
    expect(failed.cause).toBe(24);
    expect(failed.failure?.applicationFailureInfo?.type).toBe('NondeterminismError');
    expect(failed.failure?.message).toMatch(
      /^\[TMPRL1100\] Task 2 \(event 10\): history scheduled activity "reserveStock" \(#1\), but the code at .*renamed\.ts:\d+ in run scheduled activity "holdStock"/,
    );
    const [report] = fromPayloads(defaultPayloadConverter, failed.failure?.applicationFailureInfo?.details) as [ReplayReport];
    expect(report).toMatchObject({
      format: 'replay-report/1',
      verdict: 'nondeterminism',
      divergence: { kind: 'different-identity', taskIndex: 2 },
    });
    await changed.shutdown();
    // The code is put right, and the run goes on.
    const again = await startWorker({ client, taskQueue, workflows: version('original'), activities });
    expect(await handle.result()).toBe('reserved o1, charged o1, 7');
    await again.shutdown();
  });
});

describe('the replay query', () => {
  it('is answered with the lanes of all tasks, beside the cached run', async () => {
    const taskQueue = uniqueQueue();
    const { worker, handle } = await openRun(taskQueue);
    const ask = client.getWorkflowHandle<{ __tidemark_replay(): ReplayReport; isApproved(): boolean }>(handle.workflowId);
    const report = await ask.query('__tidemark_replay');
    expect(report).toMatchObject({
      verdict: 'ok',
      tasks: { total: 3, matched: 3 },
      execution: { workflowId: handle.workflowId, workflowType: 'Stock' },
    });
    expect(report.lanes.map(({ rows }) => rows.map(({ status }) => status))).toEqual([['same'], ['same'], []]);
    expect(await ask.query('isApproved')).toBe(false);
    await handle.signal('approve');
    expect(await handle.result()).toBe('reserved o1, charged o1, 7');
    await worker.shutdown();
  });

  it('is answered for a closed run by code that has changed', async () => {
    const taskQueue = uniqueQueue();
    const { worker, handle } = await openRun(taskQueue);
    await handle.signal('approve');
    await handle.result();
    await worker.shutdown();
    const changed = await startWorker({ client, taskQueue, workflows: version('other-ending'), activities });
    const report = await client.getWorkflowHandle<{ __tidemark_replay(): ReplayReport }>(handle.workflowId).query('__tidemark_replay');
    expect(report.divergence?.kind).toBe('different-ending');
    expect(report.lanes).toHaveLength(5);
    await changed.shutdown();
  });
});

describe('a worker that caches nothing', () => {
  it('replays every task from the beginning', async () => {
    const taskQueue = uniqueQueue();
    const worker = await startWorker({ client, taskQueue, workflows: version('original'), activities, maxCachedWorkflows: 0 });
    const handle = await client.startWorkflow<StockWorkflow>('Stock', { taskQueue, args: ['o2'] });
    await handle.signal('approve');
    expect(await handle.result()).toBe('reserved o2, charged o2, 7');
    await worker.shutdown();
  });
});
