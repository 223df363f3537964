import { api } from '@tidemark/protocol/api';
import { fromDuration, toLong } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { Draft } from '../../events.ts';
import type { Handler } from './command.ts';
import { faultOfLength, metadataOf, refuse } from './command.ts';

const { WorkflowTaskFailedCause: Cause } = api.enums.v1;

export const startTimer: Handler<temporal.api.command.v1.IStartTimerCommandAttributes> = (
  { step, completedEventId },
  attributes,
  command,
) => {
  const cause = Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_START_TIMER_ATTRIBUTES;
  const timerId = attributes.timerId ?? '';
  if (timerId === '') return refuse(cause, 'TimerId is not set on StartTimerCommand.');
  const lengthFault = faultOfLength(step.env.limits.idBytesMax, { field: 'TimerId', command: 'StartTimerCommand', value: timerId });
  if (lengthFault !== undefined) return refuse(cause, lengthFault);
  if ((fromDuration(attributes.startToFireTimeout) ?? 0) < 0)
    return refuse(cause, `An invalid StartToFireTimeout is set on StartTimerCommand: negative duration. TimerId=${timerId}`);
  if (step.derived.timers.has(timerId))
    return refuse(
      Cause.WORKFLOW_TASK_FAILED_CAUSE_START_TIMER_DUPLICATE_ID,
      `invalid history builder state for action: add-timer-started-event, TimerID: ${timerId}`,
    );
  step.write({
    name: 'timerStarted',
    attributes: {
      timerId,
      ...(attributes.startToFireTimeout ? { startToFireTimeout: attributes.startToFireTimeout } : {}),
      workflowTaskCompletedEventId: toLong(completedEventId),
    },
    ...metadataOf(command),
  });
  return undefined;
};

/** A timer whose fire still waits in the buffer is cancelled all the same: the fire vanishes. */
export const cancelTimer: Handler<temporal.api.command.v1.ICancelTimerCommandAttributes> = (
  { step, completedEventId, identity },
  attributes,
) => {
  const cause = Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_CANCEL_TIMER_ATTRIBUTES;
  const timerId = attributes.timerId ?? '';
  if (timerId === '') return refuse(cause, 'TimerId is not set on CancelTimerCommand.');
  const lengthFault = faultOfLength(step.env.limits.idBytesMax, { field: 'TimerId', command: 'CancelTimerCommand', value: timerId });
  if (lengthFault !== undefined) return refuse(cause, lengthFault);
  const timer = step.derived.timers.get(timerId);
  if (timer === undefined) return refuse(cause, `invalid history builder state for action: add-timer-canceled-event, TimerID: ${timerId}`);
  step.withdraw((draft) => draft.name === 'timerFired' && (draft as Draft<'timerFired'>).attributes.timerId === timerId);
  step.write({
    name: 'timerCanceled',
    attributes: { timerId, startedEventId: toLong(timer.startedEventId), workflowTaskCompletedEventId: toLong(completedEventId), identity },
  });
  return undefined;
};
