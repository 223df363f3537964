/** Start: a new run, the run that is there, or a refusal, by the id policies. */
import { api } from '@tidemark/protocol/api';
import type { temporal } from '@tidemark/protocol/types';
import { EngineError } from '../../../kernel/engine-error.ts';
import type { WorkerVersion } from '../../../kernel/worker-version.ts';
import { terminate } from '../closing.ts';
import type { Decision, Env, Transition } from '../decision.ts';
import { rejected, unchanged } from '../decision.ts';
import type { NewRun } from '../new-run.ts';
import { beginRun } from '../new-run.ts';
import type { RunState } from '../state.ts';
import { isOpen } from '../state.ts';
import { statusOf } from '../status.ts';
import { Step } from '../step.ts';
import type { StartedTask } from '../workflow-task.ts';
import { scheduleWorkflowTask, startWorkflowTask } from '../workflow-task.ts';

const { WorkflowExecutionStatus: Status, WorkflowIdConflictPolicy: Conflict, WorkflowIdReusePolicy: Reuse } = api.enums.v1;

/** What is done to the run that is there, where a start joins it. */
export interface Attachment {
  /** Empty when the request is not to be remembered. */
  readonly requestId: string;
  readonly links: readonly temporal.api.common.v1.ILink[];
}

export interface StartRequest {
  readonly run: NewRun;
  /** The starter is a worker and takes the first task with the answer. */
  readonly eagerTask?: { readonly requestId: string; readonly identity: string; readonly version?: WorkerVersion | undefined };
  readonly attach?: Attachment;
  readonly reusePolicy: temporal.api.enums.v1.WorkflowIdReusePolicy;
  readonly conflictPolicy: temporal.api.enums.v1.WorkflowIdConflictPolicy;
}

export interface StartReply {
  readonly runId: string;
  readonly firstExecutionRunId: string;
  /** False when an existing run answers. */
  readonly started: boolean;
  readonly status: number;
  /** Taken by the starter. */
  readonly eager: StartedTask | undefined;
}

export function decideStart(current: RunState | undefined, request: StartRequest, env: Env): Decision<StartReply> {
  const before = current === undefined ? { kind: 'free' as const } : admit(current, request, env);
  if (before.kind === 'existing') {
    return current === undefined || request.attach === undefined ? unchanged(before.reply) : join(current, request.attach, { env, before });
  }
  if (before.kind === 'refused') return rejected(before.error);
  const step = beginRun(request.run, env);
  const eager = request.eagerTask === undefined ? undefined : startFirstTask(step, request.eagerTask);
  const started = step.finish();
  const transitions: readonly Transition[] = before.kind === 'replaces' ? [started, before.terminated] : [started];
  return { kind: 'transition', transitions, reply: { ...replyOf(started.state, true), eager } };
}

function startFirstTask(step: Step, { requestId, identity, version }: NonNullable<StartRequest['eagerTask']>): StartedTask {
  scheduleWorkflowTask(step, { hasNewEvents: true });
  return { task: startWorkflowTask(step, { requestId, identity, version, onNormalQueue: true }), state: step.state };
}

/** The first task, while the starter that took it may still be working on it. */
function eagerTaskOf(state: RunState): StartedTask | undefined {
  const task = state.volatile.workflowTask;
  const isFirst = state.derived.workflowTasksCompleted === 0 && task?.attempt === 1 && task.startedEventId !== 0;
  return isFirst && state.derived.start.eagerExecutionAccepted === true ? { task, state } : undefined;
}

interface Joining {
  readonly env: Env;
  readonly before: Extract<Admission, { kind: 'existing' }>;
}

/** The run that is there remembers who joined it; the same request is written once. */
function join(current: RunState, attach: Attachment, { env, before }: Joining): Decision<StartReply> {
  const isKnown = attach.requestId !== '' && isAttached(current, attach.requestId);
  if (!isOpen(current) || isKnown || before.isSameRequest || (attach.requestId === '' && attach.links.length === 0))
    return unchanged(before.reply);
  const step = Step.on(current, env);
  step.add({
    name: 'workflowExecutionOptionsUpdated',
    attributes: { attachedRequestId: attach.requestId },
    links: attach.links,
    workerMayIgnore: true,
  });
  return step.decide(before.reply);
}

