import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { Page } from '@playwright/test';
import { api } from '@tidemark/protocol/api';
import type { Connection } from '@tidemark/protocol/client';
import { toNumber } from '@tidemark/protocol/time';
import type { FamilyPlan } from '../fixtures/family-flow.ts';
import { familyWorker } from '../fixtures/family-flow.ts';
import { payloads, runFakeWorker } from '../fixtures/fake-worker.ts';
import type { Order } from './fixtures.ts';
import { test as base, expect, NAMESPACE, runPath } from './fixtures.ts';
import { violations } from './violations.ts';

const types = api.enums.v1.EventType;
const LONG = { timeout: 40_000 };
/** Several runs have to end first, on machines that do other things too. */
const SLOW_MS = 120_000;

const test = base.extend<object, { readonly startFamily: (plan: FamilyPlan) => Promise<Order> }>({
  startFamily: [
    async ({ connection }, use) => {
      const queue = `families-${randomUUID().slice(0, 8)}`;
      const stop = new AbortController();
      setMaxListeners(0, stop.signal);
      const worker = runFakeWorker(familyWorker({ connection, namespace: NAMESPACE, queue, identity: 'worker-family' }), stop.signal);
      await use(async (plan) => {
        const workflowId = `family-${randomUUID().slice(0, 8)}`;
        const { runId } = await connection.workflow.startWorkflowExecution({
          namespace: NAMESPACE,
          workflowId,
          workflowType: { name: 'FamilyFlow' },
          taskQueue: { name: queue },
          requestId: randomUUID(),
          identity: 'e2e',
          input: payloads(plan),
        });
        return { workflowId, runId, path: runPath(workflowId, runId) };
      });
      stop.abort();
      await worker;
    },
    { scope: 'worker' },
  ],
});

async function eventsOf({ workflow }: Connection, { workflowId, runId }: Pick<Order, 'workflowId' | 'runId'>) {
  const { history } = await workflow.getWorkflowExecutionHistory({
    namespace: NAMESPACE,
    execution: { workflowId, runId },
    maximumPageSize: 1000,
  });
  return history?.events ?? [];
}

test('shows a family level by level, by keys alone, and mounts no more than is in sight', async ({ page, startFamily }) => {
  test.setTimeout(SLOW_MS);
  const family = await startFamily({ children: [25, 1] });
  await page.setViewportSize({ width: 1440, height: 400 });
  await page.goto(`${family.path}/family`);
  await expect(page.getByText('25 child workflows')).toBeVisible(LONG);
  await expect(page.getByText('none open')).toBeVisible(LONG);
  const tree = page.getByRole('tree', { name: 'Family of this run' });
  const self = tree.getByRole('treeitem', { name: /^FamilyFlow .* this run Running|^FamilyFlow .* this run Completed/ });
  await expect(self).toHaveAttribute('aria-expanded', 'true');
  expect(await tree.getByRole('treeitem').count()).toBeLessThan(24);
  await self.focus();
  await page.keyboard.press('End');
  await expect(tree.getByRole('treeitem', { name: new RegExp(`^BranchFlow ${family.workflowId}/25 Completed`) })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  const grandchild = tree.getByRole('treeitem', { name: new RegExp(`^LeafFlow ${family.workflowId}/25/1 Completed`) });
  await expect(grandchild).toHaveAttribute('aria-level', '3');
  await page.keyboard.press('ArrowDown');
  await expect(grandchild).toBeFocused();
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: `${family.workflowId}/25/1` })).toBeVisible();
  await expect(page.getByText(/^its parent/)).toContainText(`${family.workflowId}/25 below ${family.workflowId}`);
  const card = page.locator('.hovc');
  await page
    .getByText(/^its parent/)
    .getByRole('link')
    .first()
    .hover();
  await expect(card).toContainText(`${family.workflowId}/25`);
  await expect(card).toContainText('BranchFlow');
  await page.mouse.move(0, 0);
  await expect(card).toHaveCount(0);
  const above = page.getByRole('treeitem');
  await expect(above).toHaveCount(3);
  await expect(above.first()).toHaveAccessibleName(new RegExp(`^FamilyFlow ${family.workflowId} Completed`));
  await opensByKeys(page, family);
});

