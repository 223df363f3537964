import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import type { Connection } from '@tidemark/protocol/client';
import { cancelTimer, complete, payloads, startTimer } from '../fixtures/fake-worker.ts';
import { expect, NAMESPACE, runPath, test } from './fixtures.ts';

/** More than two pages of a history, between a timer's beginning and its end. */
const MARKERS = 9_000;

async function startLong({ workflow }: Connection): Promise<string> {
  const workflowId = `e2e-long-${randomUUID().slice(0, 8)}`;
  const { runId } = await workflow.startWorkflowExecution({
    namespace: NAMESPACE,
    workflowId,
    workflowType: { name: 'LongFlow' },
    taskQueue: { name: workflowId },
    requestId: randomUUID(),
    identity: 'e2e',
    input: payloads({}),
  });
  const { taskToken } = await workflow.pollWorkflowTaskQueue(
    { namespace: NAMESPACE, taskQueue: { name: workflowId }, identity: 'e2e' },
    { deadline: Date.now() + 10_000 },
  );
  const marker = {
    commandType: api.enums.v1.CommandType.COMMAND_TYPE_RECORD_MARKER,
    recordMarkerCommandAttributes: { markerName: 'step' },
  };
  await workflow.respondWorkflowTaskCompleted({
    namespace: NAMESPACE,
    taskToken,
    identity: 'e2e',
    commands: [
      startTimer('hold', 3_600_000),
      ...Array.from({ length: MARKERS }, () => marker),
      cancelTimer('hold'),
      complete({ ok: true }),
    ],
  });
  return runPath(workflowId, runId);
}

test('shows both ends of a long run while the middle is read beside the page, and then all of it', async ({ page, connection }) => {
  const path = await startLong(connection);
  let read: () => void = () => undefined;
  const reading = new Promise<void>((resolve) => {
    read = resolve;
  });
  // Not what the page begins with.
  await page.route(/workflow\.history\?.*after%22%3A[1-9]/, async (route) => {
    await reading;
    await route.continue();
  });
  const worker = page.waitForEvent('worker');
  await page.goto(path);
  const timeline = page.getByRole('treegrid', { name: 'Timeline' });
  await expect(page.getByRole('status').filter({ hasText: /Events .+ to .+ are being read/ })).toBeVisible();
  await expect(timeline.getByRole('row', { name: /are being read/ })).toBeVisible();
  await expect(timeline.getByRole('row', { name: /^hold, timer, its end is not read yet/ })).toBeVisible();
  await worker;
  read();
  await expect(timeline.getByRole('row', { name: /^hold, timer, canceled/ })).toBeVisible();
  await expect(timeline.getByRole('row', { name: /are being read/ })).toHaveCount(0);
  await expect(timeline.getByRole('row', { name: new RegExp(`^step, ${MARKERS} times`) })).toBeVisible();
});
