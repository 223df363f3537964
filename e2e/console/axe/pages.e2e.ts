/** Every page of a namespace, and what opens over it, for those who cannot see or point, in both themes. */
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { toDuration, toTimestamp } from '@tidemark/protocol/time';
import { longHistory } from '../../fixtures/long-history.ts';
import { startUnworked } from '../unworked.ts';
import { answers, expect, NAMESPACE } from '../fixtures.ts';
import { expectPageWell, expectPopupWell, expectWell, test } from './visited.ts';

const home = `/n/${NAMESPACE}`;
const title = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });

/** Each looks at many things, on machines that do other things too. */
test.describe.configure({ timeout: 120_000 });

test('pages that need nothing to be shown, and what opens from everywhere', async ({ visited: page }) => {
  await expectPageWell(page, '/no/such/page', title(page, 'Not found'));
  await expectPageWell(page, '/ns', page.getByRole('link', { name: NAMESPACE, exact: true }));
  await expectPopupWell(page, button(page, 'New namespace'));
  await expectPageWell(page, `${home}/settings`, page.getByRole('table', { name: 'Search attributes' }));
  await expectPageWell(page, `${home}/audit`, title(page, 'Audit'));
  await expect(page.getByText(/^Server /)).toBeVisible();
  await answers(page);
  await expectPopupWell(page, () => page.keyboard.press('Control+k'));
  await expectPopupWell(page, () => page.keyboard.press('Control+,'));
  await expectPopupWell(page, () => page.keyboard.press('Shift+?'));
  await expectPopupWell(page, button(page, /^Namespace: /), 'menu');
  await expectPopupWell(page, button(page, /^Time zone: /), 'menu');
});

test('the list, its filters and what is done to many runs', async ({ visited: page, connection }) => {
  const queue = `axe-${randomUUID().slice(0, 8)}`;
  const ids = [await startUnworked(connection, queue), await startUnworked(connection, queue)];
  await expectPageWell(page, `${home}/workflows?queue=${queue}&type=NoSuchFlow`, page.getByRole('row').filter({ hasText: 'NoSuchFlow' }));
  await expectPageWell(page, `${home}/workflows?queue=${queue}`, page.getByRole('gridcell', { name: `no worker on ${queue}` }).first());
  await expectPopupWell(page, button(page, /^Filter/), 'menu');
  await expectPopupWell(page, async () => {
    await button(page, /^Filter/).click();
    await page.getByRole('menuitem', { name: 'An attribute…' }).click();
  });
  await expectPopupWell(page, button(page, 'Columns'));
  await expectPopupWell(page, button(page, 'Export'));
  await expectPopupWell(page, button(page, 'Save this view'));
  await button(page, 'Save this view').click();
  await page.getByRole('textbox', { name: 'Name' }).fill(queue);
  await button(page, 'Save view').click();
  await expectPopupWell(page, button(page, `View ${queue}`), 'menu');
  await expectPopupWell(page, async () => {
    await button(page, `View ${queue}`).click();
    await page.getByRole('menuitem', { name: 'Rename…' }).click();
  });
  await button(page, `View ${queue}`).click();
  await page.getByRole('menuitem', { name: 'Delete view' }).click();
  await page.goto(`${home}/workflows?queue=${queue}`);
  await page.getByRole('checkbox', { name: `Choose ${ids[0]}` }).click();
  for (const name of ['Signal…', 'Cancel…', 'Reset…', 'Terminate…', 'Delete…'])
    await expectPopupWell(page, page.getByRole('toolbar').getByRole('button', { name }));
  await page.locator('tr[data-row]').first().focus();
  await page.keyboard.press('Space');
  await expect(page.getByRole('complementary', { name: /^Inspector/ })).toContainText('Why it is not moving');
  await page.keyboard.press('e');
  await page.getByRole('textbox', { name: 'Query' }).click();
  await page.keyboard.insertText(' AND ');
  await page.keyboard.type('Workflowt');
  await expect(page.getByRole('option', { name: 'WorkflowType Keyword' })).toBeVisible();
  await expectWell(page, 'the list with rows chosen, one looked at and its query being written');
});

