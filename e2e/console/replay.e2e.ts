import { expect, test } from './fixtures.ts';

test('shows where today’s code parts from the history, to the line', async ({ page, startOrder }) => {
  const order = await startOrder('-replay');
  await page.goto(order.path);
  await expect(page.getByText(/^Completed in/)).toBeVisible({ timeout: 40_000 });
  await page.getByRole('link', { name: 'Replay', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Nondeterministic at workflow task 8.' })).toContainText('order.ts:86');
  await expect(page.getByText('Replay stopped here.')).toBeVisible();
  // What history does not hold: what the code wrote in that task, and what it waits for that is no command.
  const wrote = page.getByRole('list', { name: 'What task 8 wrote' }).getByRole('listitem');
  await expect(wrote).toHaveText([/^info the order has a price \{"total":1284.6\} order.ts:81$/, /^warn no approval yet +order.ts:84$/]);
  await expect(page.getByRole('list', { name: 'What task 8 waited for' })).toContainText('this.approved order.ts:82');
  await expect(page.getByRole('complementary', { name: 'What to do' })).toContainText('condition this.approved order.ts:82');
  await expect(page.locator('.ln.bad')).toContainText("await sleep('2s');");
  await expect(page.getByLabel('Suggested change')).toContainText("patched('settle-2s')");
});

test('shows what the history alone says when the worker cannot replay', async ({ page, startOrder }) => {
  const order = await startOrder();
  await page.goto(order.path);
  await expect(page.getByText(/^Completed in/)).toBeVisible({ timeout: 40_000 });
  await page.goto(`${order.path}/replay`);
  await expect(page.getByRole('status').filter({ hasText: 'does not replay for the console' })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('table', { name: 'Recorded commands per workflow task' })).toContainText('reserveItem');
});
