import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { answers, expect, NAMESPACE, test } from './fixtures.ts';
import { violations } from './violations.ts';

test('starts a run from the form and shows it to its end, live', async ({ page, queue }) => {
  const workflowId = `e2e-form-${randomUUID().slice(0, 8)}`;
  await page.goto(`/n/${NAMESPACE}/workflows`);
  await page.getByRole('link', { name: 'Start workflow' }).click();
  await page.getByLabel('Workflow type').fill('OrderFlow');
  await page.getByLabel('Workflow ID').fill(workflowId);
  await page.getByLabel('Task queue').fill(queue);
  await page.getByRole('textbox', { name: 'Input, JSON' }).fill('{ "orderId": "8809", "total": 41.9 }');
  await page.getByRole('button', { name: /^Start workflow/ }).click();
  await expect(page).toHaveURL(new RegExp(`/w/${workflowId}/`));
  await expect(page.getByRole('heading', { name: workflowId })).toBeVisible();
  await expect(page.getByRole('row', { name: /^priceOrder, activity, completed/ })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/^Completed in/)).toBeVisible({ timeout: 30_000 });
  await page.getByRole('link', { name: 'Input and result' }).click();
  await expect(page.getByLabel('Input', { exact: true })).toContainText('"orderId": "8809"');
  await expect(page.getByLabel('Result', { exact: true })).toContainText('"shipped": true');
});

test('puts errors beside their fields and starts nothing', async ({ page }) => {
  await page.goto(`/n/${NAMESPACE}/workflows/new`);
  await page.getByRole('textbox', { name: 'Input, JSON' }).fill('hello');
  await page.getByRole('button', { name: /^Start workflow/ }).click();
  await expect(page.getByText('Which workflow?')).toBeVisible();
  await expect(page.getByText('A text needs quotes: "hello"')).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'Nothing has been started' })).toBeVisible();
  await expect(page).toHaveURL(/workflows\/new/);
});

test('signals a waiting run by the name its worker declares', async ({ page, startOrder }) => {
  const order = await startOrder('-approve');
  await page.goto(order.path);
  await expect(page.getByRole('row', { name: /^fraudHold, timer/ })).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Signal…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Signal name')).toHaveValue('approve');
  await dialog.getByRole('textbox', { name: 'Arguments, JSON' }).fill('{ "by": "r.osei" }');
  await dialog.getByRole('button', { name: /^Send signal/ }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('row', { name: /^approve, signal/ })).toBeVisible();
  await expect(page.getByText(/^Completed in/)).toBeVisible({ timeout: 30_000 });
});

