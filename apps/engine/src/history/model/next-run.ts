/** A run that follows another under the same workflow id: by continue-as-new or by the workflow's retry policy. */
import { api } from '@tidemark/protocol/api';
import { fromDuration, fromTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { runId } from '../../kernel/ids.ts';
import type { Duration } from '../../kernel/ports.ts';
import type { WorkerVersion } from '../../kernel/worker-version.ts';
import type { Transition } from './decision.ts';
import type { EventAttributes } from './events.ts';
import { forceCloseWorkflowTask } from './workflow-task.ts';
import { cronBackoff } from './cron.ts';
import { beginRun } from './new-run.ts';
import { toResetPoints } from './reset-points.ts';
import type { Verdict } from './retry.ts';
import { nextAttempt } from './retry.ts';
import type { Step } from './step.ts';
import { inheritedPin } from './versioning.ts';

const { ContinueAsNewInitiator, RetryState, TimeoutType } = api.enums.v1;
type StartAttributes = EventAttributes<'workflowExecutionStarted'>;
type Failure = temporal.api.failure.v1.IFailure;

export interface Following {
  readonly runId: string;
  /** Replaces what the run before was started with. */
  readonly attributes: StartAttributes;
  readonly initiator: temporal.api.enums.v1.ContinueAsNewInitiator;
  readonly backoff: Duration;
}

/** The first transition of the next run. What every chain keeps is copied here: ids, parent, root, deadline, priority, the builds it met. */
export function followingRun(step: Step, following: Following): Transition {
  const { key, start } = step.derived;
  const kept: StartAttributes = {
    firstExecutionRunId: start.firstExecutionRunId || key.runId,
    continuedExecutionRunId: key.runId,
    initiator: following.initiator,
    workflowExecutionTimeout: start.workflowExecutionTimeout ?? null,
    workflowExecutionExpirationTime: start.workflowExecutionExpirationTime ?? null,
    parentWorkflowNamespace: start.parentWorkflowNamespace ?? '',
    parentWorkflowNamespaceId: start.parentWorkflowNamespaceId ?? '',
    parentWorkflowExecution: start.parentWorkflowExecution ?? null,
    parentInitiatedEventId: start.parentInitiatedEventId ?? null,
    rootWorkflowExecution: start.rootWorkflowExecution ?? null,
    priority: step.derived.priority ?? null,
    prevAutoResetPoints: toResetPoints(step.derived.resetPoints),
  };
  const attributes = withoutNulls({ ...following.attributes, ...kept });
  const next = { key: { ...key, runId: runId(following.runId) }, attributes, firstTaskDelay: following.backoff, requestId: '' };
  return beginRun(next, step.env).finish();
}

const withoutNulls = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null && field !== undefined)) as T;

/** Runs of one id stand at least this far apart, so that a workflow that continues at once cannot spin. */
export function restartDelay(step: Step, wanted: Duration): Duration {
  const { start, startedAt } = step.derived;
  // A run that was held back itself has been at work only since then.
  const age = Math.max(step.env.now - startedAt - (fromDuration(start.firstWorkflowTaskBackoff) ?? 0), 0);
  return Math.max(wanted, step.env.limits.continueAsNewIntervalMinMs - age, 0);
}

export interface RetriedRun {
  readonly retryState: temporal.api.enums.v1.RetryState;
  readonly next: Transition | undefined;
}

/** The run that follows a failure: another attempt while the retry policy asks for one, then the next slot of the cron schedule. */
export function runAfterFailure(step: Step, failure: Failure): RetriedRun {
  const retried = retryRun(step, failure);
  if (retried.next !== undefined) return retried;
  return { ...retried, next: cronRun(step, { continuedFailure: failure }) };
}

/** The next slot of the cron schedule, where there is one. It is told the last result and, after a failure, that. */
export function cronRun(step: Step, told: Pick<StartAttributes, 'continuedFailure' | 'lastCompletionResult'>): Transition | undefined {
  const { start, startedAt } = step.derived;
  if (!start.cronSchedule) return undefined;
  const from = startedAt + (fromDuration(start.firstWorkflowTaskBackoff) ?? 0);
  const backoff = cronBackoff(start.cronSchedule, { from, now: step.env.now });
  if (backoff === undefined) return undefined;
  return followingRun(step, {
    runId: step.env.newId(),
    attributes: { ...repeatable(start), ...told, attempt: 1 },
    initiator: ContinueAsNewInitiator.CONTINUE_AS_NEW_INITIATOR_CRON_SCHEDULE,
    backoff,
  });
}

