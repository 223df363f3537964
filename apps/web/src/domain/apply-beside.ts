/** Takes one event into what stands beside the engine's fold. */
import { PATCH_MARKERS } from './history-event.ts';
import type { RunEvent } from './run-event.ts';
import type { Beside, RunPoint } from './run-point.ts';

export function applyBeside({ derived, beside }: RunPoint, row: RunEvent, patchOf: (row: RunEvent) => string | undefined): void {
  const { type, id, at, ref = 0 } = row;
  if (type.startsWith('WorkflowTask')) {
    applyTask(beside, row);
  } else if (type.startsWith('ActivityTask')) {
    if (type === 'ActivityTaskStarted') beside.attempts.set(ref, { attempt: row.attempt ?? 1, startedAt: at, worker: row.worker });
    else if (!derived.activities.has(ref)) beside.attempts.delete(ref);
  } else if (type.startsWith('NexusOperation')) {
    applyOperation(beside, row);
  } else if (type === 'WorkflowExecutionSignaled') {
    beside.lastSignal = { id, name: row.name ?? '' };
    beside.waitingSignals.push(beside.lastSignal);
  } else if (type === 'WorkflowExecutionUpdateAdmitted' || type === 'WorkflowExecutionUpdateAccepted') {
    if (row.key !== undefined) beside.updateNames.set(row.key, row.name ?? 'update');
  } else if (type === 'MarkerRecorded') {
    beside.markers += 1;
    const patch = row.patch ?? (PATCH_MARKERS.has(row.name ?? '') ? patchOf(row) : undefined);
    if (patch !== undefined && !beside.patches.has(patch)) beside.patches.set(patch, id);
  } else if (type === 'WorkflowExecutionPaused' || type === 'WorkflowExecutionUnpaused') {
    beside.isPaused = type === 'WorkflowExecutionPaused';
  }
}

function applyTask(beside: Beside, { type, id, at, worker, build, historyBytes, suggestsNew }: RunEvent): void {
  if (type === 'WorkflowTaskScheduled') {
    const attempt = beside.failedTasks + 1;
    beside.task = { scheduledId: id, scheduledAt: at, startedId: undefined, startedAt: undefined, worker: undefined, attempt };
    return;
  }
  beside.worker = worker ?? beside.worker;
  if (type === 'WorkflowTaskStarted') {
    if (beside.task) beside.task = { ...beside.task, startedId: id, startedAt: at, worker };
    beside.waitingSignals.length = 0;
    if (historyBytes !== undefined) beside.saidBytes = { bytes: historyBytes, eventId: id };
    beside.suggestedBy = suggestsNew ? (beside.suggestedBy ?? id) : undefined;
    return;
  }
  beside.task = undefined;
  beside.build = build ?? beside.build;
  beside.failedTasks = type === 'WorkflowTaskCompleted' ? 0 : beside.failedTasks + 1;
}

function applyOperation({ operations }: Beside, { type, id, ref = 0, name }: RunEvent): void {
  const open = operations.get(ref);
  if (type === 'NexusOperationScheduled') operations.set(id, { id, name: name ?? 'operation', isStarted: false });
  else if (type === 'NexusOperationStarted' && open) operations.set(ref, { ...open, isStarted: true });
  else if (!type.includes('CancelRequest')) operations.delete(ref);
}