test('asks for what the stream no longer brings, and keeps what stands beside a pane that breaks', async ({ page, startOrder }) => {
  const order = await startOrder('-approve');
  await page.route(/workflow\.onHistory/, (route) => route.abort());
  await page.route(/workflow\.why/, (route) => route.fulfill({ json: { result: { data: { findings: [null] } } } }));
  await page.goto(order.path);
  const timer = page.getByRole('row', { name: /^fraudHold, timer/ });
  await expect(timer).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('stream lost, asking every 3 s')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Live updates' })).toHaveText('Asking');
  const broken = page.getByText('This pane broke while it was drawn.');
  await expect(broken).toBeVisible();
  await expect(timer).toBeVisible();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy diagnostics' }).click();
  await expect(page.getByText('Diagnostics copied.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('Pane: why');
  await page.unroute(/workflow\.why/);
  await page.getByRole('button', { name: 'Draw it again' }).click();
  await expect(page.getByRole('status').filter({ hasText: /^Waiting for the timer/ })).toBeVisible();
  await expect(broken).toHaveCount(0);
});

test('answers a query, and says why one is refused', async ({ page, startOrder }) => {
  const order = await startOrder('-approve');
  await page.goto(`${order.path}/interact`);
  await page.getByRole('button', { name: /^progress/ }).click();
  await page.getByRole('button', { name: /^Run query/ }).click();
  await expect(page.getByLabel('Answer of progress', { exact: true })).toContainText('"of": 9');
  await page.getByRole('button', { name: 'Ask where the code waits' }).click();
  await expect(page.getByLabel('Call stack', { exact: true }).and(page.locator('pre'))).toContainText('at orderFlow (src/order.ts:41:5)');
  await page.getByLabel('Query name').fill('nonsense');
  await page.getByRole('button', { name: /^Run query/ }).click();
  await expect(page.getByText('This workflow has no query nonsense.')).toBeVisible();
});

test('cancels a run with a reason that its history keeps', async ({ page, startOrder }) => {
  const order = await startOrder('-approve');
  await page.goto(order.path);
  await page.getByRole('button', { name: 'Cancel…' }).click();
  await page.getByLabel('Reason, kept in the history').fill('address check');
  await page.getByRole('button', { name: 'Request cancellation' }).click();
  await expect(page.getByText(/^Canceled after/)).toBeVisible({ timeout: 30_000 });
  await page.goto(`${order.path}/history`);
  await expect(page.getByRole('gridcell', { name: /^address check/ })).toBeVisible();
});

test('terminates a run and says who and why', async ({ page, startOrder }) => {
  const order = await startOrder('-approve');
  await page.goto(order.path);
  await page.getByRole('button', { name: 'Terminate…' }).click();
  await page.getByLabel('Reason, kept in the history').fill('duplicate');
  await page.getByRole('button', { name: 'Terminate run' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Terminated by console: duplicate' })).toBeVisible();
});

test('says what a run is stuck on, with the attempt and the next try', async ({ page, startOrder }) => {
  const order = await startOrder('-retry');
  await page.goto(order.path);
  const strip = page.getByRole('status').filter({ hasText: 'Waiting on chargeCard' });
  await expect(strip).toContainText('502 Bad Gateway', { timeout: 40_000 });
  await page.getByRole('link', { name: /^Pending/ }).click();
  await expect(page.getByRole('link', { name: 'chargeCard' })).toBeVisible();
  await expect(page.getByText(/^Attempt \d/)).toBeVisible();
});

test('opens an event by its address, also after a reload', async ({ page, startOrder }) => {
  const order = await startOrder();
  await page.goto(`${order.path}/history?e=1`);
  await expect(page.getByLabel('Event 1', { exact: true })).toContainText('"workflowType"');
  // The events that come in above it leave it where it is.
  await expect(page.getByText(/^Completed in/).first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('row').filter({ hasText: 'Run completed' })).not.toBeInViewport();
  await expect(page.getByLabel('Event 1', { exact: true })).toBeInViewport();
  await page.reload();
  await expect(page.getByLabel('Event 1', { exact: true })).toContainText('"workflowType"');
  await page.getByRole('button', { name: 'Events' }).click();
  await expect(page).toHaveURL(/as=events/);
  await page.getByLabel('Find in the history').fill('/reserve.*/');
  await expect(page.getByRole('row').filter({ hasText: 'reserveItem scheduled' }).first()).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'Workflow task' })).toHaveCount(0);
  // What only the body of the first event says.
  await page.getByLabel('Find in the history').fill('/"workflowTaskTimeout": "\\d+/');
  await expect(page.getByText(/^No event of this run holds/)).toBeVisible();
  await page.getByRole('checkbox', { name: 'in bodies' }).check();
  await expect(page.getByRole('row').filter({ hasText: 'OrderFlow started' })).toBeVisible();
  await expect(page).toHaveURL(/bodies=true/);
  await page.getByLabel('Find in the history').fill('/(?<=card)x/');
  await expect(page.getByRole('status').filter({ hasText: /^Bodies are searched up to event 0 of \d+ only: / })).toBeVisible();
});

test('keeps zoom and selection in the address', async ({ page, startOrder }) => {
  const order = await startOrder();
  await page.goto(order.path);
  await expect(page.getByText(/^Completed in/)).toBeVisible({ timeout: 30_000 });
  // From here on nothing comes that the scale would grow with.
  await page.reload();
  await page.getByRole('row', { name: /^fraudScore, activity, completed/ }).click();
  await expect(page).toHaveURL(/sel=\d+/);
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await expect(page).toHaveURL(/t0=[\d.]+&t1=[\d.]+/);
  expect(await zoomOf(page)).toBeCloseTo(1.6, 3);
  const first = page.url();
  // Under the hand lanes and labels are moved; at rest each stands by itself where the address says.
  await page
    .getByRole('row', { name: /^fraudScore, activity, completed/ })
    .locator('.tl-lane')
    .hover();
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -100);
  await page.keyboard.up('Control');
  await expect.poll(() => zoomOf(page)).toBeCloseTo(2.387, 2);
  await expect(page.locator('.tl [style*="scaleX"]')).toHaveCount(0);
  await expect(page).not.toHaveURL(first);
  await page.reload();
  await expect.poll(() => zoomOf(page)).toBeCloseTo(2.387, 2);
  await expect(page.getByRole('button', { name: /^Back to live/ })).toHaveCount(0);
  await expect(page.getByRole('complementary', { name: 'Inspector: fraudScore' })).toBeVisible();
  await page.getByRole('tab', { name: 'Input' }).click();
  await expect(page.getByLabel('Input', { exact: true }).and(page.locator('pre'))).toContainText('cus_4417');
  // Several rows are chosen by keys too; what they took together stands below.
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page).toHaveURL(/to=\d+/);
  await expect(page.getByRole('status').filter({ hasText: /\d steps took/ })).toBeVisible();
  await page.keyboard.press(']');
  await expect(page.getByRole('complementary', { name: /^Inspector/ })).toHaveCount(0);
  await expect(page).not.toHaveURL(/(sel|to)=/);
  await expect(page.getByRole('row', { name: /^\d+ workflow tasks/ })).toBeVisible();
  await page.keyboard.press('w');
  await expect(page.getByRole('row', { name: /^\d+ workflow tasks/ })).toHaveCount(0);
  await page.getByLabel('Find in run').fill('fraud');
  await expect(page.getByRole('treegrid', { name: 'Timeline' }).getByRole('row')).toHaveCount(1);
  await page.getByLabel('Find in run').press('Enter');
  await page.keyboard.press('n');
  await expect(page.getByRole('complementary', { name: 'Inspector: fraudScore' })).toBeVisible();
});

