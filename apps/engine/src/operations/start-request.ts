/** A start as its request asks for it: checked, its defaults filled in. */
import { api } from '@tidemark/protocol/api';
import { toDuration } from '@tidemark/protocol/time';
import type { google, temporal } from '@tidemark/protocol/types';
import { cronBackoff, faultOfCron } from '../history/model/cron.ts';
import type { StartRequest } from '../history/model/decide/start.ts';
import { faultOfPriority } from '../history/model/priority.ts';
import { completeRetryPolicy, faultOfRetryPolicy } from '../history/model/retry.ts';
import type { Override } from '../history/model/versioning.ts';
import { toOverride, versionOfWorker } from '../history/model/versioning.ts';
import { EngineError } from '../kernel/engine-error.ts';
import { runId, workflowId } from '../kernel/ids.ts';
import type { WorkerVersion } from '../kernel/worker-version.ts';
import { isSameVersion } from '../kernel/worker-version.ts';
import { faultOfSearchAttributes, withTypes } from '../visibility/model/search-attributes.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { boundedId, checkLinks, checkMemo, checkPayloads, invalid, requireDuration, requireId, requireTaskQueue } from './validate.ts';
import { requireOverride } from './versioning-override.ts';

const { ContinueAsNewInitiator, TaskQueueKind, WorkflowIdConflictPolicy: Conflict, WorkflowIdReusePolicy: Reuse } = api.enums.v1;
type Start = temporal.api.workflowservice.v1.IStartWorkflowExecutionRequest;
/** Signal-with-start has the same fields, and its signal's beside them. */
type Request = Start & temporal.api.workflowservice.v1.ISignalWithStartWorkflowExecutionRequest;

export const withoutCallbacks = (): EngineError =>
  new EngineError('unimplemented', 'completion callbacks are not implemented by this server');

export function toStart(engine: Engine, request: Request, call: NamespaceCall): StartRequest {
  const id = requireId(engine, 'WorkflowId', request.workflowId);
  const timeouts = timeoutsOf(engine, request);
  checkPolicies(request);
  const taskQueue = requireTaskQueue(engine, request.taskQueue);
  const requestId = boundedId(engine, 'RequestId', request.requestId) || engine.random.uuid();
  const firstTaskDelay = firstCronDelay(engine, request) || requireDuration('WorkflowStartDelaySeconds', request.workflowStartDelay);
  checkParts(engine, request, call);
  const override = request.versioningOverride ? requireOverride(engine, request.versioningOverride) : undefined;
  const version = versionOfWorker(request.eagerWorkerDeploymentOptions);
  // The starter may have the first task only where it would be the one to get it.
  const isMeant = isSameVersion(version, targetOf(engine, { call, taskQueue, workflowId: id, override }));
  const isEager = request.requestEagerExecution === true && firstTaskDelay === 0 && isMeant;
  return {
    ...(isEager ? { eagerTask: { requestId: engine.random.uuid(), identity: request.identity ?? '', version } } : {}),
    reusePolicy: request.workflowIdReusePolicy || Reuse.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
    conflictPolicy: request.workflowIdConflictPolicy || Conflict.WORKFLOW_ID_CONFLICT_POLICY_FAIL,
    run: {
      key: { namespaceId: call.namespace.id, workflowId: workflowId(id), runId: runId(engine.random.uuid()) },
      requestId,
      firstTaskDelay,
      links: request.links ?? [],
      ...(request.userMetadata ? { userMetadata: request.userMetadata } : {}),
      attributes: {
        workflowType: request.workflowType ?? null,
        taskQueue: { name: taskQueue, kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL },
        identity: request.identity ?? '',
        ...timeouts,
        ...(request.input ? { input: request.input } : {}),
        ...(request.memo ? { memo: request.memo } : {}),
        ...(request.searchAttributes ? { searchAttributes: withTypes(request.searchAttributes, call.namespace) } : {}),
        ...(request.header ? { header: request.header } : {}),
        ...(request.retryPolicy ? { retryPolicy: completeRetryPolicy(request.retryPolicy) } : {}),
        ...(request.cronSchedule
          ? { cronSchedule: request.cronSchedule, initiator: ContinueAsNewInitiator.CONTINUE_AS_NEW_INITIATOR_CRON_SCHEDULE }
          : {}),
        ...(request.priority ? { priority: request.priority } : {}),
        ...(override === undefined ? {} : { versioningOverride: toOverride(override) }),
        ...(request.lastCompletionResult ? { lastCompletionResult: request.lastCompletionResult } : {}),
        ...(request.continuedFailure ? { continuedFailure: request.continuedFailure } : {}),
        ...(isEager ? { eagerExecutionAccepted: true } : {}),
      },
    },
  };
}

