/** The console of an engine that asks for keys: who gets in, what they may do, and what is kept of it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createHash, randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { freePort, startProduct } from '../fixtures/product-process.ts';
import { violations } from './violations.ts';

interface Key {
  readonly text: string;
  readonly entry: object;
}

function keyOf(name: string, permissions: readonly string[]): Key {
  const text = `tmk_${randomBytes(32).toString('base64url')}`;
  return { text, entry: { name, sha256: createHash('sha256').update(text).digest('hex'), permissions } };
}

async function signIn(page: Page, key: string): Promise<void> {
  await page.getByLabel('API key or JWT').fill(key);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('asks who comes, lets each do what their key permits, and keeps who did what', async ({ browser }) => {
  test.setTimeout(120_000);
  const [ann, ben] = [keyOf('ann', ['*:write']), keyOf('ben', ['default:read'])];
  const folder = await mkdtemp(join(tmpdir(), 'tidemark-access-'));
  const keys = join(folder, 'keys.json');
  await writeFile(keys, JSON.stringify([ann.entry, ben.entry]));
  const [port, httpPort, uiPort] = [await freePort(), await freePort(), await freePort()];
  const ports = ['--port', String(port), '--http-port', String(httpPort), '--ui-port', String(uiPort)];
  const product = await startProduct(['server', 'start-dev', ...ports, '--api-keys', keys, '--log-level', 'error']);
  const visit = async () => (await browser.newContext({ baseURL: `http://127.0.0.1:${uiPort}` })).newPage();
  try {
    const writer = await visit();
    await writer.goto('/n/default/workflows/new?type=OrderFlow');
    await expect(writer).toHaveURL(/\/sign-in\?next=/);
    await signIn(writer, 'tmk_wrong');
    await expect(writer.getByText('This key is not valid, or not valid any more.')).toBeVisible();
    expect(await violations(writer)).toEqual([]);
    await signIn(writer, ann.text);
    await expect(writer).toHaveURL(/\/workflows\/new\?type=OrderFlow$/);
    await terminatesOne(writer);

    const reader = await visit();
    await reader.goto('/n/default/w/order-1');
    await signIn(reader, ben.text);
    await readsOnly(reader);
    await seesWhoDidIt(reader);
  } finally {
    await product.stop();
    await rm(folder, { recursive: true });
  }
});

async function terminatesOne(page: Page): Promise<void> {
  await page.getByLabel('Workflow type').fill('OrderFlow');
  await page.getByLabel('Workflow ID').fill('order-1');
  await page.getByLabel('Task queue').fill('orders');
  await page.getByRole('textbox', { name: 'Input, JSON' }).fill('{ "api_key": "sesame" }');
  await page.getByRole('button', { name: 'Start workflow' }).click();
  await page.getByRole('button', { name: 'Terminate…' }).click();
  await page.getByLabel(/reason/i).fill('wrong price');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Terminate/ })
    .click();
  await expect(page.getByText(/^Terminated after/)).toBeVisible();
}

async function readsOnly(page: Page): Promise<void> {
  const again = page.getByRole('button', { name: 'Start like this one' });
  await expect(again).toHaveAttribute('aria-disabled', 'true');
  await again.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Signed in as ben, without the role write.')).toBeVisible();
  // Who reads may read what is hidden too, and it is known that they did.
  await page.getByRole('link', { name: 'Input and result' }).click();
  await page.getByRole('button', { name: 'Reveal api_key' }).click();
  await expect(page.getByLabel('Input', { exact: true })).toContainText('"api_key": "sesame"');
  await page.goto('/n/default/workflows');
  await page.locator('tr[data-row]').click({ button: 'right' });
  const menu = page.getByRole('menu', { name: 'Actions for order-1' });
  await expect(menu.getByRole('group', { name: 'Signed in as ben, without the role write.' })).toBeVisible();
  await expect(menu.getByRole('menuitem', { name: 'Delete…' })).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Escape');
  // Keys ask for no more than buttons do.
  await page.locator('tr[data-row]').focus();
  await page.keyboard.press('x');
  await expect(page.getByRole('toolbar', { name: 'Actions for the chosen runs' })).toBeVisible();
  for (const key of ['b', 't']) await page.keyboard.press(key);
  await expect(page.getByRole('region', { name: /^Notifications/ }).getByText('Signed in as ben, without the role write.')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  // The services have the last word, whatever a page shows.
  const answer = await page.request.post('/api/trpc/workflow.signal', { data: { namespace: 'default', workflowId: 'order-1', name: 'x' } });
  expect(answer.status()).toBe(403);
}

async function seesWhoDidIt(page: Page): Promise<void> {
  await page.goto('/n/default/audit');
  const row = page.getByRole('row', { name: /Terminated a run/ });
  await expect(row).toContainText('ann');
  await expect(row).toContainText('order-1');
  await expect(row).toContainText('wrong price');
  await expect(page.getByRole('row', { name: /Revealed secrets in a payload/ })).toContainText('ben');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Signed in as ben' }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  expect(await violations(page, { within: '[role="menu"]' })).toEqual([]);
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto('/n/default/audit');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
}