/** How many times wider than the window the whole run is. */
const zoomOf = (page: Page): Promise<number> =>
  page.locator('.tl').evaluate((root) => Number((root as HTMLElement).style.getPropertyValue('--zk')));

test('follows a run that goes on, or stays where somebody looks until it is led back', async ({ page, context, startOrder }) => {
  const order = await startOrder('-approve');
  await page.goto(order.path);
  const done = page.getByRole('row', { name: /^priceOrder, activity, completed/ });
  await expect(done).toBeVisible({ timeout: 30_000 });
  const pill = page.getByRole('button', { name: /^Back to live/ });
  await expect(pill).toHaveCount(0);
  await answers(page);
  // A zoom with now in sight keeps it there.
  await page.keyboard.press('+');
  await expect(page).toHaveURL(/[?&]t0=-\d+(\.\d+)?$/);
  const placeOfNow = () =>
    page.locator('.tl-axis').evaluate((axis) => {
      const mark = axis.querySelector('.nowl')?.getBoundingClientRect();
      const { left, width } = axis.getBoundingClientRect();
      return mark === undefined ? 0 : (mark.left + mark.width / 2 - left) / width;
    });
  await expect.poll(placeOfNow).toBeCloseTo(1 / 1.08, 2);
  await expect(pill).toHaveCount(0);
  // A pan to earlier stays there; what is seen does not move while the run and its picture grow.
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('Shift+ArrowLeft');
  await expect(pill).toBeVisible();
  await expect(page).toHaveURL(/t0=\d+(\.\d+)?&t1=\d+/);
  const { href } = new URL(page.url());
  const bars = () =>
    page.locator('.tl-row .sg.r').evaluateAll((all) => all.slice(0, 6).map((one) => Math.round(one.getBoundingClientRect().left)));
  const [before, places] = [await zoomOf(page), await bars()];
  expect(places).not.toEqual([]);
  await expect.poll(() => zoomOf(page), { timeout: 30_000 }).toBeGreaterThan(before);
  expect(await bars()).toEqual(places);
  expect(page.url()).toBe(href);
  await expect(pill).toHaveText(/^Back to live\s+\d.* behind$/);
  const colleague = await context.newPage();
  await colleague.goto(href);
  await expect(colleague.getByRole('button', { name: /^Back to live/ })).toBeVisible();
  await colleague.close();
  await page.keyboard.press('.');
  await expect(pill).toHaveCount(0);
  await expect(page).toHaveURL(/t0=-\d+(\.\d+)?$/);
  await expect.poll(placeOfNow).toBeCloseTo(1 / 1.08, 2);
  await page.keyboard.press('0');
  await expect(page).not.toHaveURL(/t[01]=/);
});

