/** A page whose clock stands where the world's does, and the taking of its picture. */
import type { Page, Request, TestInfo } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Connection } from '@tidemark/protocol/client';
import { connected } from '../fixtures/connected.ts';
import { NOW } from './world/moment.ts';

export const NAMESPACE = 'payments';
export const at = (path = ''): string => `/n/${NAMESPACE}${path}`;

export const test = connected.extend<{ readonly stage: Page }>({
  stage: async ({ page }, use, info) => {
    watch(page);
    await page.clock.setFixedTime(NOW);
    await page.addInitScript(keepPreferences, { density: densityOf(info) });
    await use(page);
  },
});

const densityOf = ({ project }: TestInfo): string => (project.name === 'compact' ? 'compact' : 'default');

/** Runs in the page before its own scripts. */
function keepPreferences({ density }: { readonly density: string }): void {
  localStorage.setItem('tidemark-preferences', JSON.stringify({ density }));
}

/** The end of a run's address is its id, which only the server knows. */
export async function runPath(connection: Connection, workflowId: string): Promise<string> {
  const { workflowExecutionInfo } = await connection.workflow.describeWorkflowExecution({
    namespace: NAMESPACE,
    execution: { workflowId },
  });
  return at(`/w/${encodeURIComponent(workflowId)}/${workflowExecutionInfo?.execution?.runId ?? ''}`);
}

/** The load event waits for the streams of some pages. */
export const open = (page: Page, path: string) => page.goto(path, { waitUntil: 'domcontentloaded' });

/** The page has come alive, nothing is asked any more but streams, and the fonts are there. */
export async function settle(page: Page): Promise<void> {
  // The pages without a frame have no environment to name.
  if ((await page.locator('nav').count()) > 0) await expect(page.locator('html[data-environment]')).toBeAttached();
  await expect.poll(() => Date.now() - (quiet.get(page)?.since ?? 0), { intervals: [100] }).toBeGreaterThan(QUIET_MS);
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
}

/** Compares what is seen with the picture that is kept. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate(writeOnePort);
  await expect(page).toHaveScreenshot(`${name}.png`);
}

/** Runs in the page: the port that happened to be free is told as the usual one. */
function writeOnePort(): void {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.nodeValue ?? '';
    if (/127\.0\.0\.1:\d+/.test(text)) node.nodeValue = text.replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:7233');
  }
}

const QUIET_MS = 600;
/** Of each page, since when no request is under way; the future while one is. */
const quiet = new WeakMap<Page, { open: number; since: number }>();

function watch(page: Page): void {
  const state = { open: 0, since: Date.now() };
  quiet.set(page, state);
  const isStream = (request: Request) => request.resourceType() === 'eventsource';
  page.on('request', (request) => {
    if (isStream(request)) return;
    state.open += 1;
    state.since = Number.MAX_SAFE_INTEGER;
  });
  const ended = (request: Request) => {
    if (isStream(request)) return;
    state.open -= 1;
    if (state.open === 0) state.since = Date.now();
  };
  page.on('requestfinished', ended);
  page.on('requestfailed', ended);
}
