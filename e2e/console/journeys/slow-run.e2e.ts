/** Why did this one take so long? Beside one that went as usual, the page names the step. */
import { expect, test } from '../fixtures.ts';
import { openFromList, press } from './keys.ts';

test('compares a slow run with a normal one, and names the step that cost the time, by keys alone', async ({ page, startOrder }) => {
  test.setTimeout(120_000);
  const [slow, normal] = await Promise.all([startOrder('-slow'), startOrder()]);
  await openFromList(page, slow.workflowId);
  await expect(page.getByText(/^Completed in/)).toBeVisible({ timeout: 40_000 });
  await press(page, 'a', 'd');
  await expect(page.getByLabel(/^Any run/)).toBeVisible();
  await press(page, '/');
  await page.keyboard.type(normal.workflowId);
  await press(page, 'Enter');
  const answer = page.getByRole('status').filter({ hasText: /A took [\d.]+ s longer, [\d.]+ s of it for chargeCard\./ });
  await expect(answer).toBeVisible();
  // From wherever one has read on, one key leads to that step.
  const here = page.getByRole('table', { name: 'Steps of both runs' }).locator('[aria-current="true"]');
  await expect(here).toContainText('chargeCard');
  await press(page, 'k', 'k', 'k');
  await expect(here).not.toContainText('chargeCard');
  await press(page, 'm');
  await expect(here).toContainText(/chargeCard.*less in B/s);
});
