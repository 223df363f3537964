/** Tasks that are handed over with an answer, or whose history comes in pages. */
import { toDuration } from '@tidemark/protocol/time';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { complete } from '../support/commands.ts';
import { stickTo } from '../support/queries.ts';
import type { HistoryEvent, StartedRun, WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine({ limits: { historyPageBatchesMax: 2 } });
});
afterAll(() => engine.stop());

const signal = ({ workflowId }: StartedRun) =>
  engine.workflow.signalWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId }, signalName: 'go' });

/** All that follows the pages before; from the beginning without a token. */
async function eventsAfter(run: StartedRun, token: Uint8Array): Promise<readonly HistoryEvent[]> {
  const { history, nextPageToken } = await engine.workflow.getWorkflowExecutionHistory({
    namespace: NAMESPACE,
    execution: { workflowId: run.workflowId, runId: run.runId },
    nextPageToken: token,
  });
  const events = history?.events ?? [];
  return nextPageToken.length === 0 ? events : [...events, ...(await eventsAfter(run, nextPageToken))];
}

it('a task that came with an answer and is lost times out, and comes again to whoever polls', async () => {
  const run = await engine.start({ workflowTaskTimeout: toDuration(300) });
  const first = await engine.workflowTask(run.taskQueue);
  await signal(run);
  const { workflowTask } = await engine.complete(first, [], { returnNewWorkflowTask: true, ...stickTo(`${run.taskQueue}-sticky`) });
  expect(workflowTask?.taskToken).not.toHaveLength(0);
  const again = await engine.workflowTask(run.taskQueue);
  await engine.complete(again, [complete()]);
  const names = namesOf(await eventsAfter(run, new Uint8Array()));
  expect(names.slice(3)).toEqual([
    'WORKFLOW_TASK_COMPLETED',
    'WORKFLOW_EXECUTION_SIGNALED',
    'WORKFLOW_TASK_SCHEDULED',
    'WORKFLOW_TASK_STARTED',
    'WORKFLOW_TASK_TIMED_OUT',
    'WORKFLOW_TASK_SCHEDULED',
    'WORKFLOW_TASK_STARTED',
    'WORKFLOW_TASK_COMPLETED',
    'WORKFLOW_EXECUTION_COMPLETED',
  ]);
});

it('a signal between two pages of a task that carries an update leaves the worker a whole history', async () => {
  const run = await engine.start();
  await engine.step(run.taskQueue);
  await signal(run);
  await engine.step(run.taskQueue);
  const updated = engine.workflow.updateWorkflowExecution(
    {
      namespace: NAMESPACE,
      workflowExecution: { workflowId: run.workflowId },
      request: { meta: { updateId: 'u' }, input: { name: 'u' } },
    },
    { deadline: Date.now() + 10_000 },
  );
  const task = await engine.workflowTask(run.taskQueue);
  expect(task.nextPageToken).not.toHaveLength(0);
  await signal(run);
  const events = [...(task.history?.events ?? []), ...(await eventsAfter(run, task.nextPageToken))];
  expect(events.map(({ eventId }) => Number(eventId))).toEqual(events.map((_event, at) => at + 1));
  expect(namesOf(events).slice(-2)).toEqual(['WORKFLOW_TASK_SCHEDULED', 'WORKFLOW_TASK_STARTED']);
  expect(String(events.at(-1)?.eventId)).toBe(String(task.startedEventId));
  await engine.complete(task);
  expect((await updated).outcome?.failure).toBeTruthy();
});
