import type { Page } from '@playwright/test';
import { expect, NAMESPACE, test as base } from './fixtures.ts';
import { violations } from './violations.ts';

/** One page for all of them: what a visit costs is mostly the first load of the scripts, and nothing here depends on what was open before. */
const test = base.extend<object, { readonly visited: Page }>({
  visited: [
    async ({ browser }, use, { project }) => {
      const { baseURL, viewport } = project.use;
      const context = await browser.newContext({
        ...(baseURL ? { baseURL } : {}),
        ...(viewport ? { viewport } : {}),
        reducedMotion: 'reduce',
      });
      await use(await context.newPage());
      await context.close();
    },
    { scope: 'worker' },
  ],
});

const pages = [
  ['overview', () => `/n/${NAMESPACE}`, 'Overview'],
  ['errors', () => `/n/${NAMESPACE}/errors`, 'Errors'],
  ['list', () => `/n/${NAMESPACE}/workflows`, 'Workflows'],
  ['start form', () => `/n/${NAMESPACE}/workflows/new`, 'Start a workflow'],
  ['queues', () => `/n/${NAMESPACE}/queues`, 'Task queues'],
  ['queue', () => `/n/${NAMESPACE}/queues/nobody-polls-this`, 'nobody-polls-this'],
  ['workers', () => `/n/${NAMESPACE}/workers`, 'Workers'],
  ['schedules', () => `/n/${NAMESPACE}/schedules`, 'Schedules'],
  ['schedule form', () => `/n/${NAMESPACE}/schedules/new`, 'New schedule'],
  ['batches', () => `/n/${NAMESPACE}/batches`, 'Batches'],
  ['batch form', () => `/n/${NAMESPACE}/batches/new`, 'New batch'],
  ['namespaces', () => '/ns', 'Namespaces'],
  ['settings', () => `/n/${NAMESPACE}/settings`, 'Settings'],
  ['missing page', () => '/no/such/page', 'Not found'],
] as const;
const tabs = ['', '?sel=5', '/history', '/history?e=5', '/pending', '/workers', '/io', '/interact', '/replay', '/compare'];

for (const [name, path, heading] of pages) {
  test(`${name} has no accessibility violations in either theme`, async ({ visited }) => {
    await visited.goto(path());
    await expect(visited.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
    await visited.waitForLoadState('networkidle');
    await expectNoneInEitherTheme(visited);
  });
}

test('a replay that diverged has no accessibility violations in either theme', async ({ visited, startOrder }) => {
  const order = await startOrder('-replay');
  await visited.goto(`${order.path}/replay`);
  await expect(visited.getByText('Replay stopped here.')).toBeVisible({ timeout: 20_000 });
  await expectNoneInEitherTheme(visited);
});

for (const tab of tabs) {
  test(`run${tab || ' timeline'} has no accessibility violations in either theme`, async ({ visited, startOrder }) => {
    const order = await startOrder('-approve');
    const [path = '', query] = tab.split('?');
    await visited.goto(`${order.path}${path}${query ? `?${query}` : ''}`);
    await expect(visited.getByRole('link', { name: /^History \d/ })).toBeVisible();
    await expectNoneInEitherTheme(visited);
  });
}

/** Of what axe looks at, the theme changes the colours alone. */
async function expectNoneInEitherTheme(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await violations(page), 'light').toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violations(page, ['color-contrast']), 'dark').toEqual([]);
}
