/** An activity that a worker of another version asks for before that version has had the workflow: the workflow task comes first. */
import type { WorkerVersion } from '../../../kernel/worker-version.ts';
import { isSameVersion } from '../../../kernel/worker-version.ts';
import { optionsOf } from '../activity.ts';
import type { Decision, Env } from '../decision.ts';
import { unchanged } from '../decision.ts';
import type { RunState } from '../state.ts';
import { isOpen } from '../state.ts';
import { Step } from '../step.ts';
import { pinnedVersionOf } from '../versioning.ts';

interface Asked {
  readonly scheduledEventId: number;
  readonly version: WorkerVersion | undefined;
}

/** Activities of other queues and other deployments are nobody's in particular: whoever is asked for them there may have them. */
export function mustHold({ derived, volatile }: RunState, { scheduledEventId, version }: Asked): boolean {
  const own = derived.versioning?.version;
  if (own === undefined || pinnedVersionOf(derived.versioning) !== undefined || isSameVersion(own, version)) return false;
  const activity = derived.activities.get(scheduledEventId);
  const progress = volatile.progress.get(scheduledEventId);
  if (activity === undefined || progress === undefined) return false;
  const isOwnQueue = optionsOf(activity, progress).taskQueue?.name === derived.start.taskQueue?.name;
  return isOwnQueue || version?.deploymentName === own.deploymentName;
}

/** The activity is offered again once a workflow task is completed. */
export function decideHoldActivity(state: RunState, scheduledEventId: number, env: Env): Decision<undefined> {
  const { heldForTask, progress } = state.volatile;
  if (!isOpen(state) || progress.get(scheduledEventId)?.phase !== 'scheduled' || heldForTask.includes(scheduledEventId))
    return unchanged(undefined);
  const step = Step.on(state, env);
  step.note({ type: 'heldForTask', held: [...heldForTask, scheduledEventId] });
  step.wakeUp();
  return step.decide(undefined);
}
