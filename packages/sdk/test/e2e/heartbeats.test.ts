import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import * as activities from '../fixtures/stock-activities.ts';
import { connect, eventually, startWorker, uniqueQueue } from './server.ts';

it('a worker tells the server of its slots, its cache and its machine', async () => {
  const client = await connect();
  const taskQueue = uniqueQueue();
  const workflows = fileURLToPath(new URL('../fixtures/versions/original.ts', import.meta.url));
  const worker = await startWorker({
    client,
    taskQueue,
    workflows,
    activities,
    maxConcurrentWorkflowTasks: 12,
    maxConcurrentActivities: 34,
  });
  const { namespace, rpc } = client;
  const beat = await eventually(async () => {
    const { workersInfo } = await rpc.workflow.listWorkers({ namespace, query: `TaskQueue = '${taskQueue}'` });
    return workersInfo[0]?.workerHeartbeat ?? undefined;
  });
  expect(beat).toMatchObject({
    sdkName: 'tidemark-typescript',
    hostInfo: { hostName: hostname(), processId: String(process.pid) },
    workflowTaskSlotsInfo: { slotSupplierKind: 'Fixed', currentUsedSlots: expect.any(Number) },
    activityTaskSlotsInfo: { slotSupplierKind: 'Fixed', currentUsedSlots: expect.any(Number) },
    currentStickyCacheSize: 0,
  });
  const countOf = (slots: typeof beat.activityTaskSlotsInfo) => (slots?.currentUsedSlots ?? 0) + (slots?.currentAvailableSlots ?? 0);
  expect([countOf(beat.workflowTaskSlotsInfo), countOf(beat.activityTaskSlotsInfo)]).toEqual([12, 34]);
  expect(beat.hostInfo?.currentHostMemUsage).toBeGreaterThan(0);
  await worker.shutdown();
  await client.close();
});
