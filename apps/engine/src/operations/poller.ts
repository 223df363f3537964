/** A poll of a worker, as matching sees it. */
import { api } from '@tidemark/protocol/api';
import type { temporal } from '@tidemark/protocol/types';
import type { RoutedQueue } from '../deployments/deployments.ts';
import type { RunState } from '../history/model/state.ts';
import { pinnedVersionOf, versionOfWorker } from '../history/model/versioning.ts';
import { EngineError } from '../kernel/engine-error.ts';
import type { NamespaceId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/ports.ts';
import type { WorkerVersion } from '../kernel/worker-version.ts';
import { isSameVersion } from '../kernel/worker-version.ts';
import type { QueueName, Task } from '../matching/matching.ts';
import type { PolledFor, Poller } from '../matching/task-queue.ts';
import { watchDrainage } from './drainage.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { boundedId, invalid } from './validate.ts';

const { WorkerVersioningMode } = api.enums.v1;
type PollRequest = Partial<
  temporal.api.workflowservice.v1.IPollWorkflowTaskQueueRequest & temporal.api.workflowservice.v1.IPollActivityTaskQueueRequest
>;

export type Scaling = Pick<temporal.api.workflowservice.v1.IPollWorkflowTaskQueueResponse, 'pollerScalingDecision'>;

/**
 * A hint to the worker, beside the task that a poll of that age got: hold more polls, or fewer. An answer without a task must stay empty:
 * workers take one that says anything for a broken task.
 */
export function scalingOf({ matching, clock }: Engine, queue: QueueName, since: Instant): Scaling {
  const delta = matching.pollsWanted(queue, clock.now() - since);
  return delta === undefined ? {} : { pollerScalingDecision: { pollRequestDeltaSuggestion: delta } };
}

type Options = temporal.api.deployment.v1.IWorkerDeploymentOptions | null | undefined;

function polledForOf(options: Options): PolledFor | undefined {
  if (!options?.deploymentName && !options?.buildId) return undefined;
  const { deploymentName, buildId } = options;
  return { deploymentName: deploymentName ?? '', buildId: buildId ?? '', isVersioned: versionOfWorker(options) !== undefined };
}

/** The version whose tasks the worker asks for, known to its deployment from then on; nothing for a worker without one. */
export async function joinDeployment(
  engine: Engine,
  { queue, call }: { readonly queue: RoutedQueue; readonly call: NamespaceCall },
  options: NonNullable<Options>,
): Promise<WorkerVersion | undefined> {
  if (options.workerVersioningMode !== WorkerVersioningMode.WORKER_VERSIONING_MODE_VERSIONED) return undefined;
  const deploymentName = requireDeploymentName(engine, options.deploymentName);
  if (!options.buildId) throw invalid('versioned worker must have build id');
  const version = { deploymentName, buildId: boundedId(engine, 'BuildId', options.buildId) };
  const { namespaceId } = queue;
  const versions = engine.deployments.find({ namespaceId, name: deploymentName })?.versions;
  // Where there is no room left, it matters which versions nobody needs any more.
  if (versions !== undefined && versions.size >= engine.limits.deploymentVersionsMax && !versions.has(version.buildId))
    await watchDrainage(engine, call, { namespaceId, name: deploymentName });
  await engine.deployments.register(queue, version, (buildId) => isPolled(engine, namespaceId, { deploymentName, buildId }));
  return version;
}

/** A dot and a colon stand between a deployment and its build wherever both are written as one. */
export function requireDeploymentName(engine: Engine, name: string | null | undefined): string {
  if (!name) throw invalid('versioned worker must have deployment name');
  if (/[.:]/.test(name)) throw invalid("deployment name cannot contain ':' or '.'");
  if (name.startsWith('__')) throw invalid("deployment name cannot start with '__'");
  return boundedId(engine, 'DeploymentName', name);
}

/** Whether a worker of the version asked for tasks in the last minutes. */
export function isPolled({ deployments, matching }: Engine, namespaceId: NamespaceId, version: WorkerVersion): boolean {
  const queues = deployments.findVersion(namespaceId, version)?.taskQueues ?? [];
  return queues.some((queue) => matching.pollers({ namespaceId, ...queue, version }).length > 0);
}

/** The version that a run's task is meant for; another one's worker must leave it. */
export const isMisplaced = (
  engine: Engine,
  { derived }: RunState,
  { queue, version }: { readonly queue: RoutedQueue; readonly version: WorkerVersion | undefined },
): boolean => {
  const pinnedTo = pinnedVersionOf(derived.versioning);
  return !isSameVersion(version, engine.deployments.versionFor({ ...queue, workflowId: derived.key.workflowId, pinnedTo }));
};

/** A task that waited where its run has gone from meanwhile: to the workers it is meant for now. */
export async function offerAgain(engine: Engine, task: Task, queueOf: (state: RunState) => RoutedQueue): Promise<void> {
  const { key } = task;
  const { queue, pinnedTo } = await engine.history.read({ workflow: key, runId: key.runId }, (state) => ({
    queue: queueOf(state),
    pinnedTo: pinnedVersionOf(state.derived.versioning),
  }));
  const version = engine.deployments.versionFor({ ...queue, workflowId: key.workflowId, pinnedTo });
  const { pinnedTo: _before, ...rest } = task;
  engine.matching.putBack({ ...queue, version }, pinnedTo === undefined ? rest : { ...rest, pinnedTo });
}

const DEADLINE_MIN_MS = 2000;
const ANSWER_MARGIN_MS = 1000;

/** Who polls must say how long it waits: a poll that nobody waits for would swallow a task. */
export function pollerOf(engine: Engine, request: PollRequest, call: NamespaceCall): Poller {
  const now = engine.clock.now();
  if (call.deadline === Infinity) throw invalid('Context timeout is not set.');
  if (call.deadline - now < DEADLINE_MIN_MS) throw new EngineError('failed-precondition', 'Context timeout is too short.');
  return {
    identity: boundedId(engine, 'Identity', request.identity),
    workerInstanceKey: request.workerInstanceKey ?? '',
    deadline: Math.min(call.deadline - ANSWER_MARGIN_MS, now + engine.limits.taskPollMs),
    signal: call.signal,
    deployment: polledForOf(request.deploymentOptions),
    buildId: request.deploymentOptions?.buildId || request.workerVersionCapabilities?.buildId || request.binaryChecksum || '',
    tasksPerSecondMax: request.taskQueueMetadata?.maxTasksPerSecond?.value ?? undefined,
  };
}
