/** The life of each operation in history, as tables: `state → { input → next state }`. What is not in a table cannot happen. */
import type { HistoryEvent } from './events.ts';
import { EventType } from './events.ts';

type Table = Readonly<Record<string, Readonly<Record<string, string>>>>;

const activityEnds = { completed: 'completed', failed: 'failed', timedOut: 'timedOut' } as const;
const childEnds = {
  completed: 'completed',
  failed: 'failed',
  canceled: 'canceled',
  timedOut: 'timedOut',
  terminated: 'terminated',
} as const;

export const machines = {
  activity: {
    scheduled: { started: 'started', cancelRequested: 'cancelRequested', ...activityEnds },
    started: { cancelRequested: 'cancelRequested', ...activityEnds },
    cancelRequested: { started: 'cancelRequested', canceled: 'canceled', ...activityEnds },
  },
  timer: { started: { fired: 'fired', canceled: 'canceled' } },
  child: {
    initiated: { started: 'started', startFailed: 'startFailed' },
    started: childEnds,
  },
  externalSignal: { initiated: { done: 'done', failed: 'failed' } },
  externalCancel: { initiated: { done: 'done', failed: 'failed' } },
} as const satisfies Readonly<Record<string, Table>>;
export type MachineKind = keyof typeof machines;

export const initialStates: Readonly<Record<MachineKind, string>> = {
  activity: 'scheduled',
  timer: 'started',
  child: 'initiated',
  externalSignal: 'initiated',
  externalCancel: 'initiated',
};

/** The state after the input, or nothing when the input cannot come in this state. */
export function nextState(kind: MachineKind, state: string, input: string): string | undefined {
  const table: Table = machines[kind];
  return table[state]?.[input];
}

/** Nothing can come any more. */
export const isOver = (kind: MachineKind, state: string): boolean => {
  const table: Table = machines[kind];
  return table[state] === undefined;
};

export interface FollowUp {
  readonly kind: MachineKind;
  readonly input: string;
  /** The id of the event that began the operation. */
  readonly initiatedBy: number;
}

const id = (value: unknown): number => Number(value ?? 0);

/** Reads from an event which operation it continues, and how. Nothing for events that continue none. */
export function followUpOf(event: HistoryEvent): FollowUp | undefined {
  return activityFollowUp(event) ?? childFollowUp(event) ?? externalFollowUp(event);
}

function activityFollowUp(event: HistoryEvent): FollowUp | undefined {
  const of = (input: string, initiatedBy: unknown): FollowUp => ({ kind: 'activity', input, initiatedBy: id(initiatedBy) });
  switch (event.eventType) {
    case EventType.activityTaskStarted:
      return of('started', event.activityTaskStartedEventAttributes?.scheduledEventId);
    case EventType.activityTaskCompleted:
      return of('completed', event.activityTaskCompletedEventAttributes?.scheduledEventId);
    case EventType.activityTaskFailed:
      return of('failed', event.activityTaskFailedEventAttributes?.scheduledEventId);
    case EventType.activityTaskTimedOut:
      return of('timedOut', event.activityTaskTimedOutEventAttributes?.scheduledEventId);
    case EventType.activityTaskCanceled:
      return of('canceled', event.activityTaskCanceledEventAttributes?.scheduledEventId);
    case EventType.timerFired:
      return { kind: 'timer', input: 'fired', initiatedBy: id(event.timerFiredEventAttributes?.startedEventId) };
    default:
      return undefined;
  }
}

function childFollowUp(event: HistoryEvent): FollowUp | undefined {
  const of = (input: string, initiatedBy: unknown): FollowUp => ({ kind: 'child', input, initiatedBy: id(initiatedBy) });
  switch (event.eventType) {
    case EventType.childStarted:
      return of('started', event.childWorkflowExecutionStartedEventAttributes?.initiatedEventId);
    case EventType.startChildFailed:
      return of('startFailed', event.startChildWorkflowExecutionFailedEventAttributes?.initiatedEventId);
    case EventType.childCompleted:
      return of('completed', event.childWorkflowExecutionCompletedEventAttributes?.initiatedEventId);
    case EventType.childFailed:
      return of('failed', event.childWorkflowExecutionFailedEventAttributes?.initiatedEventId);
    case EventType.childCanceled:
      return of('canceled', event.childWorkflowExecutionCanceledEventAttributes?.initiatedEventId);
    case EventType.childTimedOut:
      return of('timedOut', event.childWorkflowExecutionTimedOutEventAttributes?.initiatedEventId);
    case EventType.childTerminated:
      return of('terminated', event.childWorkflowExecutionTerminatedEventAttributes?.initiatedEventId);
    default:
      return undefined;
  }
}

function externalFollowUp(event: HistoryEvent): FollowUp | undefined {
  switch (event.eventType) {
    case EventType.externalSignaled:
      return {
        kind: 'externalSignal',
        input: 'done',
        initiatedBy: id(event.externalWorkflowExecutionSignaledEventAttributes?.initiatedEventId),
      };
    case EventType.signalExternalFailed:
      return {
        kind: 'externalSignal',
        input: 'failed',
        initiatedBy: id(event.signalExternalWorkflowExecutionFailedEventAttributes?.initiatedEventId),
      };
    case EventType.externalCancelRequested:
      return {
        kind: 'externalCancel',
        input: 'done',
        initiatedBy: id(event.externalWorkflowExecutionCancelRequestedEventAttributes?.initiatedEventId),
      };
    case EventType.requestCancelExternalFailed:
      return {
        kind: 'externalCancel',
        input: 'failed',
        initiatedBy: id(event.requestCancelExternalWorkflowExecutionFailedEventAttributes?.initiatedEventId),
      };
    default:
      return undefined;
  }
}
