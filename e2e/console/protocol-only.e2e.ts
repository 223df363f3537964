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
    [`${url}/ns`, 'Namespaces', `tr:has-text("${NAMESPACE}")`],
    [`${home}/workflows`, 'Workflows', 'tr[data-row]'],
    [`${home}/workflows/new`, 'Start a workflow', '.cm-content'],
    [`${home}/queues`, 'Task queues', `tr:has-text("${queue}")`],
    [`${home}/queues/${queue}`, queue, 'table[aria-label^="Pollers"] tbody tr'],
    [`${home}/workers`, 'Workers', 'main'],
    [`${home}/schedules`, 'Schedules', 'main'],
    [`${home}/schedules/new`, 'New schedule', 'aside[aria-label="What will happen"] time'],
    [`${home}/batches`, 'Batches', 'main'],
    [`${home}/batches/new`, 'New batch', 'aside[aria-label="What will happen"]'],
    [`${home}/settings`, 'Settings', 'input[aria-label="Name of the new attribute"]'],
  ] as const;
  for (const [path, heading, content] of pages) {
    await page.goto(path);
    await expect(page.getByRole('heading', { name: heading, level: 1 }), path).toBeVisible();
    await isWell(page, path, content);
  }
}

async function seesRun({ page, url }: Here, order: Order): Promise<void> {
  const tabs = [
    ['', '.tl-row'],
    ['/history', '[role="treegrid"] tbody tr'],
    ['/pending', 'table[aria-label="Pending"] tbody tr'],
    ['/state', '[aria-label="Open now"] li'],
    ['/io', '[aria-label="Input"]'],
    ['/interact', 'button:has-text("progress")'],
    ['/replay', 'table[aria-label="Recorded commands per workflow task"]'],
  ] as const;
  for (const [tab, content] of tabs) {
    await page.goto(`${url}${order.path}${tab}`);
    await expect(page.getByRole('heading', { name: order.workflowId, level: 1 }), tab).toBeVisible();
    await expect(page.getByRole('link', { name: /^History \d/ }), tab).toBeVisible();
    await isWell(page, tab, content);
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
async function isWell(page: Page, path: string, content: string): Promise<void> {
  await expect(page.locator(content).first(), path).toBeVisible({ timeout: 20_000 });
  await expect(page.locator('.sk'), path).toHaveCount(0);
  await expect(page.getByRole('alert').filter({ hasText: /\S/ }).and(page.locator(':not(#__next-route-announcer__)')), path).toHaveCount(0);
  await expect(page.getByText(/could not be read|does not answer|is not here yet|are not here yet/), path).toHaveCount(0);
}
