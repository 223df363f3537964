/** Cuts a history into what the code was told at once. */
import type { HistoryEvent } from './events.ts';
import { EventType, isEnding } from './events.ts';

const taskEvents: ReadonlySet<number> = new Set([
  EventType.workflowTaskScheduled,
  EventType.workflowTaskStarted,
  EventType.workflowTaskCompleted,
  EventType.workflowTaskTimedOut,
  EventType.workflowTaskFailed,
]);

/**
 * The number of events in the first chunk: up to the start of a task that counted, or up to the end of the execution.
 * Nothing when the events do not reach that far.
 */
export function chunkLength(events: readonly HistoryEvent[]): number | undefined {
  let told = false;
  for (const [index, event] of events.entries()) {
    if (isEnding(event)) return index + 1;
    if (!taskEvents.has(event.eventType ?? 0)) told = true;
    if (event.eventType !== EventType.workflowTaskStarted) continue;
    const next = events[index + 1];
    if (next === undefined) return index + 1;
    if (next.eventType !== EventType.workflowTaskCompleted) {
      // The attempt failed or timed out, or the execution was closed from outside meanwhile: what it did never counted.
      continue;
    }
    // An empty task directly followed by another told the code nothing, so the code must not be run for it.
    if (!told && events[index + 2]?.eventType === EventType.workflowTaskScheduled) continue;
    return index + 1;
  }
  return undefined;
}

/** Whether events that no task took in for good were told to one that failed or timed out. */
export const endsInFailing = (events: readonly HistoryEvent[]): boolean =>
  events.some(({ eventType }) => eventType === EventType.workflowTaskFailed || eventType === EventType.workflowTaskTimedOut) &&
  events.some(({ eventType }) => !taskEvents.has(eventType ?? 0));
