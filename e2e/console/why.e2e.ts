/** Why a run does not move, on its page and in the list, and what can be done about it from there. */
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, NAMESPACE, runPath, test } from './fixtures.ts';
import { violations } from './violations.ts';

const strip = (page: Page, text: string | RegExp) => page.getByRole('status').filter({ hasText: text });
const reasons = (page: Page) => page.getByRole('complementary', { name: 'Inspector: why it is not moving' });

test('names the activity that backs off, shows the evidence, and tries it again at once', async ({ page, startOrder }) => {
  test.setTimeout(120_000);
  const order = await startOrder('-retry');
  await page.goto(order.path);
  await expect(strip(page, /Waiting on chargeCard: attempt [2-9] failed with 502 Bad Gateway/)).toBeVisible({ timeout: 40_000 });
  await page.getByRole('button', { name: /^\d reasons$/ }).click();
  await expect(page).toHaveURL(/why=true/);
  await expect(reasons(page)).toContainText('GatewayError: 502 Bad Gateway');
  await expect(reasons(page)).toContainText('Waiting for the timer chargeDeadline');
  expect(await violations(page)).toEqual([]);
  // From here on it waits for sixteen seconds and more, and the attempts that come sooner are counted from one.
  await expect(strip(page, /Waiting on chargeCard: attempt [5-9] failed/)).toBeVisible({ timeout: 40_000 });
  await reasons(page).getByRole('button', { name: 'Retry now' }).click();
  await expect(page.getByText('The activity is tried again now.')).toBeVisible();
  await expect(strip(page, /Waiting on chargeCard: attempt [1-3] failed/)).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Close inspector' }).click();
  await expect(reasons(page)).toBeHidden();
});

test('says that nobody polls a queue, here and in the list, and leads to it', async ({ page, connection }) => {
  const workflowId = `e2e-why-${randomUUID().slice(0, 8)}`;
  const queue = `lonely-${randomUUID().slice(0, 8)}`;
  const { runId } = await connection.workflow.startWorkflowExecution({
    namespace: NAMESPACE,
    workflowId,
    workflowType: { name: 'OrderFlow' },
    taskQueue: { name: queue },
    requestId: randomUUID(),
  });
  await page.goto(`/n/${NAMESPACE}/workflows?id=${workflowId}`);
  await expect(page.getByRole('columnheader', { name: 'Waiting on' })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: `no worker on ${queue}` })).toBeVisible({ timeout: 20_000 });
  await page.goto(runPath(workflowId, runId));
  await expect(strip(page, `no worker polls ${queue}`)).toBeVisible();
  await page.getByRole('link', { name: 'See the queue' }).click();
  await expect(page.getByRole('heading', { name: queue, level: 1 })).toBeVisible();
  await connection.workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId } });
});

test('pauses a run with a reason and lets it go on', async ({ page, startOrder }) => {
  const order = await startOrder('-approve');
  await page.goto(order.path);
  await expect(strip(page, /Waiting for the timer (fraudHold|chargeDeadline)/)).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: /^Pause…/ }).click();
  await page.getByLabel('Reason, shown while it is paused').fill('address check');
  await page.getByRole('button', { name: 'Pause run' }).click();
  await expect(strip(page, /Paused by console, .* ago: address check/)).toBeVisible();
  await expect(page.getByText(/^Paused \d/)).toBeVisible();
  await page.goto(`/n/${NAMESPACE}/workflows?id=${order.workflowId}`);
  await expect(page.getByRole('button', { name: /^Paused/ })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: 'Paused', exact: true })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: 'paused by console: address check' })).toBeVisible({ timeout: 20_000 });
  expect(await violations(page)).toEqual([]);
  await page.goto(order.path);
  await page.getByRole('button', { name: 'Resume run' }).click();
  await expect(strip(page, /Waiting for the timer/)).toBeVisible();
  await expect(page.getByText(/^Running \d/)).toBeVisible();
});
