/** What the console's own server puts into a page before any of its code runs. */
import type { Page } from '@playwright/test';
import { expect, NAMESPACE, test } from './fixtures.ts';

test('the first HTML of the list and of a run holds what they are about', async ({ browser, baseURL, startOrder }) => {
  const order = await startOrder('-decline');
  const context = await browser.newContext({ ...(baseURL === undefined ? {} : { baseURL }), javaScriptEnabled: false });
  const page = await context.newPage();
  await expect(async () => {
    await page.goto(`/n/${NAMESPACE}/workflows?id=${order.workflowId}`);
    await expect(page.getByRole('link', { name: order.workflowId, exact: true })).toBeVisible({ timeout: 100 });
  }).toPass({ timeout: 20_000 });
  const address = await page.getByRole('link', { name: order.workflowId, exact: true }).getAttribute('href');
  // Nothing here follows the run: the page is asked for again until the run has come so far.
  await expect(async () => {
    await page.goto(address ?? '');
    await expect(page.getByRole('row', { name: /^chargeCard/ })).toBeVisible({ timeout: 100 });
  }).toPass({ timeout: 30_000 });
  await expect(page.getByRole('heading', { name: order.workflowId })).toBeVisible();
  await context.close();
});

/** The page is seen and its code is not here until it is released. */
async function holdCode(page: Page): Promise<() => void> {
  let release = () => undefined as void;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/_next\/static\/chunks\/.*\.js/, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

/** A server that is busy sends a page without its rows; without code nothing brings them. */
const openSeen = (page: Page, address: string, workflowId: string): Promise<void> =>
  expect(async () => {
    await page.goto(address, { waitUntil: 'commit' });
    await expect(page.getByRole('link', { name: workflowId, exact: true })).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout: 20_000 });

test('what is pressed and typed before the page answers is done once it does', async ({ page, startOrder, queue }) => {
  const order = await startOrder('-decline');
  const release = await holdCode(page);
  await openSeen(page, `/n/${NAMESPACE}/workflows?queue=${queue}`, order.workflowId);
  await page.keyboard.press('j');
  await page.keyboard.press('Space');
  await page.getByLabel('Find by workflow id or run id').fill(order.workflowId);
  await page.getByRole('button', { name: 'Switch between light and dark' }).click();
  await expect(page.locator('html')).not.toHaveAttribute('data-theme');
  release();
  await expect(page.locator('html')).toHaveAttribute('data-theme', /light|dark/);
  await expect(page).toHaveURL(new RegExp(`id=${order.workflowId}`));
  await expect(page.getByRole('complementary', { name: `Inspector: ${order.workflowId}` })).toBeVisible();
});

test('what is typed while the page comes to life is in its order', async ({ page, startOrder, queue }) => {
  const order = await startOrder('-decline');
  const release = await holdCode(page);
  await openSeen(page, `/n/${NAMESPACE}/workflows?queue=${queue}`, order.workflowId);
  await page.keyboard.type(`/${order.workflowId.slice(0, 3)}`);
  release();
  // One by one at first, then as fast as a page that is busy takes them.
  for (const letter of order.workflowId.slice(3, 8)) {
    await page.keyboard.type(letter);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  await page.keyboard.type(order.workflowId.slice(8));
  await expect(page).toHaveURL(new RegExp(`id=${order.workflowId}$`));
  await expect(page.getByLabel('Find by workflow id or run id')).toHaveValue(order.workflowId);
});
