/** What stands over a page, and pages that wait, find nothing or are not answered. */
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { at, open, picture, runPath, settle, test } from './stage.ts';
import { ORDER } from './world/order-story.ts';

const usual = { tag: ['@light', '@dark', '@phone'] };
const wide = { tag: ['@light', '@dark'] };

async function openList(page: Page, path = '/workflows'): Promise<void> {
  await open(page, at(path));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await settle(page);
}

test('palette', wide, async ({ stage }) => {
  await openList(stage);
  await stage.keyboard.press('Control+k');
  await stage.keyboard.type('ord-88');
  await expect(stage.getByRole('dialog')).toContainText('ord-8812');
  await settle(stage);
  await picture(stage, 'palette');
});

test('shortcuts', wide, async ({ stage }) => {
  await openList(stage);
  await stage.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await expect(stage.getByRole('dialog')).toBeVisible();
  await picture(stage, 'shortcuts');
});

test('preferences', usual, async ({ stage }) => {
  await openList(stage);
  await stage.getByRole('button', { name: 'Preferences' }).click();
  await expect(stage.getByRole('dialog')).toBeVisible();
  await picture(stage, 'preferences');
});

test('signal', usual, async ({ stage, connection }) => {
  await open(stage, await runPath(connection, ORDER));
  await settle(stage);
  await stage.getByRole('button', { name: 'Signal…' }).click();
  await expect(stage.getByRole('dialog')).toBeVisible();
  await settle(stage);
  await picture(stage, 'signal');
});

test('reset', wide, async ({ stage, connection }) => {
  await open(stage, await runPath(connection, ORDER));
  await settle(stage);
  await stage.getByRole('button', { name: 'More actions' }).click();
  await stage.getByRole('menuitem', { name: /^Reset/ }).click();
  await expect(stage.getByRole('dialog')).toBeVisible();
  await settle(stage);
  await picture(stage, 'reset');
});

test('selection', usual, async ({ stage }) => {
  await openList(stage);
  const boxes = stage.locator('tbody input[type="checkbox"]');
  for (const row of [1, 3, 5]) await boxes.nth(row).click();
  await expect(stage.getByText('3 chosen')).toBeVisible();
  await picture(stage, 'selection');
});

test('bulk', wide, async ({ stage }) => {
  await openList(stage);
  const boxes = stage.locator('tbody input[type="checkbox"]');
  for (const row of [1, 3, 5]) await boxes.nth(row).click();
  await stage.getByRole('button', { name: 'Terminate…' }).click();
  await expect(stage.getByRole('dialog')).toBeVisible();
  await settle(stage);
  await picture(stage, 'bulk');
});

test('peek', wide, async ({ stage }) => {
  await openList(stage);
  await stage.keyboard.press('j');
  await stage.keyboard.press('Space');
  await expect(stage.getByRole('complementary')).toBeVisible();
  await settle(stage);
  await picture(stage, 'peek');
});

test('no match', usual, async ({ stage }) => {
  await openList(stage, `/workflows?q=${encodeURIComponent("WorkflowType = 'OrderFlow' AND Region = 'eu-centrl'")}`);
  await picture(stage, 'no-match');
});

test('error of one kind', usual, async ({ stage }) => {
  await openList(stage, '/errors');
  await stage.getByRole('row').filter({ hasText: 'GatewayError' }).getByRole('link').first().click();
  await expect(stage.getByRole('heading', { name: 'GatewayError', level: 1 })).toBeVisible();
  await settle(stage);
  await picture(stage, 'error');
});

test('loading', wide, async ({ stage }) => {
  await openList(stage, '/errors');
  // Never answered: the page stays as it is before the first answer. The first HTML would hold it; a link within the console asks itself.
  await stage.route(/\/trpc\/.*workflow\.(list|count)/, () => undefined);
  await stage.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Workflows' }).click();
  await expect(stage.locator('[aria-busy="true"]').first()).toBeVisible();
  await expect(stage.locator('html[data-environment]')).toBeAttached();
  await picture(stage, 'loading');
});

test('unreachable', usual, async ({ stage }) => {
  await openList(stage);
  await stage.route(/\/trpc\//, (route) => route.fulfill({ status: 503, body: '' }));
  await stage.getByRole('link', { name: 'Errors' }).click();
  await expect(stage.getByRole('heading', { name: 'Errors', level: 1 })).toBeVisible();
  await expect(stage.getByText('does not answer')).toBeVisible();
  await picture(stage, 'unreachable');
});

// It tells no time, and what waits there for the clock to go on would wait for ever.
test('sign-in', usual, async ({ page }) => {
  await open(page, `${process.env['TIDEMARK_SIGN_IN_URL'] ?? ''}/sign-in?next=/n/default`);
  await expect(page.getByLabel('API key or JWT')).toBeVisible();
  await picture(page, 'sign-in');
});

test('imported run', usual, async ({ stage, connection }) => {
  await open(stage, '/import');
  const { history } = await connection.workflow.getWorkflowExecutionHistory({
    namespace: 'payments',
    execution: { workflowId: 'ord-8849' },
    maximumPageSize: 1000,
  });
  const events = (history?.events ?? []).map((event) => JSON.parse(JSON.stringify(event)) as object);
  await stage
    .locator('input[type="file"]')
    .setInputFiles({ name: 'ord-8849.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({ events })) });
  await expect(stage).toHaveURL(/\/import\/[^/]+/);
  await settle(stage);
  await picture(stage, 'imported');
});
