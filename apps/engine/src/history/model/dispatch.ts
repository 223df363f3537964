/** What other parts have to do about a state: tasks to hand to workers. Found from a transition, and at start-up from the whole state. */
import type { temporal } from '@tidemark/protocol/types';
import type { RunKey } from '../../kernel/ids.ts';
import type { WorkerVersion } from '../../kernel/worker-version.ts';
import { optionsOf } from './activity.ts';
import type { Transition } from './decision.ts';
import { mergePriority } from './priority.ts';
import type { RunState } from './state.ts';
import { isOpen, isPaused } from './state.ts';
import { pinnedVersionOf } from './versioning.ts';

type Priority = temporal.api.common.v1.IPriority;

/** Tasks of one priority are shared out among these keys; a weight of 0 is none. */
export interface Fairness {
  readonly key: string;
  readonly weight: number;
}

interface Offered {
  readonly key: RunKey;
  readonly scheduledEventId: number;
  readonly taskQueue: string;
  readonly priority: number;
  readonly fairness: Fairness;
  /** Only workers of this version may have it; absent where the queue's current version may. */
  readonly pinnedTo?: WorkerVersion;
  /** It was offered before, under other terms: what is left of that is void. */
  readonly isAgain?: true;
}

export type Dispatch =
  | (Offered & {
      readonly kind: 'workflow';
      readonly attempt: number;
      /** Tried first; the normal queue gets the task when no worker polls there any more. */
      readonly stickyQueue: string | undefined;
      /** Of the worker behind the sticky queue. */
      readonly stickyVersion: WorkerVersion | undefined;
    })
  | (Offered & { readonly kind: 'activity'; readonly stamp: number });

export function dispatchesOf({ changes, state }: Transition): readonly Dispatch[] {
  // Where the priority or the version changed, all that waits is offered again under the new one; what is left of the old offers is stale.
  if (changes.some((change) => change.kind === 'event' && changesOffers(change.event.workflowExecutionOptionsUpdatedEventAttributes)))
    return dispatchesOfState(state).map((dispatch) => ({ ...dispatch, isAgain: true }));
  const found: Dispatch[] = [];
  const activities = new Set<number>();
  let hasTask = false;
  for (const change of changes) {
    if (change.kind !== 'note') continue;
    if (change.note.type === 'runPaused' && change.note.pause === undefined) return dispatchesOfState(state);
    if (change.note.type === 'workflowTaskSet' || change.note.type === 'speculativeTask') hasTask = true;
    if (change.note.type === 'activityProgress') activities.add(change.note.scheduledEventId);
  }
  if (hasTask) found.push(...workflowDispatch(state));
  for (const scheduledEventId of activities) found.push(...activityDispatch(state, scheduledEventId));
  return found;
}

type Updated = temporal.api.history.v1.IWorkflowExecutionOptionsUpdatedEventAttributes;

const changesOffers = (updated: Updated | null | undefined): boolean =>
  Boolean(updated?.priority ?? updated?.versioningOverride) || updated?.unsetVersioningOverride === true;

const pinOf = ({ versioning }: RunState['derived']): Pick<Offered, 'pinnedTo'> => {
  const pinnedTo = pinnedVersionOf(versioning);
  return pinnedTo === undefined ? {} : { pinnedTo };
};

/** Everything that waits in this run. */
export function dispatchesOfState(state: RunState): readonly Dispatch[] {
  const found: Dispatch[] = [...workflowDispatch(state)];
  for (const [scheduledEventId] of state.volatile.progress.entries()) found.push(...activityDispatch(state, scheduledEventId));
  return found;
}

/** Cheap and on the safe side: true may mean that nothing waits. */
export function mayHaveDispatches({ derived, volatile }: RunState): boolean {
  return derived.closedAt === undefined && (volatile.workflowTask?.startedEventId === 0 || volatile.progress.size > 0);
}

const DEFAULT_PRIORITY = 3;

const urgencyOf = (priority: Priority | undefined): Pick<Dispatch, 'priority' | 'fairness'> => ({
  priority: priority?.priorityKey || DEFAULT_PRIORITY,
  fairness: { key: priority?.fairnessKey ?? '', weight: priority?.fairnessWeight ?? 0 },
});

function* workflowDispatch({ derived, volatile }: RunState): Iterable<Dispatch> {
  const task = volatile.workflowTask;
  if (derived.closedAt !== undefined || task === undefined || task.startedEventId !== 0) return;
  yield {
    kind: 'workflow',
    key: derived.key,
    scheduledEventId: task.scheduledEventId,
    attempt: task.attempt,
    taskQueue: derived.start.taskQueue?.name ?? '',
    stickyQueue: task.sticky?.taskQueue,
    stickyVersion: task.sticky?.version,
    ...pinOf(derived),
    ...urgencyOf(derived.priority),
  };
}

function* activityDispatch(state: RunState, scheduledEventId: number): Iterable<Dispatch> {
  const { derived, volatile } = state;
  const progress = volatile.progress.get(scheduledEventId);
  const activity = derived.activities.get(scheduledEventId);
  if (!isOpen(state) || isPaused(state) || activity === undefined || progress?.phase !== 'scheduled' || progress.pause !== undefined)
    return;
  const { taskQueue, priority } = optionsOf(activity, progress);
  yield {
    kind: 'activity',
    key: derived.key,
    scheduledEventId,
    stamp: progress.stamp,
    taskQueue: taskQueue?.name ?? '',
    ...pinOf(derived),
    ...urgencyOf(mergePriority(derived.priority, priority)),
  };
}
