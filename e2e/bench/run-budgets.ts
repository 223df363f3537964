/** Pages of runs: the header, the timeline at 51,200 events, its inspector, find, and a document of two megabytes. */
import type { Browser, Page } from '@playwright/test';
import { busyMs, forget, heapBytes, openSlow, seen, untilLoaded, untilShown } from './browser.ts';
import type { Measured } from './budget.ts';
import { measured, p75 } from './budget.ts';
import type { Target } from './target.ts';
import { pathOf } from './target.ts';

const REPEATS = 5;
/** From arriving at a link to pressing it. */
const HAND_MS = 300;
const BAR = '.tl-row .tl-lane i';
const LONG = 'events-51200';
/** The beginning is drawn while the rest is read. */
const WHOLE = '.pg-timeline[aria-busy="false"]';
const MEGABIT = 1_000_000 / 8;

export async function runBudgets(browser: Browser, target: Target): Promise<readonly Measured[]> {
  const long = await pathOf(target, LONG);
  return [
    ...(await measured('run header', () => opening(browser, target))),
    ...(await measured('long timeline', () => longTimeline(browser, target, long))),
    ...(await measured('moving over a long timeline', () => onLongTimeline(browser, target, long))),
    ...(await measured('find', async () => [await finding(browser, target, long)])),
    ...(await measured('family', async () => [await family(browser, target)])),
    ...(await measured('large document', () => largeDocument(browser, target))),
  ];
}

async function opening(browser: Browser, target: Target): Promise<readonly Measured[]> {
  const path = await pathOf(target, 'events-1000');
  const cold: number[] = [];
  const warm: number[] = [];
  for (let turn = 0; turn < REPEATS; turn += 1) {
    const slow = await openSlow(browser, target.consoleUrl);
    cold.push(await untilLoaded(slow.page, path, '.runbar .facts .strong'));
    await slow.page.goto('/n/bench/workflows?id=events-1000');
    const link = slow.page.getByRole('link', { name: 'events-1000', exact: true });
    await link.waitFor();
    await slow.page.waitForLoadState('networkidle', { timeout: 4000 }).catch(() => undefined);
    // Nobody presses in the moment in which they arrive.
    await link.hover();
    await slow.page.waitForTimeout(HAND_MS);
    warm.push(await untilShown(slow.page, () => link.click(), '.runbar h1'));
    await slow.close();
  }
  return [
    {
      item: 'Run: click in the list to its header',
      budget: 200,
      unit: 'ms',
      value: p75(warm),
      note: `p75 of ${REPEATS}, pointed at for ${HAND_MS} ms`,
    },
    { item: 'Run: navigation to its header, cold', budget: 500, unit: 'ms', value: p75(cold), note: `p75 of ${REPEATS}, empty cache` },
  ];
}

const sumOf = (values: readonly number[] = []): number => values.reduce((sum, one) => sum + one, 0);

