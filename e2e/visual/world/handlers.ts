/** Workers that poll while the pictures are taken: they answer queries, and leave every task as it is. */
import { setMaxListeners } from 'node:events';
import type { Connection } from '@tidemark/protocol/client';
import type { FakeWorkerOptions, WorkflowTask } from '../../fixtures/fake-worker.ts';
import { orderDefinition } from '../../fixtures/order-flow.ts';
import { divergedReport } from '../../fixtures/replay-report.ts';
import { NAMESPACE } from './world.ts';

const definition = orderDefinition([{ name: 'changeAddress', description: 'Ships somewhere else, and says whether it still can.' }]);

function answer(type: string, task: WorkflowTask): unknown {
  const { workflowId = '', runId = '' } = { ...task.workflowExecution };
  if (type === '__temporal_workflow_metadata') return definition;
  if (type === '__tidemark_replay') return divergedReport(workflowId ?? '', runId ?? '');
  return type === 'progress' ? { done: 4, of: 6, step: 'charging' } : undefined;
}

/** Resolves never: what it was given stays taken. */
const held = () => new Promise<never>(() => undefined);

export function handlers(connection: Connection): readonly FakeWorkerOptions[] {
  const of = (queue: string, number: number): FakeWorkerOptions => ({
    connection,
    namespace: NAMESPACE,
    queue,
    identity: `worker-${number}`,
    pollers: 1,
    onWorkflowTask: () => ({ failure: 'nothing is worked on any more' }),
    onActivityTask: held,
    onQuery: answer,
  });
  setMaxListeners(0);
  return [of('orders', 1), of('refunds', 5), of('reports', 6)];
}
