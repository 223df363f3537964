/** Whatever others write into ids, names, payloads, failures and notes is shown as text, on every page: nothing runs, nothing is fetched. */
import { readFile } from 'node:fs/promises';
import { setMaxListeners } from 'node:events';
import type { Download, Page } from '@playwright/test';
import { runFakeWorker } from '../fixtures/fake-worker.ts';
import { actHostile } from '../fixtures/hostile-estate.ts';
import { answerHostile } from '../fixtures/hostile-messages.ts';
import type { HostileNamespace } from '../fixtures/hostile-namespace.ts';
import { makeHostileNamespace } from '../fixtures/hostile-namespace.ts';
import { expect, test } from './fixtures.ts';

declare global {
  interface Window {
    reportFault: (text: string) => void;
  }
}

const e = encodeURIComponent;
const SCRIPT = '<script>window.__pwned=1</script>';

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

/** Elements that only a text taken for markup would have made, whether or not the browser let them act. */
const foreignElements = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const made = ['iframe', 'object', 'embed', 'base', 'marquee', 'math', 'foreignObject', 'animate', 'meta[http-equiv="refresh" i]'];
    const runs = (one: Element) =>
      one.getAttributeNames().some((name) => {
        const value = (one.getAttribute(name) ?? '').trim().toLowerCase();
        return (
          name.startsWith('on') ||
          name === 'srcdoc' ||
          (/^(href|src|action|formaction|xlink:href|data)$/.test(name) && /^(javascript|vbscript|data:text)/.test(value))
        );
      });
    return [...document.querySelectorAll('*')]
      .filter((one) => one.matches(made.join()) || runs(one))
      .map((one) => one.outerHTML.slice(0, 200));
  });

type Visit = readonly [path: string, content: string];

test('shows hostile texts as texts on every page', async ({ page, connection, baseURL }) => {
  test.setTimeout(240_000);
  const made = await makeHostileNamespace(connection);
  const { namespace, queue, large, victims } = made;
  const [open, ...ended] = victims;
  if (open === undefined) throw new Error('no run was started');
  await actHostile(page.request, namespace, { open, ended });
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  // It answers what the pages ask a worker, and decides nothing.
  const onWorkflowTask = () => [];
  const worker = runFakeWorker(
    { connection, namespace, queue, identity: made.workerKey, onWorkflowTask, onQuery: answerHostile },
    stop.signal,
  );
  const faults = await watch(page, new URL(baseURL ?? '').origin);
  const visit = async ([path, content]: Visit) => {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 }).first(), path).toBeVisible();
    await expect(page.locator(content).first(), path).toBeVisible({ timeout: 20_000 });
    expect(await foreignElements(page), path).toEqual([]);
    expect(faults, path).toEqual([]);
  };
  for (const one of [...runPages(made), ...namespacePages(made)]) await visit(one);
  await page.goto(`/n/${namespace}/errors`);
  const groups = page.getByRole('table', { name: 'Errors' }).getByRole('link');
  await expect(groups.first()).toBeVisible();
  for (const href of await groups.evaluateAll((links) => links.slice(0, 2).map((link) => link.getAttribute('href')))) {
    await visit([href ?? '', 'table[aria-label="Runs of this error"] tbody tr']);
  }
  // The names are there, as they were written.
  await page.goto(runPath(made, large));
  await expect(page.getByRole('heading', { level: 1 })).toHaveAttribute('title', large.workflowId);
  expect(await page.evaluate(() => '__pwned' in Object.prototype)).toBe(false);
  await exportsText(page, `/n/${namespace}`);
  for (const one of await importPages(page, runPath(made, large, '/raw'))) await visit(one);
  stop.abort();
  await worker;
});

const runPath = ({ namespace }: HostileNamespace, of: { workflowId: string; runId: string }, tab = '') =>
  `/n/${namespace}/w/${e(of.workflowId)}/${of.runId}${tab}`;

function runPages(made: HostileNamespace): readonly Visit[] {
  const { large, ended } = made;
  const [failed, terminated] = ended;
  if (failed === undefined || terminated === undefined) throw new Error('two runs have ended');
  const at = (tab: string) => runPath(made, large, tab);
  return [
    [at(''), '.tl-row'],
    [at('?sel=1'), '.tl-row'],
    [at('?why=true'), 'aside[aria-label^="Inspector"]'],
    [at('?reset=choose'), '[role="dialog"]'],
    [at('/history'), '[role="treegrid"] tbody tr'],
    [at('/history?as=json&e=1'), '.cm-content, pre'],
    [at('/history?as=events'), '[role="treegrid"] tbody tr'],
    [at('/pending'), 'table[aria-label="Pending"] tbody tr'],
    [at('/state'), '[aria-label="Open now"] li'],
    [at('/workers'), 'table[aria-label="Workers of this run"] tbody tr'],
    [at('/family'), '[role="treeitem"]'],
    [at(`/compare?with=${e(`${failed.workflowId}/${failed.runId}`)}`), '[aria-label="Steps of both runs"] [role="row"]'],
    [at('/io'), '[aria-label^="Input"]'],
    [at('/interact'), 'button:has-text("window.__pwned")'],
    [at('/replay'), '[role="treegrid"] tbody tr'],
    [at('/raw'), '[role="treeitem"]'],
    [runPath(made, failed), '.tl-row'],
    [runPath(made, failed, '/io'), '[aria-label^="Failure"], .fail'],
    [runPath(made, terminated), '[role="status"]:has-text("Terminated")'],
    [`/namespaces/${made.namespace}/workflows/${e(large.workflowId)}/${large.runId}/history`, '[role="treegrid"] tbody tr'],
    [`/n/${made.namespace}/w/${e(large.workflowId)}`, '.tl-row'],
  ];
}

