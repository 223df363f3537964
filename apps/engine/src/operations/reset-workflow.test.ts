import { api } from '@tidemark/protocol/api';
import { toLong, toNumber } from '@tidemark/protocol/time';
import { expect, it } from 'vitest';
import { NAMESPACE, openMemoryEngine } from '../../test/support/memory-engine.ts';

const { CommandType } = api.enums.v1;

it('a request to reset that is repeated finds the run that it made', async () => {
  const { workflow } = await openMemoryEngine();
  const run = { workflowId: 'w' };
  const queue = { name: 'queue', kind: 1 };
  await workflow.startWorkflowExecution({
    namespace: NAMESPACE,
    ...run,
    requestId: 's',
    workflowType: { name: 'order' },
    taskQueue: queue,
  });
  const { taskToken } = await workflow.pollWorkflowTaskQueue({ namespace: NAMESPACE, taskQueue: queue }, { deadline: Date.now() + 10_000 });
  await workflow.respondWorkflowTaskCompleted({
    namespace: NAMESPACE,
    taskToken,
    commands: [{ commandType: CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION, completeWorkflowExecutionCommandAttributes: {} }],
  });
  const reset = (requestId: string) =>
    workflow.resetWorkflowExecution({ namespace: NAMESPACE, workflowExecution: run, requestId, workflowTaskFinishEventId: toLong(4) });
  const { runId } = await reset('r');
  expect(await reset('r')).toMatchObject({ runId });
  const { count } = await workflow.countWorkflowExecutions({ namespace: NAMESPACE });
  expect(toNumber(count)).toBe(2);
  expect((await reset('another')).runId).not.toBe(runId);
});
