/** A server's connection, a worker of our own making on a queue of its own, and a run to look at. */
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { Page } from '@playwright/test';
import { connected } from '../fixtures/connected.ts';
import { payloads, runFakeWorker } from '../fixtures/fake-worker.ts';
import { orderWorker } from '../fixtures/order-flow.ts';

export const NAMESPACE = process.env['TIDEMARK_NAMESPACE'] ?? 'default';

export interface Order {
  readonly workflowId: string;
  readonly runId: string;
  readonly path: string;
}

interface TestFixtures {
  /** The order workflow's id decides its fate: see `order-flow.ts`. Its type may be one that no other test's runs have. */
  readonly startOrder: (kind?: string, type?: string) => Promise<Order>;
}
interface WorkerFixtures {
  readonly queue: string;
}

export const runPath = (workflowId: string, runId: string): string => `/n/${NAMESPACE}/w/${encodeURIComponent(workflowId)}/${runId}`;

export const test = connected.extend<TestFixtures, WorkerFixtures>({
  queue: [
    async ({ connection }, use) => {
      const queue = `orders-${randomUUID().slice(0, 8)}`;
      const stop = new AbortController();
      setMaxListeners(0, stop.signal);
      const worker = runFakeWorker(orderWorker({ connection, namespace: NAMESPACE, queue, identity: 'worker-e2e' }), stop.signal);
      await use(queue);
      stop.abort();
      await worker;
    },
    { scope: 'worker' },
  ],
  startOrder: async ({ connection, queue }, use) => {
    const started: string[] = [];
    await use(async (kind = '', type = 'OrderFlow') => {
      const workflowId = `e2e-${randomUUID().slice(0, 8)}${kind}`;
      const { runId } = await connection.workflow.startWorkflowExecution({
        namespace: NAMESPACE,
        workflowId,
        workflowType: { name: type },
        taskQueue: { name: queue },
        requestId: randomUUID(),
        identity: 'e2e',
        input: payloads({ orderId: workflowId, total: 1284.6 }),
      });
      started.push(workflowId);
      return { workflowId, runId, path: runPath(workflowId, runId) };
    });
    for (const workflowId of started) {
      // Those that have ended answer NOT_FOUND.
      await connection.workflow
        .terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId }, identity: 'e2e' })
        .catch(() => undefined);
    }
  },
});

/** What is seen comes with the first HTML; what a hand does then is kept and done later. Tests of keys wait until the page answers by itself. */
export const answers = (page: Page): Promise<unknown> => page.waitForFunction(() => !('earlyEvents' in window));

export { expect } from '@playwright/test';
