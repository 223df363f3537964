/** Options of a run that can be changed while it is open. */
import type { temporal } from '@tidemark/protocol/types';
import type { Decision, Env } from '../decision.ts';
import { rejected } from '../decision.ts';
import type { Draft } from '../events.ts';
import { alreadyCompleted } from '../refusals.ts';
import type { RunState } from '../state.ts';
import { isOpen } from '../state.ts';
import { Step } from '../step.ts';

export type Priority = temporal.api.common.v1.IPriority;

export interface OptionsChange {
  /** Makes the new priority from the old one; nothing when the priority stays. */
  readonly priority: ((priority: Priority) => Priority) | undefined;
  readonly identity: string;
}

/** Answers with the priority that holds from now on. */
export function decideUpdateOptions(state: RunState, change: OptionsChange, env: Env): Decision<Priority | undefined> {
  if (!isOpen(state)) return rejected(alreadyCompleted());
  const step = Step.on(state, env);
  const updated = optionsUpdated(state, change);
  step.add(updated);
  return step.decide(updated.attributes.priority ?? state.derived.priority);
}

export function optionsUpdated({ derived }: RunState, change: OptionsChange): Draft<'workflowExecutionOptionsUpdated'> {
  const priority = change.priority?.(derived.priority ?? {});
  return {
    name: 'workflowExecutionOptionsUpdated',
    attributes: { ...(priority ? { priority } : {}), unsetVersioningOverride: true, identity: change.identity },
    workerMayIgnore: true,
  };
}
