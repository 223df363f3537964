/** The state of a namespace: what needs somebody and where it leads, errors as groups, a queue nobody polls, a worker over time. */
import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import type { Connection } from '@tidemark/protocol/client';
import { toTimestamp } from '@tidemark/protocol/time';
import { answers, expect, NAMESPACE, test } from './fixtures.ts';
import { violations } from './violations.ts';

const { VersioningBehavior, WorkerVersioningMode } = api.enums.v1;
const LATE_MS = 30_000;

test('the overview tells what needs somebody and leads to it, and the error to the runs it concerns', async ({ page, startOrder }) => {
  test.setTimeout(120_000);
  const first = await startOrder('-decline');
  const second = await startOrder('-decline');
  const retrying = await startOrder('-retry');
  await page.goto(`/n/${NAMESPACE}`);
  const attention = page.getByRole('list', { name: 'Needs attention' });
  await expect(page.getByRole('status').filter({ hasText: /\d+ things? needs? attention/ })).toBeVisible({ timeout: LATE_MS });
  const retry = attention.getByRole('listitem').filter({ hasText: 'GatewayError: 502 Bad Gateway' });
  await expect(retry).toContainText('chargeCard', { timeout: LATE_MS });
  await expect(page.getByRole('figure', { name: /started, at most/ })).toBeVisible();
  await retry.getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: 'GatewayError', level: 1 })).toBeVisible();
  await expect(page.getByLabel('Stack', { exact: true })).toContainText(/\bat .*:\d+/);
  const runs = page.getByRole('table', { name: 'Runs of this error' });
  await expect(runs.getByRole('link', { name: retrying.workflowId })).toBeVisible({ timeout: LATE_MS });
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  expect(await violations(page)).toEqual([]);

  // The keys lead everywhere; many runs are one row.
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await expect(page.getByRole('heading', { name: 'Errors', level: 1 })).toBeVisible();
  await page.getByRole('row').filter({ hasText: 'CardDeclined' }).getByRole('link').click();
  for (const { workflowId } of [first, second])
    await expect(runs.getByRole('link', { name: workflowId })).toBeVisible({ timeout: LATE_MS });
  await page.getByRole('link', { name: 'Reset…' }).click();
  await expect(page.getByRole('textbox', { name: 'Query' })).toHaveValue(new RegExp(`RunId .*'${first.runId}'`));
  await expect(page.getByRole('button', { name: 'Reset', exact: true })).toHaveAttribute('aria-pressed', 'true');
});

test('a queue that nobody polls is first in the index, with the name that was perhaps meant, and its limit can be set', async ({
  page,
  connection,
  queue,
}) => {
  const slip = queue.slice(0, -1);
  const workflowId = `e2e-slip-${randomUUID().slice(0, 8)}`;
  await connection.workflow.startWorkflowExecution({
    namespace: NAMESPACE,
    workflowId,
    workflowType: { name: 'OrderFlow' },
    taskQueue: { name: slip },
    requestId: randomUUID(),
  });
  await page.goto(`/n/${NAMESPACE}/queues`);
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: slip, exact: true }) });
  await expect(row).toContainText(`nobody polls; did you mean ${queue}?`);
  await row.getByRole('link').click();
  await expect(page.getByRole('status').filter({ hasText: `Workers poll ${queue}` })).toContainText('Nobody polls this queue');
  await expect(page.getByRole('link', { name: '1 open run' })).toBeVisible();
  await page.getByRole('button', { name: 'Rate limit…' }).click();
  await page.getByLabel('Tasks a second, no limit when empty').fill('fast');
  await page.getByLabel('Reason, kept with the queue').fill('while the gateway is down');
  await page.getByRole('button', { name: 'Set the limit' }).click();
  await expect(page.getByRole('alert')).toHaveText('Write a number of tasks per second, or nothing.');
  await page.getByLabel('Tasks a second, no limit when empty').fill('2.5');
  await page.getByRole('button', { name: 'Set the limit' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByRole('button', { name: /^Activity/ }).click();
  await expect(page.getByText(/^Limited to 2.5 activity tasks a second by console, .*: while the gateway is down$/)).toBeVisible();
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  expect(await violations(page)).toEqual([]);
  await connection.workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId } });
});

