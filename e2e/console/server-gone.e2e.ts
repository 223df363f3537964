import { answers, expect, NAMESPACE, test } from './fixtures.ts';
import { violations } from './violations.ts';

test('what cannot be loaded says so, leaves the page alone, and comes once the console answers', async ({
  page,
  context,
  startOrder,
  queue,
}) => {
  await startOrder('-approve');
  await page.goto(`/n/${NAMESPACE}/workflows?queue=${queue}`);
  const rows = page.locator('tr[data-row]');
  await expect(rows.first()).toBeVisible({ timeout: 20_000 });
  await answers(page);
  const told = page.locator('.toast');
  await context.setOffline(true);
  for (const [key, what] of [
    ['c', 'The columns'],
    ['e', 'The query editor'],
    ['Control+k', 'The palette'],
    ['Shift+?', 'The sheet of shortcuts'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(told).toContainText(`${what} could not be loaded: the console does not answer. Try again.`);
    await expect(rows.first()).toBeVisible();
  }
  expect(await violations(page, { within: '.toast' })).toEqual([]);
  await context.setOffline(false);
  for (const [key, name] of [
    ['c', 'Columns'],
    ['Control+k', 'Search or jump'],
    ['Shift+?', 'Keyboard shortcuts'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog', { name })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await page.keyboard.press('e');
  await expect(page.locator('.cm-editor')).toBeVisible();
});

test('the dialog of a run is asked for anew', async ({ page, context, startOrder }) => {
  const order = await startOrder('-approve');
  await page.goto(order.path);
  await expect(page.getByRole('button', { name: 'Terminate…' })).toBeVisible({ timeout: 20_000 });
  await answers(page);
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Terminate…' }).click();
  await expect(page.locator('.toast')).toContainText('The dialog could not be loaded');
  await expect(page.getByRole('heading', { name: order.workflowId })).toBeVisible();
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Terminate…' }).click();
  await expect(page.getByRole('dialog', { name: 'Terminate this run?' })).toBeVisible();
});

test('a picture that did not come has its own line, and can be tried again', async ({ page, startOrder, queue }) => {
  await startOrder('-approve');
  await page.goto(`/n/${NAMESPACE}/workflows?queue=${queue}`);
  await expect(page.locator('tr[data-row]').first()).toBeVisible({ timeout: 20_000 });
  await answers(page);
  await page.route(/\/_next\/static\/chunks\/.*\.js/, (route) => route.abort());
  await page.getByRole('button', { name: 'Durations' }).click();
  const line = page.getByRole('alert').filter({ hasText: 'The durations could not be loaded' });
  await expect(line).toBeVisible();
  await expect(page.locator('tr[data-row]').first()).toBeVisible();
  await page.unroute(/\/_next\/static\/chunks\/.*\.js/);
  await line.getByRole('button', { name: 'Try again' }).click();
  await expect(line).toHaveCount(0);
  await expect(page.getByRole('group', { name: 'Durations of' })).toBeVisible();
});

test('a link that is followed while nobody answers waits, and leads on once somebody does', async ({ page, context, startOrder }) => {
  const order = await startOrder('-approve');
  await page.goto(order.path);
  await expect(page.getByRole('heading', { name: order.workflowId })).toBeVisible({ timeout: 20_000 });
  await answers(page);
  await context.setOffline(true);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Queues' }).click();
  await expect(page.locator('.toast')).toContainText('The console does not answer. The page opens as soon as it does.');
  await expect(page.getByRole('heading', { name: order.workflowId })).toBeVisible();
  await context.setOffline(false);
  await expect(page).toHaveURL(/\/queues$/);
  await expect(page.getByRole('heading', { name: 'Task queues' })).toBeVisible();
});
