/** Update-with-start: one commit that starts the run and admits the update, or admits it to the run that is there. */
import { api } from '@tidemark/protocol/api';
import { EngineError } from '../../../kernel/engine-error.ts';
import type { RunKey } from '../../../kernel/ids.ts';
import type { Decision, Env } from '../decision.ts';
import { rejected, unchanged } from '../decision.ts';
import { beginRun } from '../new-run.ts';
import type { RunState } from '../state.ts';
import { isOpen } from '../state.ts';
import type { StartReply, StartRequest } from './start.ts';
import { admit, replyOf } from './start.ts';
import type { UpdateAdmission } from './update.ts';
import { decideAdmitUpdate, isKnownUpdate, noteAdmitted, statusOfUpdate } from './update.ts';

const { WorkflowIdConflictPolicy: Conflict } = api.enums.v1;

export interface UpdateWithStart {
  readonly start: StartRequest;
  readonly update: UpdateAdmission;
}

export interface UpdateWithStartReply {
  /** The run that has the update. */
  readonly key: RunKey;
  readonly start: StartReply;
}

export function decideUpdateWithStart(
  current: RunState | undefined,
  { start, update }: UpdateWithStart,
  env: Env,
): Decision<UpdateWithStartReply> {
  if (current !== undefined) {
    const existing = { key: current.derived.key, start: replyOf(current, false) };
    // Whoever sends the same update again gets its outcome, from a closed run too.
    if (isKnownUpdate(current, update.updateId) && !isLost(current, update.updateId)) return unchanged(existing);
    const joins = start.conflictPolicy === Conflict.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING;
    const isSameStart = start.run.requestId !== '' && current.volatile.startRequestId === start.run.requestId;
    if (isOpen(current) && (joins || isSameStart)) return admitTo(current, { update, reply: existing }, env);
  }
  const before = current === undefined ? { kind: 'free' as const } : admit(current, start, env);
  if (before.kind === 'refused') return rejected(multiFailure(before.error, undefined));
  if (before.kind === 'existing')
    return rejected(multiFailure(undefined, new EngineError('not-found', 'workflow execution already completed')));
  const step = beginRun(start.run, env);
  noteAdmitted(step, update);
  const started = step.finish();
  const others = before.kind === 'replaces' ? [before.terminated] : [];
  const reply = { key: started.key, start: replyOf(started.state, true) };
  return { kind: 'transition', transitions: [started, ...others], reply };
}

/** A run that closed before it took the update leaves it to the next one. */
function isLost(state: RunState, updateId: string): boolean {
  const status = statusOfUpdate(state, updateId);
  return status.stage === 'aborted' && !status.wasAccepted;
}

function admitTo(
  current: RunState,
  { update, reply }: { readonly update: UpdateAdmission; readonly reply: UpdateWithStartReply },
  env: Env,
): Decision<UpdateWithStartReply> {
  const decision = decideAdmitUpdate(current, update, env);
  if (decision.kind === 'rejected') return rejected(multiFailure(undefined, decision.error));
  return { ...decision, reply };
}

/** The run was started, and ended before it took the update. */
export const failureAfterStart = (update: EngineError): EngineError => failureOf([undefined, update]);

/** One part failed, so the other was not done. */
export function multiFailure(start: EngineError | undefined, update: EngineError | undefined): EngineError {
  const aborted = new EngineError('aborted-operation', 'Operation was aborted.');
  return failureOf([start ?? aborted, update ?? aborted]);
}

const failureOf = (operations: readonly (EngineError | undefined)[]): EngineError =>
  new EngineError('multi-operation', 'Update-with-Start could not be executed.', { operations });
