/** Every page of a run, and what opens over it, for those who cannot see or point, in both themes. */
import { failNext, startTried, take } from '../tried-run.ts';
import { expect, NAMESPACE, runPath } from '../fixtures.ts';
import { expectPageWell, expectPopupWell, expectWell, test } from './visited.ts';

/** Each looks at many things, on machines that do other things too. */
test.describe.configure({ timeout: 120_000 });

test('the tabs of an open run, and its dialogs', async ({ visited: page, startOrder }) => {
  const [order, other] = await Promise.all([startOrder('-approve'), startOrder('-approve')]);
  const at = (tab: string) => `${order.path}${tab}`;
  const hold = page.getByRole('row', { name: /^fraudHold, timer/ });
  await page.goto(at(''));
  await expect(hold).toBeVisible({ timeout: 30_000 });
  await page
    .getByRole('button', { name: /^Show \d+ steps/ })
    .or(page.getByRole('button', { name: 'Critical path', exact: true }))
    .first()
    .click();
  await page.getByRole('button', { name: /^Show \d+ steps/ }).click();
  await expectWell(page, 'the critical path');
  await page.keyboard.press('p');
  await page.getByRole('row', { name: /^priceOrder, activity, completed/ }).click();
  for (const tab of ['JSON', 'Result', 'Input', 'Facts']) {
    await page.getByRole('tab', { name: tab }).click();
    await expectWell(page, `the inspector's ${tab}`, 'aside[aria-label^="Inspector"]');
  }
  await expectWell(page, 'the timeline with a step chosen');
  await expectPopupWell(page, page.getByRole('button', { name: /^Kinds/ }), 'menu');
  await expectPopupWell(page, page.getByRole('button', { name: 'More actions' }), 'menu');
  for (const name of ['Signal…', 'Cancel…', 'Terminate…']) await expectPopupWell(page, page.getByRole('button', { name }));
  await expectPopupWell(page, async () => {
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: /^Pause…/ }).click();
  });
  await expectPopupWell(page, () => page.goto(at('?reset=choose')));
  await expectPageWell(page, at('?why=true'), page.getByRole('complementary', { name: 'Inspector: why it is not moving' }));
  await expectPageWell(page, at('/history'), page.getByRole('row', { name: /fraudHold/ }).first());
  await expectPageWell(page, at('/history?as=events&e=5'), page.getByLabel('Event 5', { exact: true }));
  await expectPageWell(page, at('/history?as=json'), page.getByText('"eventId"').first());
  await expectPageWell(
    page,
    at('/state?vs=12'),
    page.getByRole('region', { name: 'Open now' }).getByText('closed', { exact: true }).first(),
  );
  await expectPopupWell(page, page.getByRole('button', { name: /^Compared with event/ }), 'menu');
  await expectPageWell(page, at('/pending'), page.getByRole('table', { name: 'Pending' }));
  await expectPageWell(page, at('/workers'), page.getByRole('table', { name: 'Workers of this run' }));
  await expectPageWell(page, at('/replay'), page.getByRole('table', { name: 'Recorded commands per workflow task' }));
  await expectPageWell(page, at('/compare'), page.getByRole('button', { name: 'Compare', exact: true }));
  const beside = encodeURIComponent(`${other.workflowId}/${other.runId}`);
  await expectPageWell(page, at(`/compare?with=${beside}`), page.getByRole('table', { name: 'Steps of both runs' }));
  await expectPageWell(page, at('/family'), page.getByRole('treeitem').first());
  await expectPageWell(page, at('/io'), page.getByLabel('Input', { exact: true }));
  await expectPageWell(page, at('/interact'), page.getByRole('button', { name: /^progress/ }));
  await expectPageWell(page, at('/raw'), page.getByRole('treeitem').first());
});

test('a replay that diverged, with its differences open', async ({ visited: page, startOrder }) => {
  const order = await startOrder('-replay');
  await page.goto(`${order.path}/replay`);
  await expect(page.getByText('Replay stopped here.')).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press('d');
  await expect(page.getByRole('button', { name: 'Diverged' })).toHaveAttribute('aria-expanded', 'true');
  await expectWell(page, 'a replay that diverged');
});

test('an activity that is tried again and again, and what can be done to it', async ({ visited: page, connection }) => {
  const tried = await startTried(connection);
  await failNext(connection, tried.queue, '502 Bad Gateway from eu-1');
  await failNext(connection, tried.queue, '403 Forbidden from eu-2', 88);
  await page.goto(`${tried.path}/pending`);
  const menu = page.getByRole('button', { name: 'Act on chargeCard charge' });
  const through = (item: string) => async () => {
    await menu.click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  await expectPopupWell(page, menu, 'menu');
  for (const item of ['Retry now…', 'Pause…', 'Reset…', 'Change options…', 'Complete by hand…']) await expectPopupWell(page, through(item));
  await take(connection, tried.queue);
  await expect(page.getByRole('row').filter({ hasText: 'chargeCard' })).toContainText('Attempt 3');
  await expectPopupWell(page, through('Fail by hand…'));
  await connection.workflow.pauseActivity({
    namespace: NAMESPACE,
    execution: { workflowId: tried.workflowId },
    id: 'charge',
    identity: 'e2e',
    reason: 'gateway is down',
  });
  await connection.workflow.pauseWorkflowExecution({
    namespace: NAMESPACE,
    workflowId: tried.workflowId,
    runId: tried.runId,
    reason: 'address check',
  });
  await page.goto(`${tried.path}/pending`);
  await expect(page.getByText(/^Paused \d/)).toBeVisible();
  await expectPopupWell(page, through('Unpause…'));
  await expectPopupWell(page, async () => {
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: /^Resume…/ }).click();
  });
  await page.goto(`${runPath(tried.workflowId, tried.runId)}?sel=5`);
  await page.getByRole('tab', { name: /^Attempts/ }).click();
  await expectWell(page, 'attempts whose failure changed');
  await connection.workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId: tried.workflowId } });
});
