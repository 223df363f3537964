/** A run of our SDK meets code that has changed: the console shows the line and hands over the change that mends it. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { api } from '@tidemark/protocol/api';
import type { Connection } from '@tidemark/protocol/client';
import { payloads } from '../../fixtures/fake-worker.ts';
import { withInvoiceWorker } from '../../fixtures/sdk-worker.ts';
import { expect, NAMESPACE, test } from '../fixtures.ts';
import { clipboard, findInList, openRow, press } from './keys.ts';
import { listen } from './reader.ts';

const { EventType, WorkflowTaskFailedCause } = api.enums.v1;

/** Where the step that `after` has and `before` has not is written. */
const inserted = readFileSync(new URL('../../fixtures/replay/after.ts', import.meta.url), 'utf8')
  .split('\n')
  .findIndex((line) => line.includes('executeActivity(checkCredit'));

test('from a nondeterminism error to the line that parted from history and a change to copy, by keys alone', async ({
  page,
  context,
  connection,
}) => {
  test.setTimeout(120_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const queue = `invoices-${randomUUID().slice(0, 8)}`;
  const execution = await startInvoice(connection, queue);
  const events = () => readEvents(connection, execution);
  const completedTasks = async () =>
    (await events()).filter(({ eventType }) => eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED).length;
  const failedTask = async () => (await events()).findLast((event) => event.workflowTaskFailedEventAttributes);

  await withInvoiceWorker('before', queue, async () => {
    // The draft is written, the timer has fired, and the run waits for its approval.
    await expect.poll(completedTasks, { timeout: 30_000 }).toBe(3);
  });
  await withInvoiceWorker('after', queue, async () => {
    await connection.workflow.signalWorkflowExecution({
      namespace: NAMESPACE,
      workflowExecution: execution,
      signalName: 'approve',
      requestId: randomUUID(),
      identity: 'e2e',
    });
    await expect.poll(async () => (await failedTask()) !== undefined, { timeout: 30_000 }).toBe(true);
    const failed = (await failedTask())?.workflowTaskFailedEventAttributes;
    expect(failed?.cause).toBe(WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR);
    expect(failed?.failure?.message).toContain(`after.ts:${inserted + 1}`);

    await findInList(page, execution.workflowId.slice(4));
    const reader = await listen(page);
    await openRow(page, execution.workflowId);
    await reader.hear(/^row, .*Task failing.*, row index 2/);
    await reader.hear(new RegExp(`^heading, ${execution.workflowId}, level 1$`));
    await reader.hear(/^polite: Running\. .*scheduled activity "checkCredit"/);
    // The first line says it already, from the failure that the worker left.
    await expect(page.getByRole('status').filter({ hasText: 'scheduled activity "checkCredit"' })).toBeVisible();
    await reader.anew();
    await press(page, 'a', 'p');
    await expect(page).toHaveURL(/\/replay$/);
    await expect(page).toHaveTitle(new RegExp(`${execution.workflowId} · Replay$`));
    await reader.hear(
      new RegExp(`^polite: Nondeterministic at workflow task 2\\. .*after\\.ts:${inserted + 1} in run scheduled activity "checkCredit"`),
    );
    await expect(page.getByRole('status').filter({ hasText: 'Nondeterministic at workflow task 2.' })).toContainText(
      new RegExp(`History started timer .*but the code at .*after\\.ts:${inserted + 1} in run scheduled activity "checkCredit"`),
    );
    // Answered by the worker now, not read from the failure that it left.
    await expect(page.getByText('nothing was written')).toBeVisible();
    const row = page.getByRole('row').filter({ has: page.getByRole('button', { name: 'Diverged' }) });
    await expect(row).toHaveCount(1);
    await expect(row.getByText('checkCredit')).toBeVisible();
    await expect(row.getByText(`after.ts:${inserted + 1}`)).toBeVisible();
    await expect(page.locator('.ln.bad')).toContainText('await workflow.executeActivity(checkCredit, orderId, quick);');
    await expect(page.locator('.ln.bad')).toContainText(String(inserted + 1));
    await expect(page.getByRole('row').filter({ hasText: 'Not replayed' })).toContainText('no commands');
    // Read on from the heading: the tab, the two sides where they part, and the line.
    await reader.readTo(/^link, Replay, current page/);
    await reader.readTo(
      new RegExp(`^row, 2 .*only in history: timer .*only by the code: checkCredit after\\.ts:${inserted + 1} Diverged,`),
    );
    await reader.readTo(/^button, Diverged, not expanded/);
    await reader.readTo(/^this line/);
    await reader.readTo(/^await workflow\.executeActivity\(checkCredit/);
    await press(page, 'd');
    await expect(row.getByRole('button', { name: 'Diverged' })).toHaveAttribute('aria-expanded', 'true');
    const change = page.getByLabel('Suggested change');
    await expect(change).toContainText('workflow.patched(');
    await press(page, 'y', 'p');
    await expect(page.getByText('Suggested change copied.')).toBeVisible();
    expect(await clipboard(page)).toBe(await change.textContent());
    await connection.workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: execution, identity: 'e2e' });
  });
});

async function startInvoice(connection: Connection, queue: string) {
  const workflowId = `e2e-invoice-${randomUUID().slice(0, 8)}`;
  const { runId } = await connection.workflow.startWorkflowExecution({
    namespace: NAMESPACE,
    workflowId,
    workflowType: { name: 'Invoice' },
    taskQueue: { name: queue },
    requestId: randomUUID(),
    identity: 'e2e',
    input: payloads('order-1'),
  });
  return { workflowId, runId };
}

async function readEvents(connection: Connection, execution: { workflowId: string; runId: string }) {
  const { history } = await connection.workflow.getWorkflowExecutionHistory({ namespace: NAMESPACE, execution });
  return history?.events ?? [];
}
