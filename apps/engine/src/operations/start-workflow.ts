/** Starts a workflow, or answers with the run that is there; with a signal, in one step. */
import { api } from '@tidemark/protocol/api';
import { toDuration } from '@tidemark/protocol/time';
import type { google, temporal } from '@tidemark/protocol/types';
import type { SignalRequest } from '../history/model/decide/signal.ts';
import { decideSignalWithStart } from '../history/model/decide/signal.ts';
import type { StartReply, StartRequest } from '../history/model/decide/start.ts';
import { decideStart } from '../history/model/decide/start.ts';
import { cronBackoff, faultOfCron } from '../history/model/cron.ts';
import { faultOfPriority } from '../history/model/priority.ts';
import { completeRetryPolicy, faultOfRetryPolicy } from '../history/model/retry.ts';
import { runId, workflowId } from '../kernel/ids.ts';
import { faultOfSearchAttributes, withTypes } from '../visibility/model/search-attributes.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { boundedId, checkLinks, checkMemo, checkPayloads, invalid, requireDuration, requireId, requireTaskQueue } from './validate.ts';

const { ContinueAsNewInitiator, TaskQueueKind, WorkflowIdConflictPolicy: Conflict, WorkflowIdReusePolicy: Reuse } = api.enums.v1;
type Start = temporal.api.workflowservice.v1.IStartWorkflowExecutionRequest;
type SignalWithStart = temporal.api.workflowservice.v1.ISignalWithStartWorkflowExecutionRequest;
type StartResponse = temporal.api.workflowservice.v1.IStartWorkflowExecutionResponse;

export async function startWorkflow(engine: Engine, request: Start, call: NamespaceCall): Promise<StartResponse> {
  const start = toStart(engine, request, call);
  const reply = await engine.history.transactCurrent({ workflow: start.run.key }, (current, env) => decideStart(current, start, env));
  return { ...toResponse(reply), status: reply.status };
}

export async function signalWithStartWorkflow(
  engine: Engine,
  request: SignalWithStart,
  call: NamespaceCall,
): Promise<temporal.api.workflowservice.v1.ISignalWithStartWorkflowExecutionResponse> {
  if (request.workflowIdConflictPolicy === Conflict.WORKFLOW_ID_CONFLICT_POLICY_FAIL) {
    throw invalid('Invalid WorkflowIDConflictPolicy: WORKFLOW_ID_CONFLICT_POLICY_FAIL is not supported for this operation.');
  }
  const signal = toSignal(engine, request);
  const base = toStart(engine, request, call);
  const conflictPolicy = request.workflowIdConflictPolicy || Conflict.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING;
  const replaces = base.reusePolicy === Reuse.WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING;
  const start = { ...base, conflictPolicy: replaces ? Conflict.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING : conflictPolicy };
  const reply = await engine.history.transactCurrent({ workflow: start.run.key }, (current, env) =>
    decideSignalWithStart(current, { start, signal }, env),
  );
  return toResponse(reply);
}

const toResponse = ({ runId: id, firstExecutionRunId, started }: StartReply): StartResponse => ({
  runId: id,
  firstExecutionRunId,
  started,
});

function toSignal(engine: Engine, request: SignalWithStart): SignalRequest {
  const signalName = requireId(engine, 'SignalName', request.signalName);
  checkPayloads(engine, request.signalInput);
  return {
    signalName,
    input: request.signalInput,
    header: request.header,
    identity: request.identity ?? '',
    requestId: request.requestId || engine.random.uuid(),
    links: request.links ?? [],
  };
}

export function toStart(engine: Engine, request: Start & SignalWithStart, call: NamespaceCall): StartRequest {
  const id = requireId(engine, 'WorkflowId', request.workflowId);
  const timeouts = timeoutsOf(engine, request);
  checkPolicies(request);
  if (!request.workflowType?.name) throw invalid('WorkflowType is not set on request.');
  boundedId(engine, 'WorkflowType', request.workflowType.name);
  const taskQueue = requireTaskQueue(engine, request.taskQueue);
  const requestId = boundedId(engine, 'RequestId', request.requestId) || engine.random.uuid();
  const firstTaskDelay = firstCronDelay(engine, request) || requireDuration('WorkflowStartDelaySeconds', request.workflowStartDelay);
  const retryFault = faultOfRetryPolicy(request.retryPolicy);
  if (retryFault !== undefined) throw invalid(retryFault);
  const priorityFault = faultOfPriority(request.priority);
  if (priorityFault !== undefined) throw invalid(priorityFault);
  checkPayloads(engine, request.input);
  checkMemo(engine, request.memo);
  checkLinks(engine, request.links);
  const attributeFault = request.searchAttributes ? faultOfSearchAttributes(request.searchAttributes, call.namespace) : undefined;
  if (attributeFault !== undefined) throw invalid(attributeFault);
  return {
    reusePolicy: request.workflowIdReusePolicy || Reuse.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
    conflictPolicy: request.workflowIdConflictPolicy || Conflict.WORKFLOW_ID_CONFLICT_POLICY_FAIL,
    run: {
      key: { namespaceId: call.namespace.id, workflowId: workflowId(id), runId: runId(engine.random.uuid()) },
      requestId,
      firstTaskDelay,
      links: request.links ?? [],
      ...(request.userMetadata ? { userMetadata: request.userMetadata } : {}),
      attributes: {
        workflowType: request.workflowType,
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
        ...(request.lastCompletionResult ? { lastCompletionResult: request.lastCompletionResult } : {}),
        ...(request.continuedFailure ? { continuedFailure: request.continuedFailure } : {}),
        ...(request.completionCallbacks?.length ? { completionCallbacks: request.completionCallbacks } : {}),
      },
    },
  };
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
