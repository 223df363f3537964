/**
 * The console for a server of which it knows the protocol alone. Our own engine, asked over the wire, is such a server: what only it knows is
 * given to the api in its own process and travels no further.
 */
import type { Page } from '@playwright/test';
import { freePort, startProduct } from '../fixtures/product-process.ts';
import type { Order } from './fixtures.ts';
import { expect, NAMESPACE, test } from './fixtures.ts';

interface Here {
  readonly page: Page;
  readonly url: string;
}

test('works on every page with what the protocol gives', async ({ page, queue, startOrder }) => {
  test.setTimeout(150_000);
  const [uiPort, httpPort] = [await freePort(), await freePort()];
  const address = process.env['TIDEMARK_ADDRESS'] ?? '127.0.0.1:7233';
  const ports = ['--ui-port', String(uiPort), '--http-port', String(httpPort)];
  const product = await startProduct(['console', '--address', address, ...ports, '--log-level', 'error']);
  try {
    const here = { page, url: `http://127.0.0.1:${uiPort}` };
    const order = await startOrder('-retry');
    await seesPages(here, queue);
    await seesRun(here, order);
  } finally {
    await product.stop();
  }
});

async function seesPages({ page, url }: Here, queue: string): Promise<void> {
  const home = `${url}/n/${NAMESPACE}`;
  const pages = [
    [`${url}/ns`, 'Namespaces'],
    [`${home}/workflows`, 'Workflows'],
    [`${home}/workflows/new`, 'Start a workflow'],
    [`${home}/queues`, 'Task queues'],
    [`${home}/queues/${queue}`, queue],
    [`${home}/workers`, 'Workers'],
    [`${home}/schedules`, 'Schedules'],
    [`${home}/schedules/new`, 'New schedule'],
    [`${home}/batches`, 'Batches'],
    [`${home}/batches/new`, 'New batch'],
    [`${home}/settings`, 'Settings'],
  ] as const;
  for (const [path, heading] of pages) {
    await page.goto(path);
    await expect(page.getByRole('heading', { name: heading, level: 1 }), path).toBeVisible();
    await isWell(page, path);
  }
}

async function seesRun({ page, url }: Here, order: Order): Promise<void> {
  for (const tab of ['', '/history', '/pending', '/state', '/io', '/interact', '/replay']) {
    await page.goto(`${url}${order.path}${tab}`);
    await expect(page.getByRole('heading', { name: order.workflowId, level: 1 }), tab).toBeVisible();
    await expect(page.getByRole('link', { name: /^History \d/ }), tab).toBeVisible();
    await isWell(page, tab);
  }
  // Why it does not move is worked out from the protocol, and its events come as they happen.
  await page.goto(`${url}${order.path}`);
  await expect(page.getByRole('status').filter({ hasText: 'Waiting on chargeCard' })).toBeVisible({ timeout: 40_000 });
  await page.getByRole('button', { name: 'Terminate…' }).click();
  await page.getByLabel('Reason, kept in the history').fill('seen enough');
  await page.getByRole('button', { name: 'Terminate run' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'seen enough' })).toBeVisible();
}

/** No part says that it failed, none that it waits. */
async function isWell(page: Page, path: string): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: 2000 }).catch(() => undefined);
  await expect(page.getByRole('alert').filter({ hasText: /\S/ }).and(page.locator(':not(#__next-route-announcer__)')), path).toHaveCount(0);
  await expect(page.getByText(/could not be read|does not answer|is not here yet|are not here yet/), path).toHaveCount(0);
}
