/** Why did this one take so long? Beside one that went as usual, and beside the last successes of its type, the page names the step. */
import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import { expect, NAMESPACE, test } from '../fixtures.ts';
import { violations } from '../violations.ts';
import { openFromList, press } from './keys.ts';

test('compares a slow run with a normal one, and names the step that cost the time, by keys alone', async ({
  page,
  connection,
  queue,
  startOrder,
}) => {
  test.setTimeout(120_000);
  // A type of its own, so that the runs of other tests are not what is usual.
  const type = `SlowFlow-${randomUUID().slice(0, 8)}`;
  const normal = await startOrder('', type);
  // One after the other: beside each other they would wait for each other's activities.
  await expect
    .poll(
      async () => {
        const { workflowExecutionInfo } = await connection.workflow.describeWorkflowExecution({ namespace: NAMESPACE, execution: normal });
        return workflowExecutionInfo?.status;
      },
      { timeout: 40_000 },
    )
    .toBe(api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED);
  const slow = await startOrder('-slow', type);
  await openFromList(page, slow.workflowId);
  await expect(page.getByText(/^Completed in/)).toBeVisible({ timeout: 40_000 });
  await press(page, 'a', 'd');
  await expect(page.getByLabel(/^Any run/)).toBeVisible();
  await press(page, '/');
  await page.keyboard.type(normal.workflowId);
  await press(page, 'Enter');
  const answer = page.getByRole('status').filter({ hasText: /A took [\d.]+ s longer, [\d.]+ s of it for chargeCard\./ });
  await expect(answer).toBeVisible();
  // From wherever one has read on, one key leads to that step.
  const here = page.getByRole('table', { name: 'Steps of both runs' }).locator('[aria-current="true"]');
  await expect(here).toContainText('chargeCard');
  await press(page, 'k', 'k', 'k');
  await expect(here).not.toContainText('chargeCard');
  await press(page, 'm');
  await expect(here).toContainText(/chargeCard.*less in B/s);

  await expect(page.locator('.cmp-run').last()).toContainText('Completed');
  await press(page, 'b');
  await expect(page).toHaveURL(/mode=baseline/);
  await expect(page.getByRole('status').filter({ hasText: /of \d+ (is|are) not as usual\. The first:/ })).toBeVisible();
  await expect(page.getByText(`beside the last 1 success of ${type}`)).toBeVisible();
  await expect(page.getByText('Read: 1 history of at most 20, the newest first.')).toBeVisible();
  const steps = page.getByRole('table', { name: 'Steps beside what is usual' });
  await expect(steps.getByRole('row', { name: /^chargeCard/ })).toContainText(
    /took [\d.]+ s, where none of the others took more than [\d.]+ m?s/,
  );
  // What is not as usual has the focus first; one key leads back there from wherever one has read on.
  const first = steps.locator('[aria-current="true"]');
  await expect(first).toContainText(/took|waited/);
  const name = (await first.getByRole('rowheader').textContent()) ?? '';
  await press(page, 'k', 'k', 'k', 'j', 'm');
  await expect(first.getByRole('rowheader')).toHaveText(name);
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Not as usual' }).click();
  await expect(steps.locator('.alike')).toHaveCount(0);
  await page.reload();
  await expect(steps.getByRole('row', { name: /^chargeCard/ })).toBeVisible();

  // Was it the queue or the work? Its page says for each of its activities.
  await page.goto(`/n/${NAMESPACE}/queues/${queue}?type=activity`);
  await expect(page.getByText(/^from (the newest )?\d+ closed runs? of this queue, each history read/)).toBeVisible();
  await expect(page.getByRole('table', { name: 'Durations of activities' }).getByRole('row', { name: /^chargeCard \d+ / })).toBeVisible();
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violations(page)).toEqual([]);
});