/** At 20 Mbit/s, as the budget says, but for what a worker asks: neither that nor the throttle of the processor reaches it. */
async function longTimeline(browser: Browser, { consoleUrl }: Target, path: string): Promise<readonly Measured[]> {
  const first: number[] = [];
  const whole: number[] = [];
  const grouped: number[] = [];
  const apart: number[] = [];
  let bytes = 0;
  for (let turn = 0; turn < 3; turn += 1) {
    const slow = await openSlow(browser, consoleUrl);
    await slow.cdp.send('Network.enable');
    await slow.cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: 20 * MEGABIT,
      uploadThroughput: 20 * MEGABIT,
    });
    const sizes: Promise<{ readonly responseBodySize: number }>[] = [];
    // Those of the worker too, of which the page's own session is not told.
    slow.page.on('requestfinished', (request) => request.url().includes('workflow.history') && sizes.push(request.sizes()));
    first.push(await untilLoaded(slow.page, path, BAR));
    await slow.page.waitForSelector(WHOLE, { timeout: 60_000 });
    whole.push(await slow.page.evaluate(() => performance.now()));
    const { spent } = await seen(slow.page);
    grouped.push(sumOf(spent['timeline: grouping']) + Math.max(0, ...(spent['timeline: layout'] ?? [])));
    apart.push(sumOf(spent['timeline: grouping apart']));
    bytes = (await Promise.all(sizes)).reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
    await slow.close();
  }
  return [
    { item: 'Timeline, 51,200 events: first bars', budget: 700, unit: 'ms', value: p75(first), note: 'p75 of 3, 20 Mbit/s' },
    {
      item: 'Timeline, 51,200 events: all of it',
      budget: 2500,
      unit: 'ms',
      value: p75(whole),
      note: 'p75 of 3, 20 Mbit/s; the worker is not slowed down',
    },
    {
      item: 'Timeline, 51,200 events: grouping and layout',
      budget: 60,
      unit: 'ms',
      value: p75(grouped),
      note: `on the page’s thread: both ends, joining the pages between, the layout of all; ${Math.round(p75(apart))} ms in the worker beside it, not slowed down`,
    },
    { item: 'Timeline, 51,200 events: transfer', budget: 1, unit: 'MB', value: bytes / 1e6, note: 'rows of the history, as sent' },
  ];
}

async function onLongTimeline(browser: Browser, { consoleUrl }: Target, path: string): Promise<readonly Measured[]> {
  const slow = await openSlow(browser, consoleUrl);
  const { page, cdp } = slow;
  await untilLoaded(page, '/n/bench/workflows', 'tr[data-row]');
  const before = await heapBytes(cdp);
  await untilLoaded(page, path, WHOLE);
  await page.waitForLoadState('networkidle', { timeout: 6000 }).catch(() => undefined);
  const heap = (await heapBytes(cdp)) - before;
  const zoom = await moving(page, cdp);
  const mounted = await page.locator('.tl-row').count();
  const opened = await inspecting(page);
  await slow.close();
  return [
    {
      item: 'Timeline, 51,200 events: memory',
      budget: 15,
      unit: 'MB',
      value: heap / 1e6,
      note: 'heap after a collection, above that of the list',
    },
    ...zoom,
    { item: 'Timeline, 51,200 events: mounted rows', budget: 60, unit: 'rows', value: mounted, note: 'of this many groups' },
    ...opened,
  ];
}

async function moving(page: Page, cdp: Parameters<typeof busyMs>[0]): Promise<readonly Measured[]> {
  const lane = await page.locator('.tl-row .tl-lane').nth(4).boundingBox();
  if (lane === null) throw new Error('there is no lane to zoom');
  await page.mouse.move(lane.x + lane.width / 2, lane.y + 8);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -400);
  await page.keyboard.up('Control');
  await page.waitForTimeout(800);
  await forget(page);
  const busy = await busyMs(cdp);
  const STEPS = 60;
  // Each step waits for its frame, so that the work is divided by frames that were drawn.
  await page.evaluate(
    async ({ x, y, steps }) => {
      const element = document.elementFromPoint(x, y);
      for (let step = 0; step < steps; step += 1) {
        const zooms = step % 2 === 0;
        element?.dispatchEvent(
          new WheelEvent('wheel', {
            bubbles: true,
            cancelable: true,
            clientX: x,
            clientY: y,
            ctrlKey: zooms,
            deltaY: zooms ? (step % 4 === 0 ? -40 : 40) : 0,
            deltaX: zooms ? 0 : 30,
          }),
        );
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      }
    },
    { x: lane.x + lane.width / 2, y: lane.y + 8, steps: STEPS },
  );
  const { commits } = await seen(page);
  const frame = ((await busyMs(cdp)) - busy) / STEPS;
  return [
    { item: 'Timeline: script and style of a zoom or pan frame', budget: 6, unit: 'ms', value: frame, note: `mean of ${STEPS}` },
    { item: 'Timeline: React commits while it zooms and pans', budget: 0, unit: 'commits', value: commits, note: `in ${STEPS} frames` },
  ];
}

