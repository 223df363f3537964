/** A poll of a worker, as matching sees it. */
import type { temporal } from '@tidemark/protocol/types';
import { EngineError } from '../kernel/engine-error.ts';
import type { Instant } from '../kernel/ports.ts';
import type { QueueName } from '../matching/matching.ts';
import type { Poller } from '../matching/task-queue.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { boundedId, invalid } from './validate.ts';

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
    buildId: request.deploymentOptions?.buildId || request.workerVersionCapabilities?.buildId || request.binaryChecksum || '',
    tasksPerSecondMax: request.taskQueueMetadata?.maxTasksPerSecond?.value ?? undefined,
  };
}
