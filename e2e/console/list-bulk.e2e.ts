import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { api } from '@tidemark/protocol/api';
import { expect, NAMESPACE, test } from './fixtures.ts';

const { WORKFLOW_EXECUTION_STATUS_RUNNING } = api.enums.v1.WorkflowExecutionStatus;

/** Nobody polls the queue, so the runs stay as they were started. */
async function openList(page: Page, queue: string, count: number) {
  await page.goto(`/n/${NAMESPACE}/workflows?queue=${queue}`);
  await expect(page.getByRole('checkbox', { name: /^Choose bulk-/ })).toHaveCount(count, { timeout: 20_000 });
}

test.describe('acting on many runs', () => {
  let queue = '';
  const ids: string[] = [];

  test.beforeEach(async ({ connection }) => {
    queue = `bulk-${randomUUID().slice(0, 8)}`;
    ids.length = 0;
    for (let index = 0; index < 5; index++) {
      const workflowId = `${queue}-${index}`;
      await connection.workflow.startWorkflowExecution({
        namespace: NAMESPACE,
        workflowId,
        workflowType: { name: 'BulkFlow' },
        taskQueue: { name: queue },
        requestId: randomUUID(),
      });
      ids.push(workflowId);
    }
  });

  const runningCount = async (connection: { workflow: { countWorkflowExecutions: (request: object) => Promise<{ count?: unknown }> } }) =>
    Number(
      (
        await connection.workflow.countWorkflowExecutions({
          namespace: NAMESPACE,
          query: `TaskQueue = '${queue}' AND ExecutionStatus = ${WORKFLOW_EXECUTION_STATUS_RUNNING}`,
        })
      ).count,
    );

  test('terminates chosen runs, asks why, and says how far it is', async ({ page, connection }) => {
    await openList(page, queue, 5);
    await page.getByRole('checkbox', { name: `Choose ${ids[4]}` }).click();
    await page.getByRole('checkbox', { name: `Choose ${ids[2]}` }).click({ modifiers: ['Shift'] });
    const bar = page.getByRole('toolbar', { name: 'Actions for the chosen runs' });
    await expect(bar).toContainText('3 chosen');
    await bar.getByRole('button', { name: 'Terminate…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Terminate 3 runs?' });
    await expect(dialog.getByRole('list', { name: 'Some of them' })).toContainText(ids[3] ?? '');
    await dialog.getByRole('button', { name: 'Terminate 3 runs' }).click();
    await expect(dialog.getByRole('alert')).toContainText('Why?');
    await dialog.getByLabel('Reason, kept with the batch').fill('started twice');
    await dialog.getByRole('button', { name: 'Terminate 3 runs' }).click();
    await expect(page.getByText('Terminate done: 3 of 3 runs.')).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole('link', { name: 'Open batch' })).toHaveAttribute('href', /\/batches\/[0-9a-f-]{36}$/);
    await expect.poll(() => runningCount(connection)).toBe(2);
  });

  test('signals everything that matches, from the keyboard', async ({ page, connection }) => {
    await openList(page, queue, 5);
    await page.getByRole('heading', { name: 'Workflows' }).click();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+a');
    await expect(page.getByRole('toolbar')).toContainText('All 5 that match');
    await page.keyboard.press('b');
    await page.keyboard.press('s');
    const dialog = page.getByRole('dialog', { name: 'Signal 5 runs?' });
    await dialog.getByLabel('Signal', { exact: true }).fill('approve');
    await dialog.getByLabel('Reason, kept with the batch').fill('month end');
    await dialog.getByRole('button', { name: 'Signal 5 runs' }).click();
    await expect(page.getByText('Signal done: 5 of 5 runs.')).toBeVisible({ timeout: 20_000 });
    const { history } = await connection.workflow.getWorkflowExecutionHistory({
      namespace: NAMESPACE,
      execution: { workflowId: ids[0] ?? '' },
    });
    const { EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED } = api.enums.v1.EventType;
    expect(history?.events?.some((event) => event.eventType === EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED)).toBe(true);
  });

  test('does not offer every run of a namespace, and forgets what was chosen under other filters', async ({ page }) => {
    await page.goto(`/n/${NAMESPACE}/workflows`);
    await page.getByRole('checkbox', { name: `Choose ${ids[0]}` }).click({ timeout: 20_000 });
    const all = page.getByRole('button', { name: /^choose all/ });
    await expect(all).toHaveAttribute('aria-disabled', 'true');
    await page.goto(`/n/${NAMESPACE}/workflows?queue=${queue}`);
    await page.getByRole('checkbox', { name: `Choose ${ids[0]}` }).click({ timeout: 20_000 });
    await expect(page.getByRole('toolbar')).toContainText('1 chosen');
    await page.getByRole('button', { name: 'Remove filter Queue is' }).click();
    await expect(page.getByRole('toolbar')).toHaveCount(0);
  });

  test.afterEach(async ({ connection }) => {
    for (const workflowId of ids)
      await connection.workflow
        .terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId }, identity: 'e2e' })
        .catch(() => undefined);
  });
});
