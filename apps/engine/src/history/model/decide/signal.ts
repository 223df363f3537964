/** Signals: recorded once per request id, seen by the next workflow task. */
import { api } from '@tidemark/protocol/api';
import type { temporal } from '@tidemark/protocol/types';
import type { Decision, Env } from '../decision.ts';
import { rejected, unchanged } from '../decision.ts';
import { beginRun } from '../new-run.ts';
import { alreadyCompleted, closing, invalid, isClosing } from '../refusals.ts';
import type { RunState } from '../state.ts';
import { isOpen } from '../state.ts';
import { Step } from '../step.ts';
import type { StartReply, StartRequest } from './start.ts';
import { admit, replyOf } from './start.ts';

const { WorkflowIdConflictPolicy: Conflict } = api.enums.v1;

export interface SignalRequest {
  readonly signalName: string;
  readonly input: temporal.api.common.v1.IPayloads | null | undefined;
  readonly header: temporal.api.common.v1.IHeader | null | undefined;
  readonly identity: string;
  readonly requestId: string;
  readonly links: readonly temporal.api.common.v1.ILink[];
  /** The workflow that sends it, where one does. */
  readonly external?: temporal.api.common.v1.IWorkflowExecution;
}

export function decideSignal(state: RunState, request: SignalRequest, env: Env): Decision<undefined> {
  if (!isOpen(state)) return rejected(alreadyCompleted());
  if (state.volatile.requestIds.has(request.requestId)) return unchanged(undefined);
  if (isClosing(state)) return rejected(closing());
  if (state.derived.signalCount >= env.limits.signalsMax) return rejected(tooManySignals(env.limits.signalsMax));
  const step = Step.on(state, env);
  addSignal(step, request);
  return step.decide(undefined);
}

export interface SignalWithStart {
  readonly start: StartRequest;
  readonly signal: SignalRequest;
}

/** Signals the run that is there, or starts one whose first events are its start and the signal. */
export function decideSignalWithStart(current: RunState | undefined, { start, signal }: SignalWithStart, env: Env): Decision<StartReply> {
  if (current !== undefined && isOpen(current) && !replacesRunning(start)) {
    const reply = replyOf(current, false);
    if (current.volatile.requestIds.has(signal.requestId)) return unchanged(reply);
    if (isClosing(current)) return rejected(closing());
    if (current.derived.signalCount >= env.limits.signalsMax) return rejected(tooManySignals(env.limits.signalsMax));
    const step = Step.on(current, env);
    addSignal(step, signal);
    step.wakeUp();
    return step.decide(reply);
  }
  // The request id that started a run which has ended does not answer for it: a new run begins.
  const unrepeatable = { ...start, run: { ...start.run, requestId: current !== undefined && isOpen(current) ? start.run.requestId : '' } };
  const before = current === undefined ? { kind: 'free' as const } : admit(current, unrepeatable, env);
  if (before.kind === 'refused') return rejected(before.error);
  if (before.kind === 'existing') return unchanged(before.reply);
  const step = beginRun(start.run, env);
  addSignal(step, signal);
  const started = step.finish();
  const others = before.kind === 'replaces' ? [before.terminated] : [];
  return { kind: 'transition', transitions: [started, ...others], reply: replyOf(started.state, true) };
}

const replacesRunning = (start: StartRequest): boolean => start.conflictPolicy === Conflict.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING;

function addSignal(step: Step, request: SignalRequest): void {
  if (request.requestId !== '') step.note({ type: 'requestSeen', requestId: request.requestId });
  step.add({
    name: 'workflowExecutionSignaled',
    attributes: {
      signalName: request.signalName,
      identity: request.identity,
      ...(request.input ? { input: request.input } : {}),
      ...(request.header ? { header: request.header } : {}),
      ...(request.external ? { externalWorkflowExecution: request.external } : {}),
    },
    links: request.links,
  });
}

const tooManySignals = (max: number) => invalid(`exceeded workflow execution limit for signal events: ${max}`);
