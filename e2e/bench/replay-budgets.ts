/** The report of a run of ten thousand workflow tasks: from its answer to the first divergence, and scrolling in it. */
import type { Browser, Page } from '@playwright/test';
import { withinBytes } from '@tidemark/sdk/replay';
import { busyMs, openSlow } from './browser.ts';
import type { Measured } from './budget.ts';
import { p75 } from './budget.ts';
import { patientReport } from './replay/patient-report.ts';
import type { Target } from './target.ts';
import { pathOf } from './target.ts';

const TASKS = 10_000;
const PARTS = 9_000;
/** What a worker answers with at most. */
const ANSWER_BYTES_MAX = 1_900_000;
const REPEATS = 3;
const DIVERGENCE = '.pg-replay .tk-hard';
const SCROLLS = 40;

export async function replayBudgets(browser: Browser, target: Target): Promise<readonly Measured[]> {
  const report = withinBytes(await patientReport(TASKS, PARTS), ANSWER_BYTES_MAX);
  const body = JSON.stringify({ result: { data: { kind: 'report', report, tookMs: 0 } } });
  const path = `${await pathOf(target, 'events-1000')}/replay`;
  const taken: number[] = [];
  const scrolled: number[] = [];
  let rows = 0;
  for (let turn = 0; turn < REPEATS; turn += 1) {
    const slow = await openSlow(browser, target.consoleUrl);
    await slow.page.route(/workflow\.replay/, (route) => route.fulfill({ contentType: 'application/json', body }));
    taken.push(await untilDivergence(slow.page, path));
    rows = await slow.page.locator('.pg-replay table tr').count();
    scrolled.push(await scrolling(slow.page, () => busyMs(slow.cdp)));
    await slow.close();
  }
  const note = `p75 of ${REPEATS}, a real report of ${report.tasks.total} tasks, ${report.lanes.length} of them in the ${(body.length / 1e6).toFixed(1)} MB of the answer`;
  return [
    { item: 'Replay, 10,000 tasks: answer to the first divergence', budget: 300, unit: 'ms', value: p75(taken), note },
    { item: 'Replay, 10,000 tasks: script and style of a scroll', budget: 8, unit: 'ms', value: p75(scrolled), note: `mean of ${SCROLLS}` },
    { item: 'Replay, 10,000 tasks: mounted rows', budget: 60, unit: 'rows', value: rows, note: 'at its opening' },
  ];
}

/** From the moment in which the answer is there to the frame that shows it. */
async function untilDivergence(page: Page, path: string): Promise<number> {
  await page.addInitScript((wanted) => {
    const look = () => {
      if (document.querySelector(wanted) === null) requestAnimationFrame(look);
      else window.loadedAt = { ...window.loadedAt, [wanted]: performance.now() };
    };
    look();
  }, DIVERGENCE);
  await page.goto(path, { waitUntil: 'commit' });
  await page.waitForFunction((wanted) => window.loadedAt?.[wanted], DIVERGENCE, { timeout: 60_000 });
  return await page.evaluate((wanted) => {
    const answer = performance.getEntriesByType('resource').find(({ name }) => name.includes('workflow.replay'));
    if (!(answer instanceof PerformanceResourceTiming)) throw new Error('the page asked for no replay');
    return (window.loadedAt?.[wanted] ?? Number.NaN) - answer.responseEnd;
  }, DIVERGENCE);
}

async function scrolling(page: Page, busy: () => Promise<number>): Promise<number> {
  await page.waitForLoadState('networkidle', { timeout: 6000 }).catch(() => undefined);
  const before = await busy();
  await page.evaluate(async (steps) => {
    const scroller = document.querySelector('.rp .scroll');
    for (let step = 0; step < steps; step += 1) {
      scroller?.scrollBy(0, step % 8 < 4 ? 120 : -120);
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    }
  }, SCROLLS);
  return ((await busy()) - before) / SCROLLS;
}
