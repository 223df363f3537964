/** Payloads of every kind on the pages of a run, long ones, and those that only a codec server reads. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Connection } from '@tidemark/protocol/client';
import type { temporal } from '@tidemark/protocol/types';
import { encrypt, startCodecServer } from '../fixtures/codec-server.ts';
import { payload } from '../fixtures/fake-worker.ts';
import { longHistory } from '../fixtures/long-history.ts';
import { expect, NAMESPACE, runPath, test } from './fixtures.ts';
import { violations } from './violations.ts';

type Payload = temporal.api.common.v1.IPayload;

const text = new TextEncoder();
const raw = (encoding: string, data: string | Uint8Array, metadata: Record<string, string> = {}): Payload => ({
  metadata: Object.fromEntries(Object.entries({ encoding, ...metadata }).map(([name, value]) => [name, text.encode(value)])),
  data: typeof data === 'string' ? text.encode(data) : data,
});
/** One red dot. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==', 'base64');
const MARKDOWN =
  '# Note\n\n<img src=x onerror="document.title=\'owned\'">\n\n| a |\n|---|\n| 1 |\n\n[good](https://example.com/) [bad](javascript:alert(1))';

/** A run on a queue that nobody polls: it stays as it was started. */
async function startWith(connection: Connection, payloads: readonly Payload[], memo: Record<string, Payload> = {}) {
  const workflowId = `payloads-${randomUUID().slice(0, 8)}`;
  const { runId } = await connection.workflow.startWorkflowExecution({
    namespace: NAMESPACE,
    workflowId,
    workflowType: { name: 'Payloads' },
    taskQueue: { name: `nobody-${workflowId}` },
    requestId: randomUUID(),
    identity: 'e2e',
    input: { payloads: [...payloads] },
    memo: { fields: memo },
  });
  return { path: runPath(workflowId, runId), execution: { workflowId, runId } };
}

/** A history in a file whose one payload only a codec server reads. */
function sealedFile(value: unknown) {
  const { metadata, data } = encrypt(value);
  const base64 = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString('base64');
  const { events } = longHistory(12);
  const [first, ...rest] = events;
  const input = { payloads: [{ metadata: { encoding: base64(metadata?.['encoding']) }, data: base64(data) }] };
  const attributes = { workflowType: { name: 'SealedFlow' }, taskQueue: { name: 'orders' }, workflowId: 'sealed', input };
  return {
    name: 'sealed.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify({ events: [{ ...first, workflowExecutionStartedEventAttributes: attributes }, ...rest] })),
  };
}

test('shows every kind of payload for what it is', async ({ page, connection }) => {
  const run = await startWith(connection, [
    raw('json/plain', '{"id":9007199254740993,"price":41.90,"lines":[{"sku":"a"}]}'),
    raw('binary/plain', PNG),
    raw('binary/plain', MARKDOWN, { mime: 'text/markdown' }),
    raw('binary/zlib', 'squeezed'),
    raw('binary/null', ''),
    raw('binary/plain', new Uint8Array([0, 1, 255])),
  ]);
  await page.goto(`${run.path}/io`);

  // Digits stay, as text and in the tree, which the keyboard walks.
  await expect(page.getByLabel('Input 1', { exact: true })).toContainText('"id": 9007199254740993');
  await expect(page.getByLabel('Input 1', { exact: true })).toContainText('"price": 41.90');
  await page.getByRole('group', { name: 'Input 1 as' }).getByRole('button', { name: 'Tree' }).click();
  const tree = page.getByRole('tree', { name: 'Input 1' });
  await expect(tree.getByRole('treeitem', { name: /sku: "a"/ })).toBeVisible();
  await tree.focus();
  await tree.press('ArrowLeft');
  await expect(tree.getByRole('treeitem')).toHaveCount(1);
  await tree.press('ArrowRight');
  await expect(tree.getByRole('treeitem', { name: 'id: 9007199254740993' })).toBeVisible();

  // The policy of the page lets the image be drawn.
  const image = page.getByRole('img', { name: /^Input 2/ });
  await expect(image).toBeVisible();
  await expect.poll(() => image.evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBe(1);

  const markdown = page.getByLabel('Input 3', { exact: true });
  await expect(markdown.getByRole('cell', { name: '1' })).toBeVisible();
  await expect(markdown.getByRole('link')).toHaveText(['good']);
  await expect(markdown.locator('img')).toHaveCount(0);
  expect(await page.title()).not.toBe('owned');

  await expect(page.getByText('encoded, 8 B Encoded as binary/zlib.')).toBeVisible();
  await expect(page.getByLabel('Input 5', { exact: true })).toHaveText('null');
  await page.getByRole('group', { name: 'Input 6 as' }).getByRole('button', { name: 'Raw' }).click();
  await expect(page.getByLabel('Input 6, bytes')).toContainText('00 01 ff');
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violations(page)).toEqual([]);
});

