/** What keys call a secret, on every page that shows a payload: hidden until somebody asks, then read in all of them, and written down once. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { api } from '@tidemark/protocol/api';
import type { Connection } from '@tidemark/protocol/client';
import { toDuration } from '@tidemark/protocol/time';
import type { Command, WorkflowTask } from '../fixtures/fake-worker.ts';
import { complete, happenings, payload, payloads, runFakeWorker, scheduleActivity } from '../fixtures/fake-worker.ts';
import { answers, expect, NAMESPACE, runPath, test } from './fixtures.ts';
import { violations } from './violations.ts';

interface Held {
  readonly user: string;
  readonly password: string;
  readonly nested: string;
}
const ANN: Held = { user: 'ann', password: 'hunter2', nested: '{"apiKey":"k-1-sesame"}' };
const BEN: Held = { user: 'ben', password: 'hunter3', nested: '{"apiKey":"k-2-sesame"}' };
const SECRETS = ['hunter2', 'hunter3', 'k-1-sesame', 'k-2-sesame'];
const MASK = '••••••';
const FAR_MS = 86_400_000;

/** Fails with what it was given in its words and in its details. */
const fails = (held: Held): Command => ({
  commandType: api.enums.v1.CommandType.COMMAND_TYPE_FAIL_WORKFLOW_EXECUTION,
  failWorkflowExecutionCommandAttributes: {
    failure: {
      message: `refused: ${JSON.stringify(held)}`,
      stackTrace: `Error: refused: ${JSON.stringify(held)}\n    at Keeper (keeper.ts:1)`,
      applicationFailureInfo: { type: 'Refused', details: payloads(held) },
    },
  },
});

const heldBy = (task: WorkflowTask): Held => (task.workflowExecution?.workflowId?.includes('-ben') ? BEN : ANN);

/** One activity, then a signal, then the end that the run's id says. Each takes and gives the same value. */
async function withKeeper<T>(connection: Connection, body: (queue: string) => Promise<T>): Promise<T> {
  const queue = `keeper-${randomUUID().slice(0, 8)}`;
  const stop = new AbortController();
  const worker = runFakeWorker(
    {
      connection,
      namespace: NAMESPACE,
      queue,
      identity: 'keeper',
      onWorkflowTask: (task) => {
        const held = heldBy(task);
        const seen = happenings(task).map(({ name }) => name);
        if (!seen.includes('keep')) return [scheduleActivity(queue, 'keep', 'keep', { input: held })];
        if (!seen.includes('open')) return [];
        return [task.workflowExecution?.workflowId?.endsWith('-bad') ? fails(held) : complete(held)];
      },
      onActivityTask: (task) => Promise.resolve(task.workflowExecution?.workflowId?.includes('-ben') ? BEN : ANN),
      onQuery: (type, task) => (type === 'state' ? heldBy(task) : undefined),
    },
    stop.signal,
  );
  try {
    return await body(queue);
  } finally {
    stop.abort();
    await worker;
  }
}

interface Started {
  readonly workflowId: string;
  readonly runId: string;
  readonly path: string;
}

async function startKeeper(connection: Connection, queue: string, suffix: string, held: Held): Promise<Started> {
  const workflowId = `keeper-${randomUUID().slice(0, 8)}${suffix}`;
  const { runId } = await connection.workflow.startWorkflowExecution({
    namespace: NAMESPACE,
    workflowId,
    workflowType: { name: 'Keeper' },
    taskQueue: { name: queue },
    requestId: randomUUID(),
    identity: 'e2e',
    input: payloads(held),
    memo: { fields: { held: payload(held), password: payload(held.password) } },
    header: { fields: { authorization: payload(held.password) } },
  });
  const workflowExecution = { workflowId, runId };
  await connection.workflow.signalWorkflowExecution({ namespace: NAMESPACE, workflowExecution, signalName: 'open', input: payloads(held) });
  await connection.workflow.getWorkflowExecutionHistory({
    namespace: NAMESPACE,
    execution: workflowExecution,
    waitNewEvent: true,
    historyEventFilterType: api.enums.v1.HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT,
  });
  return { workflowId, runId, path: runPath(workflowId, runId) };
}

/** Neither what came first nor what stands there now: texts, attributes, and what scripts of the page hold. */
async function hidesAll(page: Page, path: string, until: string): Promise<void> {
  await test.step(path, async () => {
    const response = await page.goto(path);
    const first = (await response?.text()) ?? '';
    for (const secret of SECRETS) expect(first, `first HTML of ${path}`).not.toContain(secret);
    await hides(page, until);
  });
}