test('shows the same rows as a table and by type, by keys and by pointer, as the address says', async ({ page, startOrder }) => {
  const order = await startOrder();
  await page.goto(order.path);
  await expect(page.getByText(/^Completed in/)).toBeVisible({ timeout: 30_000 });
  // A change of the address is over when the router has drawn it, which it does when there is nothing else to do.
  const told = async (address: RegExp) => {
    await expect(page).toHaveURL(address);
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    await expect(page).toHaveURL(address);
  };
  const timeline = page.getByRole('treegrid', { name: 'Timeline' });
  await timeline.getByRole('row', { name: /^fraudScore, activity, completed/ }).click();
  await told(/sel=\d/);
  await page.keyboard.press('v');
  await told(/as=table/);
  const table = page.getByRole('table', { name: 'Steps' });
  const step = (name: string) => table.getByRole('row').filter({ hasText: name });
  await expect(timeline).toHaveCount(0);
  // The focus goes with what is selected, and keys go on from there.
  await expect(step('fraudScore')).toBeFocused();
  await expect(step('fraudScore')).toContainText(/activityCompleted\+\d/);
  await page.keyboard.press('k');
  await expect(step('reserveItem')).toBeFocused();
  await expect(step('reserveItem')).toContainText('×6');
  await told(/as=table/);
  await page.keyboard.press('ArrowRight');
  await expect(step('reserveItem')).toHaveCount(7);
  await table.getByRole('button', { name: 'Close reserveItem' }).click();
  await expect(step('reserveItem')).toHaveCount(1);
  await step('chargeCard').click();
  await expect(page.getByRole('complementary', { name: 'Inspector: chargeCard' })).toBeVisible();
  await table.getByRole('button', { name: 'Step' }).click();
  await expect(table.getByRole('columnheader', { name: 'Step' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(table.locator('[aria-rowindex="2"]')).toContainText('chargeCard');
  await table.getByRole('button', { name: 'Step' }).press('Enter');
  await expect(table.locator('[aria-rowindex="2"]')).toContainText('sendMail');
  await told(/as=table/);
  await page.reload();
  await expect(step('chargeCard')).toHaveAttribute('aria-selected', 'true');
  expect(await violations(page, { within: '.pg-timeline' })).toEqual([]);
  // A table has no axis to zoom.
  await expect(page.getByRole('group', { name: 'Zoom' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Rows by time' }).click();
  await page.getByRole('menuitem', { name: 'By critical path' }).click();
  await told(/as=table.*group=path|group=path.*as=table/);
  await expect(table.locator('[aria-rowindex="2"]')).toContainText('on the critical path');
  await page.getByLabel('Find in run').fill('fraud');
  await expect(table).toHaveAttribute('aria-rowcount', '2');

  await page.goto(`${order.path}?group=path`);
  await expect(timeline.getByRole('row', { name: /^chargeDeadline/ })).toBeVisible();
  await expect(timeline.locator('[aria-rowindex="4"]')).not.toHaveAccessibleName(/^chargeDeadline/);
  await page.getByRole('button', { name: 'Rows by critical path' }).click();
  await page.getByRole('menuitem', { name: 'By type' }).click();
  await told(/group=type/);
  await expect(timeline.getByRole('row', { name: /^reserveItem, 6 times, 6 in .*, p50 / })).toBeVisible();
});

test('old addresses of the usual console lead to the run', async ({ page, startOrder }) => {
  const order = await startOrder();
  await page.goto(`/namespaces/${NAMESPACE}/workflows/${order.workflowId}/${order.runId}/history`);
  await expect(page).toHaveURL(new RegExp(`${order.workflowId}/${order.runId}/history`));
  await page.goto(`/n/${NAMESPACE}/w/${order.workflowId}`);
  await expect(page).toHaveURL(new RegExp(order.runId));
});
