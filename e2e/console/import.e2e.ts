import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { answers } from './fixtures.ts';
import { longHistory } from '../fixtures/long-history.ts';

const json = (name: string, content: unknown) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
});
const choose = (page: Page, ...files: ReturnType<typeof json>[]) =>
  page.getByRole('button', { name: 'Choose a file' }).setInputFiles(files);

/** Without the one by which the framework announces pages. */
const alert = (page: Page) => page.locator('main').getByRole('alert');

test('shows a run from a file without a server, and sends nothing of it', async ({ page }) => {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET' || request.url().includes('long-40')) sent.push(`${request.method()} ${request.url()}`);
  });
  await page.route('**/api/trpc/**', (route) => route.abort());
  await page.goto('/import');
  await choose(page, json('order.json', longHistory(40)));
  await expect(page.getByRole('heading', { name: 'long-40' })).toBeVisible();
  await expect(page.getByRole('row', { name: /^step0, activity, completed/ }).first()).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Run' }).getByRole('link')).toHaveText([
    'Timeline',
    'History40',
    'State',
    'Workers',
    'Input and result',
  ]);

  await page
    .getByRole('row', { name: /^step3, activity/ })
    .first()
    .click();
  await page.getByRole('tab', { name: 'Input' }).click();
  await expect(page.getByLabel('Input', { exact: true }).and(page.locator('pre'))).toContainText('"index": 3');

  await page.getByRole('link', { name: /^History/ }).click();
  await page.getByRole('button', { name: 'Events' }).click();
  await page.getByLabel('Find in the history').fill('step7');
  await page.getByRole('row').filter({ hasText: 'step7 scheduled' }).first().click();
  await expect(page.getByLabel(/^Event \d+$/).and(page.locator('pre'))).toContainText('"activityId": "2-7"');
  await page.getByLabel('Find in the history').fill('/"activityId": ".-5"/');
  await page.keyboard.press('Escape');
  await page.getByRole('checkbox', { name: 'in bodies' }).check();
  await expect(page.getByRole('row').filter({ hasText: 'step5 scheduled' }).first()).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'step7 scheduled' })).toHaveCount(0);

  await page.getByRole('link', { name: 'State' }).click();
  await page.getByRole('slider', { name: 'Event' }).press('Home');
  await page.keyboard.press('PageUp');
  await expect(page.getByRole('region', { name: 'Open now' })).toContainText('8 activities');

  await page.getByRole('link', { name: 'Input and result' }).click();
  await expect(page.getByLabel('Input', { exact: true })).toContainText('"orders": 40');

  await page.reload();
  await expect(page.getByRole('heading', { name: 'long-40' })).toBeVisible();
  await expect(page.getByText('does not answer')).toHaveCount(0);
  await page.getByRole('link', { name: 'Back to imported histories' }).click();
  await expect(page.getByRole('table', { name: 'Imported histories' }).getByRole('link', { name: 'long-40' })).toBeVisible();
  await page.getByRole('button', { name: 'Remove order.json' }).click();
  await expect(page.getByRole('table', { name: 'Imported histories' })).toHaveCount(0);
  await page.goBack();
  await expect(page.getByText('This browser does not hold this file.')).toBeVisible();
  expect(sent).toEqual([]);
});

test('says what is wrong with each file and imports the others', async ({ page }) => {
  await page.goto('/import');
  const { events } = longHistory(20);
  await choose(
    page,
    json('notes.json', 'hello'),
    json('rows.json', { rows: [] }),
    json('gap.json', { events: [...events.slice(0, 16), ...events.slice(17)] }),
    json('good.json', { history: { events } }),
  );
  const faults = alert(page).getByRole('listitem');
  await expect(faults).toHaveCount(3);
  await expect(faults.nth(0)).toContainText('notes.json was not imported');
  await expect(faults.nth(0)).toContainText('The file is not JSON');
  await expect(faults.nth(1)).toContainText('it has no events');
  await expect(faults.nth(2)).toContainText('Event 17 of the file has the eventId "18"');
  await expect(page.getByRole('link', { name: 'long-20' })).toBeVisible();
  await expect(page).toHaveURL(/\/import$/);
});

test('takes a file that is dropped on the page, and none that is too large', async ({ page }) => {
  await page.goto('/import');
  const large = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(100_000_001)], 'large.json', { type: 'application/json' }));
    return data;
  });
  await page.locator('#main').dispatchEvent('drop', { dataTransfer: large });
  await expect(alert(page)).toContainText('large.json was not imported');
  await expect(alert(page)).toContainText('100.0 MB is the most that is read');
  const transfer = await page.evaluateHandle(
    (text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], 'dropped.json', { type: 'application/json' }));
      return data;
    },
    JSON.stringify(longHistory(12)),
  );
  await page.locator('#main').dispatchEvent('drop', { dataTransfer: transfer });
  await expect(page.getByRole('heading', { name: 'long-12' })).toBeVisible();
});

/** Milliseconds of a step in the page, from the key to the frame that shows its effect. */
const stepCost = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const drawn = () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
    const begun = performance.now();
    for (let step = 0; step < 20; step++) {
      window.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', code: 'ArrowLeft' }));
      await drawn();
    }
    return (performance.now() - begun) / 20;
  });

async function openState(page: Page, length: number): Promise<void> {
  await page.goto('/import');
  await choose(page, json('history.json', longHistory(length)));
  await expect(page.getByRole('heading', { name: `long-${length}` })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('link', { name: 'State' }).click();
  await expect(page.getByRole('slider', { name: 'Event' })).toHaveAttribute('aria-valuenow', String(length));
}

test('steps through fifty thousand events as through two hundred', async ({ page }) => {
  test.slow();
  await openState(page, 200);
  const short = await stepCost(page);
  await openState(page, 51_200);
  const long = await stepCost(page);
  const slider = page.getByRole('slider', { name: 'Event' });
  await expect(slider).toHaveAttribute('aria-valuenow', '51180');
  test
    .info()
    .annotations.push({ type: 'ms per step, of 200 and of 51 200 events', description: `${short.toFixed(1)}, ${long.toFixed(1)}` });
  // Of a busy machine both take longer; a fold from the start would take hundreds of milliseconds more.
  expect(long).toBeLessThan(short * 2 + 60);
  await slider.press('Home');
  await expect(page.getByRole('region', { name: 'Open now' })).toContainText('Nothing is open');
});

test('is reached from anywhere by keys and by the palette', async ({ page }) => {
  await page.goto('/n/default/workflows');
  await answers(page);
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await expect(page.getByRole('heading', { name: 'Import a history' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Import' })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await page.keyboard.press('g');
  await page.keyboard.press('q');
  await expect(page.getByRole('heading', { name: 'Task queues', level: 1 })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('import');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/import$/);
});
