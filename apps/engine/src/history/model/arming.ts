/** The earliest moment a transition adds to what may fall due: what it changed is looked at, and not everything that is pending. */
import type { Instant } from '../../kernel/ports.ts';
import { deadlinesOf } from './activity.ts';
import type { Change, Transition } from './decision.ts';
import { eventNameOf } from './events.ts';
import type { RunState } from './state.ts';
import { scheduleToStartOf } from './workflow-task.ts';

export function earliestDeadlineOf({ changes, state }: Transition): Instant | undefined {
  let earliest = Infinity;
  for (const change of changes) for (const at of deadlinesOfChange(change, state)) earliest = Math.min(earliest, at);
  return earliest === Infinity ? undefined : earliest;
}

function* deadlinesOfChange(change: Change, state: RunState): Iterable<Instant> {
  if (change.kind === 'event') {
    if (eventNameOf(change.event.eventType ?? 0) !== 'timerStarted') return;
    const timer = state.derived.timers.get(change.event.timerStartedEventAttributes?.timerId ?? '');
    if (timer !== undefined) yield timer.firesAt;
    return;
  }
  const { note } = change;
  if (note.type === 'runExpiresAt' || note.type === 'firstTaskAt') {
    if (note.at !== undefined) yield note.at;
  } else if ((note.type === 'workflowTaskSet' || note.type === 'speculativeTask') && note.task !== undefined) {
    const wait = scheduleToStartOf(note.task);
    if (note.task.startedAt !== undefined) yield note.task.startedAt + note.task.startToClose;
    else if (wait !== undefined) yield note.task.scheduledAt + wait;
  } else if (note.type === 'activityProgress' && note.progress !== undefined) {
    const activity = state.derived.activities.get(note.scheduledEventId);
    if (activity !== undefined) for (const { at } of deadlinesOf(activity, note.progress)) yield at;
  }
}
