/** A run with one activity whose attempts a test makes by hand. */
import { randomUUID } from 'node:crypto';
import type { Connection } from '@tidemark/protocol/client';
import { toDuration } from '@tidemark/protocol/time';
import { NAMESPACE, runPath } from './fixtures.ts';
import { payloads, scheduleActivity } from '../fixtures/fake-worker.ts';

export const TRIED_BY = 'worker-attempts';

export interface Tried {
  readonly queue: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly path: string;
}

/** A run that waits for one activity, which is tried again after a twentieth of a second. */
export async function startTried({ workflow }: Connection): Promise<Tried> {
  const workflowId = `e2e-tried-${randomUUID().slice(0, 8)}`;
  const queue = workflowId;
  const { runId } = await workflow.startWorkflowExecution({
    namespace: NAMESPACE,
    workflowId,
    workflowType: { name: 'ChargeFlow' },
    taskQueue: { name: queue },
    requestId: randomUUID(),
    identity: 'e2e',
    input: payloads({ amount: 12 }),
  });
  const { taskToken } = await workflow.pollWorkflowTaskQueue(
    { namespace: NAMESPACE, taskQueue: { name: queue }, identity: TRIED_BY },
    { deadline: Date.now() + 10_000 },
  );
  const command = scheduleActivity(queue, 'chargeCard', 'charge', { input: { amount: 12 } });
  const retryPolicy = { initialInterval: toDuration(50), backoffCoefficient: 1 };
  await workflow.respondWorkflowTaskCompleted({
    namespace: NAMESPACE,
    taskToken,
    identity: TRIED_BY,
    commands: [{ ...command, scheduleActivityTaskCommandAttributes: { ...command.scheduleActivityTaskCommandAttributes, retryPolicy } }],
    sdkMetadata: { sdkName: 'tidemark-e2e', sdkVersion: '1.0.0' },
  });
  return { queue, workflowId, runId, path: runPath(workflowId, runId) };
}

export const take = ({ workflow }: Connection, queue: string) =>
  workflow.pollActivityTaskQueue(
    { namespace: NAMESPACE, taskQueue: { name: queue }, identity: TRIED_BY },
    { deadline: Date.now() + 10_000 },
  );

export async function failNext(connection: Connection, queue: string, message: string, line = 41): Promise<void> {
  const { taskToken } = await take(connection, queue);
  await connection.workflow.respondActivityTaskFailed({
    namespace: NAMESPACE,
    taskToken,
    identity: TRIED_BY,
    failure: {
      message,
      source: 'e2e',
      stackTrace: `at charge (payments/charge.ts:${line})\nat withIdempotency (payments/idem.ts:19)`,
      applicationFailureInfo: { type: 'GatewayError' },
    },
  });
}
