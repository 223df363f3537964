import { answers, expect, NAMESPACE, test } from './fixtures.ts';
import { violations } from './violations.ts';

test('keeps how somebody wants to see and press things', async ({ page }) => {
  await page.goto(`/n/${NAMESPACE}/workflows`);
  await answers(page);
  await page.keyboard.press('Control+,');
  const preferences = page.getByRole('dialog', { name: 'Preferences' });
  await preferences.getByRole('button', { name: 'Compact' }).click();
  await preferences.getByRole('button', { name: '12 hours' }).click();
  await expect(preferences.getByText(/^\d\d:\d\d:\d\d [ap]m$/)).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await preferences.getByRole('button', { name: 'See and move them' }).click();

  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await sheet.getByRole('button', { name: /^Queues: g q/ }).click();
  await page.keyboard.press('g');
  await page.keyboard.press('w');
  await page.keyboard.press('Enter');
  await expect(sheet.getByRole('status')).toContainText('g w is Workflows.');
  await page.keyboard.press('q');
  await page.keyboard.press('z');
  await page.keyboard.press('Enter');
  await expect(sheet.getByRole('button', { name: /^Queues: q z/ })).toBeVisible();
  expect(await violations(page)).toEqual([]);

  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-density', 'compact');
  await answers(page);
  await page.keyboard.press('q');
  await page.keyboard.press('z');
  await expect(page).toHaveURL(/\/queues$/);

  await page.keyboard.press('Shift+?');
  await sheet.getByRole('checkbox', { name: /^Keys without Ctrl/ }).uncheck();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await page.keyboard.press('q');
  await page.keyboard.press('z');
  await page.keyboard.press('g');
  await page.keyboard.press('w');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Search or jump' })).toBeVisible();
  await expect(page).toHaveURL(/\/queues$/);
});

test('gives the navigation less room, and keeps its names for who hears them', async ({ page }) => {
  await page.goto(`/n/${NAMESPACE}/workflows`);
  await answers(page);
  const navigation = page.getByRole('navigation', { name: 'Main' });
  const width = async () => (await navigation.boundingBox())?.width ?? 0;
  const wide = await width();
  await page.keyboard.press('[');
  await expect.poll(width).toBeLessThan(wide / 2);
  expect(await violations(page)).toEqual([]);
  await page.reload();
  await expect.poll(width).toBeLessThan(wide / 2);
  await answers(page);
  await navigation.getByRole('link', { name: 'Queues' }).click();
  await expect(page).toHaveURL(/\/queues$/);
  await navigation.getByRole('button', { name: 'Navigation: with names' }).click();
  await expect.poll(width).toBe(wide);
});