function namespacePages(made: HostileNamespace): readonly Visit[] {
  const { namespace, large, queue, scheduleId, jobId, workerKey } = made;
  const home = `/n/${namespace}`;
  const ROW = 'tr[data-row]';
  const TROUBLE = '.blank, [role="alert"]';
  return [
    ['/ns', `tr:has-text("${namespace}")`],
    [home, '[aria-label="Needs attention"] li'],
    [`${home}/workflows?cols=id,type,queue,status,started&view=all`, ROW],
    [`${home}/workflows?id=${e(`"><script>`)}`, ROW],
    [`${home}/workflows?q=${e(`WorkflowId = '<img src=x onerror=window.__pwned=1>'`)}`, ROW],
    [`${home}/workflows?q=${e(`${SCRIPT} = 1`)}`, TROUBLE],
    [`${home}/workflows/new?from=${e(`${large.workflowId}/${large.runId}`)}`, '.cm-content'],
    [`${home}/queues`, 'table[aria-label="Task queues"] tbody tr'],
    [`${home}/queues/${e(queue)}`, 'table[aria-label^="Pollers"] tbody tr'],
    [`${home}/workers`, 'table[aria-label="Workers"] tbody tr'],
    [`${home}/workers/${e(workerKey)}`, 'table[aria-label="Slots"]'],
    [`${home}/schedules`, 'table[aria-label="Schedules"] tbody tr'],
    [`${home}/schedules/new`, 'form'],
    [`${home}/schedules/${e(scheduleId)}`, '[role="status"]:has-text("Paused")'],
    [`${home}/schedules/${e(scheduleId)}/edit`, 'form'],
    [`${home}/batches`, 'table[aria-label="Batches"] tbody tr'],
    [`${home}/batches/new?q=${e(`WorkflowType = '${SCRIPT}'`)}`, 'aside[aria-label="What will happen"]'],
    [`${home}/batches/${e(jobId)}`, '[role="progressbar"]'],
    [`${home}/audit`, 'table[aria-label="Audit"] tbody tr'],
    [`${home}/audit?who=${e(SCRIPT)}&workflow=${e(SCRIPT)}`, TROUBLE],
    [`${home}/settings`, 'table[aria-label="Search attributes"] tbody tr'],
    [`/sign-in?next=${e(`javascript:window.__pwned=1`)}`, 'main'],
    [`/n/${e(SCRIPT)}/workflows`, TROUBLE],
  ];
}

/** A run that was taken along as a file, with an event that nobody knows, and read again without a server. */
async function importPages(page: Page, raw: string): Promise<readonly Visit[]> {
  await page.goto(raw);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download as written' }).click();
  const { events } = JSON.parse(await textOf(await download)) as { events: object[] };
  const eventId = String(events.length + 1);
  const unknown = {
    eventId,
    eventTime: new Date().toISOString(),
    eventType: SCRIPT,
    attributes: { constructor: SCRIPT, ['__proto__']: SCRIPT },
  };
  await page.goto('/import');
  await page.getByRole('button', { name: 'Choose a file' }).setInputFiles({
    name: `${SCRIPT}.json`,
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify({ events: [...events, unknown] })),
  });
  await expect(page.locator('.tl-row').first()).toBeVisible({ timeout: 30_000 });
  const { pathname } = new URL(page.url());
  return [
    ['/import', 'table[aria-label="Imported histories"] tbody tr'],
    [pathname, '.tl-row'],
    [`${pathname}/history?as=events&e=${eventId}`, '[role="treegrid"] tbody tr'],
    [`${pathname}/history?as=json`, '.cm-content, pre'],
    [`${pathname}/state`, ':text("which this console does not know")'],
    [`${pathname}/workers`, 'main'],
    [`${pathname}/io`, '[aria-label^="Input"]'],
  ];
}

const textOf = async (download: Download): Promise<string> => readFile(await download.path(), 'utf8');

/** A spreadsheet that opens what the list exports runs nothing. */
async function exportsText(page: Page, home: string): Promise<void> {
  await page.goto(`${home}/workflows`);
  await expect(page.getByRole('grid', { name: 'Workflows' })).toBeVisible();
  await page.getByRole('button', { name: /^Export/ }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click();
  const text = await textOf(await download);
  expect(text.split('\n').length).toBeGreaterThan(150);
  expect(cellsOf(text).filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell))).toEqual([]);
}

/** Cells of comma-separated values, with quotes and what they hold. */
function cellsOf(csv: string): readonly string[] {
  return [...csv.matchAll(/(?:^|,|\r?\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}