test('hides what keys call a secret until somebody asks, and writes down who did', async ({ page, connection }) => {
  const run = await startWith(connection, [raw('json/plain', '{"user":"ada","password":"hunter2","tokenCount":3}')]);
  await page.goto(`${run.path}/history`);
  await expect(page.getByRole('row').filter({ hasText: '"password":"••••••"' }).first()).toBeVisible();
  await page.goto(`${run.path}/io`);
  const input = page.getByLabel('Input', { exact: true });
  await expect(input).toContainText('"password": "••••••"');
  await expect(input).toContainText('"tokenCount": 3');
  const looks = page.getByRole('group', { name: 'Input as' });
  await looks.getByRole('button', { name: 'Tree' }).click();
  const row = page.getByRole('treeitem', { name: /^password/ });
  await expect(row).toContainText('••••••');
  expect(await violations(page)).toEqual([]);
  // Bytes hide nothing, so they wait. What cannot be written down is not shown.
  await looks.getByRole('button', { name: 'Raw' }).click();
  await expect(page.getByLabel('Input, bytes')).toHaveCount(0);
  await page.route(/payload\.reveal/, (route) => route.abort());
  await page.getByRole('button', { name: 'Reveal input' }).click();
  await expect(page.getByRole('alert').filter({ hasText: /^It stays hidden/ })).toBeVisible();
  await expect(page.getByLabel('Input, bytes')).toHaveCount(0);
  await page.unroute(/payload\.reveal/);
  await looks.getByRole('button', { name: 'Tree' }).click();
  const tree = page.getByRole('tree', { name: 'Input' });
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await tree.press(key);
  await expect(page.getByRole('treeitem', { name: 'password: "hunter2"' })).toBeVisible();
  await looks.getByRole('button', { name: 'Raw' }).click();
  await expect(page.getByLabel('Input, bytes')).toContainText('hunter');
  await page.goto(`/n/${NAMESPACE}/audit`);
  const entry = page.getByRole('row', { name: /Revealed secrets in a payload/ }).filter({ hasText: run.execution.workflowId });
  await expect(entry.first()).toContainText('event 1, input');
});

test('shows the beginning of a long value, all of it when asked, and more than 2 MB only as a file', async ({ page, connection }) => {
  const long = JSON.stringify({ filler: 'x'.repeat(300_000), last: 'the end' });
  const run = await startWith(connection, [raw('json/plain', long)]);
  await page.goto(`${run.path}/io`);
  await expect(page.getByText('The first 65.5 kB of 300.0 kB.')).toBeVisible();
  await page.getByRole('button', { name: 'Load all' }).click();
  const tree = page.getByRole('tree', { name: 'Input', exact: true });
  await expect(tree.getByRole('treeitem', { name: 'last: "the end"' })).toBeVisible();

  const longest = JSON.stringify('y'.repeat(2_050_000));
  const other = await startWith(connection, [raw('json/plain', longest)]);
  await page.goto(`${other.path}/io`);
  await expect(page.getByText('what is longer than 2 MB is for a download.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Load all' })).toHaveCount(0);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download input' }).click();
  expect(await readFile(await (await download).path(), 'utf8')).toBe(longest);
});

