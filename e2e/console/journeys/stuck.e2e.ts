/** What people come for, from the question to the answer, by keyboard alone: why is it stuck? */
import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import type { Connection } from '@tidemark/protocol/client';
import { answers, expect, NAMESPACE, test } from '../fixtures.ts';
import { press } from './keys.ts';
import { listen } from './reader.ts';
import { startUnworked } from '../unworked.ts';

const { WORKER_STATUS_RUNNING } = api.enums.v1.WorkerStatus;

test('from "something is stuck" to its cause in three steps', async ({ page, connection, startOrder }) => {
  test.setTimeout(120_000);
  const [nondeterministic, retrying] = [await startOrder('-nde'), await startOrder('-retry')];
  const lonely = `lonely-${randomUUID().slice(0, 8)}`;
  const busy = await fullQueue(connection);
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
  for (const [workflowId, cause] of stuck) {
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
  }
  // The sentence goes by a clock; who has heard it hears it no more.
  const sentence = page.getByRole('status').filter({ hasText: 'Next try in' });
  const before = await sentence.textContent();
  await expect(sentence).not.toHaveText(before ?? '');
  expect((await reader.spoken()).filter((phrase) => /^polite: ./.test(phrase))).toEqual([]);
  for (const [workflowId] of stuck)
    await connection.workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId }, identity: 'e2e' });
});

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
        status: WORKER_STATUS_RUNNING,
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