/** Children in the timeline of their parent: out of a woven row, and what they started beneath them. */
async function opensByKeys(page: Page, family: Order): Promise<void> {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(family.path);
  const row = (name: RegExp) => page.getByRole('row', { name });
  const woven = row(/^BranchFlow, 25 times/);
  await expect(woven).toHaveAttribute('aria-expanded', 'false');
  expect(asked.filter((url) => url.includes('workflow.chain'))).toEqual([]);
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowRight');
  await expect(woven).toHaveAttribute('aria-expanded', 'true');
  const child = row(/^BranchFlow, child workflow, completed/).first();
  await expect(child).toBeFocused();
  await expect(child).toHaveAttribute('aria-level', '2');
  await page.keyboard.press('ArrowRight');
  const leaf = row(/^LeafFlow, child workflow, completed/);
  await expect(leaf).toHaveAttribute('aria-level', '3');
  await page.keyboard.press('j');
  await expect(leaf).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText('It took no steps.')).toBeVisible();
  await expect(page).toHaveURL(/in=\d+,\d+\.\d+/);
  expect(await violations(page)).toEqual([]);
  await page.reload();
  await expect(leaf).toBeFocused();
  await expect(leaf).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByRole('complementary', { name: 'Inspector: LeafFlow' })).toContainText(`${family.workflowId}/1`);
  await page.keyboard.press('ArrowLeft');
  await expect(leaf).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('ArrowLeft');
  await expect(child).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(leaf).toHaveCount(0);
  await expect(page).not.toHaveURL(/[?&]in=/);
  await page.keyboard.press('ArrowLeft');
  await expect(woven).toHaveAttribute('aria-expanded', 'false');
}

test('shows all runs of a child that continued as new beneath it, and what each of them started', async ({ page, startFamily }) => {
  test.setTimeout(SLOW_MS);
  const family = await startFamily({ children: [1, 2], childrenAgain: 1 });
  await page.goto(`${family.path}/family`);
  await expect(page.getByText('none open')).toBeVisible(LONG);
  const tree = page.getByRole('tree', { name: 'Family of this run' });
  const child = `${family.workflowId}/1`;
  await tree.getByRole('treeitem', { name: new RegExp(`^BranchFlow ${child} `) }).focus();
  await page.keyboard.press('ArrowRight');
  // The parent heard of the last run; the first is beside what that one started.
  await expect(tree.getByRole('treeitem', { name: new RegExp(`^LeafFlow ${child}/2 Completed`) })).toHaveAttribute('aria-level', '3');
  const first = tree.getByRole('treeitem', { name: /run 1 of its chain Continued/ });
  await expect(first).toHaveAttribute('aria-level', '3');
  await page.keyboard.press('ArrowRight');
  await expect(first).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(tree.getByText('It started no other workflow.')).toBeVisible();
  await opensRuns(page, family, child);
});

/** Beneath a child that continued as new stand the steps of its first run, then its other runs; what cannot be read says so. */
async function opensRuns(page: Page, family: Order, child: string): Promise<void> {
  const histories = /workflow\.history\?/;
  await page.goto(family.path);
  const row = (name: RegExp) => page.getByRole('row', { name });
  const branch = row(/^BranchFlow, child workflow, completed/);
  await branch.getByRole('button', { name: 'Open this row' }).click();
  const later = row(/^Run 2 of BranchFlow, child workflow, completed/);
  await expect(later).toHaveAttribute('aria-level', '2');
  await expect(page.getByText('It took no steps.')).toBeVisible();
  await page.route(histories, (route) => route.abort());
  await later.getByRole('button', { name: 'Open this row' }).click();
  await expect(page.getByText(/^This run cannot be read/)).toBeVisible();
  await page.unroute(histories);
  await page.getByRole('button', { name: 'Try again' }).click();
  const leaf = row(/^LeafFlow, child workflow, completed/);
  await expect(leaf).toHaveCount(2);
  await expect(leaf.first()).toHaveAttribute('aria-level', '3');
  await leaf.first().click();
  const inspector = page.getByRole('complementary', { name: 'Inspector: LeafFlow' });
  await expect(inspector.getByRole('link', { name: child, exact: true })).toBeVisible();
  await expect(page).toHaveURL(/of=\d+~2/);
  await inspector.getByRole('tab', { name: 'Input' }).click();
  await expect(inspector).toContainText('children');
  // What is looked for is found in it, under the rows that lead there.
  const find = page.getByRole('textbox', { name: 'Find in run' });
  await find.fill('there is no such step');
  await expect(branch).toHaveCount(0);
  await find.fill('Leaf');
  await expect(branch).toBeVisible();
  await expect(leaf).toHaveCount(2);
  await find.fill('');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await inspector.getByRole('link', { name: child, exact: true }).click();
  await expect(page.getByRole('heading', { name: child })).toBeVisible();
  await expect(leaf).toHaveCount(2);
  expect(asked.filter((url) => histories.test(url))).toEqual([]);
}