async function hides(page: Page, until: string): Promise<void> {
  await expect(page.locator('body').getByText(until).first()).toBeVisible();
  // What comes later counts too.
  await page.waitForLoadState('networkidle');
  const now = await page.content();
  for (const secret of SECRETS) expect(now).not.toContain(secret);
}

/** The run's entries of the audit, by where the secret stood. */
async function revealsOf(page: Page, workflowId: string): Promise<readonly string[]> {
  const input = encodeURIComponent(JSON.stringify({ namespace: NAMESPACE, workflowId }));
  const answer = (await (await page.request.get(`/api/trpc/audit.list?input=${input}`)).json()) as {
    result: { data: { entries: readonly { action: string; target: string; outcome: string }[] } };
  };
  return answer.result.data.entries
    .filter(({ action, outcome }) => action === 'payload.reveal' && outcome === 'done')
    .map(({ target }) => target);
}

test('no page shows what keys call a secret before somebody asks', async ({ page, connection }) => {
  test.setTimeout(180_000);
  await withKeeper(connection, async (queue) => {
    const ann = await startKeeper(connection, queue, '-ann', ANN);
    const ben = await startKeeper(connection, queue, '-ben-bad', BEN);
    const again = `/n/${NAMESPACE}/workflows/new?from=${encodeURIComponent(`${ann.workflowId}/${ann.runId}`)}`;
    const cols = 'cols=id,memo:held,memo:password,memo:held.nested,input:password,input:nested,input:user,result:nested';
    const pages: readonly (readonly [path: string, until: string])[] = [
      [`/n/${NAMESPACE}/workflows?${cols}&id=${ann.workflowId}`, MASK],
      [`${ann.path}?as=table`, 'keep'],
      [`${ann.path}/history?e=1`, MASK],
      [`${ben.path}/history?as=events&e=1`, MASK],
      [`${ann.path}/history?as=json`, MASK],
      [`${ann.path}/history?find=hunter&bodies=true`, MASK],
      [`${ann.path}/state`, MASK],
      [`${ann.path}/state?at=1`, MASK],
      [`${ann.path}/replay`, MASK],
      [`${ann.path}/io`, MASK],
      [`${ben.path}/io`, MASK],
      [`${ann.path}/interact`, 'What the run answers appears here'],
      [`${ann.path}/family`, ann.workflowId],
      [`${ann.path}/workers`, 'keeper'],
      [`${ann.path}/pending`, ann.workflowId],
      [`${ann.path}/raw`, MASK],
      [`${ann.path}/compare?with=${encodeURIComponent(`${ben.workflowId}/${ben.runId}`)}`, MASK],
      [again, MASK],
      [`/n/${NAMESPACE}/errors`, 'Refused'],
      [`/n/${NAMESPACE}/audit`, 'Audit'],
    ];
    for (const [path, until] of pages) await hidesAll(page, path, until);
    await hidesAll(page, `${ben.path}?sel=5`, 'keep');
    for (const tab of ['Input', 'Result', 'JSON']) {
      await page.getByRole('tab', { name: tab }).click();
      await hides(page, MASK);
    }
  });
});

test('who reveals a secret reads it in every view of the run, and the audit says so once', async ({ page, connection }) => {
  test.setTimeout(120_000);
  await withKeeper(connection, async (queue) => {
    const ann = await startKeeper(connection, queue, '-ann', ANN);
    await page.goto(`${ann.path}/io`);
    const [input, result] = [page.getByLabel('Input', { exact: true }), page.getByLabel('Result', { exact: true })];
    await expect(result).toContainText(`"password": "${MASK}"`);
    await expect(result).toContainText(`"nested": "{\\"apiKey\\":\\"${MASK}\\"}"`);
    await expect(page.getByText(`"password":"${MASK}"`).first()).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await input.getByRole('button', { name: 'Reveal nested' }).click();
    for (const one of [input, result]) {
      await expect(one).toContainText('"password": "hunter2"');
      await expect(one).toContainText('k-1-sesame');
    }
    // The memo holds the same; a header calls the same value by another name, which nobody asked for.
    await expect(page.getByText('"password":"hunter2"').first()).toBeVisible();
    await expect(page.getByLabel('Authorization', { exact: true })).toContainText(MASK);

    for (const [tab, view] of [
      ['History', '"password": "hunter2"'],
      ['State', '"password":"hunter2"'],
      ['Raw', 'password: "hunter2"'],
    ] as const) {
      await page
        .getByRole('navigation', { name: 'Run' })
        .getByRole('link', { name: new RegExp(`^${tab}`) })
        .click();
      if (tab === 'History') await page.getByRole('button', { name: 'JSON', exact: true }).click();
      await expect(page.getByText(view).first()).toBeVisible();
    }
    expect(await revealsOf(page, ann.workflowId)).toEqual(['event 1, input']);
    // Another page is another reader.
    await page.reload();
    await page.goto(`${ann.path}/io`);
    await expect(input).toContainText(`"password": "${MASK}"`);
    expect(await page.content()).not.toContain('hunter2');

    // What goes out of the page goes out as it is seen; a file is whole, and is a reveal.
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download result' }).click();
    expect(await readFile(await (await download).path(), 'utf8')).toBe(JSON.stringify(ANN));
    await expect(result).toContainText('hunter2');
    await page.goto(`${ann.path}/raw`);
    for (const name of ['Download as written', 'Download decoded']) {
      const history = page.waitForEvent('download');
      await page.getByRole('button', { name }).click();
      await history;
    }
    const last = `event ${(await revealsOf(page, ann.workflowId)).find((one) => one.includes('result'))?.match(/\d+/)?.[0]}, result, as a file`;
    expect([...(await revealsOf(page, ann.workflowId))].sort()).toEqual(
      ['event 1, input', last, 'history, as a file', 'history, as a file'].sort(),
    );
  });
});