test('the form of a start and its templates', async ({ visited: page }) => {
  await page.goto(`${home}/workflows/new`);
  await expect(page.getByRole('textbox', { name: 'Input, JSON' })).toBeVisible();
  for (const fold of await page.locator('summary').all()) await fold.click();
  await page.getByLabel('Coefficient').fill('0.5');
  // From within the field.
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Which workflow?')).toBeVisible();
  await expectWell(page, 'a form with all its parts open and faults beside the fields');
  const save = async () => {
    await page.getByRole('button', { name: /^Templates/ }).click();
    await page.getByRole('menuitem', { name: 'Save as template…' }).click();
  };
  await expectPopupWell(page, save);
  await save();
  await page.getByLabel('Name', { exact: true }).fill('axe');
  await button(page, 'Save template').click();
  await expectPopupWell(page, page.getByRole('button', { name: /^Templates/ }), 'menu');
  await page.getByRole('button', { name: /^Templates/ }).click();
  await page.getByRole('menuitem', { name: 'Delete templates…' }).click();
  await expectWell(page, 'the templates', '[role="dialog"]');
  await button(page, 'Delete axe').click();
  await expect(page.getByText('None is left.')).toBeVisible();
});

test('queues, workers and errors', async ({ visited: page, connection, queue, startOrder }) => {
  await startOrder('-nde');
  const workerInstanceKey = randomUUID();
  await connection.workflow.recordWorkerHeartbeat({
    namespace: NAMESPACE,
    workerHeartbeat: [
      {
        workerInstanceKey,
        workerIdentity: 'worker-axe',
        taskQueue: queue,
        status: 1,
        heartbeatTime: toTimestamp(Date.now()),
        workflowTaskSlotsInfo: { currentUsedSlots: 3, currentAvailableSlots: 7, slotSupplierKind: 'Fixed' },
      },
    ],
  });
  await expectPageWell(page, home, page.getByRole('figure', { name: /started, at most/ }));
  await expectPageWell(page, `${home}/queues`, page.getByRole('link', { name: queue, exact: true }));
  await expectPageWell(page, `${home}/queues/nobody-polls-this`, page.getByText('A task that is added here waits until a worker polls.'));
  await expectPageWell(page, `${home}/queues/${queue}`, page.getByText('worker-e2e').first());
  await expectPopupWell(page, button(page, 'Rate limit…'));
  await expectPageWell(page, `${home}/deployments`, page.getByRole('heading', { name: 'Deployments', level: 1 }));
  await expectPageWell(page, `${home}/workers`, page.getByRole('link', { name: 'worker-axe' }).first());
  await expectPageWell(page, `${home}/workers/${workerInstanceKey}`, page.getByRole('table', { name: 'Slots' }));
  const group = page.getByRole('row').filter({ hasText: 'NondeterminismError' }).getByRole('link').first();
  await expectPageWell(page, `${home}/errors`, group);
  await group.click();
  await expect(page.getByRole('table', { name: 'Runs of this error' })).toBeVisible();
  await expectWell(page, 'an error');
});

test('schedules and their dialogs', async ({ visited: page, connection, queue }) => {
  const scheduleId = `sched-axe-${randomUUID().slice(0, 8)}`;
  const of = { namespace: NAMESPACE, scheduleId };
  await connection.workflow.createSchedule({
    ...of,
    requestId: randomUUID(),
    schedule: {
      spec: { interval: [{ interval: toDuration(1000) }] },
      action: { startWorkflow: { workflowId: `${scheduleId}-run`, workflowType: { name: 'OrderFlow' }, taskQueue: { name: queue } } },
    },
  });
  await expectPageWell(page, `${home}/schedules/${scheduleId}`, page.getByRole('table', { name: 'Recent actions' }));
  for (const name of ['Trigger now', 'Pause', 'Backfill', 'Delete']) await expectPopupWell(page, button(page, name));
  await connection.workflow.patchSchedule({ ...of, patch: { pause: 'for the tests' }, requestId: randomUUID() });
  await expectPageWell(page, `${home}/schedules/${scheduleId}/edit`, page.getByLabel('Notes'));
  await expectPageWell(page, `${home}/schedules/new`, page.getByRole('complementary', { name: 'What will happen' }));
  await expectPageWell(page, `${home}/schedules`, page.getByRole('link', { name: scheduleId }));
  await page.getByRole('checkbox', { name: `Choose ${scheduleId}` }).check();
  await expectPopupWell(page, button(page, 'Pause…'));
  await expectPopupWell(page, button(page, 'Unpause…'));
  await connection.workflow.deleteSchedule(of);
});

