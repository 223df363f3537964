import { expect, NAMESPACE, test } from './fixtures.ts';

test('goes from the list to the failure of a run and back without a mouse', async ({ page, startOrder }) => {
  const order = await startOrder('-decline');
  await page.goto(`/n/${NAMESPACE}/workflows`);
  await expect(page.getByRole('grid', { name: 'Workflows' })).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type(order.workflowId);
  const link = page.getByRole('link', { name: order.workflowId, exact: true });
  await expect(link).toBeVisible({ timeout: 20_000 });
  await expect(
    page
      .getByRole('row')
      .filter({ has: page.getByRole('link') })
      .first(),
  ).toContainText(order.workflowId);
  await page.getByLabel('Find by workflow id or run id').press('Tab');
  await page.keyboard.press('Escape');
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/w/${order.workflowId}/`));
  await expect(page.getByText(/^Failed after/)).toBeVisible({ timeout: 40_000 });
  // The header may know of the end a moment before the last events are drawn.
  await expect(page.getByRole('row', { name: /^chargeCard .*failed/ })).toBeVisible();
  await page.keyboard.press('e');
  await expect(page.getByRole('complementary', { name: 'Inspector: chargeCard' })).toContainText('GatewayError');
  // Keys as fast as hands are: the address of the page that is left changes while the next one is on its way.
  await page.keyboard.press('Escape');
  await page.keyboard.press('2');
  await expect(page).toHaveURL(/\/history$/);
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`/w/${order.workflowId}/[^/?]+$`));
  await page.goForward();
  await page.keyboard.press('u');
  await expect(page).toHaveURL(new RegExp(`/n/${NAMESPACE}/workflows`));
});

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
