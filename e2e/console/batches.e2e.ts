import { randomUUID } from 'node:crypto';
import type { Connection } from '@tidemark/protocol/client';
import type { Page } from '@playwright/test';
import { expect, NAMESPACE, test } from './fixtures.ts';

/** Runs that no worker takes, so each stays as it is until a batch comes. */
async function startWaiting(connection: Connection, count: number): Promise<string> {
  const prefix = `batch-${randomUUID().slice(0, 8)}`;
  for (let index = 0; index < count; index++)
    await connection.workflow.startWorkflowExecution({
      namespace: NAMESPACE,
      workflowId: `${prefix}-${index}`,
      workflowType: { name: 'WaitingFlow' },
      taskQueue: { name: 'nobody-polls-batches' },
      requestId: randomUUID(),
      identity: 'e2e',
    });
  return prefix;
}

async function fillIn(page: Page, { prefix, operation }: { prefix: string; operation: string }): Promise<void> {
  await page.goto(`/n/${NAMESPACE}/batches/new`);
  await page.getByLabel('Query').fill(`WorkflowId STARTS_WITH '${prefix}'`);
  await page.getByRole('button', { name: operation, exact: true }).click();
  await page.getByLabel('Reason').fill('end-to-end test');
}

test('counts the runs, asks for the word, and terminates them', async ({ page, connection }) => {
  const prefix = await startWaiting(connection, 3);
  await fillIn(page, { prefix, operation: 'Terminate' });
  await expect(page.getByRole('complementary', { name: 'What will happen' })).toContainText('3 open runs', { timeout: 20_000 });
  await page.getByRole('button', { name: 'Terminate these runs' }).click();
  const start = page.getByRole('dialog').getByRole('button', { name: 'Start batch' });
  await expect(start).toBeDisabled();
  await page.getByRole('dialog').getByLabel('Write terminate to go on').fill('terminate');
  await start.click();
  await expect(page.getByRole('progressbar')).toHaveAttribute('aria-valuetext', '3 of 3', { timeout: 30_000 });
  await expect(page.getByText('Done')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('end-to-end test')).toBeVisible();
  const jobId = page.url().split('/').at(-1) ?? '';
  await page.goto(`/n/${NAMESPACE}/batches`);
  await expect(page.getByRole('row').filter({ hasText: jobId })).toContainText('Done');
});

test('names the runs that could not be changed, and why', async ({ page, connection }) => {
  const prefix = await startWaiting(connection, 2);
  await fillIn(page, { prefix, operation: 'Reset' });
  await page.getByRole('button', { name: 'Reset these runs' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start batch' }).click();
  const failures = page.getByRole('table', { name: 'Runs that could not be changed' });
  await expect(failures.getByRole('link', { name: `${prefix}-0` })).toBeVisible({ timeout: 30_000 });
  await expect(failures.getByRole('row')).toHaveCount(3);
  await expect(page.getByText('2 runs of 2 could not be changed.')).toBeVisible();
});

test('stops a batch, with the reason, and leaves the rest as it was', async ({ page, connection }) => {
  const prefix = await startWaiting(connection, 12);
  await fillIn(page, { prefix, operation: 'Cancel' });
  await page.getByLabel('Pace', { exact: true }).fill('1');
  await page.getByRole('button', { name: 'Cancel these runs' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start batch' }).click();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('button', { name: 'Stop batch' }).click();
  await expect(page.getByText('Say why: the reason is kept with the job.')).toBeVisible();
  await page.getByRole('dialog').getByLabel('Reason').fill('wrong query');
  await page.getByRole('button', { name: 'Stop batch' }).click();
  await expect(page.getByText('It ended early: stopped: wrong query.')).toBeVisible({ timeout: 20_000 });
});

test('says what is wrong with a query beside its number', async ({ page }) => {
  await page.goto(`/n/${NAMESPACE}/batches/new?q=${encodeURIComponent('NoSuchField = 1')}`);
  await expect(page.getByRole('complementary', { name: 'What will happen' })).toContainText('NoSuchField', { timeout: 20_000 });
});

test.afterEach(async ({ connection }) => {
  const query = "WorkflowType = 'WaitingFlow' AND ExecutionStatus = 'Running'";
  const { executions } = await connection.workflow.listWorkflowExecutions({ namespace: NAMESPACE, query, pageSize: 100 });
  // Those that have ended meanwhile answer NOT_FOUND.
  for (const { execution } of executions)
    await connection.workflow
      .terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: execution ?? null, identity: 'e2e' })
      .catch(() => undefined);
});
