/** Where one steps to when one steps by workflow task: after the last event that a task wrote, or after its bad end. */
import type { WorkflowTask } from './event-groups.ts';
import type { RunEvent } from './run-event.ts';

export interface TaskStop {
  /** From 1, as the task is counted everywhere. */
  readonly index: number;
  /** The position. */
  readonly at: number;
  /** The event that ended the task; the first of the events at which its commands are there. */
  readonly endId: number;
  readonly isBad: boolean;
}

export function taskStops(tasks: readonly WorkflowTask[], events: readonly RunEvent[]): TaskStop[] {
  return tasks.flatMap((task) => {
    const endId = task.eventIds.at(-1);
    if (task.status === 'open' || endId === undefined) return [];
    let at = endId;
    while (events[at]?.taskId === endId) at += 1;
    return [{ index: task.index, at, endId, isBad: task.status !== 'completed' }];
  });
}

/** The last stop whose task had begun to write by a position: the task one looks at. */
export function stopAt(stops: readonly TaskStop[], at: number): TaskStop | undefined {
  let low = 0;
  let high = stops.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stops[middle]?.endId ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return stops[low - 1];
}

/** The stop to step to. Beyond the last one the history's own ends follow. */
export function nextStop(stops: readonly TaskStop[], at: number, { by, last }: { by: 1 | -1; last: number }): number {
  if (by === 1) return stops.find((stop) => stop.at > at)?.at ?? last;
  return stops.findLast((stop) => stop.at < at)?.at ?? Math.min(1, last);
}
