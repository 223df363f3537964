/** Whatever others write into ids, names, payloads, failures and notes is shown as text, on every page: nothing runs, nothing is fetched. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { makeHostileNamespace } from '../fixtures/hostile-namespace.ts';
import { expect, test } from './fixtures.ts';

declare global {
  interface Window {
    reportFault: (text: string) => void;
  }
}

const e = encodeURIComponent;

/** Everything that must not happen, as it happens. */
async function watch(page: Page, origin: string): Promise<readonly string[]> {
  const faults: string[] = [];
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => faults.push(`error on ${page.url().slice(0, 200)}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && /content security policy|refused to/i.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (asked !== origin && protocol !== 'data:' && protocol !== 'blob:') faults.push(`request: ${request.url().slice(0, 200)}`);
  });
  await page.exposeFunction('reportFault', (text: string) => faults.push(text));
  await page.addInitScript(() => {
    const report = (text: string) => window.reportFault(text);
    document.addEventListener('securitypolicyviolation', (event) => report(`policy: ${event.violatedDirective} ${event.blockedURI}`));
    Object.defineProperty(window, '__pwned', {
      set: () => {
        report(`script ran on ${location.pathname.slice(0, 200)}`);
      },
    });
  });
  return faults;
}

test('shows hostile texts as texts on every page', async ({ page, connection, baseURL }) => {
  test.setTimeout(180_000);
  const made = await makeHostileNamespace(connection);
  const faults = await watch(page, new URL(baseURL ?? '').origin);
  const home = `/n/${made.namespace}`;
  const run = (of: { workflowId: string; runId: string }, tab = '') => `${home}/w/${e(of.workflowId)}/${of.runId}${tab}`;
  const [failed, terminated] = made.ended;
  if (failed === undefined || terminated === undefined) throw new Error('two runs have ended');
  const paths = [
    '/ns',
    `${home}/workflows?cols=id,type,queue,status,started`,
    `${home}/workflows?id=${e('"><script>window.__pwned=1</script>')}`,
    `${home}/workflows?q=${e(`WorkflowId = '<img src=x onerror=window.__pwned=1>'`)}`,
    `${home}/workflows/new?from=${e(`${made.large.workflowId}/${made.large.runId}`)}`,
    ...['', '?sel=1', '/history', '/history?as=json&e=1', '/history?as=events', '/pending', '/state', '/io', '/interact', '/replay'].map(
      (tab) => run(made.large, tab),
    ),
    run(failed),
    run(failed, '/io'),
    run(terminated),
    `${home}/queues`,
    `${home}/queues/${e(made.queue)}`,
    `${home}/workers`,
    `${home}/schedules`,
    `${home}/schedules/${e(made.scheduleId)}`,
    `${home}/schedules/${e(made.scheduleId)}/edit`,
    `${home}/batches`,
    `${home}/batches/${e(made.jobId)}`,
    `${home}/settings`,
    `/n/${e('<script>window.__pwned=1</script>')}/workflows`,
  ];
  for (const path of paths) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 }).first(), path).toBeVisible();
    await page.waitForLoadState('networkidle', { timeout: 700 }).catch(() => undefined);
    expect(faults, path).toEqual([]);
  }
  // The names are there, as they were written.
  await page.goto(run(made.large));
  await expect(page.getByRole('heading', { level: 1 })).toHaveAttribute('title', made.large.workflowId);
  expect(faults).toEqual([]);
  expect(await page.evaluate(() => '__pwned' in Object.prototype)).toBe(false);
  await exportsText(page, home);
});

/** A spreadsheet that opens what the list exports runs nothing. */
async function exportsText(page: Page, home: string): Promise<void> {
  await page.goto(`${home}/workflows`);
  await expect(page.getByRole('grid', { name: 'Workflows' })).toBeVisible();
  await page.getByRole('button', { name: /^Export/ }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  expect(text.split('\n').length).toBeGreaterThan(150);
  expect(cellsOf(text).filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell))).toEqual([]);
}

/** Cells of comma-separated values, with quotes and what they hold. */
function cellsOf(csv: string): readonly string[] {
  return [...csv.matchAll(/(?:^|,|\r?\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}
