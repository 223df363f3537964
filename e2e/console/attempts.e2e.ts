/** Attempts: kept beside history, told apart by how they failed, and acted on by hand. */
import type { Page } from '@playwright/test';
import { failNext, startTried, take, TRIED_BY } from './tried-run.ts';
import { expect, NAMESPACE, test } from './fixtures.ts';
import { violations } from './violations.ts';

const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector: chargeCard' });
const act = async (page: Page, item: string | RegExp) => {
  await page.getByRole('button', { name: 'Act on chargeCard charge' }).click();
  await page.getByRole('menuitem', { name: item }).click();
};

test('lists every attempt, folds those that failed alike, and says how the failure changed', async ({ page, connection }) => {
  const tried = await startTried(connection);
  for (let attempt = 1; attempt <= 14; attempt += 1) await failNext(connection, tried.queue, '502 Bad Gateway from eu-1');
  await failNext(connection, tried.queue, '403 Forbidden from eu-2', 88);
  await take(connection, tried.queue);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.goto(`${tried.path}?sel=5`);
  await inspector(page)
    .getByRole('tab', { name: /^Attempts ?16$/ })
    .click();
  const attempts = inspector(page).getByRole('table', { name: 'Attempts' });
  await expect(attempts.getByRole('button', { name: 'Attempt 16' })).toBeVisible();
  await attempts.getByRole('button', { name: 'Show the 13 before it' }).click();
  await expect(attempts.getByRole('button', { name: 'Attempt 1', exact: true })).toBeVisible();
  const change = inspector(page).getByRole('group', { name: 'Changed after attempt 14' });
  await expect(change.getByRole('deletion').first()).toHaveText('GatewayError: 502 Bad Gateway from eu-1');
  await expect(change.getByRole('insertion').first()).toHaveText('GatewayError: 403 Forbidden from eu-2');
  await expect(change).not.toContainText('idem.ts:19\nat');
  await attempts.getByRole('button', { name: 'Attempt 14' }).click();
  await expect(inspector(page)).toContainText('×14, attempts 1 to 14');
  expect(await violations(page)).toEqual([]);

  const bars = page.getByRole('treegrid', { name: 'Timeline' }).locator('.tl-row.sel .sg.r');
  await expect(bars).toHaveCount(16);
  await page.keyboard.press('t');
  await expect(bars).toHaveCount(1);
  await page.keyboard.press('t');
  await expect(bars).toHaveCount(16);

  await page.getByRole('navigation', { name: 'Run' }).getByRole('link', { name: 'Workers' }).click();
  const row = page.getByRole('table', { name: 'Workers of this run' }).getByRole('row').filter({ hasText: TRIED_BY });
  await expect(row).toContainText('tidemark-e2e 1.0.0');
  await expect(row).toContainText('16');
  await expect(row).toContainText('Polling');
  await expect(row.getByRole('link', { name: TRIED_BY })).toHaveAttribute('href', `/n/${NAMESPACE}/workers`);
});

test('changes how an activity is tried, tries it again at once, and fails it by hand', async ({ page, connection }) => {
  const tried = await startTried(connection);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto(`${tried.path}/pending`);
  await act(page, 'Change options…');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(tried.workflowId);
  await dialog.getByLabel('First interval').fill('soon');
  await dialog.getByRole('button', { name: 'Change options' }).click();
  await expect(dialog.getByLabel('First interval')).toHaveAccessibleDescription('A time like 30s, 5m or 1h 30m.');
  await dialog.getByLabel('First interval').fill('1h');
  await dialog.getByLabel('Longest interval').fill('2h');
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Change options' }).click();
  await expect(page.getByText('Options changed.')).toBeVisible();

  await failNext(connection, tried.queue, '502 Bad Gateway');
  await expect(page.getByRole('row').filter({ hasText: 'chargeCard' })).toContainText(/in (59m|1h)/);
  await act(page, 'Retry now…');
  await dialog.getByRole('button', { name: 'Retry now' }).click();
  await expect(page.getByText('The activity is tried again now.')).toBeVisible();

  await act(page, 'Pause…');
  await dialog.getByLabel('Reason, shown while it is paused').fill('gateway is down');
  await dialog.getByRole('button', { name: 'Pause activity' }).click();
  await expect(page.getByText('Activity paused.')).toBeVisible();
  await act(page, 'Unpause…');
  await dialog.getByRole('button', { name: 'Unpause' }).click();
  await expect(page.getByText('The activity goes on.')).toBeVisible();

  await take(connection, tried.queue);
  // Sooner than the page asks again of itself, which it has shown above.
  await page.reload();
  await expect(page.getByRole('row').filter({ hasText: 'chargeCard' })).toContainText('Running');
  await act(page, 'Fail by hand…');
  await dialog.getByRole('button', { name: 'Fail attempt' }).click();
  await expect(dialog.getByLabel('Error type')).toHaveAccessibleDescription('Which type of error?');
  await dialog.getByLabel('Error type').fill('CardDeclined');
  await dialog.getByLabel('Message').fill('declined by a person');
  await dialog.getByLabel(/^Not retryable/).check();
  await dialog.getByRole('button', { name: 'Fail attempt' }).click();
  await expect(page.getByText('Attempt failed by hand.')).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'chargeCard' })).toHaveCount(0);
});

test('completes an activity by hand with a result', async ({ page, connection }) => {
  const tried = await startTried(connection);
  await page.goto(`${tried.path}/pending`);
  await act(page, 'Complete by hand…');
  const dialog = page.getByRole('dialog');
  const result = dialog.getByRole('textbox', { name: 'Result, JSON' });
  await result.fill('{ "receipt": ');
  await dialog.getByRole('button', { name: 'Complete activity' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Result: This is not JSON');
  await result.fill('{ "receipt": "R-17" }');
  await dialog.getByRole('button', { name: 'Complete activity' }).click();
  await expect(page.getByText('Activity completed by hand.')).toBeVisible();
  await page.goto(`${tried.path}/history`);
  await expect(page.getByText('R-17').first()).toBeVisible();
});