test('a worker is shown with its slots over its last heartbeats', async ({ page, connection, queue }) => {
  const workerInstanceKey = randomUUID();
  const beat = (used: number) =>
    connection.workflow.recordWorkerHeartbeat({
      namespace: NAMESPACE,
      workerHeartbeat: [
        {
          workerInstanceKey,
          workerIdentity: `beats-${workerInstanceKey.slice(0, 8)}`,
          taskQueue: queue,
          sdkName: 'some-sdk',
          sdkVersion: '1.2.3',
          status: 1,
          startTime: toTimestamp(Date.now() - 60_000),
          heartbeatTime: toTimestamp(Date.now()),
          hostInfo: { hostName: 'fra-1a', currentHostCpuUsage: 0.41, currentHostMemUsage: 0.6 },
          workflowTaskSlotsInfo: { currentUsedSlots: used, currentAvailableSlots: 10 - used, slotSupplierKind: 'Fixed' },
          activityTaskSlotsInfo: { currentUsedSlots: 1, currentAvailableSlots: 4, lastIntervalFailureTasks: 2, totalFailedTasks: 2 },
        },
      ],
    });
  await beat(3);
  await beat(7);
  await beat(5);
  await page.goto(`/n/${NAMESPACE}/workers`);
  await page.getByRole('link', { name: `beats-${workerInstanceKey.slice(0, 8)}` }).click();
  await expect(page.getByRole('heading', { name: `beats-${workerInstanceKey.slice(0, 8)}`, level: 1 })).toBeVisible();
  await expect(page.getByRole('img', { name: 'Workflow slots used: 5 now, 7 at most, of 10' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Slots' })).toContainText('5 / 10');
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  expect(await violations(page)).toEqual([]);
  await page.goto(`/n/${NAMESPACE}/workers/no-such-key`);
  await expect(page.getByText('This worker has not reported in the last minutes.')).toBeVisible();
});

test('a deployment shows which build gets new work and what still holds the others, and is routed from there', async ({
  page,
  connection,
}) => {
  const deployed = await twoBuilds(connection);
  await page.goto(`/n/${NAMESPACE}/workflows`);
  await answers(page);
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await expect(page.getByRole('heading', { name: 'Deployments', level: 1 })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Deployments' })).toHaveAttribute(
    'aria-current',
    'page',
  );
  const listed = page.getByRole('row').filter({ has: page.getByRole('link', { name: deployed.name, exact: true }) });
  await expect(listed).toContainText('v1');
  await listed.getByRole('link').click();
  const versions = page.getByRole('table', { name: 'Versions' });
  const rowOf = (build: string) => versions.getByRole('row').filter({ has: page.getByRole('cell', { name: build, exact: true }) });
  const [first, second] = [rowOf('v1'), rowOf('v2')];
  await expect(first).toContainText('Current');
  await expect(second).toContainText('Inactive');
  expect(await violations(page)).toEqual([]);

  await page.getByRole('button', { name: 'Actions for v2' }).click();
  await page.getByRole('menuitem', { name: 'Ramp up to it…' }).click();
  await page.getByLabel('Share of the workflows, in percent').fill('30');
  await page.getByRole('button', { name: 'Set the share' }).click();
  await expect(page.getByText('Say why: the reason is kept in the audit.')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.getByLabel('Reason, kept in the audit').fill('a first look');
  await page.getByRole('button', { name: 'Set the share' }).click();
  await expect(page.getByText('gets 30 % of the workflows')).toBeVisible();

  await page.getByRole('button', { name: 'Actions for v2' }).click();
  await page.getByRole('menuitem', { name: 'Make it current…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Make v2 current?' });
  await expect(dialog).toContainText('1 open run pinned to v1 stays there until it ends or is moved.');
  await dialog.getByLabel('Reason, kept in the audit').fill('it works');
  await dialog.getByRole('button', { name: 'Make it current' }).click();
  await expect(first).toContainText('Draining');
  await expect(second).toContainText('Current');
  await first.getByRole('link', { name: '1 run' }).click();
  await expect(page.getByRole('grid', { name: 'Workflows' }).getByText(deployed.workflowId)).toBeVisible();
  await connection.workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId: deployed.workflowId } });
});

/** A deployment of two builds, the first of them current, with a run that is pinned to it. */
async function twoBuilds({ workflow }: Connection): Promise<{ readonly name: string; readonly workflowId: string }> {
  const name = `fleet-${randomUUID().slice(0, 8)}`;
  const [queue, workflowId] = [`queue-${name}`, `run-${name}`];
  const optionsOf = (buildId: string) => ({
    deploymentName: name,
    buildId,
    workerVersioningMode: WorkerVersioningMode.WORKER_VERSIONING_MODE_VERSIONED,
  });
  const poll = (buildId: string) =>
    workflow.pollWorkflowTaskQueue(
      { namespace: NAMESPACE, taskQueue: { name: queue }, identity: `worker-${buildId}`, deploymentOptions: optionsOf(buildId) },
      { deadline: Date.now() + 30_000 },
    );
  const pinned = (buildId: string) => ({ pinned: { behavior: 1, version: { deploymentName: name, buildId } } });
  const start = (id: string, buildId: string) =>
    workflow.startWorkflowExecution({
      namespace: NAMESPACE,
      workflowId: id,
      workflowType: { name: 'OrderFlow' },
      taskQueue: { name: queue },
      requestId: randomUUID(),
      versioningOverride: pinned(buildId),
    });
  // A poll that finds its task is over at once; its version is known from then on.
  await start(workflowId, 'v1');
  const { taskToken } = await poll('v1');
  const deploymentOptions = optionsOf('v1');
  const versioningBehavior = VersioningBehavior.VERSIONING_BEHAVIOR_PINNED;
  await workflow.respondWorkflowTaskCompleted({ namespace: NAMESPACE, taskToken, deploymentOptions, versioningBehavior });
  await start(`${workflowId}-other`, 'v2');
  await poll('v2');
  await workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId: `${workflowId}-other` } });
  await workflow.setWorkerDeploymentCurrentVersion({ namespace: NAMESPACE, deploymentName: name, buildId: 'v1', identity: 'e2e' });
  return { name, workflowId };
}