async function inspecting(page: Page): Promise<readonly Measured[]> {
  const fresh: number[] = [];
  const cached: number[] = [];
  const single = page.locator('.tl-row[aria-label*="activity"]');
  for (let at = 0; at < 4; at += 1) {
    for (const taken of [fresh, cached]) {
      taken.push(await untilShown(page, () => single.nth(at + 1).click(), '[aria-label^="Inspector"]'));
      await page.keyboard.press('Escape');
      await page.waitForSelector('[aria-label^="Inspector"]', { state: 'detached' });
    }
  }
  await single.nth(1).click();
  const decoded = await untilShown(page, () => page.getByRole('tab', { name: 'Input' }).click(), '[aria-label^="Inspector"] pre.code');
  return [
    { item: 'Inspector: opened again', budget: 100, unit: 'ms', value: p75(cached), note: 'p75 of 4, at 51,200 events' },
    {
      item: 'Inspector: opened, with its data',
      budget: 400,
      unit: 'ms',
      value: Math.max(p75(fresh), decoded),
      note: 'the slower of opening and of the first input',
    },
  ];
}

async function finding(browser: Browser, { consoleUrl }: Target, path: string): Promise<Measured> {
  const slow = await openSlow(browser, consoleUrl);
  await untilLoaded(slow.page, path, WHOLE);
  await slow.page.waitForLoadState('networkidle', { timeout: 6000 }).catch(() => undefined);
  const box = slow.page.getByLabel(/^Find/).first();
  const taken: number[] = [];
  for (const text of ['ship', 'charge', 'archive']) {
    await box.fill('');
    await slow.page.waitForTimeout(500);
    await box.focus();
    taken.push(
      await untilShown(slow.page, () => slow.page.keyboard.insertText(text).then(() => slow.page.keyboard.press('Shift')), '.tl-row').then(
        () => slow.page.evaluate(() => Math.max(0, ...window.seen.longTasks.slice(-1))),
      ),
    );
    await slow.page.evaluate(() => (window.seen.longTasks.length = 0));
  }
  await slow.close();
  return {
    item: 'Find by name in 51,200 events',
    budget: 50,
    unit: 'ms',
    value: p75(taken),
    note: 'longest task of the edit, with the drawing of what was found',
  };
}

async function family(browser: Browser, target: Target): Promise<Measured> {
  const path = await pathOf(target, 'children-10000');
  const slow = await openSlow(browser, target.consoleUrl);
  await untilLoaded(slow.page, `${path}/family`, '[role="treeitem"][aria-level="2"]');
  const mounted = await slow.page.getByRole('treeitem').count();
  await slow.close();
  return { item: 'Family tree of 10,000: mounted nodes', budget: 200, unit: 'nodes', value: mounted, note: 'at its opening' };
}

async function largeDocument(browser: Browser, target: Target): Promise<readonly Measured[]> {
  const path = await pathOf(target, 'payload-2mb');
  const slow = await openSlow(browser, target.consoleUrl);
  const { page } = slow;
  await untilLoaded(page, path, BAR);
  await page.waitForLoadState('networkidle', { timeout: 6000 }).catch(() => undefined);
  await forget(page);
  const answered = page.waitForResponse(/workflow\.(events|wire)/).then(async (response) => {
    await response.finished();
    return await page.evaluate(() => performance.now());
  });
  await page.getByRole('link', { name: 'Input and result' }).click();
  await page.waitForSelector('pre.code', { timeout: 60_000 });
  const shown = await page.evaluate(() => performance.now());
  const taken = shown - (await answered);
  await page.waitForTimeout(1000);
  const { longTasks } = await seen(page);
  await slow.close();
  return [
    { item: 'JSON of 2 MB: first screen', budget: 150, unit: 'ms', value: Math.max(0, taken), note: 'after its answer was there' },
    {
      item: 'JSON of 2 MB: longest task',
      budget: 200,
      unit: 'ms',
      value: Math.max(0, ...longTasks),
      note: `of ${longTasks.length} above 50 ms`,
    },
  ];
}
