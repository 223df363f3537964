/** In a very long run: where did it fail first, how often was it tried, and what can a colleague be shown? */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { freePort, startProduct } from '../../fixtures/product-process.ts';
import { clipboard, press, tabTo } from './keys.ts';

const inspectorOf = (page: Page) => page.getByRole('complementary', { name: 'Inspector: chargeCard' });

test('in a run of 51 200 events to the first failure of an activity, all its attempts, and a link that shows the same', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const folder = await mkdtemp(join(tmpdir(), 'tidemark-journey-'));
  const file = join(folder, 'long.db');
  const generator = fileURLToPath(new URL('../../../apps/engine/bench/fixtures/generate.ts', import.meta.url));
  const made = spawnSync(process.execPath, ['--import', 'tsx', generator, '--db', file, '--runs', '0', '--shapes', 'events-51200'], {
    encoding: 'utf8',
  });
  expect(made.status, made.stderr).toBe(0);
  const [port, httpPort, uiPort] = [await freePort(), await freePort(), await freePort()];
  const ports = ['--port', String(port), '--http-port', String(httpPort), '--ui-port', String(uiPort)];
  const product = await startProduct(['server', 'start-dev', ...ports, '--db-filename', file, '--log-level', 'error']);
  const options = { baseURL: `http://127.0.0.1:${uiPort}`, viewport: { width: 1440, height: 900 } };
  try {
    const context = await browser.newContext({ ...options, permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    await page.goto('/n/bench/workflows');
    await expect(page.locator('tr[data-row]')).toHaveCount(1, { timeout: 30_000 });
    await press(page, 'j');
    await expect(page.locator('tr[data-row]')).toBeFocused();
    await press(page, 'Enter');
    await expect(page.getByRole('link', { name: /^History 51\D?200/ })).toBeVisible({ timeout: 60_000 });
    await press(page, '/');
    await page.keyboard.type('chargeCard');
    await press(page, 'Enter', 'e');
    // One tab of them is a stop; the arrows go round.
    await tabTo(page, inspectorOf(page).getByRole('tab', { selected: true }), 'Shift+Tab');
    await press(page, 'End', 'ArrowRight', 'ArrowRight');
    await expect(inspectorOf(page).getByRole('tab', { name: /^Attempts/ })).toBeFocused();
    await expect(inspectorOf(page)).toContainText('card declined');
    // The link is asked for in the same moment as the zoom, and is of what is seen.
    await press(page, '=', '=', 'Shift+ArrowLeft', 'Control+.');
    await expect(page.getByText('Link copied.')).toBeVisible();
    const link = await clipboard(page);
    expect(new URL(link).search).toMatch(/t0=\d+(\.\d+)?&t1=\d+/);
    const colleague = await (await browser.newContext(options)).newPage();
    await colleague.goto(link);
    await expect(inspectorOf(colleague)).toBeVisible({ timeout: 60_000 });
    await expect(colleague.locator('.tl-row.sel')).toBeInViewport();
    expect((await pixels(page)).bars).not.toEqual([]);
    await expect.poll(() => pixels(colleague)).toEqual(await pixels(page));
    expect(new URL(colleague.url()).search).toBe(new URL(link).search);
  } finally {
    await product.stop();
    await rm(folder, { recursive: true });
  }
});

/** What the axis says and where, which row is chosen, and from where to where its bars reach, in whole pixels. */
async function pixels(page: Page) {
  return page.evaluate(() => {
    const boxOf = (element: Element) => {
      const { left, right } = element.getBoundingClientRect();
      return [element.textContent, Math.round(left), Math.round(right)];
    };
    return {
      axis: [...document.querySelectorAll('.tl-axis span')].map(boxOf),
      chosen: [...document.querySelectorAll('.tl-row.sel')].map(boxOf),
      bars: [...document.querySelectorAll('.tl-row.sel .sg')].map(boxOf),
    };
  });
}
