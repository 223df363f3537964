/** The passing of time: everything of one run that is due now, in one transition, in the order in which it fell due. */
import { api } from '@tidemark/protocol/api';
import { fromTimestamp, toLong } from '@tidemark/protocol/time';
import type { Instant } from '../../../kernel/ports.ts';
import type { ActivityDeadline } from '../activity.ts';
import { deadlinesOf, endActivity, failAttempt, scheduleToCloseFailure, timeoutFailure } from '../activity.ts';
import { timeOutExecution } from '../closing.ts';
import type { Decision, Env } from '../decision.ts';
import { unchanged } from '../decision.ts';
import type { PendingActivity, PendingTimer } from '../derived.ts';
import { timeOutRun } from '../next-run.ts';
import type { RunState } from '../state.ts';
import { isOpen } from '../state.ts';
import { Step } from '../step.ts';
import { scheduleToStartOf, timeOutWorkflowTask } from '../workflow-task.ts';

const { RetryState, TimeoutType } = api.enums.v1;

/** What can fall due in a run. */
type Deadline = RunDeadline | PartDeadline;
/** Ends the run, whatever else is due. */
interface RunDeadline {
  readonly at: Instant;
  readonly order: number;
  readonly kind: 'run';
}
type PartDeadline =
  | { readonly at: Instant; readonly order: number; readonly kind: 'firstTask' | 'workflowTaskStart' | 'workflowTaskClose' }
  | { readonly at: Instant; readonly order: number; readonly kind: 'timer'; readonly timer: PendingTimer }
  | {
      readonly at: Instant;
      readonly order: number;
      readonly kind: 'activity';
      readonly activity: PendingActivity;
      readonly deadline: ActivityDeadline;
    };

/** Grows with what is pending, so it is asked when something fell due and not at every transition. */
function deadlinesOfRun(state: RunState): readonly Deadline[] {
  const { derived, volatile } = state;
  const found: Deadline[] = [];
  const firing = new Set(volatile.buffered.filter((draft) => draft.name === 'timerFired').map((draft) => timerIdOf(draft.attributes)));
  for (const timer of derived.timers.values()) {
    if (!firing.has(timer.timerId)) found.push({ kind: 'timer', at: timer.firesAt, order: timer.startedEventId, timer });
  }
  for (const [scheduledEventId, progress] of volatile.progress.entries()) {
    const activity = derived.activities.get(scheduledEventId);
    if (activity === undefined) continue;
    for (const deadline of deadlinesOf(activity, progress))
      found.push({ kind: 'activity', at: deadline.at, order: scheduledEventId, activity, deadline });
  }
  const task = volatile.workflowTask;
  if (task?.startedAt !== undefined) found.push({ kind: 'workflowTaskClose', at: task.startedAt + task.startToClose, order: Infinity });
  else if (task !== undefined) {
    const wait = scheduleToStartOf(task);
    if (wait !== undefined) found.push({ kind: 'workflowTaskStart', at: task.scheduledAt + wait, order: Infinity });
  }
  if (volatile.firstTaskAt !== undefined) found.push({ kind: 'firstTask', at: volatile.firstTaskAt, order: 0 });
  if (volatile.runExpiresAt !== undefined) found.push({ kind: 'run', at: volatile.runExpiresAt, order: -1 });
  return found;
}

const timerIdOf = (attributes: object): string => (attributes as { readonly timerId?: string | null }).timerId ?? '';

/** The next moment at which time alone changes this run. */
export function nextDueAt(state: RunState): Instant | undefined {
  if (!isOpen(state)) return undefined;
  let earliest: Instant | undefined;
  for (const { at } of deadlinesOfRun(state)) if (earliest === undefined || at < earliest) earliest = at;
  return earliest;
}

export function decideDue(state: RunState, _request: undefined, env: Env): Decision<undefined> {
  if (!isOpen(state)) return unchanged(undefined);
  const due = deadlinesOfRun(state)
    .filter(({ at }) => at <= env.now)
    .sort((a, b) => a.at - b.at || a.order - b.order);
  if (due.length === 0) return unchanged(undefined);
  const step = Step.on(state, env);
  for (const deadline of due) {
    if (deadline.kind === 'run') return expire(step);
    apply(step, deadline);
  }
  return step.decide(undefined);
}

function apply(step: Step, deadline: PartDeadline): void {
  switch (deadline.kind) {
    case 'timer':
      step.add({
        name: 'timerFired',
        attributes: { timerId: deadline.timer.timerId, startedEventId: toLong(deadline.timer.startedEventId) },
      });
      return;
    case 'firstTask':
      step.wakeUp();
      return;
    case 'activity':
      applyActivity(step, deadline.activity, deadline.deadline);
      return;
    case 'workflowTaskStart':
      timeOutWorkflowTask(step, TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START);
      step.wakeUp();
      return;
    case 'workflowTaskClose':
      timeOutWorkflowTask(step, TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE);
      step.wakeUp();
      return;
  }
}

function applyActivity(step: Step, activity: PendingActivity, { kind }: ActivityDeadline): void {
  const progress = step.volatile.progress.get(activity.scheduledEventId);
  if (progress === undefined) return;
  switch (kind) {
    case 'retry':
      step.note({ type: 'activityProgress', scheduledEventId: activity.scheduledEventId, progress: { ...progress, phase: 'scheduled' } });
      return;
    case 'scheduleToStart': {
      const failure = timeoutFailure(TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START, 'activity ScheduleToStart timeout', progress);
      endActivity(step, activity, { name: 'activityTaskTimedOut', failure, retryState: RetryState.RETRY_STATE_TIMEOUT, identity: '' });
      return;
    }
    case 'scheduleToClose': {
      const failure = scheduleToCloseFailure(progress);
      endActivity(step, activity, { name: 'activityTaskTimedOut', failure, retryState: RetryState.RETRY_STATE_TIMEOUT, identity: '' });
      return;
    }
    case 'startToClose': {
      const failure = timeoutFailure(TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE, 'activity StartToClose timeout', progress);
      failAttempt(step, activity, { failure, identity: '' });
      return;
    }
    case 'heartbeat': {
      const failure = timeoutFailure(TimeoutType.TIMEOUT_TYPE_HEARTBEAT, 'activity Heartbeat timeout', progress);
      failAttempt(step, activity, { failure, identity: '' });
      return;
    }
  }
}

/** The deadline of the chain ends it; that of one run may be followed by another attempt. */
function expire(step: Step): Decision<undefined> {
  const expiresAt = fromTimestamp(step.derived.start.workflowExecutionExpirationTime);
  const isExecutionTimeout = expiresAt !== undefined && step.env.now >= expiresAt;
  if (isExecutionTimeout) timeOutExecution(step);
  const next = isExecutionTimeout ? undefined : timeOutRun(step);
  return step.decide(undefined, next === undefined ? [] : [next]);
}
