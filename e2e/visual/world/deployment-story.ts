/** A deployment of three builds, in a namespace of its own: one drains, one is current, one gets a share. */
import { api } from '@tidemark/protocol/api';
import { NOW } from './moment.ts';
import type { Story, World } from './world.ts';

const { VersioningBehavior, WorkerVersioningMode } = api.enums.v1;

export const FLEET = 'fleet';
const DEPLOYMENT = 'order-workers';
const QUEUE = 'orders';
const HOUR_MS = 3_600_000;
const POLL_MS = 10_000;

const optionsOf = (buildId: string) => ({
  deploymentName: DEPLOYMENT,
  buildId,
  workerVersioningMode: WorkerVersioningMode.WORKER_VERSIONING_MODE_VERSIONED,
});

export async function* deploymentStory({ connection: { workflow } }: World): Story {
  const route = (buildId: string) => ({
    namespace: FLEET,
    deploymentName: DEPLOYMENT,
    buildId,
    allowNoPollers: true,
    ignoreMissingTaskQueues: true,
    identity: 'd.lindqvist',
  });
  const poll = (buildId: string) =>
    workflow.pollWorkflowTaskQueue(
      { namespace: FLEET, taskQueue: { name: QUEUE }, identity: `worker-${buildId}`, deploymentOptions: optionsOf(buildId) },
      { deadline: Date.now() + POLL_MS },
    );
  /** Started while the build was current, and pinned to it by its first task. */
  const pinned = async (workflowId: string, buildId: string) => {
    const polled = poll(buildId);
    await workflow.startWorkflowExecution({
      namespace: FLEET,
      workflowId,
      workflowType: { name: 'OrderFlow' },
      taskQueue: { name: QUEUE },
      requestId: workflowId,
    });
    const { taskToken } = await polled;
    await workflow.respondWorkflowTaskCompleted({
      namespace: FLEET,
      taskToken,
      identity: `worker-${buildId}`,
      deploymentOptions: optionsOf(buildId),
      versioningBehavior: VersioningBehavior.VERSIONING_BEHAVIOR_PINNED,
    });
  };
  yield NOW - 20 * HOUR_MS;
  await workflow.setWorkerDeploymentCurrentVersion(route('2.3.1'));
  await pinned('ord-7701', '2.3.1');
  await pinned('ord-7704', '2.3.1');
  yield NOW - 3 * HOUR_MS;
  await workflow.setWorkerDeploymentCurrentVersion(route('2.4.0'));
  await pinned('ord-7911', '2.4.0');
  yield NOW - HOUR_MS / 2;
  await workflow.setWorkerDeploymentRampingVersion({ ...route('2.5.0-rc1'), percentage: 20 });
}
