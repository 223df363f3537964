import { randomUUID } from 'node:crypto';
import type { Connection } from '@tidemark/protocol/client';
import { toDuration } from '@tidemark/protocol/time';
import { expect, NAMESPACE, test } from './fixtures.ts';

const DAY_MS = 86_400_000;
const list = `/n/${NAMESPACE}/schedules`;
const pageOf = (id: string) => `${list}/${id}`;

interface Made {
  readonly connection: Connection;
  readonly queue: string;
  readonly everyMs?: number;
}

async function makeSchedule({ connection, queue, everyMs = DAY_MS }: Made): Promise<string> {
  const id = `sched-${randomUUID().slice(0, 8)}`;
  await connection.workflow.createSchedule({
    namespace: NAMESPACE,
    scheduleId: id,
    requestId: randomUUID(),
    identity: 'e2e',
    schedule: {
      spec: { interval: [{ interval: toDuration(everyMs) }] },
      action: { startWorkflow: { workflowId: `${id}-run`, workflowType: { name: 'OrderFlow' }, taskQueue: { name: queue } } },
    },
  });
  return id;
}

test.afterEach(async ({ connection }) => {
  const { schedules } = await connection.workflow.listSchedules({ namespace: NAMESPACE, maximumPageSize: 500 });
  for (const { scheduleId } of schedules) {
    // Those that a test has deleted are listed a moment longer by some servers.
    if (scheduleId?.startsWith('sched-'))
      await connection.workflow.deleteSchedule({ namespace: NAMESPACE, scheduleId }).catch(() => undefined);
  }
});

test('tells the next ten times while they are typed, and what is wrong beside its field', async ({ page, queue }) => {
  const id = `sched-${randomUUID().slice(0, 8)}`;
  await page.goto(`${list}/new`);
  const times = page.getByRole('complementary', { name: 'What will happen' });
  await expect(times.getByRole('listitem').filter({ hasText: 'in ' })).toHaveCount(10);
  await page.getByRole('button', { name: 'Remove interval 1' }).click();
  await page.getByRole('button', { name: 'Calendar', exact: true }).click();
  const calendar = page.getByRole('group', { name: 'Calendar 1' });
  await calendar.getByLabel('Hour').fill('25');
  await expect(calendar.getByRole('alert')).toContainText('not in range [0-23]');
  await expect(times.getByText('Next ten times')).toBeHidden();
  await calendar.getByLabel('Hour').fill('9');
  await calendar.getByLabel('Day of week').fill('mon-fri');
  await expect(times.getByText('At 09:00 on Monday to Friday')).toBeVisible();
  await expect(times.locator('time').first()).toContainText('09:00:00');
  await expect(times.locator('time')).toHaveCount(10);

  await page.getByLabel('Workflow type').fill('OrderFlow');
  await page.getByRole('button', { name: 'Create schedule' }).click();
  await expect(page.getByText('A schedule needs an id.')).toBeVisible();
  await page.getByLabel('Schedule ID').fill(id);
  await page.getByLabel('Workflow ID').fill(`${id}-run`);
  await page.getByLabel('Task queue').fill(queue);
  await page.getByRole('button', { name: 'Create schedule' }).click();
  await expect(page).toHaveURL(new RegExp(`${id}$`));
  await expect(page.getByRole('heading', { name: id, level: 1 })).toBeVisible();
  await expect(page.getByText('At 09:00 on Monday to Friday')).toBeVisible();
});

test('triggers a run, which appears with its outcome, and pauses with a note', async ({ page, connection, queue }) => {
  const id = await makeSchedule({ connection, queue });
  await page.goto(pageOf(id));
  await page.getByRole('button', { name: 'Trigger now' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Trigger' }).click();
  const actions = page.getByRole('table', { name: 'Recent actions' });
  await expect(actions.getByRole('link', { name: `${id}-run` })).toBeVisible({ timeout: 20_000 });
  await expect(actions.getByText('Completed')).toBeVisible({ timeout: 30_000 });

  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByRole('dialog').getByLabel('Note').fill('until Friday');
  await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('Paused: until Friday. No run is started until it is unpaused.')).toBeVisible();
  await page.getByRole('button', { name: 'Unpause' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Unpause' }).click();
  await expect(page.getByText('No run is started until it is unpaused.')).toBeHidden();
});

test('says so when somebody else changed the schedule, and overwrites nothing', async ({ page, connection, queue }) => {
  const id = await makeSchedule({ connection, queue });
  await page.goto(`${pageOf(id)}/edit`);
  await page.getByLabel('Every').fill('2h');
  await expect(page.getByText('Every 2 hours')).toBeVisible();
  await connection.workflow.patchSchedule({
    namespace: NAMESPACE,
    scheduleId: id,
    patch: { pause: 'by a colleague' },
    requestId: randomUUID(),
  });
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('Somebody else changed this schedule since you opened it.')).toBeVisible();
  await page.getByRole('button', { name: 'Read it anew' }).click();
  await expect(page.getByLabel('Notes')).toHaveValue('by a colleague');
  await page.getByLabel('Every').fill('2h');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page).toHaveURL(new RegExp(`${id}$`));
  await expect(page.getByText('Every 2 hours')).toBeVisible();
  await expect(page.getByText('by a colleague')).toBeVisible();
});

test('finds schedules by a piece of their id and pauses them together', async ({ page, connection, queue }) => {
  const ids = [await makeSchedule({ connection, queue }), await makeSchedule({ connection, queue })];
  const other = await makeSchedule({ connection, queue });
  await page.goto(list);
  for (const id of ids) await page.getByRole('checkbox', { name: `Choose ${id}` }).check();
  await page.getByRole('button', { name: 'Pause…', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(page.getByText('2 schedules paused.')).toBeVisible();
  await page.getByRole('button', { name: 'Paused', exact: true }).click();
  await expect(page).toHaveURL(/paused=true/);
  await expect(page.getByRole('link', { name: ids[0] ?? '' })).toBeVisible();
  await expect(page.getByRole('link', { name: other })).toBeHidden();
  await page.getByLabel('Find by schedule id').fill((ids[1] ?? '').slice(4));
  await expect(page.getByRole('link', { name: ids[0] ?? '' })).toBeHidden();
  await expect(page.getByRole('link', { name: ids[1] ?? '' })).toBeVisible();
});

test('counts the times of a backfill before it begins, and makes up for them', async ({ page, connection, queue }) => {
  const id = await makeSchedule({ connection, queue });
  await page.goto(pageOf(id));
  await page.getByRole('button', { name: 'Backfill' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('From').fill('2026-01-01T00:00:00');
  await dialog.getByLabel('To').fill('2026-01-02T00:00:00');
  await expect(dialog.getByRole('status')).toContainText('2 times in this range');
  await dialog.getByRole('button', { name: 'Backfill' }).click();
  await expect(page.getByRole('link', { name: `${id}-run-2026-01-01` })).toBeVisible({ timeout: 20_000 });
});

test('deletes a schedule once it was confirmed', async ({ page, connection, queue }) => {
  const id = await makeSchedule({ connection, queue });
  await page.goto(pageOf(id));
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete schedule' }).click();
  await expect(page).toHaveURL(new RegExp('/schedules$'));
  await page.goto(pageOf(id));
  await expect(page.getByText(`There is no schedule ${id} in ${NAMESPACE}.`)).toBeVisible();
});
