import { answers, expect, NAMESPACE, test } from './fixtures.ts';
import { violations } from './violations.ts';

test('the palette finds a run and the sheet lists the keys that work here', async ({ page, startOrder }) => {
  const order = await startOrder('-approve');
  await page.goto(`/n/${NAMESPACE}/queues`);
  await answers(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type(order.workflowId);
  await expect(page.getByRole('option', { name: new RegExp(order.workflowId), selected: true })).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/w/${order.workflowId}/`));
  await expect(page.getByRole('heading', { name: order.workflowId })).toBeVisible();
  await page.keyboard.press('Shift+?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Next failure');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('Enter in the palette opens what is typed, and nothing that stood there before', async ({ page, startOrder }) => {
  const [before, wanted] = [await startOrder('-approve'), await startOrder('-approve')];
  await page.goto(`/n/${NAMESPACE}/queues`);
  await answers(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type(before.workflowId);
  await expect(page.getByRole('option', { name: new RegExp(before.workflowId), selected: true })).toBeVisible({ timeout: 20_000 });
  // The answer is held up until Enter has been pressed.
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/workflow\.list/, async (route) => {
    await released;
    await route.continue();
  });
  await page.getByPlaceholder('A workflow id, a page, an action').fill(wanted.workflowId);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Search or jump' }).getByRole('status')).toHaveText('Looking…');
  await expect(page).toHaveURL(/\/queues$/);
  release();
  await expect(page).toHaveURL(new RegExp(`/w/${wanted.workflowId}/`));
});

test('walks a list by held keys, and does with a row what its menu says', async ({ page, startOrder, queue }) => {
  const [first, second] = [await startOrder('-approve'), await startOrder('-approve'), await startOrder('-approve')];
  await page.goto(`/n/${NAMESPACE}/workflows?queue=${queue}&status=Running`);
  const rows = page.locator('tr[data-row]');
  await expect(rows).toHaveCount(3, { timeout: 20_000 });
  await answers(page);
  await page.keyboard.press('/');
  await page.keyboard.type('e2e-');
  await page.keyboard.press('Enter');
  await expect(rows.first()).toBeFocused();
  await page.keyboard.down('j');
  await page.keyboard.down('j');
  await page.keyboard.up('j');
  await expect(rows.nth(2)).toBeFocused();

  await page.keyboard.press('Shift+F10');
  const menu = page.getByRole('menu', { name: `Actions for ${first.workflowId}` });
  await expect(menu.getByRole('menuitem', { name: 'Only type OrderFlow' })).toBeVisible();
  expect(await violations(page, { within: '[role="menu"]' })).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(menu).toHaveCount(0);
  await expect(rows.nth(2)).toBeFocused();
  await rows.nth(1).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Cancel…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Cancel 1 run?' });
  await expect(dialog).toContainText(second.workflowId);
  await dialog.getByLabel('Reason, kept with the batch').focus();
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByRole('alert')).toContainText('Why?');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('opens what is found by Enter, and goes on from run to run in the order of the list', async ({ page, startOrder, queue }) => {
  const [first, second, third] = [await startOrder('-approve'), await startOrder('-approve'), await startOrder('-approve')];
  await page.goto(`/n/${NAMESPACE}/workflows?queue=${queue}&status=Running&id=e2e-`);
  await expect(page.locator('tr[data-row]')).toHaveCount(3, { timeout: 20_000 });
  await answers(page);
  await page.locator('tr[data-row]').nth(2).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/w/${first.workflowId}/[^/]+$`));
  await expect(page.getByRole('heading', { name: first.workflowId })).toBeVisible();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(page.getByRole('heading', { name: second.workflowId })).toBeVisible();
  await page.keyboard.press('h');
  await expect(page).toHaveURL(/\/history$/);
  await page.keyboard.press('Alt+ArrowUp');
  await expect(page).toHaveURL(new RegExp(`/w/${third.workflowId}/[^/]+/history$`));
  await page.keyboard.press('u');
  await expect(page).toHaveURL(/id=e2e-/);
  // A whole id and Enter at once, before the list has answered.
  await page.getByLabel('Find by workflow id or run id').fill(second.workflowId);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/w/${second.workflowId}/`));
});

test('the theme is kept over a reload, without a flash of the other one', async ({ page }) => {
  await page.goto(`/n/${NAMESPACE}/workflows`);
  await page.getByRole('button', { name: 'Switch between light and dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload({ waitUntil: 'commit' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('takes two keys as one, right after each other and before what the second does alone', async ({ page, startOrder }) => {
  const order = await startOrder('-approve');
  await page.goto(order.path);
  await expect(page.getByRole('button', { name: 'Terminate…' })).toBeVisible({ timeout: 20_000 });
  await answers(page);
  await page.keyboard.press('a');
  await page.keyboard.press('u');
  await expect(page).toHaveURL(/\/interact$/);
  await page.keyboard.press('a');
  await page.keyboard.press('t');
  const dialog = page.getByRole('dialog', { name: 'Terminate this run?' });
  await expect(dialog).toBeVisible();
  // The first field, and not the button that closes it.
  await expect(dialog.getByLabel('Reason, kept in the history')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press('5');
  await expect(page).toHaveURL(/\/workers$/);
  await page.keyboard.press('0');
  await expect(page).toHaveURL(/\/interact$/);
  for (const key of ['g', 'q', 'g', 'w']) await page.keyboard.press(key);
  await expect(page).toHaveURL(/\/workflows$/);
});

test('the palette offers what the page can do, and each choice of a preference', async ({ page, startOrder, queue }) => {
  const order = await startOrder('-approve');
  await page.goto(order.path);
  await expect(page.getByRole('button', { name: 'Terminate…' })).toBeVisible({ timeout: 20_000 });
  await answers(page);
  await page.keyboard.press('Control+k');
  const here = page.getByRole('group', { name: 'On this page' });
  for (const name of ['Signal', 'Update', 'Query', 'Cancel', 'Reset', 'Copy workflow id', 'Copy run id', 'Start like this one'])
    await expect(here.getByRole('option', { name: new RegExp(`^${name}`) })).toBeVisible();
  expect(await violations(page, { within: '.cmdk' })).toEqual([]);
  await here.getByRole('option', { name: /^Terminate/ }).click();
  await expect(page.getByRole('dialog', { name: 'Terminate this run?' })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.goto(`/n/${NAMESPACE}/workflows?queue=${queue}`);
  await expect(page.locator('tr[data-row]').first()).toBeVisible({ timeout: 20_000 });
  await answers(page);
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(page.getByRole('toolbar', { name: 'Actions for the chosen runs' })).toBeVisible();
  await page.keyboard.press('Control+k');
  for (const name of ['Columns', 'Export', 'Copy link to this view', 'Terminate the chosen runs'])
    await expect(here.getByRole('option', { name: new RegExp(`^${name}`) })).toBeVisible();
  await here.getByRole('option', { name: /^Cancel the chosen runs/ }).click();
  await expect(page.getByRole('dialog', { name: 'Cancel 1 run?' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await page.getByRole('option', { name: 'Density: compact' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-density', 'compact');
});
