import { randomUUID } from 'node:crypto';
import { answers, expect, test } from './fixtures.ts';

test('creates a namespace, changes its settings and attributes, and deletes it by its name', async ({ page }) => {
  const name = `e2e-${randomUUID().slice(0, 8)}`;
  await page.goto('/ns');
  await page.getByRole('button', { name: 'New namespace' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Retention').fill('for ever');
  await dialog.getByRole('button', { name: 'Create namespace' }).click();
  await expect(dialog.getByText('Write a time as 12h, 3d or 30d.')).toBeVisible();
  await dialog.getByLabel('Retention').fill('5d');
  await dialog.getByRole('button', { name: 'Create namespace' }).click();
  const row = page.getByRole('row').filter({ hasText: name });
  await expect(row).toContainText('5d');

  await page.getByRole('link', { name: `Settings of ${name}` }).click();
  await page.getByLabel('Description').fill('the shop');
  await page.getByLabel('Owner').fill('shop@example.com');
  await page.getByLabel('Data').fill('team=payments');
  await page.getByRole('button', { name: 'Save settings' }).click();
  await expect(page.getByText('Settings saved.')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Description')).toHaveValue('the shop');
  await expect(page.getByLabel('Data')).toHaveValue('team=payments');

  await page.getByLabel('Name of the new attribute').fill('CustomerTier');
  await page.getByLabel('Type of the new attribute').selectOption('Int');
  await page.getByRole('button', { name: 'Add attribute' }).click();
  const attribute = page.getByRole('row').filter({ hasText: 'CustomerTier' });
  await expect(attribute).toContainText('Int');
  await attribute.getByRole('button', { name: 'Remove CustomerTier' }).click();
  await page.getByRole('button', { name: 'Remove attribute' }).click();
  await expect(attribute).toHaveCount(0);

  await page.getByRole('button', { name: `Delete ${name}` }).click();
  const remove = page.getByRole('button', { name: 'Delete namespace' });
  await expect(remove).toBeDisabled();
  await page.getByLabel(`Write ${name} to go on`).fill(name);
  await remove.click();
  await expect(page).toHaveURL(/\/ns$/);
  await expect(page.getByRole('link', { name, exact: true })).toHaveCount(0);
});

test('a name that is taken is said beside the field', async ({ page }) => {
  await page.goto('/ns');
  await page.getByRole('button', { name: 'New namespace' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('default');
  await dialog.getByRole('button', { name: 'Create namespace' }).click();
  await expect(dialog.getByText('There is a namespace with this name.')).toBeVisible();
});

test('the palette leads to the new pages', async ({ page }) => {
  await page.goto('/ns');
  await answers(page);
  for (const [wanted, heading] of [
    ['Schedules', 'Schedules'],
    ['New batch', 'New batch'],
    ['Settings and', 'Settings'],
  ] as const) {
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('A workflow id, a page, an action').fill(wanted);
    await page.getByRole('option', { name: wanted }).first().click();
    await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
  }
  await page.keyboard.press('g');
  await page.keyboard.press('b');
  await expect(page.getByRole('heading', { name: 'Batches', level: 1 })).toBeVisible();
});