test('follows an open child in the timeline of its parent, also past the end of that', async ({ page, connection, startFamily }) => {
  test.setTimeout(SLOW_MS);
  const family = await startFamily({ children: [1], childrenStay: true });
  const execution = { workflowId: `${family.workflowId}/1` };
  await page.goto(family.path);
  const row = (name: RegExp) => page.getByRole('row', { name });
  const child = row(/^LeafFlow, child workflow, running/);
  await expect(child).toBeVisible(LONG);
  await child.getByRole('button', { name: 'Open this row' }).click();
  await expect(row(/^stay, timer/)).toHaveAttribute('aria-level', '2');
  const signal = (signalName: string) =>
    connection.workflow.signalWorkflowExecution({
      namespace: NAMESPACE,
      workflowExecution: execution,
      signalName,
      requestId: randomUUID(),
      identity: 'e2e',
    });
  await signal('first');
  await expect(row(/^first, signal/)).toHaveAttribute('aria-level', '2');
  await row(/^first, signal/).click();
  await expect(page.getByRole('complementary', { name: 'Inspector: first' })).toContainText(execution.workflowId);
  await connection.workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId: family.workflowId } });
  await expect(row(/^LeafFlow, child workflow, left open/)).toBeVisible();
  await connection.workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: execution }).catch(() => undefined);
  await expect(row(/^stay, timer, left open/)).toBeVisible();
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violations(page)).toEqual([]);
});

test('leads from run to run of a chain, and lays one beside the other', async ({ page, connection, startFamily }) => {
  const first = await startFamily({ children: [], again: 2 });
  await page.goto(`${first.path}/family`);
  const facts = page.locator('.fam-facts');
  const next = facts.getByRole('definition').filter({ hasText: 'Continued' });
  await expect(next).toBeVisible(LONG);
  await facts.getByRole('link').first().click();
  await expect(facts).toContainText('the workflow asked for a new run');
  await expect(facts).toContainText('Continued by');
  const last = await connection.workflow.describeWorkflowExecution({ namespace: NAMESPACE, execution: { workflowId: first.workflowId } });
  await page.goto(`${runPath(first.workflowId, last.workflowExecutionInfo?.execution?.runId ?? '')}/family`);
  const whole = facts.getByRole('definition').filter({ hasText: first.runId.slice(0, 8) });
  await whole.getByRole('link', { name: 'compare' }).click();
  await expect(page.getByRole('complementary', { name: 'Differences of the runs' })).toContainText('again');
  await expect(page.getByText('Both took the same steps, in the same order and about as long.')).toBeVisible();
});

test('compares a failed run with one that went well, and names the step that differs', async ({ page, startOrder }) => {
  test.setTimeout(SLOW_MS);
  const [good, bad] = [await startOrder(), await startOrder('-decline')];
  await page.goto(bad.path);
  await expect(page.getByText(/^Failed after/)).toBeVisible(LONG);
  await page.keyboard.press('a');
  await page.keyboard.press('d');
  await expect(page).toHaveURL(/\/compare$/);
  const field = page.getByLabel(/^Any run/);
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(page.getByText('Which run?', { exact: true })).toBeVisible();
  await field.fill(bad.workflowId);
  await field.press('Enter');
  await expect(page.getByText('That is this run.')).toBeVisible();
  await field.fill('there-is-none');
  await field.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: /not found/i })).toBeVisible();
  await field.fill(good.workflowId);
  await field.press('Enter');
  await expect(page).toHaveURL(new RegExp(`with=${good.workflowId}`));
  const strip = page.getByRole('status').filter({ hasText: 'First difference' });
  await expect(strip).toBeVisible();
  const table = page.getByRole('table', { name: 'Steps of both runs' });
  const charge = table.getByRole('row').filter({ hasText: 'chargeCard' });
  await expect(charge).toContainText('failed in A, completed in B', LONG);
  await expect(charge).toContainText('2 → 1');
  await page.getByRole('button', { name: 'Differences' }).click();
  await expect(table.locator('[aria-current="true"]')).toHaveCount(1);
  const side = page.getByRole('complementary', { name: 'Differences of the runs' });
  await expect(side).toContainText(`"${bad.workflowId}"`);
  await expect(side).toContainText(`"${good.workflowId}"`);
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await violations(page)).toEqual([]);
  await page.goto(bad.path);
  await page.getByRole('row', { name: /^chargeCard .*activity, failed/ }).waitFor();
  await page.keyboard.press('p');
  await expect(page).toHaveURL(/path=true/);
  await expect(page.getByRole('row', { name: /^chargeCard.*on the critical path/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /^sendMail.*to spare/ })).toBeVisible();
  await page.getByRole('button', { name: /^Show \d+ steps/ }).click();
  await expect(
    page.getByRole('region', { name: 'Steps of the critical path' }).getByRole('button', { name: 'chargeCard' }).first(),
  ).toBeVisible();
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violations(page)).toEqual([]);
});