test('copies what is seen and nothing behind it', async ({ page, context, connection }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await withKeeper(connection, async (queue) => {
    const ann = await startKeeper(connection, queue, '-ann', ANN);
    await page.goto(`${ann.path}/io`);
    await expect(page.getByLabel('Input', { exact: true })).toContainText(MASK);
    await answers(page);
    const copied = async () => {
      await page.getByRole('button', { name: 'Copy input' }).click();
      await expect(page.getByRole('button', { name: 'input copied' })).toBeVisible();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    expect(JSON.parse(await copied())).toEqual({ user: 'ann', password: MASK, nested: `{"apiKey":"${MASK}"}` });
    await page.getByLabel('Input', { exact: true }).getByRole('button', { name: 'Reveal password' }).click();
    await expect(page.getByLabel('Input', { exact: true })).toContainText('hunter2');
    await expect(page.getByRole('button', { name: 'Copy input' })).toBeVisible();
    expect(JSON.parse(await copied())).toEqual(ANN);
  });
});

test('two runs differ in what is hidden, and each side is revealed for its own run', async ({ page, connection }) => {
  await withKeeper(connection, async (queue) => {
    const [ann, ben] = [await startKeeper(connection, queue, '-ann', ANN), await startKeeper(connection, queue, '-ben', BEN)];
    await page.goto(`${ann.path}/compare?with=${encodeURIComponent(`${ben.workflowId}/${ben.runId}`)}`);
    const side = page.getByRole('complementary', { name: 'Differences of the runs' });
    const input = side.locator('section').filter({ has: page.getByRole('heading', { name: /^Input/ }) });
    await expect(input.getByRole('heading')).toContainText('3 changes');
    await expect(input).toContainText(`A "${MASK}"`);
    await input.getByRole('button', { name: 'Reveal password of B' }).click();
    await expect(input).toContainText('B "hunter3"');
    await expect(side).not.toContainText('hunter2');
    expect(await violations(page)).toEqual([]);
    expect(await revealsOf(page, ben.workflowId)).toHaveLength(1);
    expect(await revealsOf(page, ann.workflowId)).toEqual([]);
  });
});

test('a start like another takes its secrets along unseen, or shows them and says so', async ({ page, connection }) => {
  await withKeeper(connection, async (queue) => {
    const ann = await startKeeper(connection, queue, '-ann', ANN);
    const from = `/n/${NAMESPACE}/workflows/new?from=${encodeURIComponent(`${ann.workflowId}/${ann.runId}`)}`;
    await page.goto(from);
    await expect(page.getByLabel('Input, JSON')).toContainText(`"password": "${MASK}"`);
    await expect(page.getByLabel('Command', { exact: true })).toContainText(MASK);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Start workflow' }).click();
    await expect(page).toHaveURL(new RegExp(`${ann.workflowId}-again`));
    const execution = { workflowId: `${ann.workflowId}-again` };
    const { history } = await connection.workflow.getWorkflowExecutionHistory({ namespace: NAMESPACE, execution });
    const started = history?.events?.[0]?.workflowExecutionStartedEventAttributes;
    const read = (data: Uint8Array | null | undefined): unknown => JSON.parse(new TextDecoder().decode(data ?? new Uint8Array()));
    expect(read(started?.input?.payloads?.[0]?.data)).toEqual(ANN);
    expect(read(started?.memo?.fields?.['password']?.data)).toBe(ANN.password);
    expect(await revealsOf(page, ann.workflowId)).toEqual([]);

    await page.goto(from);
    // By keyboard.
    await page.getByRole('button', { name: 'Reveal input' }).press('Enter');
    await expect(page.getByRole('textbox', { name: 'Input, JSON' })).toContainText('hunter2');
    await expect(page.getByLabel('Command', { exact: true })).toContainText('hunter2');
    expect(await revealsOf(page, ann.workflowId)).toEqual(['event 1, input']);
    await page.goto(from);
    await page.getByRole('button', { name: 'Write another input' }).click();
    await page.getByRole('textbox', { name: 'Input, JSON' }).fill('{"user":"cat"}');
    await expect(page.getByLabel('Command', { exact: true })).toContainText('cat');
    await connection.workflow
      .terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: execution, identity: 'e2e' })
      .catch(() => undefined);
  });
});

