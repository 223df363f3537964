import type { RunGroups } from './event-groups.ts';
import { verbOf } from './history-rows.ts';
import type { RunEvent } from './run-event.ts';

/** An event in words: `chargeCard scheduled`, `workflow task 14 completed`, `run started`. */
export function eventTitle(event: RunEvent, { byEvent, taskByEvent }: RunGroups): string {
  const group = byEvent.get(event.id);
  if (group !== undefined) return `${group.name} ${verbOf(event.type)}`;
  const task = taskByEvent.get(event.id);
  if (task !== undefined) return `workflow task ${task.index} ${verbOf(event.type)}`;
  return event.type.startsWith('WorkflowExecution') ? `run ${verbOf(event.type)}` : event.type;
}
