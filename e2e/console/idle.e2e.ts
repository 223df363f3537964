/** What open pages cost the engine while nothing happens. */
import { setMaxListeners } from 'node:events';
import type { Page } from '@playwright/test';
import { connect } from '@tidemark/protocol/client';
import { freePort, startProduct } from '../fixtures/product-process.ts';
import { expect, NAMESPACE, test } from './fixtures.ts';

const TABS = 50;
/** Longer than the pace of any question that an open page asks again, but for those whether the engine and workers are there. */
const QUIET_MS = 7000;

/** Counts the calls that a page makes of the api. */
function countCalls(page: Page): () => readonly string[] {
  const calls: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/trpc/')) calls.push(pathname.slice('/api/trpc/'.length));
  });
  return () => calls;
}

test('fifty readers of one run cost the engine one long poll', async () => {
  test.setTimeout(120_000);
  // An engine that nobody else asks, and a console that asks it over the wire, where calls are counted.
  const [port, httpPort, uiPort, apiPort] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const address = `127.0.0.1:${port}`;
  const silent = ['--log-level', 'error'];
  const engine = await startProduct(['server', 'start-dev', '--headless', '--port', `${port}`, '--http-port', `${httpPort}`, ...silent]);
  const front = await startProduct(['console', '--address', address, '--ui-port', `${uiPort}`, '--http-port', `${apiPort}`, ...silent]);
  const connection = connect({ address });
  const run = { namespace: 'default', workflowId: 'watched' };
  const { runId } = await connection.workflow.startWorkflowExecution({
    ...run,
    requestId: 'once',
    workflowType: { name: 'OrderFlow' },
    taskQueue: { name: 'nobody-polls-this' },
  });

  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  const input = encodeURIComponent(JSON.stringify({ ...run, runId, after: 0 }));
  const readers = Array.from({ length: TABS }, () => new Reader());
  const streams = readers.map((reader) =>
    reader.read(`http://127.0.0.1:${uiPort}/api/trpc/workflow.onHistory?input=${input}`, stop.signal),
  );
  const allHave = (text: string) =>
    expect.poll(() => readers.filter((reader) => reader.text.includes(text)).length, { timeout: 30_000 }).toBe(TABS);
  const signal = async (signalName: string) => {
    await connection.workflow.signalWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: 'watched', runId },
      signalName,
    });
    await allHave(signalName);
  };
  await allHave('WorkflowExecutionStarted');
  await signal('first-of-all');
  const before = await historyCalls(httpPort);
  await signal('second-of-all');
  expect((await historyCalls(httpPort)) - before).toBe(1);
  stop.abort();
  await Promise.all(streams);
  connection.close();
  await front.stop();
  await engine.stop();
});

test('a page in the background asks for nothing, and a closed run in front next to nothing', async ({ page, startOrder }) => {
  const order = await startOrder();
  await page.goto(order.path);
  await expect(page.getByText(/^Completed in/)).toBeVisible({ timeout: 30_000 });
  await page.waitForLoadState('networkidle');
  const calls = countCalls(page);
  await page.waitForTimeout(QUIET_MS);
  // The dot that says whether the engine answers and the number of workers ask every ten seconds; nothing asks for the run.
  expect(calls().filter((one) => !one.startsWith('system.') && one !== 'worker.list')).toEqual([]);

  await page.goto(`/n/${NAMESPACE}/workflows`);
  await expect(page.getByRole('grid', { name: 'Workflows' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  await hide(page);
  // What was under way comes in, and what it leads to; whatever polls would never let this pass.
  await expect(async () => {
    const seen = calls().length;
    await page.waitForTimeout(QUIET_MS);
    expect(calls().slice(seen)).toEqual([]);
  }).toPass({ timeout: 3 * QUIET_MS });
});

/** As a browser does when another tab is in front. */
const hide = (page: Page): Promise<void> =>
  page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    document.dispatchEvent(new Event('visibilitychange'));
  });

/** Answered calls for histories, of every caller, as the engine counts them. */
async function historyCalls(httpPort: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${httpPort}/metrics`)).text();
  const counts = [...text.matchAll(/^tidemark_rpc_total\{[^}]*GetWorkflowExecutionHistory[^}]*\} (\d+)/gim)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

/** One open stream and all that came through it. */
class Reader {
  text = '';

  async read(url: string, signal: AbortSignal): Promise<void> {
    try {
      const response = await fetch(url, { headers: { accept: 'text/event-stream' }, signal });
      for await (const chunk of response.body ?? []) this.text += Buffer.from(chunk).toString('utf8');
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
