/** What other parts have to do about a state: tasks to hand to workers. Found from a transition, and at start-up from the whole state. */
import type { temporal } from '@tidemark/protocol/types';
import type { RunKey } from '../../kernel/ids.ts';
import { optionsOf } from './activity.ts';
import type { Transition } from './decision.ts';
import { mergePriority } from './priority.ts';
import type { RunState } from './state.ts';
import { isOpen, isPaused } from './state.ts';

type Priority = temporal.api.common.v1.IPriority;

/** Tasks of one priority are shared out among these keys; a weight of 0 is none. */
export interface Fairness {
  readonly key: string;
  readonly weight: number;
}

export type Dispatch =
  | {
      readonly kind: 'workflow';
      readonly key: RunKey;
      readonly scheduledEventId: number;
      readonly attempt: number;
      readonly taskQueue: string;
      /** Tried first; the normal queue gets the task when no worker polls there any more. */
      readonly stickyQueue: string | undefined;
      readonly priority: number;
      readonly fairness: Fairness;
    }
  | {
      readonly kind: 'activity';
      readonly key: RunKey;
      readonly scheduledEventId: number;
      readonly stamp: number;
      readonly taskQueue: string;
      readonly priority: number;
      readonly fairness: Fairness;
    };

export function dispatchesOf({ changes, state }: Transition): readonly Dispatch[] {
  // Where the priority changed, all that waits is offered again under the new one; what is left of the old offers is stale.
  if (changes.some((change) => change.kind === 'event' && change.event.workflowExecutionOptionsUpdatedEventAttributes?.priority))
    return dispatchesOfState(state);
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
    ...urgencyOf(mergePriority(derived.priority, priority)),
  };
}
