import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const lead = (page: Page) => page.getByRole('region', { name: 'Position in history' }).locator('.lead');
const openNow = (page: Page) => page.getByRole('region', { name: 'Open now' });
const engineState = (page: Page) => page.getByRole('region', { name: 'Engine state' });

test('steps through a run by event and by workflow task, and keeps the place in the address', async ({ page, startOrder }) => {
  const order = await startOrder('-approve');
  await page.goto(order.path);
  await expect(page.getByRole('row', { name: /^fraudHold, timer/ })).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('3');
  await expect(page).toHaveURL(/\/state$/);
  await expect(openNow(page)).toContainText('fraudHold');

  await page.keyboard.press('Home');
  await expect(lead(page)).toContainText('After event 1, run started. Before the first workflow task');
  await page.keyboard.press('Alt+ArrowRight');
  // Event 4 completes the first task; eight commands follow it.
  await expect(lead(page)).toContainText('After event 12, chargeDeadline started. Workflow task 1 of');
  await expect(page).toHaveURL(/at=12&vs=task/);
  await expect(openNow(page).getByText('reserveItem')).toHaveCount(6);
  await expect(openNow(page).getByText('new', { exact: true })).toHaveCount(8);
  await page.keyboard.press('ArrowLeft');
  await expect(lead(page)).toContainText('After event 11, fraudScore scheduled.');
  await expect(openNow(page).getByText('chargeDeadline')).toHaveCount(0);
  await expect(openNow(page).getByText('new', { exact: true })).toHaveCount(1);

  await page.reload();
  await expect(lead(page)).toContainText('After event 11');
  await expect(page.getByRole('slider', { name: 'Event' })).toHaveAttribute('aria-valuenow', '11');
  await page.getByRole('slider', { name: 'Event' }).press('ArrowRight');
  await expect(page.getByRole('slider', { name: 'Event' })).toHaveAttribute('aria-valuenow', '12');
});

test('compares with a position that was pinned', async ({ page, startOrder }) => {
  const order = await startOrder('-approve');
  await page.goto(order.path);
  await expect(page.getByRole('row', { name: /^fraudHold, timer/ })).toBeVisible({ timeout: 30_000 });
  await page.goto(`${order.path}/state?at=12`);
  await expect(openNow(page).getByText('reserveItem')).toHaveCount(6);
  await page.keyboard.press('c');
  await expect(page.getByRole('button', { name: 'Compared with event 12, pinned' })).toBeVisible();
  await page.keyboard.press('End');
  await expect(page).toHaveURL(/\/state\?vs=12$/);
  // Six reservations and the fraud score have ended since; their rows say where.
  await expect(openNow(page).getByText('closed', { exact: true })).toHaveCount(7);
  await expect(openNow(page).getByRole('listitem').filter({ hasText: 'fraudScore' })).toContainText('completed');
  await page.getByRole('button', { name: /^Changed \d/ }).click();
  await expect(engineState(page)).toContainText('was 12 events');
  await page.keyboard.press('c');
  await expect(page.getByRole('button', { name: /^Compared with event \d+$/ })).toBeVisible();
});

test('follows a run that goes on, and stays where one looks', async ({ page, startOrder }) => {
  const order = await startOrder('-approve');
  await page.goto(order.path);
  await expect(page.getByRole('row', { name: /^fraudHold, timer/ })).toBeVisible({ timeout: 30_000 });
  await page.goto(`${order.path}/state`);
  await expect(engineState(page)).toContainText('Running');
  await page.getByRole('button', { name: 'Signal…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Signal name').fill('approve');
  await dialog.getByRole('button', { name: /^Send signal/ }).click();
  await expect(dialog).toBeHidden();
  await expect(lead(page)).toContainText('run completed', { timeout: 30_000 });
  await expect(engineState(page)).toContainText('Completed');
  await expect(openNow(page)).toContainText('Nothing: the run is completed.');
});
