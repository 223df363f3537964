/** Lets the next workflow task go to any worker; no event tells of it. */
import type { Decision, Env } from '../decision.ts';
import { rejected, unchanged } from '../decision.ts';
import { alreadyCompleted } from '../refusals.ts';
import type { RunState } from '../state.ts';
import { isOpen } from '../state.ts';
import { Step } from '../step.ts';

export function decideResetSticky(state: RunState, env: Env): Decision<undefined> {
  if (!isOpen(state)) return rejected(alreadyCompleted());
  if (state.volatile.sticky === undefined) return unchanged(undefined);
  const step = Step.on(state, env);
  step.note({ type: 'stickySet', sticky: undefined });
  return step.decide(undefined);
}
