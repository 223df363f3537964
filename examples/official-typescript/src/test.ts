/** Runs the order system against TIDEMARK_ADDRESS and checks what came out. Exits with 1 when something is not as it should be. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { Client, Connection, WorkflowFailedError } from '@temporalio/client';
import { ActivityFailure, ApplicationFailure, CancelledFailure } from '@temporalio/common';
import type { NativeConnection } from '@temporalio/worker';
import { createVersion, createWorker } from './worker';
import { approve, Order, reject, status } from './workflows';

const address = process.env['TIDEMARK_ADDRESS'] ?? '127.0.0.1:7233';
const taskQueue = `official-typescript-${randomUUID()}`;
const items = [
  { sku: 'lamp', quantity: 1, priceCents: 4900 },
  { sku: 'bulb', quantity: 3, priceCents: 450 },
];

async function failureOf(result: Promise<unknown>): Promise<Error | undefined> {
  const error: unknown = await result.then(
    () => assert.fail('the order went through'),
    (thrown: unknown) => thrown,
  );
  assert(error instanceof WorkflowFailedError);
  return error.cause;
}

async function checks(client: Client): Promise<void> {
  const start = (orderId: string, more: object = {}) =>
    client.workflow.start(Order, {
      taskQueue,
      workflowId: `official-${orderId}-${randomUUID()}`,
      args: [{ orderId, customer: 'ada@example.com', items, ...more }],
    });
  const until = async (handle: Awaited<ReturnType<typeof start>>, state: string) => {
    for (const deadline = Date.now() + 15_000; (await handle.query(status)).state !== state; )
      assert(Date.now() < deadline, `the order never came to ${state}`);
  };

  const approved = await start('approved');
  await approved.signal(approve, 'grace');
  assert.deepEqual(await approved.result(), {
    orderId: 'approved',
    totalCents: 6250,
    paymentId: 'payment-approved',
    trackingId: 'tracking-approved',
    approvedBy: 'grace',
  });
  const history = await approved.fetchHistory();
  mkdirSync('out', { recursive: true });
  writeFileSync('out/approved.json', JSON.stringify(history.events?.map((event) => event.eventType)));

  const late = await start('late', { approvalTimeoutMs: 200 });
  assert.equal((await late.result()).approvedBy, 'nobody (the deadline passed)');

  const rejected = await start('rejected');
  await rejected.signal(reject, 'grace');
  const refusal = await failureOf(rejected.result());
  assert(refusal instanceof ApplicationFailure && refusal.type === 'OrderRejected');

  const broken = await start('broken', { approvalTimeoutMs: 100, shippingFails: true });
  const breakage = await failureOf(broken.result());
  assert(breakage instanceof ActivityFailure && breakage.cause instanceof ApplicationFailure && breakage.cause.type === 'ItemBroken');

  const cancelled = await start('cancelled');
  await until(cancelled, 'waiting for approval');
  await cancelled.cancel();
  assert((await failureOf(cancelled.result())) instanceof CancelledFailure);
  assert.equal((await cancelled.describe()).status.name, 'CANCELLED');
}

/** An order that is pinned to a build whose worker has stopped waits, and goes on with the build it is moved to. */
async function checkVersions(client: Client, native: NativeConnection): Promise<void> {
  const { workflowService } = client;
  const namespace = client.options.namespace;
  const deploymentName = `official-${randomUUID()}`;
  const queue = `versions-${deploymentName}`;
  const version = (buildId: string) => ({ deploymentName, buildId });
  const setCurrent = async (buildId: string) => {
    // The deployment is known once the worker has polled.
    for (const deadline = Date.now() + 30_000; ; ) {
      const error: unknown = await workflowService
        .setWorkerDeploymentCurrentVersion({ namespace, deploymentName, buildId, identity: 'test' })
        .then(
          () => undefined,
          (refusal: unknown) => refusal,
        );
      if (error === undefined) return;
      if (Date.now() > deadline) throw error;
    }
  };
  const handle = await (await createVersion(native, queue, version('v1'))).runUntil(async () => {
    await setCurrent('v1');
    const workflowId = `official-pinned-${randomUUID()}`;
    const started = await client.workflow.start(Order, {
      taskQueue: queue,
      workflowId,
      args: [{ orderId: 'pinned', customer: 'ada@example.com', items }],
    });
    for (const deadline = Date.now() + 15_000; (await started.query(status)).state !== 'waiting for approval'; )
      assert(Date.now() < deadline, 'the order never waited for approval');
    return started;
  });
  await (await createVersion(native, queue, version('v2'))).runUntil(async () => {
    await setCurrent('v2');
    await handle.signal(approve, 'grace');
    const { raw } = await handle.describe();
    assert.equal(raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId, 'v1');
    assert.equal(raw.pendingWorkflowTask?.startedTime ?? null, null);
    await workflowService.updateWorkflowExecutionOptions({
      namespace,
      workflowExecution: { workflowId: handle.workflowId },
      workflowExecutionOptions: { versioningOverride: { pinned: { behavior: 1, version: version('v2') } } },
      updateMask: { paths: ['versioning_override'] },
    });
    assert.equal((await handle.result()).approvedBy, 'grace');
  });
  const { events } = await handle.fetchHistory();
  const builds = events?.flatMap(({ workflowTaskCompletedEventAttributes: done }) => done?.deploymentVersion?.buildId ?? []);
  assert.deepEqual([...new Set(builds)], ['v1', 'v2']);
}

async function main(): Promise<void> {
  const connection = await Connection.connect({ address });
  const { worker, connection: native } = await createWorker(address, taskQueue);
  const client = new Client({ connection });
  await worker.runUntil(checks(client));
  await checkVersions(client, native);
  await native.close();
  await connection.close();
  console.log('the official TypeScript SDK: 5 orders as expected, and one that was moved to another build');
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
