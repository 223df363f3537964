/** The list of a namespace with a million runs. */
import type { Browser, Page } from '@playwright/test';
import { busyMs, forget, openSlow, untilLoaded, untilShown } from './browser.ts';
import type { Measured } from './budget.ts';
import { p75 } from './budget.ts';
import type { Target } from './target.ts';

const REPEATS = 5;
const LIST = '/n/bench/workflows';
const ROW = 'tr[data-row]';
const ROWS_KEPT = 2000;

export async function listBudgets(browser: Browser, target: Target): Promise<readonly Measured[]> {
  return [
    await firstRows(browser, target),
    await serverPage(target),
    ...(await filtering(browser, target)),
    await counting(browser, target),
    ...(await scrolling(browser, target)),
    await fragment(target),
  ];
}

async function firstRows(browser: Browser, { consoleUrl }: Target): Promise<Measured> {
  const taken: number[] = [];
  for (let turn = 0; turn < REPEATS; turn += 1) {
    const slow = await openSlow(browser, consoleUrl);
    taken.push(await untilLoaded(slow.page, LIST, ROW));
    await slow.close();
  }
  return {
    item: 'List: navigation to first rows, 1M runs',
    budget: 500,
    unit: 'ms',
    value: p75(taken),
    note: `p75 of ${REPEATS}, empty cache`,
  };
}

/** Asked of the api as the page asks, so the forwarding and the codecs are in it. */
async function serverPage({ consoleUrl, count }: Target): Promise<Measured> {
  const filters = [
    {},
    { type: 'Refund' },
    { status: ['Failed'] },
    { status: ['Running'] },
    { type: 'Audit', status: ['Failed'] },
    { id: 'orderflow-00' },
  ];
  const taken: number[] = [];
  for (const filter of filters) {
    for (let turn = 0; turn < 5; turn += 1) {
      const begun = performance.now();
      const input = encodeURIComponent(JSON.stringify({ namespace: 'bench', filter }));
      const response = await fetch(`${consoleUrl}/api/trpc/workflow.list?input=${input}`);
      await response.arrayBuffer();
      taken.push(performance.now() - begun);
    }
  }
  return {
    item: 'List: a page of 100 from the server',
    budget: 150,
    unit: 'ms',
    value: p75(taken),
    note: `p75 over ${filters.length} filters at ${count} runs, worst ${Math.max(...taken).toFixed(0)} ms`,
  };
}

async function filtering(browser: Browser, { consoleUrl }: Target): Promise<readonly Measured[]> {
  const DEBOUNCE_MS = 150;
  const slow = await openSlow(browser, consoleUrl);
  const { page } = slow;
  await untilLoaded(page, LIST, ROW);
  await page.waitForLoadState('networkidle', { timeout: 4000 }).catch(() => undefined);
  const taken: number[] = [];
  for (let turn = 0; turn < REPEATS; turn += 1) {
    const id = `refund-0${turn}`;
    await page.getByLabel('Find by workflow id or run id').focus();
    taken.push(
      (await untilShown(
        page,
        async () => {
          await page.keyboard.press('ControlOrMeta+a');
          await page.keyboard.insertText(id);
        },
        `tr[data-row] a[href*="/w/${id}"]`,
      )) - DEBOUNCE_MS,
    );
  }
  let isCancelled = false;
  page.on('requestfailed', (request) => (isCancelled ||= request.url().includes('workflow.list')));
  await page.route(/workflow\.list/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 400));
    await route.continue().catch(() => undefined);
  });
  await page.getByLabel('Find by workflow id or run id').fill('invoice-0');
  await page.waitForRequest(/workflow\.list.*invoice-0/);
  await page.getByLabel('Find by workflow id or run id').fill('payout-0');
  await page.waitForRequest(/workflow\.list.*payout-0/);
  await page.waitForTimeout(600);
  await slow.close();
  return [
    { item: 'List: filter edit to new rows, after the debounce', budget: 300, unit: 'ms', value: p75(taken), note: `p75 of ${REPEATS}` },
    {
      item: 'List: older question cancelled by a newer one',
      budget: 0,
      unit: 'left open',
      value: isCancelled ? 0 : 1,
      note: 'request aborted in the browser',
    },
  ];
}

async function counting(browser: Browser, { consoleUrl }: Target): Promise<Measured> {
  const slow = await openSlow(browser, consoleUrl);
  const taken = await untilLoaded(slow.page, LIST, '.facet b');
  await slow.close();
  return { item: 'List: count chips', budget: 2000, unit: 'ms', value: taken, note: 'from navigation, beside the list' };
}

const frames = (page: Page, ms: number): Promise<readonly number[]> =>
  page.evaluate(async (span) => {
    const deltas: number[] = [];
    let last = performance.now();
    const until = last + span;
    while (last < until) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = performance.now();
      deltas.push(now - last);
      last = now;
    }
    return deltas;
  }, ms);

async function scrolling(browser: Browser, { consoleUrl }: Target): Promise<readonly Measured[]> {
  const slow = await openSlow(browser, consoleUrl);
  const { page, cdp } = slow;
  await untilLoaded(page, LIST, ROW);
  await page.waitForLoadState('networkidle', { timeout: 4000 }).catch(() => undefined);
  await page.mouse.move(700, 600);
  await forget(page);
  const busy = await busyMs(cdp);
  const moving = frames(page, 3000);
  let mounted = 0;
  for (let step = 0; step < 40; step += 1) {
    await page.mouse.wheel(0, 240);
    mounted = Math.max(mounted, await page.locator(ROW).count());
  }
  const deltas = await moving;
  const script = ((await busyMs(cdp)) - busy) / deltas.length;
  for (let step = 0; step < 60; step += 1) {
    await page.evaluate(() => document.querySelector('.tblwrap')?.scrollTo(0, 1e7));
    await page.waitForTimeout(60);
  }
  // The head is the first row of the grid.
  const kept = await page.evaluate(() => Number([...document.querySelectorAll('tr[data-row]')].at(-1)?.getAttribute('aria-rowindex')) - 1);
  await slow.close();
  const note = `${deltas.length} frames over 3 s of wheel`;
  return [
    { item: 'List scroll: frame', budget: 17, unit: 'ms', value: p75(deltas), note: `p75, ${note}` },
    { item: 'List scroll: script, style and layout per frame', budget: 8, unit: 'ms', value: script, note: `mean, ${note}` },
    { item: 'List scroll: mounted rows', budget: 60, unit: 'rows', value: mounted, note: 'the most seen' },
    { item: 'List: rows kept in memory', budget: ROWS_KEPT, unit: 'rows', value: kept, note: 'after scrolling to the end sixty times' },
  ];
}

async function fragment({ consoleUrl }: Target): Promise<Measured> {
  const taken: number[] = [];
  for (const id of ['0012', '77777', 'flow-05', 'payout-09']) {
    const begun = performance.now();
    const input = encodeURIComponent(JSON.stringify({ namespace: 'bench', filter: { id } }));
    await (await fetch(`${consoleUrl}/api/trpc/workflow.list?input=${input}`)).arrayBuffer();
    taken.push(performance.now() - begun);
  }
  return {
    item: 'List: an id fragment among 1M runs',
    budget: 1000,
    unit: 'ms',
    value: Math.max(...taken),
    note: 'worst of 4; the middle of an id is looked for in the newest 2 000 runs, which the page says',
  };
}
