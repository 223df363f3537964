import { randomUUID } from 'node:crypto';
import { expect, NAMESPACE, test } from './fixtures.ts';
import { violations } from './violations.ts';

test('writes a filter with completion, is told what is wrong, and gets its chips back', async ({ page, startOrder, queue }) => {
  const order = await startOrder('-approve');
  await page.goto(`/n/${NAMESPACE}/workflows?queue=${queue}&status=Running`);
  await expect(page.getByRole('link', { name: order.workflowId, exact: true })).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press('e');
  const editor = page.getByRole('textbox', { name: 'Query' });
  await expect(editor).toHaveText(`ExecutionStatus = 'Running' AND TaskQueue = '${queue}'`);
  await page.keyboard.insertText(' AND ');
  await page.keyboard.type('Workflowty');
  await page.getByRole('option', { name: 'WorkflowType Keyword' }).click();
  await expect(page.getByRole('option', { name: '= is', exact: true })).toBeVisible();
  await page.keyboard.insertText("STARTS 'Order'");
  await expect(page.locator('.q-fault')).toHaveText('STARTS');
  await expect(page.getByText('“STARTS” is not an operator that may follow WorkflowType.')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(`TaskQueue = '${queue}' AND (WorkflowType STARTS_WITH 'Order' OR Custmer = 'x')`);
  await expect(page.locator('.q-fault')).toHaveText('Custmer');
  await expect(page.getByText('There is no attribute Custmer in this namespace.')).toBeVisible();
  await page.getByRole('button', { name: 'Apply anyway' }).click();
  // What the server says stands at the same word.
  await expect(page.getByText("column name 'Custmer' is not a valid search attribute").first()).toBeVisible();
  await page.getByRole('textbox', { name: 'Query' }).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(`(TaskQueue = '${queue}') AND (WorkflowType STARTS_WITH 'Order' OR WorkflowId = 'x')`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: order.workflowId, exact: true })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`queue=${queue}.*q=\\(WorkflowType`));
  await page.keyboard.press('Escape');
  await expect(editor).toHaveCount(0);
  await page.getByRole('button', { name: 'Remove filter Query' }).click();
  await expect(page).not.toHaveURL(/q=\(/);
});

test('filters by an attribute that is chosen', async ({ page, startOrder, queue }) => {
  const order = await startOrder('-approve');
  await page.goto(`/n/${NAMESPACE}/workflows?queue=${queue}`);
  await page.getByRole('button', { name: /^Filter/ }).click();
  await page.getByRole('menuitem', { name: 'An attribute…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Filter by an attribute' });
  await dialog.getByLabel('Attribute').selectOption('WorkflowId');
  await dialog.getByLabel('Condition').selectOption('starts with');
  await dialog.getByRole('button', { name: 'Add filter' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('A value for WorkflowId is missing.');
  await dialog.getByLabel('Value').fill(order.workflowId.slice(0, 10));
  await dialog.getByRole('button', { name: 'Add filter' }).click();
  await expect(page.getByRole('button', { name: `WorkflowId STARTS_WITH '${order.workflowId.slice(0, 10)}'` })).toBeVisible();
  await expect(page.locator('tr[data-row]')).toHaveCount(1);
});

test('holds the rows still while one is looked at, and shows what is new when asked', async ({ page, startOrder, connection }) => {
  const queue = `held-${randomUUID().slice(0, 8)}`;
  const start = (workflowId: string) =>
    connection.workflow.startWorkflowExecution({
      namespace: NAMESPACE,
      workflowId,
      workflowType: { name: 'HeldFlow' },
      taskQueue: { name: queue },
      requestId: randomUUID(),
    });
  await startOrder('-approve');
  await start(`${queue}-a`);
  await start(`${queue}-b`);
  await page.goto(`/n/${NAMESPACE}/workflows?queue=${queue}`);
  await expect(page.locator('tr[data-row]')).toHaveCount(2, { timeout: 20_000 });
  await page.keyboard.press('j');
  await page.keyboard.press('Space');
  const peek = page.getByRole('complementary', { name: `Inspector: ${queue}-b` });
  await expect(peek).toContainText('HeldFlow');
  await expect(peek).toContainText('Why it is not moving');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('complementary', { name: `Inspector: ${queue}-a` })).toBeVisible();
  await start(`${queue}-c`);
  await connection.workflow.terminateWorkflowExecution({
    namespace: NAMESPACE,
    workflowExecution: { workflowId: `${queue}-a` },
    identity: 'e2e',
  });
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.keyboard.press('e');
  await expect(page.getByRole('textbox', { name: 'Query' })).toBeFocused();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await page.locator('tr[data-row]').nth(1).focus();
  const pill = page.getByRole('button', { name: '1 new' });
  await expect(pill).toBeVisible({ timeout: 20_000 });
  // The row that ended is patched where it is, although the server lists it last now.
  const ids = () => page.locator('tr[data-row] .c-id').allTextContents();
  await expect(page.locator('tr[data-row]').nth(1)).toContainText('Terminated');
  expect(await ids()).toEqual([`${queue}-b`, `${queue}-a`]);
  await pill.click();
  await expect.poll(ids).toEqual([`${queue}-c`, `${queue}-b`, `${queue}-a`]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary', { name: /^Inspector/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Workflow ID', exact: true }).click();
  await expect(page.getByText('all 3 loaded')).toBeVisible();
  expect(await ids()).toEqual([`${queue}-a`, `${queue}-b`, `${queue}-c`]);
  await expect(page).toHaveURL(/sort=id.asc/);
  for (const id of ['b', 'c'])
    await connection.workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId: `${queue}-${id}` } });
});