function isAttached({ derived, volatile }: RunState, requestId: string): boolean {
  if (derived.attachedRequestIds.has(requestId)) return true;
  return volatile.buffered.some(
    ({ name, attributes }) =>
      name === 'workflowExecutionOptionsUpdated' && 'attachedRequestId' in attributes && attributes.attachedRequestId === requestId,
  );
}

type Admission =
  | { readonly kind: 'free' }
  | { readonly kind: 'existing'; readonly reply: StartReply; readonly isSameRequest: boolean }
  | { readonly kind: 'refused'; readonly error: EngineError }
  | { readonly kind: 'replaces'; readonly terminated: Transition };

/** What the run that is there means for a start of the same id. */
export function admit(current: RunState, request: StartRequest, env: Env): Admission {
  const { derived } = current;
  if (isStartRequest(current, request.run.requestId)) {
    return { kind: 'existing', reply: { ...replyOf(current, true), eager: eagerTaskOf(current) }, isSameRequest: true };
  }
  if (!isOpen(current)) return admitAfterClose(current, request);
  const replaces = request.reusePolicy === Reuse.WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING;
  if (replaces || request.conflictPolicy === Conflict.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING) {
    const step = Step.on(current, env);
    terminate(step, {
      reason: 'TerminateIfRunning WorkflowIdReusePolicy',
      identity: 'history-service',
      details: { payloads: [jsonPayload(`terminated by new runID: ${request.run.key.runId}`)] },
    });
    return { kind: 'replaces', terminated: step.finish() };
  }
  if (request.conflictPolicy === Conflict.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING) {
    return { kind: 'existing', reply: replyOf(current, false), isSameRequest: false };
  }
  const { workflowId, runId } = derived.key;
  return {
    kind: 'refused',
    error: alreadyStarted(current, `Workflow execution is already running. WorkflowId: ${workflowId}, RunId: ${runId}.`),
  };
}

/** Reuse after a close; a run that failed in some way may be followed where the policy asks for a failure. */
function admitAfterClose(current: RunState, { reusePolicy }: StartRequest): Admission {
  const { key, status } = current.derived;
  const ended = `Workflow execution already finished. WorkflowId: ${key.workflowId}, RunId: ${key.runId}.`;
  if (reusePolicy === Reuse.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE) {
    return { kind: 'refused', error: alreadyStarted(current, `${ended} Workflow Id reuse policy: reject duplicate workflow Id.`) };
  }
  if (reusePolicy === Reuse.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY && !failedStatuses.has(status)) {
    const text = `${ended.replace('finished', 'finished successfully')} Workflow Id reuse policy: allow duplicate workflow Id if last run failed.`;
    return { kind: 'refused', error: alreadyStarted(current, text) };
  }
  return { kind: 'free' };
}

const failedStatuses: ReadonlySet<number> = new Set([
  Status.WORKFLOW_EXECUTION_STATUS_FAILED,
  Status.WORKFLOW_EXECUTION_STATUS_CANCELED,
  Status.WORKFLOW_EXECUTION_STATUS_TERMINATED,
  Status.WORKFLOW_EXECUTION_STATUS_TIMED_OUT,
]);

/** The request that made a run is the first thing it remembers; a run that followed another was made by nobody's request. */
function isStartRequest(state: RunState, requestId: string): boolean {
  return requestId !== '' && state.volatile.startRequestId === requestId;
}

const text = new TextEncoder();
export const jsonPayload = (value: unknown): temporal.api.common.v1.IPayload => ({
  metadata: { encoding: text.encode('json/plain') },
  data: text.encode(JSON.stringify(value)),
});

export function replyOf(state: RunState, started: boolean): StartReply {
  const { key, start } = state.derived;
  const firstExecutionRunId = start.firstExecutionRunId ?? key.runId;
  return { runId: key.runId, firstExecutionRunId, started, status: statusOf(state), eager: undefined };
}

function alreadyStarted(state: RunState, message: string): EngineError {
  const { key, start } = state.derived;
  return new EngineError('already-started', message, {
    startRequestId: state.volatile.startRequestId,
    runId: key.runId,
    firstExecutionRunId: start.firstExecutionRunId ?? key.runId,
  });
}