test('a schedule hides what its runs are given, and keeps it when it is edited', async ({ page, connection }) => {
  const id = `sched-secret-${randomUUID().slice(0, 8)}`;
  const startWorkflow = {
    workflowId: `${id}-run`,
    workflowType: { name: 'Keeper' },
    taskQueue: { name: `nobody-${id}` },
    input: payloads(ANN),
    memo: { fields: { held: payload(ANN) } },
  };
  await connection.workflow.createSchedule({
    namespace: NAMESPACE,
    scheduleId: id,
    requestId: randomUUID(),
    identity: 'e2e',
    memo: { fields: { password: payload(ANN.password) } },
    schedule: { spec: { interval: [{ interval: toDuration(FAR_MS) }] }, action: { startWorkflow } },
  });
  try {
    const path = `/n/${NAMESPACE}/schedules/${id}`;
    await hidesAll(page, `/n/${NAMESPACE}/schedules`, id);
    await hidesAll(page, path, MASK);
    await hidesAll(page, `${path}/edit`, MASK);
    await page.getByLabel('Notes').fill('kept');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page).toHaveURL(new RegExp(`${id}$`));
    const { schedule } = await connection.workflow.describeSchedule({ namespace: NAMESPACE, scheduleId: id });
    const [kept] = schedule?.action?.startWorkflow?.input?.payloads ?? [];
    expect(JSON.parse(new TextDecoder().decode(kept?.data ?? new Uint8Array()))).toEqual(ANN);
    const facts = page.getByRole('complementary', { name: 'What it does' });
    await facts.getByLabel('Input', { exact: true }).getByRole('button', { name: 'Reveal password' }).click();
    await expect(facts.getByLabel('Input', { exact: true })).toContainText('hunter2');
    await expect(facts.getByLabel('Memo of its runs', { exact: true })).toContainText('k-1-sesame');
    expect(await violations(page)).toEqual([]);
    await page.goto(`/n/${NAMESPACE}/audit`);
    await expect(page.getByRole('row', { name: /Revealed secrets in a payload/ }).filter({ hasText: `schedule ${id}, input` })).toHaveCount(
      1,
    );
  } finally {
    await connection.workflow.deleteSchedule({ namespace: NAMESPACE, scheduleId: id });
  }
});

test('what was asked of a run, and what it answered, is hidden as any payload', async ({ page, connection }) => {
  await withKeeper(connection, async (queue) => {
    const ann = await startKeeper(connection, queue, '-ann', ANN);
    await page.goto(`${ann.path}/interact`);
    await page.getByLabel('Query name').fill('state');
    await page.getByRole('textbox', { name: 'Arguments, JSON' }).fill('{"token":"k-1-sesame"}');
    await page.getByRole('button', { name: /^Run query/ }).click();
    const answer = page.getByLabel('Answer of state', { exact: true });
    await expect(answer).toContainText(`"password": "${MASK}"`);
    await expect(page.getByText(`{"token":"${MASK}"}`)).toBeVisible();
    await page.getByRole('button', { name: 'Again: state' }).click();
    await expect(page.getByLabel('Arguments, JSON')).toContainText(MASK);
    const shown = await page.content();
    for (const secret of SECRETS) expect(shown).not.toContain(secret);
    await page.getByRole('button', { name: 'Reveal arguments of state' }).click();
    await expect(page.getByRole('textbox', { name: 'Arguments, JSON' })).toContainText('k-1-sesame');
    await expect(answer).toContainText(MASK);
    expect(await revealsOf(page, ann.workflowId)).toEqual(['query state, arguments']);
  });
});
