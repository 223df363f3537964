/** What people come for, from the question to the answer, by keyboard alone. */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { api } from '@tidemark/protocol/api';
import type { Connection } from '@tidemark/protocol/client';
import { freePort, startProduct } from '../fixtures/product-process.ts';
import { expect, NAMESPACE, test } from './fixtures.ts';

const { WORKER_STATUS_RUNNING } = api.enums.v1.WorkerStatus;

const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

async function start(connection: Connection, queue: string): Promise<string> {
  const workflowId = `journey-${randomUUID().slice(0, 8)}`;
  await connection.workflow.startWorkflowExecution({
    namespace: NAMESPACE,
    workflowId,
    workflowType: { name: 'OrderFlow' },
    taskQueue: { name: queue },
    requestId: randomUUID(),
  });
  return workflowId;
}

test('from "something is stuck" to its cause in three steps', async ({ page, connection, startOrder }) => {
  test.setTimeout(120_000);
  const lonely = `lonely-${randomUUID().slice(0, 8)}`;
  const busy = await fullQueue(connection);
  const stuck: readonly (readonly [string, RegExp])[] = [
    [await start(connection, lonely), /no worker polls/],
    [await start(connection, busy), /all 4 slots of its worker are taken/],
    [(await startOrder('-nde')).workflowId, /scheduled activity "fraudScore", but the code started timer/],
    [(await startOrder('-retry')).workflowId, /chargeCard: attempt \d+ failed with 502 Bad Gateway/],
  ];
  await page.goto(`/n/${NAMESPACE}/workflows`);
  await expect(page.getByRole('grid', { name: 'Workflows' })).toBeVisible();
  for (const [workflowId, cause] of stuck) {
    // One: look for it. Two: open it. The answer is the first line of the page.
    await press(page, 'Control+k');
    await page.keyboard.type(workflowId);
    await expect(page.getByRole('option', { name: new RegExp(workflowId), selected: true })).toBeVisible();
    await press(page, 'Enter');
    await expect(page.getByRole('status').filter({ hasText: cause })).toBeVisible({ timeout: 30_000 });
  }
  for (const [workflowId] of stuck)
    await connection.workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId }, identity: 'e2e' });
});

/** A queue whose one worker polls nothing more, for it has its hands full. */
async function fullQueue(connection: Connection): Promise<string> {
  const queue = `busy-${randomUUID().slice(0, 8)}`;
  await connection.workflow.recordWorkerHeartbeat({
    namespace: NAMESPACE,
    identity: 'busy-worker',
    workerHeartbeat: [
      {
        workerInstanceKey: randomUUID(),
        workerIdentity: 'busy-worker',
        taskQueue: queue,
        status: WORKER_STATUS_RUNNING,
        workflowTaskSlotsInfo: { currentUsedSlots: 4, currentAvailableSlots: 0 },
      },
    ],
  });
  // It asked once, so that the queue knows it; the answer comes when the server's patience ends.
  await connection.workflow
    .pollWorkflowTaskQueue({ namespace: NAMESPACE, taskQueue: { name: queue }, identity: 'busy-worker' }, { deadline: Date.now() + 2_200 })
    .catch(() => undefined);
  return queue;
}

test('in a run of 51 200 events to the first failure of an activity, all its attempts, and a link that shows the same', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const folder = await mkdtemp(join(tmpdir(), 'tidemark-journey-'));
  const file = join(folder, 'long.db');
  const generator = fileURLToPath(new URL('../../apps/engine/bench/fixtures/generate.ts', import.meta.url));
  const made = spawnSync(process.execPath, ['--import', 'tsx', generator, '--db', file, '--runs', '0', '--shapes', 'events-51200'], {
    encoding: 'utf8',
  });
  expect(made.status, made.stderr).toBe(0);
  const [port, httpPort, uiPort] = [await freePort(), await freePort(), await freePort()];
  const ports = ['--port', String(port), '--http-port', String(httpPort), '--ui-port', String(uiPort)];
  const product = await startProduct(['server', 'start-dev', ...ports, '--db-filename', file, '--log-level', 'error']);
  const baseURL = `http://127.0.0.1:${uiPort}`;
  try {
    const context = await browser.newContext({ baseURL, permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    await page.goto('/n/bench/w/events-51200');
    await expect(page.getByRole('link', { name: /^History 51\D?200/ })).toBeVisible({ timeout: 60_000 });
    await press(page, '/');
    await page.keyboard.type('chargeCard');
    await press(page, 'Enter', 'e');
    const inspector = page.getByRole('complementary', { name: 'Inspector: chargeCard' });
    await inspector.getByRole('tab', { name: /^Attempts/ }).focus();
    await press(page, 'Enter');
    await expect(inspector).toContainText('card declined');
    await press(page, '+', '+');
    await press(page, 'Control+.');
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const colleague = await (await browser.newContext({ baseURL })).newPage();
    await colleague.goto(link);
    await expect(colleague.getByRole('complementary', { name: 'Inspector: chargeCard' })).toBeVisible({ timeout: 60_000 });
    expect(new URL(colleague.url()).search).toBe(new URL(link).search);
  } finally {
    await product.stop();
    await rm(folder, { recursive: true });
  }
});

test('signals five hundred runs after a look at them and at a pace, and stops half-way', async ({ page, connection }) => {
  test.setTimeout(150_000);
  const queue = `month-${randomUUID().slice(0, 8)}`;
  await Promise.all(Array.from({ length: 500 }, () => start(connection, queue)));
  await page.goto(`/n/${NAMESPACE}/workflows?queue=${queue}`);
  await expect(page.getByRole('checkbox', { name: /^Choose journey-/ }).first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('500 match')).toBeVisible({ timeout: 30_000 });
  await press(page, 'Control+a', 'Control+a');
  await expect(page.getByRole('toolbar')).toContainText('All 500 that match');
  await press(page, 'b', 's');
  const dialog = page.getByRole('dialog', { name: 'Signal 500 runs?' });
  await expect(dialog.getByRole('list', { name: 'Some of them' })).toContainText('journey-');
  await dialog.getByLabel('Signal', { exact: true }).focus();
  await page.keyboard.type('approve');
  await dialog.getByLabel('Reason, kept with the batch').focus();
  await page.keyboard.type('month end');
  await dialog.getByLabel(/^Pace/).focus();
  await page.keyboard.type('20');
  await dialog.getByRole('button', { name: 'Signal 500 runs' }).focus();
  await press(page, 'Enter');
  await expect(page.getByText(/^Signalling: [1-9]\d* of 500 runs/)).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Stop', exact: true }).focus();
  await press(page, 'Enter');
  await expect(page.getByText(/Signal stopped: /)).toBeVisible({ timeout: 30_000 });
  await page.getByRole('link', { name: 'Open batch' }).focus();
  await press(page, 'Enter');
  await expect(page.getByText('It ended early')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/runs left as they were/)).toBeVisible();
});