test('reads encrypted payloads by a codec server, and says what is the matter when it cannot', async ({ page, connection }) => {
  await page.goto(`/n/${NAMESPACE}/settings`);
  const codec = await startCodecServer({ origin: new URL(page.url()).origin, token: 'open-sesame' });
  const run = await startWith(connection, [encrypt({ dessert: 'the cake' }), payload('plain')], { note: encrypt('kept shut') });
  try {
    // Only https, or this machine.
    await page.getByLabel('Address').fill('http://codec.example.com');
    await page.getByRole('button', { name: 'Save address' }).click();
    await expect(page.getByText('Only https, or http on this machine')).toBeVisible();
    const loaded = page.waitForResponse((one) => one.request().isNavigationRequest());
    await page.getByLabel('Address').fill(codec.endpoint);
    await page.getByRole('button', { name: 'Save address' }).click();
    const policy = (await (await loaded).allHeaders())['content-security-policy'];
    expect(policy).toContain(`connect-src 'self' ${new URL(codec.endpoint).origin};`);

    // Without a token it answers 401: said once, and the values say that they are encoded.
    await page.goto(`${run.path}/io`);
    const strip = page.getByRole('status').filter({ hasText: 'Payloads stay encoded' });
    await expect(strip).toContainText('It asks for a token');
    // The first argument, and the memo.
    await expect(page.getByText(/^encoded, \d+ B$/)).toHaveCount(2);
    await strip.getByRole('link', { name: 'Codec settings' }).click();
    await page.getByLabel('Token').fill('open-sesame');
    await page.getByRole('button', { name: 'Use it' }).click();
    await page.getByRole('button', { name: 'Test it' }).click();
    await page.goBack();
    await expect(page.getByLabel('Input 1', { exact: true })).toContainText('"dessert": "the cake"');
    await expect(page.getByText('"kept shut"')).toBeVisible();
    await expect(strip).toHaveCount(0);
    // One of the settings' test, then the two that are encrypted, each once and together or apart: what the page reads itself goes nowhere.
    expect(codec.calls.every(({ namespace }) => namespace === NAMESPACE)).toBe(true);
    expect(codec.calls.reduce((sum, { count }) => sum + count, 0)).toBe(3);

    // A file is read by a server of the reader's choice, and nothing of it leaves the browser before; then its sealed payloads do.
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await page.getByRole('button', { name: 'Choose a file' }).setInputFiles(sealedFile({ secret: 'of a file' }));
    await expect(page.getByText('Nothing of it has left this browser.')).toBeVisible();
    await page.getByRole('link', { name: 'Input and result' }).click();
    await expect(page.getByText(/^encoded, \d+ B$/)).toBeVisible();
    expect(codec.calls.reduce((sum, { count }) => sum + count, 0)).toBe(3);
    await page.getByRole('button', { name: NAMESPACE, exact: true }).click();
    // What is hidden in a file is nobody else's, so it is shown without a word to anybody.
    await expect(page.getByLabel('Input', { exact: true })).toContainText('"secret": "••••••"');
    await page.getByRole('button', { name: 'Reveal secret' }).click();
    await expect(page.getByLabel('Input', { exact: true })).toContainText('"secret": "of a file"');
    await expect(page.getByText('Nothing else of it leaves the browser.')).toContainText(codec.endpoint);
    expect(codec.calls.at(-1)).toEqual({ namespace: NAMESPACE, count: 1 });
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(page.getByText(/^encoded, \d+ B$/)).toBeVisible();

    // The token was in the page's memory and nowhere else.
    const stored = await page.evaluate(() =>
      JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie]),
    );
    expect(stored).not.toContain('open-sesame');
    await page.goto(`${run.path}/io`);
    await expect(strip).toContainText('It asks for a token');
    await codec.stop();
    await strip.getByRole('button', { name: 'Ask again' }).click();
    await expect(strip).toContainText('Either nothing listens there, or it does not allow this page');
  } finally {
    await codec.stop().catch(() => undefined);
  }
});

test('shows the description of a run word for word, and takes its history along', async ({ page, connection }) => {
  const run = await startWith(connection, [raw('json/plain', '{"id":9007199254740993}')]);
  await page.goto(run.path);
  await page.getByRole('link', { name: 'Raw', exact: true }).click();
  await expect(page.getByRole('tree', { name: 'Description' }).getByRole('treeitem', { name: /workflowExecutionInfo/ })).toBeVisible();
  await page.getByRole('group', { name: 'Description as' }).getByRole('button', { name: 'Text' }).click();
  await expect(page.getByLabel('Description', { exact: true })).toContainText('WORKFLOW_EXECUTION_STATUS_RUNNING');
  const files: string[] = [];
  for (const name of ['Download as written', 'Download decoded']) {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name }).click();
    files.push(await readFile(await (await download).path(), 'utf8'));
  }
  const written = JSON.parse(files[0] ?? '') as { events: { eventType: string; workflowExecutionStartedEventAttributes: object }[] };
  expect(written.events[0]).toMatchObject({
    eventId: '1',
    eventType: 'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED',
    workflowExecutionStartedEventAttributes: {
      input: { payloads: [{ metadata: { encoding: btoa('json/plain') }, data: btoa('{"id":9007199254740993}') }] },
    },
  });
  expect(files[1]).toContain('"id": 9007199254740993');
  expect(await violations(page)).toEqual([]);
});
