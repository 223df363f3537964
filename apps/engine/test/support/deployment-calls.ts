/** Workers with versions, and what people do to their deployments. */
import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import type { WorkflowMethods } from '@tidemark/protocol/services';
import type { temporal } from '@tidemark/protocol/types';
import type { Command } from '../../src/history/model/decide/commands/command.ts';
import { valuesOf } from './payloads.ts';
import type { ActivityTask, RunName, WholeEngine, WorkflowTask } from './whole-engine.ts';
import { NAMESPACE } from './whole-engine.ts';

const { TaskQueueKind, VersioningBehavior, WorkerVersioningMode } = api.enums.v1;
const { PINNED_OVERRIDE_BEHAVIOR_PINNED } = api.workflow.v1.VersioningOverride.PinnedOverrideBehavior;
type Response<Method extends keyof WorkflowMethods> = WorkflowMethods[Method]['response'];
type Override = temporal.api.workflow.v1.IVersioningOverride;
type Completion = Partial<WorkflowMethods['respondWorkflowTaskCompleted']['request']>;

export const PINNED = VersioningBehavior.VERSIONING_BEHAVIOR_PINNED;
export const AUTO_UPGRADE = VersioningBehavior.VERSIONING_BEHAVIOR_AUTO_UPGRADE;
const POLL_MS = 10_000;

interface Sticky {
  readonly name: string;
  readonly normalName: string;
}

/** A poll that is open, and can be given up. */
export interface OpenPoll<Task> {
  readonly task: Promise<Task>;
  /** Whether it had no task until now. */
  giveUp(): Promise<boolean>;
}

/** A deployment of its own, on a queue of its own. */
export class Deployed {
  readonly queue: string;

  constructor(
    private readonly engine: WholeEngine,
    readonly name = `deployment-${randomUUID().slice(0, 8)}`,
  ) {
    this.queue = `queue-${name}`;
  }

  /** The same one, as another engine has it. */
  on(engine: WholeEngine): Deployed {
    return new Deployed(engine, this.name);
  }

  version(buildId: string): { deploymentName: string; buildId: string } {
    return { deploymentName: this.name, buildId };
  }

  options(buildId: string): temporal.api.deployment.v1.IWorkerDeploymentOptions {
    return { ...this.version(buildId), workerVersioningMode: WorkerVersioningMode.WORKER_VERSIONING_MODE_VERSIONED };
  }

  /** Without a build: a worker without a version. */
  poll(buildId: string | undefined, over: Partial<WorkflowMethods['pollWorkflowTaskQueue']['request']> = {}): OpenPoll<WorkflowTask> {
    const options = buildId === undefined ? {} : { deploymentOptions: this.options(buildId) };
    const request = { namespace: NAMESPACE, taskQueue: { name: this.queue }, identity: `worker-${buildId ?? ''}`, ...options, ...over };
    return open((call) => this.engine.workflow.pollWorkflowTaskQueue(request, call));
  }

  pollActivity(buildId: string | undefined, queue = this.queue): OpenPoll<ActivityTask> {
    const options = buildId === undefined ? {} : { deploymentOptions: this.options(buildId) };
    const request = { namespace: NAMESPACE, taskQueue: { name: queue }, identity: `worker-${buildId ?? ''}`, ...options };
    return open((call) => this.engine.workflow.pollActivityTaskQueue(request, call));
  }

  pollSticky(buildId: string, { name, normalName }: Sticky): OpenPoll<WorkflowTask> {
    return this.poll(buildId, { taskQueue: { name, normalName, kind: TaskQueueKind.TASK_QUEUE_KIND_STICKY } });
  }

  /** Workers of these builds asked for workflow tasks and activities, and went away. */
  async register(...buildIds: readonly string[]): Promise<void> {
    for (const buildId of buildIds) {
      for (const poll of [this.poll(buildId), this.pollActivity(buildId)]) {
        await poll.giveUp();
      }
    }
    await this.engine.workflow.describeWorkerDeployment({ namespace: NAMESPACE, deploymentName: this.name });
  }

