import { expect, NAMESPACE, test } from './fixtures.ts';

test('the palette finds a run and the sheet lists the keys that work here', async ({ page, startOrder }) => {
  const order = await startOrder('-approve');
  await page.goto(`/n/${NAMESPACE}/queues`);
  // Keys work once the page does, and only then does it know its server.
  await expect(page.getByText(/^Server /)).toBeVisible();
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

test('the theme is kept over a reload, without a flash of the other one', async ({ page }) => {
  await page.goto(`/n/${NAMESPACE}/workflows`);
  await page.getByRole('button', { name: 'Switch between light and dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload({ waitUntil: 'commit' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
