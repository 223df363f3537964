import { expect, NAMESPACE, test } from './fixtures.ts';

test('finds a run by the middle of its id and keeps the filter in the address', async ({ page, startOrder }) => {
  const order = await startOrder('-approve');
  const middle = order.workflowId.slice(5, 12);
  await page.goto(`/n/${NAMESPACE}/workflows`);
  await page.getByLabel('Find by workflow id or run id').fill(middle);
  await expect(page.getByRole('link', { name: order.workflowId, exact: true })).toBeVisible({ timeout: 20_000 });
  await expect(page).toHaveURL(new RegExp(`id=${middle}`));
  await page.reload();
  await expect(page.getByRole('link', { name: order.workflowId, exact: true })).toBeVisible();
});

test('a status chip shows only runs of that status', async ({ page, startOrder }) => {
  await startOrder('-approve');
  await page.goto(`/n/${NAMESPACE}/workflows`);
  const chip = page.getByRole('group', { name: 'Runs by status' }).getByRole('button', { name: /^Running/ });
  await chip.click({ timeout: 20_000 });
  await expect(chip).toHaveAttribute('aria-pressed', 'true');
  await expect(page).toHaveURL(/status=Running/);
  await expect(page.getByRole('row').filter({ hasText: 'Completed' })).toHaveCount(0);
});

test('filters by the value of a cell, with the mouse and by key', async ({ page, startOrder, queue }) => {
  const order = await startOrder('-approve');
  await page.goto(`/n/${NAMESPACE}/workflows?id=${order.workflowId}`);
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: order.workflowId, exact: true }) });
  const only = page.getByRole('button', { name: `Only these: Queue ${queue}` });
  // A pointer that came before the page was alive, or before all of it was there, has to move once more.
  await expect(async () => {
    await row.getByText(order.workflowId).hover();
    await row.getByText(queue, { exact: true }).hover();
    await only.click({ timeout: 2000 });
  }).toPass({ timeout: 20_000 });
  await expect(page).toHaveURL(new RegExp(`queue=${queue}`));
  await row.focus();
  await page.keyboard.press('v');
  await expect(page.getByRole('button', { name: 'Only these: Status Running' })).toBeFocused();
  await page.keyboard.press('v');
  const type = page.getByRole('button', { name: /^Only these: Type / });
  await expect(type).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(type).toHaveCount(0);
  await expect(row).toBeFocused();
  await page.keyboard.press('v');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: "ExecutionStatus != 'Running'" })).toBeVisible();
  await expect(row).toHaveCount(0);
});

test('a new run appears without a reload', async ({ page, startOrder, queue }) => {
  await page.goto(`/n/${NAMESPACE}/workflows?queue=${queue}&status=Running`);
  const order = await startOrder('-approve');
  await expect(page.getByRole('link', { name: order.workflowId, exact: true })).toBeVisible({ timeout: 25_000 });
});

test('says which filter is to blame when nothing matches', async ({ page, startOrder, queue }) => {
  await startOrder('-approve');
  await page.goto(`/n/${NAMESPACE}/workflows?queue=${queue}&type=NoSuchFlow`);
  const row = page.getByRole('row').filter({ hasText: 'Type is NoSuchFlow' });
  await expect(row).toBeVisible({ timeout: 20_000 });
  await row.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('grid', { name: 'Workflows' })).toBeVisible();
});

test('a namespace that does not exist is said to be so', async ({ page }) => {
  await page.goto('/n/no-such-namespace/workflows');
  await expect(page.getByText('There is no namespace')).toBeVisible();
});

test('shows who polls a queue, and when nobody does', async ({ page, startOrder, queue }) => {
  await startOrder('-approve');
  await page.goto(`/n/${NAMESPACE}/queues/${queue}`);
  await expect(page.getByText('worker-e2e')).toBeVisible();
  await page.goto(`/n/${NAMESPACE}/queues/${queue}-typo`);
  await expect(page.getByText('A task that is added here waits until a worker polls.')).toBeVisible();
});
