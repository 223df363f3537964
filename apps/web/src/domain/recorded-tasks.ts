/** A history read as workflow tasks: what woke each one, and what it commanded. No code is needed for this. */
import type { Group, RunGroups, WorkflowTask } from './event-groups.ts';
import { verbOf } from './history-rows.ts';
import type { RunEvent } from './run-event.ts';

export interface RecordedTask {
  readonly task: WorkflowTask;
  readonly wokeBy: readonly { readonly id: number; readonly what: string }[];
  readonly commands: readonly Group[];
}

export function recordedTasks(events: readonly RunEvent[], run: RunGroups): RecordedTask[] {
  const commands = new Map<number, Group[]>();
  for (const group of run.groups) {
    if (group.taskId === undefined) continue;
    commands.set(group.taskId, [...(commands.get(group.taskId) ?? []), group]);
  }
  let reached = 0;
  return run.tasks.map((task) => {
    const started = task.eventIds[1] ?? task.id;
    const woke: { id: number; what: string }[] = [];
    for (; reached < events.length; reached++) {
      const event = events[reached];
      if (event === undefined || event.id > started) break;
      const what = wakes(event, run);
      if (what !== undefined) woke.push({ id: event.id, what });
    }
    return { task, wokeBy: woke, commands: commands.get(task.eventIds.at(-1) ?? 0) ?? [] };
  });
}

/** Only what the workflow's code is told about; its own commands wake nothing. */
function wakes(event: RunEvent, run: RunGroups): string | undefined {
  if (event.type === 'WorkflowExecutionStarted') return 'start';
  const group = run.byEvent.get(event.id);
  if (group === undefined || event.type === 'ActivityTaskStarted') return undefined;
  const isCommand = group.id === event.id && group.taskId !== undefined;
  return isCommand ? undefined : `${group.name} ${verbOf(event.type)}`;
}
