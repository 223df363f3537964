/** What people come for, from the question to the answer, by keyboard alone: why is it stuck? */
import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import type { Connection } from '@tidemark/protocol/client';
import { answers, expect, NAMESPACE, test } from '../fixtures.ts';
import { press } from './keys.ts';
import { listen } from './reader.ts';
import { startUnworked } from '../unworked.ts';
import { violations } from '../violations.ts';

const { VersioningBehavior, WorkerStatus, WorkerVersioningMode } = api.enums.v1;

test('from "something is stuck" to its cause in three steps', async ({ page, connection, startOrder }) => {
  test.setTimeout(120_000);
  const [nondeterministic, retrying] = [await startOrder('-nde'), await startOrder('-retry')];
  const lonely = `lonely-${randomUUID().slice(0, 8)}`;
  const busy = await fullQueue(connection);
  const pinned = await pinnedToStopped(connection);
  const stuck: readonly (readonly [string, RegExp])[] = [
    [await startUnworked(connection, lonely), /no worker polls/],
    [await startUnworked(connection, busy), /all 4 slots of its worker are taken/],
    [nondeterministic.workflowId, /scheduled activity "fraudScore", but the code started timer/],
    [retrying.workflowId, /chargeCard: attempt \d+ failed with 502 Bad Gateway/],
  ];
  await page.goto(`/n/${NAMESPACE}/workflows`);
  await expect(page.getByRole('grid', { name: 'Workflows' })).toBeVisible();
  await answers(page);
  // The same is told to those who listen: the status, why, and what to do about it, in the order in which it stands there.
  const reader = await listen(page);
  const explains = async ([workflowId, cause]: readonly [string, RegExp]) => {
    // One: look for it, by a piece of its id. Two: open it. The answer is the first line of the page.
    await reader.anew();
    await press(page, 'Control+k');
    await reader.hear(/^dialog, Search or jump/);
    await page.keyboard.type(workflowId.slice(3));
    await expect(page.getByRole('option', { name: new RegExp(workflowId), selected: true })).toBeVisible();
    await press(page, 'Enter');
    await expect(page.getByRole('status').filter({ hasText: cause })).toBeVisible({ timeout: 30_000 });
    await reader.hear(new RegExp(`^heading, ${workflowId}, level 1$`));
    await reader.hear(new RegExp(`^polite: Running\\. .*${cause.source}`));
    const read = await reader.readTo(/^button, (Evidence|\d reasons)/);
    expect(read.findIndex((phrase) => /^Running \d/.test(phrase))).toBeLessThan(read.indexOf('status'));
  };
  for (const one of stuck) await explains(one);
  // The sentence goes by a clock; who has heard it hears it no more.
  const sentence = page.getByRole('status').filter({ hasText: 'Next try in' });
  const before = await sentence.textContent();
  await expect(sentence).not.toHaveText(before ?? '');
  expect((await reader.spoken()).filter((phrase) => /^polite: ./.test(phrase))).toEqual([]);
  // The last one is helped from where it is told: moved, it comes to the workers of the other version.
  await explains([pinned.workflowId, /pinned to v1 of fleet-\w+, which no worker polls; worker-v1 last did/]);
  await page.getByRole('button', { name: 'Move to v2…' }).focus();
  await press(page, 'Enter');
  const dialog = page.getByRole('dialog', { name: 'Move this run to another version?' });
  await expect(dialog.getByText('Its history is replayed by the other version’s code.')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Pin to v2' }).focus();
  await press(page, 'Enter');
  await expect(page.getByText('The run is pinned to v2 now.')).toBeVisible();
  expect((await pinned.poll('v2')).workflowExecution?.workflowId).toBe(pinned.workflowId);
  for (const workflowId of [...stuck.map(([id]) => id), pinned.workflowId])
    await connection.workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId }, identity: 'e2e' });
});

interface Pinned {
  readonly workflowId: string;
  /** The next workflow task for a build. */
  readonly poll: (buildId: string) => ReturnType<Connection['workflow']['pollWorkflowTaskQueue']>;
}

/** A run that the only worker of a build pinned to it before it stopped; new work goes to another build. */
async function pinnedToStopped({ workflow }: Connection): Promise<Pinned> {
  const deploymentName = `fleet-${randomUUID().slice(0, 8)}`;
  const workflowId = `pinned-${deploymentName}`;
  const [identity, queue] = ['worker-v1', `queue-${deploymentName}`];
  const optionsOf = (buildId: string) => ({
    deploymentName,
    buildId,
    workerVersioningMode: WorkerVersioningMode.WORKER_VERSIONING_MODE_VERSIONED,
  });
  const poll = (buildId: string) =>
    workflow.pollWorkflowTaskQueue(
      { namespace: NAMESPACE, taskQueue: { name: queue }, identity: `worker-${buildId}`, deploymentOptions: optionsOf(buildId) },
      { deadline: Date.now() + 30_000 },
    );
  const setCurrent = (buildId: string) =>
    workflow.setWorkerDeploymentCurrentVersion({
      namespace: NAMESPACE,
      deploymentName,
      buildId,
      allowNoPollers: true,
      ignoreMissingTaskQueues: true,
      identity: 'e2e',
    });
  await setCurrent('v1');
  const polled = poll('v1');
  await workflow.startWorkflowExecution({
    namespace: NAMESPACE,
    workflowId,
    workflowType: { name: 'OrderFlow' },
    taskQueue: { name: queue },
    requestId: randomUUID(),
  });
  const { taskToken } = await polled;
  await workflow.respondWorkflowTaskCompleted({
    namespace: NAMESPACE,
    taskToken,
    identity,
    deploymentOptions: optionsOf('v1'),
    versioningBehavior: VersioningBehavior.VERSIONING_BEHAVIOR_PINNED,
  });
  await workflow.recordWorkerHeartbeat({
    namespace: NAMESPACE,
    identity,
    workerHeartbeat: [
      {
        workerInstanceKey: randomUUID(),
        workerIdentity: identity,
        taskQueue: queue,
        status: WorkerStatus.WORKER_STATUS_SHUTDOWN,
        deploymentVersion: { deploymentName, buildId: 'v1' },
      },
    ],
  });
  await setCurrent('v2');
  await workflow.signalWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId }, signalName: 'go', identity: 'e2e' });
  return { workflowId, poll };
}

/** A queue whose one worker polls nothing more, for it has its hands full. */
async function fullQueue(connection: Connection): Promise<string> {
  const queue = `busy-${randomUUID().slice(0, 8)}`;
  await connection.workflow.recordWorkerHeartbeat({
    namespace: NAMESPACE,
    identity: 'busy-worker',
    workerHeartbeat: [
      {
        workerInstanceKey: randomUUID(),
        workerIdentity: 'busy-worker',
        taskQueue: queue,
        status: WorkerStatus.WORKER_STATUS_RUNNING,
        workflowTaskSlotsInfo: { currentUsedSlots: 4, currentAvailableSlots: 0 },
      },
    ],
  });
  // It asked once, so that the queue knows it; the answer comes when the server's patience ends.
  await connection.workflow
    .pollWorkflowTaskQueue({ namespace: NAMESPACE, taskQueue: { name: queue }, identity: 'busy-worker' }, { deadline: Date.now() + 2_200 })
    .catch(() => undefined);
  return queue;
}
