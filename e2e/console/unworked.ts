import { randomUUID } from 'node:crypto';
import type { Connection } from '@tidemark/protocol/client';
import { NAMESPACE } from './fixtures.ts';

/** Starts a run on a queue where nobody works; resolves with its id, which begins with the prefix. */
export async function startUnworked({ workflow }: Connection, queue: string, prefix = 'journey'): Promise<string> {
  const workflowId = `${prefix}-${randomUUID().slice(0, 8)}`;
  await workflow.startWorkflowExecution({
    namespace: NAMESPACE,
    workflowId,
    workflowType: { name: 'OrderFlow' },
    taskQueue: { name: queue },
    requestId: randomUUID(),
  });
  return workflowId;
}