test('batches and their dialogs', async ({ visited: page, connection }) => {
  const prefix = `axe-batch-${randomUUID().slice(0, 8)}`;
  const ids = [await startUnworked(connection, prefix, prefix), await startUnworked(connection, prefix, prefix)];
  const begin = async (operation: object) => {
    const jobId = randomUUID();
    const visibilityQuery = `WorkflowId STARTS_WITH '${prefix}'`;
    await connection.workflow.startBatchOperation({ namespace: NAMESPACE, jobId, visibilityQuery, reason: 'a look', ...operation });
    return jobId;
  };
  await expect
    .poll(async () =>
      (
        await connection.workflow.countWorkflowExecutions({ namespace: NAMESPACE, query: `WorkflowId STARTS_WITH '${prefix}'` })
      ).count.toString(),
    )
    .toBe('2');
  const failed = await begin({ resetOperation: { options: { lastWorkflowTask: {} } } });
  await expectPageWell(page, `${home}/batches/${failed}`, page.getByText('2 runs of 2 could not be changed.'));
  const slow = await begin({ cancellationOperation: {}, maxOperationsPerSecond: 0.01 });
  await expectPageWell(page, `${home}/batches`, page.getByRole('row').filter({ hasText: slow }));
  await expectPageWell(page, `${home}/batches/${slow}`, button(page, 'Stop'));
  await expectPopupWell(page, button(page, 'Stop'));
  await connection.workflow.stopBatchOperation({ namespace: NAMESPACE, jobId: slow, reason: 'seen' });
  await expectPageWell(page, `${home}/batches/new?q=${encodeURIComponent(`WorkflowId = '${ids[0]}'`)}`, page.getByText('1 open runs'));
  await page.getByLabel('Reason').fill('a look');
  for (const operation of ['Terminate', 'Signal', 'Reset', 'Delete', 'Cancel']) {
    await button(page, operation).click();
    await expectWell(page, `the form of a batch, ${operation}`, 'main');
  }
  await expectPopupWell(page, button(page, /^Cancel these runs/));
});

test('a namespace that is about to lose something', async ({ visited: page, connection }) => {
  const name = `axe-${randomUUID().slice(0, 8)}`;
  await connection.workflow.registerNamespace({ namespace: name, workflowExecutionRetentionPeriod: toDuration(86_400_000) });
  await connection.operator.addSearchAttributes({ namespace: name, searchAttributes: { Tier: 2 } });
  await expectPageWell(page, `/n/${name}/workflows`, title(page, 'Workflows'));
  await page.goto(`/n/${name}/settings`);
  await expectPopupWell(page, button(page, 'Remove Tier'));
  await expectPopupWell(page, page.getByRole('button', { name: `Delete ${name}` }));
  await connection.operator.deleteNamespace({ namespace: name });
});

test('a run from a file', async ({ visited: page }) => {
  const file = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  await page.goto('/import');
  await page
    .getByRole('button', { name: 'Choose a file' })
    .setInputFiles([file('bad.json', 'hello'), file('good.json', JSON.stringify(longHistory(40)))]);
  await expect(page.getByText('bad.json was not imported')).toBeVisible();
  await expectWell(page, 'files, one of which was not read');
  await page.getByRole('link', { name: 'long-40' }).click();
  await expect(page.getByRole('row', { name: /^step0, activity/ }).first()).toBeVisible();
  await expectWell(page, 'the timeline of a file');
  const { pathname } = new URL(page.url());
  for (const tab of ['history', 'state', 'workers', 'io']) await expectPageWell(page, `${pathname}/${tab}`, title(page, 'long-40'));
});
