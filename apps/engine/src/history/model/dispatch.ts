/** What other parts have to do about a state: tasks to hand to workers. Found from a transition, and at start-up from the whole state. */
import type { RunKey } from '../../kernel/ids.ts';
import { optionsOf } from './activity.ts';
import type { Transition } from './decision.ts';
import type { RunState } from './state.ts';

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
    }
  | {
      readonly kind: 'activity';
      readonly key: RunKey;
      readonly scheduledEventId: number;
      readonly stamp: number;
      readonly taskQueue: string;
      readonly priority: number;
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
    priority: derived.priority?.priorityKey || DEFAULT_PRIORITY,
  };
}

function* activityDispatch({ derived, volatile }: RunState, scheduledEventId: number): Iterable<Dispatch> {
  const progress = volatile.progress.get(scheduledEventId);
  const activity = derived.activities.get(scheduledEventId);
  if (derived.closedAt !== undefined || activity === undefined || progress?.phase !== 'scheduled' || progress.pause !== undefined) return;
  const { taskQueue, priority } = optionsOf(activity, progress);
  yield {
    kind: 'activity',
    key: derived.key,
    scheduledEventId,
    stamp: progress.stamp,
    taskQueue: taskQueue?.name ?? '',
    priority: priority?.priorityKey || derived.priority?.priorityKey || DEFAULT_PRIORITY,
  };
}
