import { expect, NAMESPACE, test } from './fixtures.ts';
import { violations } from './violations.ts';

const pages = [
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
const tabs = ['', '?sel=5', '/history', '/history?e=5', '/pending', '/workers', '/io', '/interact', '/replay'];

for (const theme of ['light', 'dark'] as const) {
  for (const [name, path, heading] of pages) {
    test(`${name} has no accessibility violations, ${theme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await page.goto(path());
      await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
      await page.waitForLoadState('networkidle');
      expect(await violations(page)).toEqual([]);
    });
  }
  test(`a replay that diverged has no accessibility violations, ${theme}`, async ({ page, startOrder }) => {
    const order = await startOrder('-replay');
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.goto(`${order.path}/replay`);
    await expect(page.getByText('Replay stopped here.')).toBeVisible({ timeout: 20_000 });
    expect(await violations(page)).toEqual([]);
  });
  for (const tab of tabs) {
    test(`run${tab || ' timeline'} has no accessibility violations, ${theme}`, async ({ page, startOrder }) => {
      const order = await startOrder('-approve');
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      const [path = '', query] = tab.split('?');
      await page.goto(`${order.path}${path}${query ? `?${query}` : ''}`);
      await expect(page.getByRole('link', { name: /^History \d/ })).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });
  }
}
