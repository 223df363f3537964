import { randomUUID } from 'node:crypto';
import { toDuration } from '@tidemark/protocol/time';
import type { Command } from '../fixtures/fake-worker.ts';
import { complete, startTimer } from '../fixtures/fake-worker.ts';
import { expect, NAMESPACE, test } from './fixtures.ts';
import { violations } from './violations.ts';

const QUICK = 3;
const LONG = 2;

test('shows how long runs took, and lists those of a box drawn by keys or dragged', async ({ page, connection }) => {
  const type = `LatencyFlow-${randomUUID().slice(0, 8)}`;
  const start = (workflowId: string, runTimeoutMs: number, workflowType = type) =>
    connection.workflow.startWorkflowExecution({
      namespace: NAMESPACE,
      workflowId,
      workflowType: { name: workflowType },
      taskQueue: { name: `${workflowId}-queue` },
      requestId: randomUUID(),
      workflowRunTimeout: toDuration(runTimeoutMs),
    });
  const answer = async (workflowId: string, command: Command) => {
    const { taskToken } = await connection.workflow.pollWorkflowTaskQueue(
      { namespace: NAMESPACE, taskQueue: { name: `${workflowId}-queue` }, identity: 'e2e' },
      { deadline: Date.now() + 10_000 },
    );
    await connection.workflow.respondWorkflowTaskCompleted({ namespace: NAMESPACE, taskToken, commands: [command] });
  };
  for (let index = 0; index < QUICK; index++) {
    const workflowId = `${type}-quick-${index}`;
    await start(workflowId, 60_000);
    await answer(workflowId, complete('done'));
  }
  // Nobody works on the long ones: they run into their timeout, and so are the last to close.
  for (let index = 0; index < LONG; index++) await start(`${type}-long-${index}`, 2_000);
  await expect
    .poll(async () => {
      const query = `WorkflowType = '${type}' AND ExecutionStatus != 'Running'`;
      const { executions } = await connection.workflow.listWorkflowExecutions({ namespace: NAMESPACE, query });
      return executions.length;
    })
    .toBe(LONG + QUICK);

  const run = (kind: string) => page.getByRole('grid', { name: 'Workflows' }).getByRole('link', { name: `${type}-${kind}`, exact: true });
  await page.goto(`/n/${NAMESPACE}/workflows?type=${type}`);
  await page.getByRole('button', { name: 'Durations' }).click();
  await expect(page.getByRole('figure', { name: 'Durations of 5 closed runs' })).toBeVisible();
  await expect(page.getByRole('figure', { name: '2 ended badly' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Durations of closed runs' }).getByRole('row', { name: /2–4 s 2 2$/ })).toHaveCount(1);
  expect(await violations(page)).toEqual([]);
  const painted = await page.locator('.lat-c').evaluate((canvas: HTMLCanvasElement) => {
    const { data = [] } = canvas.getContext('2d')?.getImageData(canvas.width - 10, 0, 8, canvas.height) ?? {};
    return data.some((value) => value > 0);
  });
  expect(painted).toBe(true);

  // The cell of the newest run is where the keys begin; a wider box adds the column before it.
  const plot = page.getByRole('application', { name: 'Closed runs by time of closing and duration' });
  await plot.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByText(/^No run took 2–4 s/)).toBeVisible();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page.getByText(/^2 runs took 2–4 s, closed .+, 2 ended badly$/)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/ExecutionDuration/);
  await expect(page.getByRole('figure', { name: 'Durations of 2 closed runs' })).toBeVisible();
  await expect(run('quick-0')).toHaveCount(0);
  for (let index = 0; index < LONG; index++) await expect(run(`long-${index}`)).toBeVisible();

  // The steps are of the runs in the box too: these left nothing but a workflow task.
  await page.getByRole('button', { name: 'Steps' }).click();
  await expect(page.getByText('2 closed runs without a step that takes time.')).toBeVisible();
  await page.getByRole('button', { name: 'Runs', exact: true }).click();
  await expect(page).toHaveURL(/strip=durations/);

  // The choice is in the address and kept in the browser.
  await page.reload();
  await expect(page.getByRole('figure', { name: 'Durations of 2 closed runs' })).toBeVisible();
  await page.getByRole('button', { name: 'Leave the box' }).click();
  await expect(run('quick-0')).toBeVisible();
  await page.goto(`/n/${NAMESPACE}/workflows?type=${type}`);
  await expect(page.getByRole('figure', { name: 'Durations of 5 closed runs' })).toBeVisible();

  // The whole width of the two lowest rows, where the quickest run is.
  const area = await plot.boundingBox();
  if (area === null) throw new Error('no plot');
  await page.mouse.move(area.x + 1, area.y + area.height - 2);
  await page.mouse.down();
  await page.mouse.move(area.x + area.width - 1, area.y + area.height - 12, { steps: 4 });
  await expect(page.getByText(/^\d runs? took .+, closed/)).toBeVisible();
  await page.mouse.up();
  await expect(run('long-0')).toHaveCount(0);
  await expect(
    page
      .getByRole('grid', { name: 'Workflows' })
      .getByRole('link', { name: `${type}-quick` })
      .first(),
  ).toBeVisible();

  // The steps of a run that has some.
  const stepped = `${type}-stepped`;
  await start(stepped, 60_000, stepped);
  await answer(stepped, startTimer('pause', 10, 'pause'));
  await answer(stepped, complete('done'));
  await page.goto(`/n/${NAMESPACE}/workflows?type=${stepped}&strip=steps`);
  await expect(page.getByText('of 1 closed run, each history read.')).toBeVisible();
  const steps = page.getByRole('table', { name: 'Durations of steps' });
  await expect(steps.getByRole('row', { name: /^pause .* \d+% 0% 0% 1 / })).toHaveCount(1);
  expect(await violations(page, { within: '.stp' })).toEqual([]);
});
