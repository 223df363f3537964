import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { payloads } from '../fixtures/fake-worker.ts';
import { expect, NAMESPACE, test } from './fixtures.ts';

const HOSTILE = '<img src=x onerror="document.title=1">';

test.describe('the list, deepened', () => {
  let queue = '';

  test.beforeEach(async ({ connection, page }) => {
    queue = `views-${randomUUID().slice(0, 8)}`;
    const note = payloads(HOSTILE).payloads[0];
    for (let index = 0; index < 3; index++)
      await connection.workflow.startWorkflowExecution({
        namespace: NAMESPACE,
        workflowId: `${queue}-${index}`,
        workflowType: { name: 'ViewFlow' },
        taskQueue: { name: queue },
        requestId: randomUUID(),
        ...(note ? { memo: { fields: { note } } } : {}),
        input: payloads({ customer: { id: `customer-${index}` } }),
      });
    await page.goto(`/n/${NAMESPACE}/workflows?queue=${queue}`);
    await expect(page.getByRole('link', { name: `${queue}-0`, exact: true })).toBeVisible({ timeout: 20_000 });
  });

  test.afterEach(async ({ connection }) => {
    for (let index = 0; index < 3; index++)
      await connection.workflow.terminateWorkflowExecution({
        namespace: NAMESPACE,
        workflowExecution: { workflowId: `${queue}-${index}` },
        identity: 'e2e',
      });
  });

  test('keeps a view under a name, renames it and deletes it', async ({ page }) => {
    await page.getByRole('button', { name: 'Save this view' }).click();
    await page.getByRole('button', { name: 'Save view' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'A view needs a name.' })).toBeVisible();
    await page.getByRole('textbox', { name: 'Name' }).fill(HOSTILE);
    await page.getByRole('button', { name: 'Save view' }).click();
    const views = page.getByRole('navigation', { name: 'Saved views' });
    const tab = views.getByRole('link', { name: HOSTILE });
    await expect(tab).toHaveAttribute('aria-current', 'true');
    await views.getByRole('link', { name: 'All' }).click();
    await expect(page).not.toHaveURL(/queue=/);
    await tab.click();
    await expect(page).toHaveURL(new RegExp(`queue=${queue}`));
    await page.reload();
    await views.getByRole('button', { name: `View ${HOSTILE}` }).click();
    await page.getByRole('menuitem', { name: 'Rename…' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Mine');
    await page.getByRole('button', { name: 'Rename view' }).click();
    await views.getByRole('button', { name: 'View Mine' }).click();
    await page.getByRole('menuitem', { name: 'Delete view' }).click();
    await expect(views.getByRole('link', { name: 'Mine' })).toHaveCount(0);
    await expect(page).not.toHaveTitle('1');
  });

  test('shares a view with the team, and opens the list with it', async ({ page, browser }) => {
    // A namespace of its own: what opens there opens for nobody else.
    const namespace = 'second';
    await page.goto(`/n/${namespace}/workflows?status=Failed`);
    await page.getByRole('button', { name: 'Save this view' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save this view' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill(queue);
    await dialog.getByRole('button', { name: 'The team' }).click();
    await expect(dialog).toContainText('Kept on the server: everybody of this namespace has it.');
    await dialog.getByRole('checkbox', { name: 'The list opens with it' }).click();
    await dialog.getByRole('button', { name: 'Save view' }).click();
    await expect(dialog).toHaveCount(0);
    const other = await browser.newContext();
    const theirs = await other.newPage();
    await theirs.goto(`${new URL(page.url()).origin}/n/${namespace}/workflows`);
    await expect(theirs).toHaveURL(/status=Failed/);
    const tab = theirs.getByRole('navigation', { name: 'Saved views' }).getByRole('link', { name: `Team: ${queue}` });
    await expect(tab).toHaveAttribute('aria-current', 'true');
    await theirs.getByRole('link', { name: 'All', exact: true }).click();
    await expect(theirs).toHaveURL(/view=all/);
    await theirs.reload();
    await expect(theirs).toHaveURL(/view=all/);
    await tab.click();
    await theirs.getByRole('button', { name: `View ${queue}` }).click();
    await theirs.getByRole('menuitem', { name: 'Delete view' }).click();
    await expect(tab).toHaveCount(0);
    await other.close();
    await page.goto(`/n/${namespace}/workflows`);
    await expect(page.getByRole('heading', { name: 'Workflows' })).toBeVisible();
    await expect(page).not.toHaveURL(/status=/);
  });

  test('shows a memo field and a part of the input as text, in the order and width that were chosen', async ({ page }) => {
    await page.getByRole('button', { name: 'Columns' }).click();
    const dialog = page.getByRole('dialog', { name: 'Columns' });
    await dialog.getByLabel('A field, or a path inside one').fill('note');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await dialog.getByLabel('Of what').selectOption('The input');
    await dialog.getByLabel('A field, or a path inside one').fill('customer.id');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await dialog.getByRole('button', { name: 'Move note up' }).click();
    await dialog.getByRole('checkbox', { name: 'Duration' }).click();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect(page).toHaveURL(/cols=status,id,type,started,waiting,queue,memo:note,events,input:customer.id/);
    await expect(page.getByRole('gridcell', { name: HOSTILE })).toHaveCount(3);
    await expect(
      page
        .getByRole('row')
        .filter({ hasText: `${queue}-1` })
        .getByRole('gridcell', { name: 'customer-1' }),
    ).toBeVisible();
    // By what had to be read for it: of all that is loaded, not of what is seen.
    await page.getByRole('button', { name: 'customer.id' }).click();
    await page.getByRole('button', { name: 'customer.id' }).click();
    await expect(page).toHaveURL(/sort=input:customer.id.desc/);
    await expect(page.locator('.sortnote')).toContainText('all 3 loaded');
    await expect(page.locator('tr[data-row]').first()).toContainText(`${queue}-2`);
    await page.getByRole('button', { name: 'Export' }).click();
    await expect(page.getByRole('dialog', { name: 'Export what matches' })).toContainText('of the first 5 000');
    await page.getByRole('button', { name: 'JSON lines' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click();
    expect(await readFile(await (await download).path(), 'utf8')).toContain('"input:customer.id":"customer-2"');
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    const edge = page.getByRole('separator', { name: 'Width of note' });
    await edge.focus();
    await page.keyboard.press('ArrowRight');
    await expect(edge).toHaveAttribute('aria-valuenow', '166');
    await page.goto(`/n/${NAMESPACE}/workflows?queue=${queue}`);
    await expect(page.getByRole('gridcell', { name: HOSTILE })).toHaveCount(3);
    await expect(edge).toHaveAttribute('aria-valuenow', '166');
    await expect(page).not.toHaveTitle('1');
  });

  test('dragging over the starts filters by them', async ({ page }) => {
    const bars = page.locator('.hist-d');
    const box = await bars.boundingBox();
    if (box === null) throw new Error('no histogram');
    await page.mouse.move(box.x + 4, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 4, box.y + 20);
    await page.mouse.up();
    await expect(page).toHaveURL(/from=\d+&to=\d+/);
    await expect(page.getByText('Started in the chosen span')).toBeVisible();
    await page.getByRole('row').filter({ hasText: 'Started in the chosen span' }).getByRole('button', { name: 'Remove' }).click();
    await expect(page.getByRole('link', { name: `${queue}-0`, exact: true })).toBeVisible();
  });

  test('exports all that match, and says how to ask from outside', async ({ page }) => {
    await page.getByRole('button', { name: 'Export' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export what matches' });
    await expect(dialog).toContainText(`temporal workflow list --namespace ${NAMESPACE}`);
    await dialog.getByRole('button', { name: 'JSON lines' }).click();
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    const ids = text
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { workflowId: string }).workflowId);
    expect(ids.toSorted()).toEqual([0, 1, 2].map((index) => `${queue}-${index}`));
    await expect(dialog.getByRole('status')).toHaveText('3 runs written.');
  });
});
