/** What single events do to the groups and workflow tasks they belong to. */
import type { Group, GroupKind, WorkflowTask } from './event-groups.ts';
import type { PendingActivity, RunEvent } from './run-event.ts';
import type { GroupStatus } from './status.ts';

export type Step =
  | { readonly step: 'open'; readonly kind: GroupKind; readonly status: GroupStatus }
  | { readonly step: 'start' }
  | { readonly step: 'close'; readonly status: GroupStatus }
  | { readonly step: 'note' };

const open = (kind: GroupKind, status: GroupStatus): Step => ({ step: 'open', kind, status });
const close = (status: GroupStatus): Step => ({ step: 'close', status });
const start: Step = { step: 'start' };
const note: Step = { step: 'note' };

/** How each event type moves its group. Types that are not here belong to the run itself or to its workflow tasks. */
export const STEPS: Readonly<Record<string, Step>> = {
  ActivityTaskScheduled: open('activity', 'scheduled'),
  ActivityTaskStarted: start,
  ActivityTaskCompleted: close('completed'),
  ActivityTaskFailed: close('failed'),
  ActivityTaskTimedOut: close('timedout'),
  ActivityTaskCancelRequested: note,
  ActivityTaskCanceled: close('canceled'),
  TimerStarted: open('timer', 'scheduled'),
  TimerFired: close('completed'),
  TimerCanceled: close('canceled'),
  StartChildWorkflowExecutionInitiated: open('child', 'scheduled'),
  StartChildWorkflowExecutionFailed: close('failed'),
  ChildWorkflowExecutionStarted: start,
  ChildWorkflowExecutionCompleted: close('completed'),
  ChildWorkflowExecutionFailed: close('failed'),
  ChildWorkflowExecutionCanceled: close('canceled'),
  ChildWorkflowExecutionTimedOut: close('timedout'),
  ChildWorkflowExecutionTerminated: close('terminated'),
  WorkflowExecutionSignaled: open('signal', 'received'),
  WorkflowExecutionCancelRequested: open('cancel', 'received'),
  WorkflowExecutionUpdateAccepted: open('update', 'running'),
  WorkflowExecutionUpdateCompleted: close('completed'),
  WorkflowExecutionUpdateRejected: close('failed'),
  SignalExternalWorkflowExecutionInitiated: open('external', 'scheduled'),
  SignalExternalWorkflowExecutionFailed: close('failed'),
  ExternalWorkflowExecutionSignaled: close('completed'),
  RequestCancelExternalWorkflowExecutionInitiated: open('external', 'scheduled'),
  RequestCancelExternalWorkflowExecutionFailed: close('failed'),
  ExternalWorkflowExecutionCancelRequested: close('completed'),
  NexusOperationScheduled: open('nexus', 'scheduled'),
  NexusOperationStarted: start,
  NexusOperationCompleted: close('completed'),
  NexusOperationFailed: close('failed'),
  NexusOperationCanceled: close('canceled'),
  NexusOperationTimedOut: close('timedout'),
  NexusOperationCancelRequested: note,
  MarkerRecorded: open('marker', 'received'),
  UpsertWorkflowSearchAttributes: open('attr', 'received'),
  WorkflowPropertiesModified: open('attr', 'received'),
};

const NAMES: Readonly<Partial<Record<GroupKind, string>>> = {
  timer: 'timer',
  attr: 'attributes',
  cancel: 'cancel requested',
  marker: 'marker',
};

/** What goes to other workflows and has no name of its own. */
const SENT: Readonly<Record<string, string>> = {
  SignalExternalWorkflowExecutionInitiated: 'signal sent',
  RequestCancelExternalWorkflowExecutionInitiated: 'cancel sent',
};

export const RUN_CLOSED = new Set(
  ['Completed', 'Failed', 'TimedOut', 'Canceled', 'Terminated', 'ContinuedAsNew'].map((end) => `WorkflowExecution${end}`),
);

/** What the event that opens a group calls it. */
export const nameOf = (kind: GroupKind, { type, name, key, label }: RunEvent): string =>
  kind === 'timer' ? (label ?? key ?? 'timer') : (name ?? SENT[type] ?? NAMES[kind] ?? kind);

export function openGroup(step: Extract<Step, { step: 'open' }>, event: RunEvent): Group {
  const isLocal = event.type === 'MarkerRecorded' && event.key !== undefined;
  const kind = isLocal ? 'local' : step.kind;
  const isTimer = kind === 'timer';
  return {
    id: event.id,
    kind,
    name: nameOf(kind, event),
    key: event.key,
    label: event.label,
    queue: event.queue,
    taskId: event.taskId,
    eventIds: [event.id],
    openedAt: event.at,
    startedAt: undefined,
    endedAt: kind === 'local' ? event.at : undefined,
    dueAt: isTimer && event.delayMs !== undefined ? event.at + event.delayMs : undefined,
    status: isLocal ? (event.failure ? 'failed' : 'completed') : step.status,
    attempt: 1,
    worker: step.status === 'received' ? event.worker : undefined,
    failure: event.failure,
    timeoutType: undefined,
    input: event.text,
    result: undefined,
    runId: event.runId,
    pending: undefined,
  };
}

export function advance(group: Group, step: Exclude<Step, { step: 'open' }>, event: RunEvent): void {
  group.eventIds.push(event.id);
  if (step.step === 'note') return;
  group.worker = event.worker ?? group.worker;
  group.runId = event.runId ?? group.runId;
  if (step.step === 'start') {
    group.startedAt = event.at;
    group.attempt = event.attempt ?? group.attempt;
    group.status = 'running';
    // A started activity may carry the failure of the attempt before.
    group.failure = event.failure;
    return;
  }
  group.endedAt = event.at;
  group.status = step.status;
  group.failure = event.failure ?? (step.status === 'completed' ? undefined : group.failure);
  group.timeoutType = event.timeoutType ?? (step.status === 'timedout' ? event.failure?.message : undefined);
  group.result = event.text;
}

export function openTask(event: RunEvent, index: number): WorkflowTask {
  return {
    id: event.id,
    index,
    scheduledAt: event.at,
    eventIds: [event.id],
    startedAt: undefined,
    endedAt: undefined,
    status: 'open',
    worker: undefined,
    cause: undefined,
    failure: undefined,
  };
}

export function advanceTask(task: WorkflowTask, event: RunEvent): void {
  task.eventIds.push(event.id);
  task.worker = event.worker ?? task.worker;
  if (event.type === 'WorkflowTaskStarted') task.startedAt = event.at;
  else {
    task.endedAt = event.at;
    task.status = event.type === 'WorkflowTaskCompleted' ? 'completed' : event.type === 'WorkflowTaskFailed' ? 'failed' : 'timedout';
    task.cause = event.cause;
    task.failure = event.failure;
  }
}

/** Retries write no events: what is known about them comes from the description of the run. `group` is the caller's own. */
export function withPending(group: Group, pending: PendingActivity): Group {
  return {
    ...group,
    pending,
    attempt: pending.attempt,
    worker: pending.worker ?? group.worker,
    failure: pending.failure ?? group.failure,
    startedAt: pending.startedAt ?? group.startedAt,
    status: pending.isPaused ? 'paused' : pending.attempt > 1 ? 'retrying' : pending.state === 'Started' ? 'running' : 'scheduled',
  };
}