/** Whether the workflow's own retry policy asks for another run after this failure. */
function retryRun(step: Step, failure: Failure): RetriedRun {
  const { start } = step.derived;
  const verdict: Verdict = nextAttempt({
    policy: start.retryPolicy,
    attempt: start.attempt ?? 1,
    failure,
    now: step.env.now,
    deadline: fromTimestamp(start.workflowExecutionExpirationTime),
    capsRequestedDelay: true,
  });
  if (verdict.kind === 'stop') return { retryState: verdict.retryState, next: undefined };
  const next = followingRun(step, {
    runId: step.env.newId(),
    attributes: { ...repeatable(start), attempt: (start.attempt ?? 1) + 1, continuedFailure: failure },
    initiator: ContinueAsNewInitiator.CONTINUE_AS_NEW_INITIATOR_RETRY,
    backoff: restartDelay(step, verdict.interval),
  });
  return { retryState: RetryState.RETRY_STATE_IN_PROGRESS, next };
}

/** What a retried run takes from the start of the one before. */
function repeatable(start: StartAttributes): StartAttributes {
  return {
    workflowType: start.workflowType ?? null,
    taskQueue: start.taskQueue ?? null,
    input: start.input ?? null,
    workflowRunTimeout: start.workflowRunTimeout ?? null,
    workflowTaskTimeout: start.workflowTaskTimeout ?? null,
    retryPolicy: start.retryPolicy ?? null,
    cronSchedule: start.cronSchedule ?? '',
    memo: start.memo ?? null,
    searchAttributes: start.searchAttributes ?? null,
    header: start.header ?? null,
    inheritedPinnedVersion: start.inheritedPinnedVersion ?? null,
    lastCompletionResult: start.lastCompletionResult ?? null,
  };
}

/** A run timeout counts as a failed attempt of the workflow. Closes the run and returns the one that follows, if one does. */
export function timeOutRun(step: Step): Transition | undefined {
  const failure: Failure = {
    message: 'workflow timeout',
    source: 'Server',
    timeoutFailureInfo: { timeoutType: TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE },
  };
  const { retryState, next } = runAfterFailure(step, failure);
  forceCloseWorkflowTask(step);
  step.flush();
  step.write({ name: 'workflowExecutionTimedOut', attributes: { retryState, newExecutionRunId: next?.key.runId ?? '' } });
  return next;
}

/** The new run chooses its version by itself where the workflow asks for that, and where no worker of the old version polls its queue. */
function pinOfNext({ step, isServedBy }: Continuing, { initialVersioningBehavior, taskQueue }: ContinueCommand) {
  if (initialVersioningBehavior) return {};
  const queue = taskQueue?.name || (step.derived.start.taskQueue?.name ?? '');
  return inheritedPin(step.derived.versioning, (version) => isServedBy(queue, version));
}

interface Continuing {
  readonly step: Step;
  readonly isServedBy: (taskQueue: string, version: WorkerVersion) => boolean;
}

export type ContinueCommand = temporal.api.command.v1.IContinueAsNewWorkflowExecutionCommandAttributes;

/** Type, queue and timeouts are inherited where the command leaves them open; everything else comes from the command alone. */
export function continueAsNew(continuing: Continuing, command: ContinueCommand, newRunId: string): Transition {
  const { step } = continuing;
  const { start } = step.derived;
  return followingRun(step, {
    runId: newRunId,
    attributes: {
      workflowType: command.workflowType?.name ? command.workflowType : (start.workflowType ?? null),
      taskQueue: command.taskQueue?.name ? command.taskQueue : (start.taskQueue ?? null),
      input: command.input ?? null,
      workflowRunTimeout: fromDuration(command.workflowRunTimeout)
        ? (command.workflowRunTimeout ?? null)
        : (start.workflowRunTimeout ?? null),
      workflowTaskTimeout: fromDuration(command.workflowTaskTimeout)
        ? (command.workflowTaskTimeout ?? null)
        : (start.workflowTaskTimeout ?? null),
      retryPolicy: command.retryPolicy ?? null,
      cronSchedule: command.cronSchedule ?? '',
      memo: command.memo ?? null,
      searchAttributes: command.searchAttributes ?? null,
      header: command.header ?? null,
      continuedFailure: command.failure ?? null,
      lastCompletionResult: command.lastCompletionResult ?? null,
      attempt: 1,
      ...pinOfNext(continuing, command),
    },
    initiator: ContinueAsNewInitiator.CONTINUE_AS_NEW_INITIATOR_WORKFLOW,
    backoff: restartDelay(step, fromDuration(command.backoffStartInterval) ?? 0),
  });
}
