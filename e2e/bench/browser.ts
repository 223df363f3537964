/** A Chromium that is four times slower than this machine, and what its pages tell about themselves. */
import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test';

export const SLOWER = 4;

export interface Slow {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly cdp: CDPSession;
  close(): Promise<void>;
}

/** A fresh profile with an empty cache. */
export async function openSlow(browser: Browser, baseURL: string): Promise<Slow> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 } });
  // The compiler of these files marks functions with names, also those that are sent to the page.
  await context.addInitScript('globalThis.__name = (named) => named;');
  await context.addInitScript(watch);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await cdp.send('Performance.enable');
  return { context, page, cdp, close: () => context.close() };
}

export interface Seen {
  /** Milliseconds of each main-thread task above 50. */
  readonly longTasks: readonly number[];
  /** From input to the next frame, of each interaction, milliseconds. */
  readonly interactions: readonly number[];
  readonly shift: number;
  /** Roots that React committed. */
  readonly commits: number;
  /** What the page says its own work took, by its name. */
  readonly spent: Readonly<Record<string, readonly number[]>>;
}

declare global {
  interface Window {
    /** By selector. */
    loadedAt?: Readonly<Record<string, number>>;
    seen: { longTasks: number[]; interactions: Map<number, number>; shift: number; commits: number; spent: Record<string, number[]> };
    timing: { begun: number; shown: number };
  }
}

/** Runs in the page before anything else does. */
function watch(): void {
  const seen: Window['seen'] = { longTasks: [], interactions: new Map(), shift: 0, commits: 0, spent: {} };
  window.seen = seen;
  const observe = (type: string, take: (entry: PerformanceEntry & Record<string, unknown>) => void, more: object = {}) =>
    new PerformanceObserver((list) =>
      list.getEntries().forEach((entry) => take(entry as PerformanceEntry & Record<string, unknown>)),
    ).observe({
      type,
      buffered: true,
      ...more,
    });
  observe('measure', ({ name, duration }) => (seen.spent[name] ??= []).push(duration));
  observe('longtask', (entry) => seen.longTasks.push(entry.duration));
  observe(
    'event',
    (entry) => {
      const id = Number(entry['interactionId']);
      if (id > 0) seen.interactions.set(id, Math.max(seen.interactions.get(id) ?? 0, entry.duration));
    },
    { durationThreshold: 16 },
  );
  observe('layout-shift', (entry) => {
    if (entry['hadRecentInput'] !== true) seen.shift += Number(entry['value']);
  });
  // What React asks developer tools: enough of it to count commits.
  const hook = { supportsFiber: true, inject: () => 1, onCommitFiberUnmount: () => undefined, onPostCommitFiberRoot: () => undefined };
  Object.assign(window, {
    __REACT_DEVTOOLS_GLOBAL_HOOK__: { ...hook, onCommitFiberRoot: () => (seen.commits += 1), checkDCE: () => undefined },
  });
}

export const seen = (page: Page): Promise<Seen> =>
  page.evaluate(() => ({ ...window.seen, interactions: [...window.seen.interactions.values()] }));

export const forget = (page: Page): Promise<void> =>
  page.evaluate(() => {
    window.seen.longTasks.length = 0;
    window.seen.interactions.clear();
    window.seen.shift = 0;
    window.seen.commits = 0;
  });

/** Milliseconds of the main thread in script, style and layout since the page began. */
export async function busyMs(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  const of = (name: string) => metrics.find((one) => one.name === name)?.value ?? 0;
  return (of('ScriptDuration') + of('RecalcStyleDuration') + of('LayoutDuration')) * 1000;
}

/** Of the page's heap after a collection. */
export async function heapBytes(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return usedSize;
}

/** Milliseconds until the selector is there, counted in the page from `begin`, so that nothing of the driver is in it. */
export async function untilShown(page: Page, begin: () => Promise<unknown>, selector: string): Promise<number> {
  await page.evaluate((wanted) => {
    const state = { begun: 0, shown: 0 };
    window.timing = state;
    const begun = () => {
      if (state.begun === 0) state.begun = performance.now();
    };
    for (const type of ['pointerdown', 'keydown', 'wheel']) window.addEventListener(type, begun, { capture: true, once: true });
    const look = () => {
      if (state.begun > 0 && document.querySelector(wanted) !== null) state.shown = performance.now();
      else requestAnimationFrame(look);
    };
    look();
  }, selector);
  await begin();
  return await page.evaluate(async () => {
    const { timing } = window;
    const until = performance.now() + 30_000;
    while (timing.shown === 0 && performance.now() < until) await new Promise((resolve) => requestAnimationFrame(resolve));
    return timing.shown === 0 ? 30_000 : timing.shown - timing.begun;
  });
}

/** Milliseconds from the navigation of a new page to the first frame in which the selector is there, whatever the page does afterwards. */
export async function untilLoaded(page: Page, path: string, selector: string): Promise<number> {
  await page.addInitScript((wanted) => {
    const look = () => {
      if (document.querySelector(wanted) === null) requestAnimationFrame(look);
      else window.loadedAt = { ...window.loadedAt, [wanted]: performance.now() };
    };
    look();
  }, selector);
  await page.goto(path, { waitUntil: 'commit' });
  const loaded = await page.waitForFunction((wanted) => window.loadedAt?.[wanted], selector, { timeout: 60_000 });
  return (await loaded.jsonValue()) ?? 0;
}
