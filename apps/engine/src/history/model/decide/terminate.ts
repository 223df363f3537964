/** Termination: at once, whatever the workflow is doing. */
import type { Termination } from '../closing.ts';
import { terminate } from '../closing.ts';
import type { Decision, Env } from '../decision.ts';
import { rejected } from '../decision.ts';
import { alreadyCompleted, notInChain } from '../refusals.ts';
import type { RunState } from '../state.ts';
import { isOpen } from '../state.ts';
import { Step } from '../step.ts';
import { belongsToChain } from './cancel.ts';

export interface TerminateRequest extends Termination {
  readonly firstExecutionRunId: string;
}

export function decideTerminate(state: RunState, request: TerminateRequest, env: Env): Decision<undefined> {
  if (!belongsToChain(state, request.firstExecutionRunId)) {
    return rejected(notInChain());
  }
  if (!isOpen(state)) return rejected(alreadyCompleted());
  const step = Step.on(state, env);
  terminate(step, request);
  return step.decide(undefined);
}
