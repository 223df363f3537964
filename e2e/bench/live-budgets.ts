/** A run that moves fast while it is looked at. */
import { randomUUID } from 'node:crypto';
import type { Browser } from '@playwright/test';
import { connect } from '@tidemark/protocol/client';
import type { Slow } from './browser.ts';
import { busyMs, forget, openSlow, seen } from './browser.ts';
import type { Measured } from './budget.ts';
import type { Target } from './target.ts';

const SIGNALS = 100;
/** What a page loads when it has nothing else to do is over by then. */
const SETTLES_S = 8;
const RESTS_S = 8;

export async function liveBudgets(browser: Browser, { consoleUrl, address }: Target): Promise<readonly Measured[]> {
  const connection = connect({ address });
  const workflowId = `live-${randomUUID().slice(0, 8)}`;
  const { runId } = await connection.workflow.startWorkflowExecution({
    namespace: 'default',
    workflowId,
    requestId: randomUUID(),
    workflowType: { name: 'OrderFlow' },
    taskQueue: { name: 'nobody-polls-this' },
  });
  const slow = await openSlow(browser, consoleUrl);
  await slow.page.goto(`/n/default/w/${workflowId}/${runId}`);
  await slow.page.waitForLoadState('networkidle', { timeout: 10_000 }).catch(() => undefined);
  const idle = await restingMs(slow);
  await forget(slow.page);
  const busy = await busyMs(slow.cdp);
  const begun = performance.now();
  for (let at = 0; at < SIGNALS; at += 1) {
    await connection.workflow.signalWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId, runId },
      signalName: `s${at}`,
      requestId: randomUUID(),
    });
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  await slow.page.waitForTimeout(1000);
  const seconds = (performance.now() - begun) / 1000;
  const { commits } = await seen(slow.page);
  const work = (await busyMs(slow.cdp)) - busy - idle * seconds;
  await connection.workflow.terminateWorkflowExecution({ namespace: 'default', workflowExecution: { workflowId }, identity: 'bench' });
  connection.close();
  await slow.close();
  return [
    {
      item: 'Live run: updates a second',
      budget: 2,
      unit: '/s',
      value: commits / seconds,
      note: `React commits, ${SIGNALS} events in ${seconds.toFixed(1)} s`,
    },
    {
      item: 'Live run: main thread per update',
      budget: 4,
      unit: 'ms',
      value: Math.max(0, work) / Math.max(1, commits),
      note: 'script, style and layout above those of the page at rest',
    },
  ];
}

/** Milliseconds of the main thread in a second of an open run to which nothing happens: its clock goes on. */
async function restingMs({ page, cdp }: Slow): Promise<number> {
  await page.waitForTimeout(SETTLES_S * 1000);
  const before = await busyMs(cdp);
  await page.waitForTimeout(RESTS_S * 1000);
  return ((await busyMs(cdp)) - before) / RESTS_S;
}
