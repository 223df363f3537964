/** From single events to what a person thinks of: one activity, one timer, one child, one message, one workflow task. */
import type { PendingActivity, RunEvent, RunFailure } from './run-event.ts';
import type { GroupStatus } from './status.ts';

export type GroupKind =
  | 'activity'
  | 'local'
  | 'timer'
  | 'child'
  | 'signal'
  | 'update'
  | 'external'
  | 'nexus'
  | 'marker'
  | 'attr'
  | 'cancel';

export interface Group {
  /** The id of the event that opened it. */
  readonly id: number;
  readonly kind: GroupKind;
  readonly name: string;
  readonly key: string | undefined;
  readonly label: string | undefined;
  readonly queue: string | undefined;
  readonly taskId: number | undefined;
  readonly eventIds: number[];
  /** Milliseconds since the epoch. A point has no more than this. */
  readonly openedAt: number;
  startedAt: number | undefined;
  endedAt: number | undefined;
  dueAt: number | undefined;
  status: GroupStatus;
  attempt: number;
  worker: string | undefined;
  failure: RunFailure | undefined;
  timeoutType: string | undefined;
  input: string | undefined;
  result: string | undefined;
  runId: string | undefined;
  pending: PendingActivity | undefined;
}

export interface WorkflowTask {
  readonly id: number;
  /** From 1, in the order of scheduling; a retried task keeps counting. */
  readonly index: number;
  readonly scheduledAt: number;
  readonly eventIds: number[];
  startedAt: number | undefined;
  endedAt: number | undefined;
  status: 'open' | 'completed' | 'failed' | 'timedout';
  worker: string | undefined;
  cause: string | undefined;
  failure: RunFailure | undefined;
}

export interface RunGroups {
  readonly groups: readonly Group[];
  readonly tasks: readonly WorkflowTask[];
  /** Group by event id, for every event that belongs to one. */
  readonly byEvent: ReadonlyMap<number, Group>;
  readonly taskByEvent: ReadonlyMap<number, WorkflowTask>;
}

type Step =
  | { readonly step: 'open'; readonly kind: GroupKind; readonly status: GroupStatus }
  | { readonly step: 'start' }
  | { readonly step: 'close'; readonly status: GroupStatus }
  | { readonly step: 'note' };

const open = (kind: GroupKind, status: GroupStatus): Step => ({ step: 'open', kind, status });
const close = (status: GroupStatus): Step => ({ step: 'close', status });
const start: Step = { step: 'start' };
const note: Step = { step: 'note' };

/** How each event type moves its group. Types that are not here belong to the run itself or to its workflow tasks. */
const STEPS: Readonly<Record<string, Step>> = {
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

/** Events in id order; pending activities are merged into the groups they belong to. */
export function groupEvents(events: readonly RunEvent[], pending: readonly PendingActivity[] = []): RunGroups {
  const groups: Group[] = [];
  const tasks: WorkflowTask[] = [];
  const byEvent = new Map<number, Group>();
  const taskByEvent = new Map<number, WorkflowTask>();
  for (const event of events) {
    if (event.type.startsWith('WorkflowTask')) {
      const task = addToTask(tasks, taskByEvent, event);
      if (task) taskByEvent.set(event.id, task);
      continue;
    }
    if (RUN_CLOSED.has(event.type)) closeAll(groups, event.at);
    const step = STEPS[event.type];
    if (step === undefined) continue;
    const group = step.step === 'open' ? openGroup(step, event) : byEvent.get(event.ref ?? 0);
    if (group === undefined) continue;
    if (step.step === 'open') groups.push(group);
    else advance(group, step, event);
    byEvent.set(event.id, group);
  }
  mergePending(groups, pending);
  return { groups, tasks, byEvent, taskByEvent };
}

const RUN_CLOSED = new Set(
  ['Completed', 'Failed', 'TimedOut', 'Canceled', 'Terminated', 'ContinuedAsNew'].map((end) => `WorkflowExecution${end}`),
);

/** What a closed run left open will never end in this history. */
function closeAll(groups: readonly Group[], at: number): void {
  for (const group of groups) {
    if (group.endedAt !== undefined || group.status === 'received') continue;
    group.endedAt = at;
    group.status = 'abandoned';
  }
}

function openGroup(step: Extract<Step, { step: 'open' }>, event: RunEvent): Group {
  const isLocal = event.type === 'MarkerRecorded' && event.key !== undefined;
  const kind = isLocal ? 'local' : step.kind;
  const isTimer = kind === 'timer';
  return {
    id: event.id,
    kind,
    name: isTimer ? (event.label ?? event.key ?? 'timer') : (event.name ?? SENT[event.type] ?? NAMES[kind] ?? kind),
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

function advance(group: Group, step: Exclude<Step, { step: 'open' }>, event: RunEvent): void {
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

function addToTask(tasks: WorkflowTask[], byEvent: ReadonlyMap<number, WorkflowTask>, event: RunEvent): WorkflowTask | undefined {
  if (event.type === 'WorkflowTaskScheduled') {
    const task: WorkflowTask = {
      id: event.id,
      index: tasks.length + 1,
      scheduledAt: event.at,
      eventIds: [event.id],
      startedAt: undefined,
      endedAt: undefined,
      status: 'open',
      worker: undefined,
      cause: undefined,
      failure: undefined,
    };
    tasks.push(task);
    return task;
  }
  const task = byEvent.get(event.ref ?? 0);
  if (task === undefined) return undefined;
  task.eventIds.push(event.id);
  task.worker = event.worker ?? task.worker;
  if (event.type === 'WorkflowTaskStarted') task.startedAt = event.at;
  else {
    task.endedAt = event.at;
    task.status = event.type === 'WorkflowTaskCompleted' ? 'completed' : event.type === 'WorkflowTaskFailed' ? 'failed' : 'timedout';
    task.cause = event.cause;
    task.failure = event.failure;
  }
  return task;
}

/** Retries write no events: what is known about them comes from the description of the run. */
function mergePending(groups: readonly Group[], pending: readonly PendingActivity[]): void {
  if (pending.length === 0) return;
  const byKey = new Map(pending.map((one) => [one.activityId, one]));
  for (const group of groups) {
    if (group.kind !== 'activity' || group.endedAt !== undefined) continue;
    const one = byKey.get(group.key ?? '');
    if (one === undefined) continue;
    group.pending = one;
    group.attempt = one.attempt;
    group.worker = one.worker ?? group.worker;
    group.failure = one.failure ?? group.failure;
    group.startedAt = one.startedAt ?? group.startedAt;
    group.status = one.isPaused ? 'paused' : one.attempt > 1 ? 'retrying' : one.state === 'Started' ? 'running' : 'scheduled';
  }
}
