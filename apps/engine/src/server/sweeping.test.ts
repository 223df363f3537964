/** What is taken away by itself: runs whose retention is over, and the contents of deleted namespaces. */
import { toDuration } from '@tidemark/protocol/time';
import { expect, it, vi } from 'vitest';
import { inProcessClients } from '../frontend/in-process.ts';
import { openMemoryStore } from '../persistence/memory/memory-store.ts';
import { startEngine } from './start-engine.ts';

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

async function engineWith(namespace: string) {
  const store = openMemoryStore();
  const engine = await startEngine({ store, logger: quiet, ip: '127.0.0.1', port: 0, namespaces: [namespace], searchAttributes: {} });
  return { engine, store, ...inProcessClients(engine.frontend) };
}

const startOf = (namespace: string, workflowId: string) => ({
  namespace,
  workflowId,
  requestId: workflowId,
  workflowType: { name: 'Order' },
  taskQueue: { name: 'orders' },
});

it('a deleted namespace loses its runs, open ones too, and its schedules', async () => {
  const { engine, store, workflow, operator } = await engineWith('orders');
  await workflow.startWorkflowExecution(startOf('orders', 'a'));
  await workflow.startWorkflowExecution(startOf('orders', 'b'));
  await workflow.terminateWorkflowExecution({ namespace: 'orders', workflowExecution: { workflowId: 'b' } });
  await workflow.createSchedule({
    namespace: 'orders',
    scheduleId: 'nightly',
    requestId: 'r',
    schedule: { spec: { interval: [{ interval: toDuration(3_600_000) }] }, action: { startWorkflow: startOf('', 'nightly') } },
  });
  const { namespaceInfo } = await workflow.describeNamespace({ namespace: 'orders' });
  await operator.deleteNamespace({ namespace: 'orders' });
  const id = (await store.namespaces.list({ sizeMax: 10 })).find((one) => one.id === namespaceInfo?.id)?.id;
  if (id === undefined) throw new Error('the record of the namespace stays');
  await vi.waitFor(async () => {
    expect((await store.visibility.list({ namespaceId: id, sizeMax: 10 })).records).toEqual([]);
    expect(await store.schedules.list({ namespaceId: id, sizeMax: 10 })).toEqual([]);
  });
  await engine.stop(1000);
});

it('a closed run goes when its retention is over, and an open one stays', async () => {
  const { engine, store, workflow, operator } = await engineWith('orders');
  await workflow.startWorkflowExecution(startOf('orders', 'open'));
  await workflow.startWorkflowExecution(startOf('orders', 'closed'));
  await workflow.terminateWorkflowExecution({ namespace: 'orders', workflowExecution: { workflowId: 'closed' } });
  const record = await store.namespaces.findByName('orders');
  if (record === undefined) throw new Error('the namespace is there');
  await store.namespaces.replace({ ...record, retention: -1, version: record.version + 1 });
  // Any deletion asks for a sweep of all.
  await workflow.registerNamespace({ namespace: 'other', workflowExecutionRetentionPeriod: toDuration(86_400_000) });
  await operator.deleteNamespace({ namespace: 'other' });
  await vi.waitFor(async () => {
    const { executions } = await workflow.listWorkflowExecutions({ namespace: 'orders' });
    expect(executions.map(({ execution }) => execution?.workflowId)).toEqual(['open']);
  });
  await engine.stop(1000);
});
