/** One thing to tell to many runs: first see which, then slowly, with a hand on the brake; and which could not be changed. */
import { randomUUID } from 'node:crypto';
import { expect, test } from '../fixtures.ts';
import { findInList, press, tabTo } from './keys.ts';
import { startUnworked } from '../unworked.ts';

test('signals five hundred runs after a look at them and at a pace, and stops half-way', async ({ page, connection }) => {
  test.setTimeout(150_000);
  const queue = `month-${randomUUID().slice(0, 8)}`;
  await Promise.all(Array.from({ length: 500 }, () => startUnworked(connection, queue, queue)));
  await findInList(page, queue);
  await expect(page.getByText('500 match')).toBeVisible({ timeout: 30_000 });
  await press(page, 'Control+a', 'Control+a');
  await expect(page.getByRole('toolbar')).toContainText('All 500 that match');

  await press(page, 'b', 's');
  const signal = page.getByRole('dialog', { name: 'Signal 500 runs?' });
  await expect(signal.getByRole('list', { name: 'Some of them' })).toContainText(queue);
  await tabTo(page, signal.getByLabel('Signal', { exact: true }));
  await page.keyboard.type('approve');
  await tabTo(page, signal.getByLabel('Reason, kept with the batch'));
  await page.keyboard.type('month end');
  await tabTo(page, signal.getByLabel(/^Pace/));
  await page.keyboard.type('40');
  await tabTo(page, signal.getByRole('button', { name: 'Signal 500 runs' }));
  await press(page, 'Enter');
  await expect(page.getByText(/^Signalling: [1-9]\d* of 500 runs/)).toBeVisible({ timeout: 20_000 });
  await tabTo(page, page.getByRole('button', { name: 'Stop', exact: true }));
  await press(page, 'Enter');
  await expect(page.getByText(/Signal stopped: /)).toBeVisible({ timeout: 30_000 });
  await tabTo(page, page.getByRole('link', { name: 'Open batch' }));
  await press(page, 'Enter');
  const ended = page.getByRole('status').filter({ hasText: 'It ended early: stopped' });
  await expect(ended).toBeVisible({ timeout: 20_000 });
  const left = Number(/(\d+) runs left as they were/.exec((await ended.textContent()) ?? '')?.[1]);
  expect(left).toBeGreaterThan(0);
  await expect(page.getByRole('progressbar')).toHaveAttribute('aria-valuetext', `${500 - left} of 500`);

  // A run to which nothing has happened cannot be reset; which those are, and why, is said one by one.
  for (const _ of ['one', 'two']) await startUnworked(connection, queue, queue);
  await findInList(page, queue);
  await expect(page.getByText('502 match')).toBeVisible({ timeout: 30_000 });
  await press(page, 'j', 'x', 'j', 'x');
  await expect(page.getByRole('toolbar')).toContainText('2 chosen');
  await press(page, 'b', 'r');
  const reset = page.getByRole('dialog', { name: 'Reset 2 runs?' });
  await tabTo(page, reset.getByLabel('Reason, kept with the batch'));
  await page.keyboard.type('once more');
  await tabTo(page, reset.getByRole('button', { name: 'Reset 2 runs' }));
  await press(page, 'Enter');
  await expect(page.getByText('Reset done: 0 of 2 runs, 2 refused.')).toBeVisible({ timeout: 20_000 });
  await tabTo(page, page.getByRole('link', { name: 'Open batch' }));
  await press(page, 'Enter');
  const failures = page.getByRole('table', { name: 'Runs that could not be changed' });
  await expect(failures.getByRole('link', { name: new RegExp(queue) })).toHaveCount(2, { timeout: 20_000 });
});