interface FirstTask {
  readonly call: NamespaceCall;
  readonly taskQueue: string;
  readonly workflowId: string;
  readonly override: Override | undefined;
}

/** The version that the first task of a run would go to. */
function targetOf({ deployments }: Engine, { call, taskQueue, workflowId: id, override }: FirstTask): WorkerVersion | undefined {
  const pinnedTo = override?.kind === 'pinned' ? override.version : undefined;
  return deployments.versionFor({ namespaceId: call.namespace.id, kind: 'workflow', name: taskQueue, workflowId: id, pinnedTo });
}

function checkParts(engine: Engine, request: Request, { namespace }: NamespaceCall): void {
  if (!request.workflowType?.name) throw invalid('WorkflowType is not set on request.');
  boundedId(engine, 'WorkflowType', request.workflowType.name);
  const retryFault = faultOfRetryPolicy(request.retryPolicy);
  if (retryFault !== undefined) throw invalid(retryFault);
  const priorityFault = faultOfPriority(request.priority);
  if (priorityFault !== undefined) throw invalid(priorityFault);
  if (request.completionCallbacks?.length) throw withoutCallbacks();
  checkPayloads(engine, request.input);
  checkMemo(engine, request.memo);
  checkLinks(engine, request.links);
  const attributeFault = request.searchAttributes ? faultOfSearchAttributes(request.searchAttributes, namespace) : undefined;
  if (attributeFault !== undefined) throw invalid(attributeFault);
}

interface Timeouts {
  readonly workflowExecutionTimeout?: google.protobuf.IDuration;
  readonly workflowRunTimeout?: google.protobuf.IDuration;
  readonly workflowTaskTimeout: google.protobuf.IDuration;
}

/** A run never outlives its execution, and a task never its run; zero means no limit, for a task the default. */
function timeoutsOf({ limits }: Engine, request: Start): Timeouts {
  const execution = requireDuration('WorkflowExecutionTimeoutSeconds', request.workflowExecutionTimeout);
  const givenRun = requireDuration('WorkflowRunTimeoutSeconds', request.workflowRunTimeout);
  const givenTask = requireDuration('WorkflowTaskTimeoutSeconds', request.workflowTaskTimeout);
  const run = execution > 0 ? Math.min(givenRun || execution, execution) : givenRun;
  const task = Math.min(givenTask || limits.workflowTaskTimeoutDefaultMs, limits.workflowTaskTimeoutMaxMs, run || Infinity);
  return {
    ...(execution > 0 ? { workflowExecutionTimeout: toDuration(execution) } : {}),
    ...(run > 0 ? { workflowRunTimeout: toDuration(run) } : {}),
    workflowTaskTimeout: toDuration(task),
  };
}

function checkPolicies({ workflowIdReusePolicy: reuse, workflowIdConflictPolicy: conflict }: Start): void {
  if (reuse === Reuse.WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING && conflict) {
    throw invalid(
      'Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING cannot be used together with a WorkflowIDConflictPolicy',
    );
  }
  if (reuse === Reuse.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE && conflict === Conflict.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING) {
    throw invalid(
      'Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE cannot be used together with WorkflowIdConflictPolicy WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING',
    );
  }
}

/** Of the first run too: a cron workflow waits for its first slot. */
function firstCronDelay({ clock }: Engine, { cronSchedule, workflowStartDelay }: Start): number {
  if (!cronSchedule) return 0;
  if (workflowStartDelay) throw invalid('CronSchedule and WorkflowStartDelay may not be used together.');
  const fault = faultOfCron(cronSchedule);
  if (fault !== undefined) throw invalid(fault);
  const now = clock.now();
  return cronBackoff(cronSchedule, { from: now, now }) ?? 0;
}