  complete(task: WorkflowTask, { buildId, behavior, commands = [], ...over }: Done): Promise<unknown> {
    return this.engine.complete(task, commands, { deploymentOptions: this.options(buildId), versioningBehavior: behavior, ...over });
  }

  /** The next workflow task for a build, done by it. */
  async step(done: Done): Promise<WorkflowTask> {
    const task = await this.poll(done.buildId).task;
    await this.complete(task, done);
    return task;
  }

  setCurrent(buildId: string, over: Partial<WorkflowMethods['setWorkerDeploymentCurrentVersion']['request']> = {}) {
    return this.engine.workflow.setWorkerDeploymentCurrentVersion({
      namespace: NAMESPACE,
      deploymentName: this.name,
      buildId,
      identity: 'operator',
      ...over,
    });
  }

  setRamping(buildId: string, percentage: number, over: Partial<WorkflowMethods['setWorkerDeploymentRampingVersion']['request']> = {}) {
    return this.engine.workflow.setWorkerDeploymentRampingVersion({
      namespace: NAMESPACE,
      deploymentName: this.name,
      buildId,
      percentage,
      identity: 'operator',
      ...over,
    });
  }

  describe(): Promise<Response<'describeWorkerDeployment'>> {
    return this.engine.workflow.describeWorkerDeployment({ namespace: NAMESPACE, deploymentName: this.name });
  }

  describeVersion(buildId: string): Promise<Response<'describeWorkerDeploymentVersion'>> {
    return this.engine.workflow.describeWorkerDeploymentVersion({ namespace: NAMESPACE, deploymentVersion: this.version(buildId) });
  }

  /** As the protocol names them, without the prefix: `CURRENT`. */
  async statusOf(buildId: string): Promise<string> {
    const { workerDeploymentVersionInfo: info } = await this.describeVersion(buildId);
    return (api.enums.v1.WorkerDeploymentVersionStatus[info?.status ?? 0] ?? '').replace('WORKER_DEPLOYMENT_VERSION_STATUS_', '');
  }

  pinned(buildId: string): Override {
    return { pinned: { behavior: PINNED_OVERRIDE_BEHAVIOR_PINNED, version: this.version(buildId) } };
  }
}

interface Done extends Omit<Completion, 'commands'> {
  readonly buildId: string;
  readonly behavior: number;
  readonly commands?: readonly Command[];
}

function open<Task extends { readonly taskToken: Uint8Array }>(
  call: (options: { readonly deadline: number; readonly signal: AbortSignal }) => Promise<Task>,
): OpenPoll<Task> {
  const leaving = new AbortController();
  const polled = call({ deadline: Date.now() + POLL_MS, signal: leaving.signal });
  let hasTask = false;
  const settled = polled.then(
    ({ taskToken }) => {
      hasTask = taskToken.length > 0;
    },
    () => undefined,
  );
  const task = polled.then((found) => {
    if (found.taskToken.length === 0) throw new Error('no task came');
    return found;
  });
  // A poll that is given up has nobody who waits for its task.
  task.catch(() => undefined);
  return {
    task,
    async giveUp() {
      // What the engine has to hand out is handed out within a few turns.
      for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      leaving.abort();
      await settled;
      return !hasTask;
    },
  };
}

/** Sets the override of a run, or takes it away. */
export const override = (engine: WholeEngine, { workflowId, runId = '' }: RunName, versioningOverride: Override | undefined) =>
  engine.workflow.updateWorkflowExecutionOptions({
    namespace: NAMESPACE,
    workflowExecution: { workflowId, runId },
    workflowExecutionOptions: versioningOverride === undefined ? {} : { versioningOverride },
    updateMask: { paths: ['versioning_override'] },
    identity: 'operator',
  });

/** What a description says of a run's version, and of it in its search attributes. */
export async function versioningOf(engine: WholeEngine, run: RunName) {
  const { workflowExecutionInfo: info } = await engine.describe(run);
  const attributes = Object.entries(info?.searchAttributes?.indexedFields ?? {}).map(([name, payload]) => [
    name,
    valuesOf({ payloads: [payload] })[0],
  ]);
  return { info: info?.versioningInfo ?? undefined, attributes: Object.fromEntries(attributes) as Record<string, unknown> };
}
