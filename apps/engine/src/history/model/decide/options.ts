/** Options of a run that can be changed while it is open. */
import type { temporal } from '@tidemark/protocol/types';
import type { Decision, Env } from '../decision.ts';
import { rejected, unchanged } from '../decision.ts';
import type { Draft } from '../events.ts';
import { alreadyCompleted } from '../refusals.ts';
import type { RunState } from '../state.ts';
import { isOpen } from '../state.ts';
import { Step } from '../step.ts';
import type { Override } from '../versioning.ts';
import { isSameOverride, toOverride } from '../versioning.ts';

export type Priority = temporal.api.common.v1.IPriority;

export interface OptionsChange {
  /** Makes the new priority from the old one; nothing when the priority stays. */
  readonly priority: ((priority: Priority) => Priority) | undefined;
  /** The override that holds from now on, or none; nothing when it stays as it is. */
  readonly versioning?: { readonly override: Override | undefined };
  readonly identity: string;
}

export interface RunOptions {
  readonly priority: Priority | undefined;
  readonly override: Override | undefined;
}

/** Answers with the options that hold from now on. */
export function decideUpdateOptions(state: RunState, change: OptionsChange, env: Env): Decision<RunOptions> {
  if (!isOpen(state)) return rejected(alreadyCompleted());
  const { derived } = state;
  const before = derived.versioning?.override;
  const override = change.versioning === undefined ? before : change.versioning.override;
  if (change.versioning !== undefined && change.priority === undefined && isSameOverride(override, before))
    return unchanged({ priority: derived.priority, override });
  const step = Step.on(state, env);
  const updated = optionsUpdated(state, change);
  step.add(updated);
  return step.decide({ priority: updated.attributes.priority ?? derived.priority, override });
}

export function optionsUpdated({ derived }: RunState, change: OptionsChange): Draft<'workflowExecutionOptionsUpdated'> {
  const priority = change.priority?.(derived.priority ?? {});
  return {
    name: 'workflowExecutionOptionsUpdated',
    attributes: { ...(priority ? { priority } : {}), ...versioningOf(change), identity: change.identity },
    workerMayIgnore: true,
  };
}

function versioningOf({ versioning }: OptionsChange): temporal.api.history.v1.IWorkflowExecutionOptionsUpdatedEventAttributes {
  if (versioning === undefined) return {};
  return versioning.override === undefined ? { unsetVersioningOverride: true } : { versioningOverride: toOverride(versioning.override) };
}
