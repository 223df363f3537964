import type { HistoryEvent } from './events.ts';
import { EventType, eventName } from './events.ts';
import { followUpOf } from './machines.ts';
import type { RunReplay } from './run-replay.ts';

/** What an event tells the code, in a few words; empty for events the code does not hear of. */
export function jobLabel(event: HistoryEvent, replay: Pick<RunReplay, 'operationOf'>): string {
  switch (event.eventType) {
    case EventType.workflowExecutionStarted:
      return `start ${event.workflowExecutionStartedEventAttributes?.workflowType?.name ?? ''}`;
    case EventType.workflowExecutionSignaled:
      return `signal ${event.workflowExecutionSignaledEventAttributes?.signalName ?? ''}`;
    case EventType.workflowExecutionCancelRequested:
      return 'cancel requested';
    default: {
      const followUp = followUpOf(event);
      if (followUp === undefined || (followUp.input === 'started' && followUp.kind === 'activity')) return '';
      const operation = replay.operationOf(followUp.initiatedBy);
      const name = eventName(event).replace('ActivityTask', 'Activity');
      return operation === undefined ? name : `${name} ${followUp.kind === 'timer' ? '' : `${operation.type} `}#${operation.id}`;
    }
  }
}