test('resets a run to before a step, and what happens is what was foretold', async ({ page, connection, startOrder }) => {
  const order = await startOrder('-approve');
  await page.goto(order.path);
  await expect(page.getByRole('row', { name: /^fraudHold, timer/ })).toBeVisible(LONG);
  await connection.workflow.signalWorkflowExecution({
    namespace: NAMESPACE,
    workflowExecution: order,
    signalName: 'changeAddress',
    requestId: randomUUID(),
    identity: 'e2e',
  });
  await expect(page.getByRole('row', { name: /^changeAddress, signal/ })).toBeVisible();
  await page.getByRole('row', { name: /^priceOrder, activity, completed/ }).click();
  await page.getByRole('button', { name: 'reset to before priceOrder…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Step', { exact: true })).toContainText('priceOrder');
  const plan = dialog.getByRole('region', { name: 'What will happen' });
  await expect(plan).toContainText('priceOrder, sendMail, fraudHold');
  await expect(plan.getByRole('checkbox', { name: 'Give the new run 1 later signal again: changeAddress' })).toBeChecked();
  const kept = Number(/Keeps\s*(\d+) events/.exec((await plan.textContent()) ?? '')?.[1]);
  const dropped = Number(/Drops\s*(\d+) events/.exec((await plan.textContent()) ?? '')?.[1]);
  const before = (await eventsOf(connection, order)).filter((event) => toNumber(event.eventId) <= kept + dropped);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violations(page)).toEqual([]);
  await dialog.getByLabel('Reason, kept in the history').fill('wrong price');
  await dialog.getByRole('button', { name: 'Reset run' }).click();
  await expect(page).not.toHaveURL(new RegExp(order.runId));
  await expect(page.getByRole('row', { name: /^changeAddress, signal/ })).toBeVisible(LONG);
  const runId = /\/w\/[^/]+\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';
  const after = await eventsOf(connection, { workflowId: order.workflowId, runId });
  expect(before).toHaveLength(kept + dropped);
  expect(after.slice(0, kept).map((event) => event.eventType)).toEqual(before.slice(0, kept).map((event) => event.eventType));
  expect(after[kept]?.workflowTaskFailedEventAttributes).toMatchObject({ baseRunId: order.runId, newRunId: runId });
  const signals = after.slice(kept).filter((event) => event.eventType === types.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED);
  expect(signals.map((event) => event.workflowExecutionSignaledEventAttributes?.signalName)).toEqual(['changeAddress']);
  await expect(page.getByRole('row', { name: /^fraudHold, timer/ })).toBeVisible(LONG);
  await page.getByRole('link', { name: /^Family/ }).click();
  const facts = page.locator('.fam-facts');
  await expect(facts).toContainText('Reset of');
  await expect(facts).toContainText(`to event ${kept + 1}, “wrong price”`);
  await facts
    .getByRole('link', { name: order.runId.slice(0, 8) })
    .first()
    .click();
  await expect(facts).toContainText(`Reset to${runId.slice(0, 8)}`);
});

test('says what a server refuses, and offers no point to a run that has none', async ({ page, connection, startOrder }) => {
  const { runId } = await connection.workflow.startWorkflowExecution({
    namespace: NAMESPACE,
    workflowId: `unpolled-${randomUUID().slice(0, 8)}`,
    workflowType: { name: 'OrderFlow' },
    taskQueue: { name: `nobody-${randomUUID().slice(0, 8)}` },
    requestId: randomUUID(),
    identity: 'e2e',
  });
  const order = await startOrder('-approve');
  await page.goto(`${order.path}?reset=step:9999`);
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('alert')).toContainText('This run has no such point any more');
  await expect(dialog.getByRole('button', { name: 'Reset run' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/reset=/);
  await expect(page.getByRole('row', { name: /^fraudHold, timer/ })).toBeVisible(LONG);
  await page.keyboard.press('a');
  await page.keyboard.press('r');
  await expect(dialog.getByRole('radio', { name: /^From the last workflow task/ })).toBeChecked();
  await connection.workflow.deleteWorkflowExecution({ namespace: NAMESPACE, workflowExecution: order });
  await expect
    .poll(() =>
      connection.workflow.describeWorkflowExecution({ namespace: NAMESPACE, execution: order }).then(
        () => 'there',
        () => 'gone',
      ),
    )
    .toBe('gone');
  await dialog.getByRole('button', { name: 'Reset run' }).click();
  await expect(dialog.getByRole('alert')).toContainText('The server refused');
  const listed = await connection.workflow.listWorkflowExecutions({ namespace: NAMESPACE, query: `RunId = '${runId}'` });
  await page.goto(`${runPath(listed.executions[0]?.execution?.workflowId ?? '', runId)}?reset=choose`);
  await expect(dialog).toContainText('there is no point to go back to');
});
