/** What workers hear of how many polls they should hold. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { api } from '@tidemark/protocol/api';
import { activity } from '../support/commands.ts';
import type { WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, openWholeEngine } from '../support/whole-engine.ts';

const { PollActivityTaskQueueResponse, PollWorkflowTaskQueueResponse } = api.workflowservice.v1;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

it('a worker whose queue has a backlog is told to hold more', async () => {
  const { taskQueue } = await engine.start();
  await engine.step(taskQueue, ...['a', 'b', 'c'].map((id) => activity(id, { taskQueue: { name: taskQueue } })));
  expect((await engine.activityTask(taskQueue)).pollerScalingDecision?.pollRequestDeltaSuggestion).toBe(1);
});

it('an answer without a task says nothing, or workers would take it for a broken task', async () => {
  const poll = { namespace: NAMESPACE, taskQueue: { name: 'empty' } };
  const call = { deadline: Date.now() + 2100 };
  const [workflow, one] = await Promise.all([
    engine.workflow.pollWorkflowTaskQueue(poll, call),
    engine.workflow.pollActivityTaskQueue(poll, call),
  ]);
  expect(PollWorkflowTaskQueueResponse.encode(workflow).len).toBe(0);
  expect(PollActivityTaskQueueResponse.encode(one).len).toBe(0);
});
