/** What holds all the way: the weight of the code, a walk through the pages, and a page that nobody looks at. */
import { gzipSync } from 'node:zlib';
import type { Browser } from '@playwright/test';
import { openSlow, seen, untilLoaded } from './browser.ts';
import type { Measured } from './budget.ts';
import { percentile } from './budget.ts';
import type { Target } from './target.ts';
import { pathOf } from './target.ts';

const ROW = 'tr[data-row]';

/** Names and sizes in kB gzip of the scripts that a page loads until the selector is there. */
async function scriptsOf(
  browser: Browser,
  { consoleUrl }: Target,
  page: { readonly path: string; readonly selector: string },
): Promise<ReadonlyMap<string, number>> {
  const slow = await openSlow(browser, consoleUrl);
  const sizes = new Map<string, number>();
  const reading: Promise<void>[] = [];
  slow.page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return;
    const read = async () => {
      sizes.set(new URL(response.url()).pathname, gzipSync(await response.body()).length / 1000);
    };
    reading.push(read().catch(() => undefined));
  });
  await untilLoaded(slow.page, page.path, page.selector);
  await slow.page.waitForLoadState('networkidle', { timeout: 4000 }).catch(() => undefined);
  await Promise.all(reading);
  await slow.close();
  return sizes;
}

const sum = (values: Iterable<number>): number => [...values].reduce((all, one) => all + one, 0);

export async function weightBudgets(browser: Browser, target: Target): Promise<readonly Measured[]> {
  const list = await scriptsOf(browser, target, { path: '/n/bench/workflows', selector: ROW });
  const run = await pathOf(target, 'events-1000');
  const features = [
    { name: 'start form with its editor', path: '/n/bench/workflows/new', selector: '.cm-editor' },
    { name: 'timeline', path: run, selector: '.tl-row' },
    { name: 'replay', path: `${run}/replay`, selector: 'h1' },
    { name: 'state', path: `${run}/state`, selector: 'h1' },
    { name: 'schedules', path: '/n/bench/schedules', selector: 'h1' },
  ];
  const extra: { name: string; kb: number; path: string }[] = [];
  for (const feature of features) {
    const all = await scriptsOf(browser, target, feature);
    extra.push({ ...feature, kb: sum([...all].filter(([name]) => !list.has(name)).map(([, kb]) => kb)) });
  }
  const heaviest = extra.reduce((a, b) => (a.kb > b.kb ? a : b));
  return [
    {
      item: 'JavaScript of the first route, gzip',
      budget: 180,
      unit: 'kB',
      value: sum(list.values()),
      note: `${list.size} scripts of the list, all that loads until it rests`,
    },
    {
      item: 'JavaScript of a lazy feature, gzip',
      budget: 120,
      unit: 'kB',
      value: heaviest.kb,
      note: `${heaviest.name}; ${extra.map((one) => `${one.name} ${one.kb.toFixed(0)}`).join(', ')}`,
    },
  ];
}

export async function journeyBudgets(browser: Browser, target: Target): Promise<readonly Measured[]> {
  const slow = await openSlow(browser, target.consoleUrl);
  const { page } = slow;
  await untilLoaded(page, '/n/bench/workflows', ROW);
  const found: Awaited<ReturnType<typeof seen>>[] = [];
  await page.waitForLoadState('networkidle', { timeout: 4000 }).catch(() => undefined);
  await page.getByRole('button', { name: /^Failed/ }).click();
  await page.waitForURL(/status=Failed/);
  await page.getByLabel('Find by workflow id or run id').pressSequentially('refund-00', { delay: 40 });
  await page.waitForURL(/id=refund-00/);
  await page.locator(`${ROW} a[href*="/w/refund-00"]`).first().click();
  await page.waitForSelector('.tl-row', { timeout: 30_000 });
  await page.locator('.tl-row').nth(1).click();
  await page.waitForSelector('[aria-label^="Inspector"]');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: /^History \d/ }).click();
  await page.waitForURL(/history/);
  await page.waitForTimeout(500);
  await page.goBack();
  await page.waitForTimeout(500);
  found.push(await seen(page));
  await page.getByRole('link', { name: 'Back to workflows' }).click();
  await page.waitForSelector(ROW);
  await page.waitForTimeout(1000);
  found.push(await seen(page));
  await slow.close();
  const interactions = found.at(-1)?.interactions ?? [];
  const tasks = found.at(-1)?.longTasks ?? [];
  const note = 'list, filter, find, open, select, history, back';
  return [
    {
      item: 'Journey: interaction to next paint',
      budget: 150,
      unit: 'ms',
      value: interactions.length === 0 ? 0 : percentile(interactions, 0.98),
      note: `the worst of ${interactions.length}: ${note}`,
    },
    { item: 'Journey: layout shift', budget: 0.02, unit: '', value: found.at(-1)?.shift, note },
    {
      item: 'Journey: longest main-thread task',
      budget: 100,
      unit: 'ms',
      value: Math.max(0, ...tasks),
      note: `${tasks.length} above 50 ms, first load included`,
    },
  ];
}

/** A tab in the background asks for nothing; an idle one in front next to nothing of the engine's time. */
export async function idleBudgets(browser: Browser, target: Target): Promise<readonly Measured[]> {
  const SECONDS = 20;
  const slow = await openSlow(browser, target.consoleUrl);
  await untilLoaded(slow.page, '/n/bench/workflows', ROW);
  await slow.page.waitForLoadState('networkidle', { timeout: 4000 }).catch(() => undefined);
  const cpu = await engineCpuSeconds(target);
  await slow.page.waitForTimeout(SECONDS * 1000);
  const share = (((await engineCpuSeconds(target)) - cpu) / SECONDS) * 100;
  await slow.page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  let asked = 0;
  slow.page.on('request', (request) => {
    if (request.url().includes('/api/')) asked += 1;
  });
  await slow.page.waitForTimeout(SECONDS * 1000);
  await slow.close();
  return [
    {
      item: 'Hidden tab: requests a minute',
      budget: 1,
      unit: '/min',
      value: (asked * 60) / SECONDS,
      note: `counted for ${SECONDS} s on the list`,
    },
    { item: 'Idle list in front, 1M runs: CPU of the engine', budget: 1, unit: '%', value: share, note: `of one core, over ${SECONDS} s` },
  ];
}

async function engineCpuSeconds({ httpUrl }: Target): Promise<number> {
  const text = await (await fetch(`${httpUrl}/metrics`)).text();
  return Number(/^tidemark_process_cpu_seconds_total (\S+)/m.exec(text)?.[1] ?? Number.NaN);
}
