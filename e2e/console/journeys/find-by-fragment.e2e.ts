/** From a piece of an id to the run and its failure, and back. */
import { expect, NAMESPACE, test } from '../fixtures.ts';
import { openFromList, press } from './keys.ts';

test('goes from a piece of an id to the failure of the run and back without a mouse', async ({ page, startOrder }) => {
  const order = await startOrder('-decline');
  await openFromList(page, order.workflowId.slice(5, 12), order.workflowId);
  await expect(page.getByText(/^Failed after/)).toBeVisible({ timeout: 40_000 });
  // The header may know of the end a moment before the last events are drawn.
  await expect(page.getByRole('row', { name: /^chargeCard .*failed/ })).toBeVisible();
  await press(page, 'e');
  const inspector = page.getByRole('complementary', { name: 'Inspector: chargeCard' });
  await expect(inspector).toContainText('GatewayError');
  await press(page, 'Escape');
  await expect(inspector).toBeHidden();
  await expect(page).not.toHaveURL(/sel=/);
  await press(page, 'e');
  await expect(inspector).toBeVisible();
  // Keys as fast as hands are: the address of the page that is left changes while the next one is on its way, or is not written any more.
  await press(page, 'Escape', '2');
  await expect(page).toHaveURL(/\/history$/);
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`/w/${order.workflowId}/[^/?]+(\\?sel=\\d+)?$`));
  await page.goForward();
  await expect(page).toHaveURL(/\/history$/);
  await press(page, 'u');
  await expect(page).toHaveURL(new RegExp(`/n/${NAMESPACE}/workflows`));
});
