/** What the protocol calls its events, by number, and which of them stand for a command. */
import type { temporal } from '@tidemark/protocol/types';
import type { CommandKind } from '../workflow/commands.ts';

export type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

export const EventType = {
  workflowExecutionStarted: 1,
  workflowExecutionCompleted: 2,
  workflowExecutionFailed: 3,
  workflowExecutionTimedOut: 4,
  workflowTaskScheduled: 5,
  workflowTaskStarted: 6,
  workflowTaskCompleted: 7,
  workflowTaskTimedOut: 8,
  workflowTaskFailed: 9,
  activityTaskScheduled: 10,
  activityTaskStarted: 11,
  activityTaskCompleted: 12,
  activityTaskFailed: 13,
  activityTaskTimedOut: 14,
  activityTaskCancelRequested: 15,
  activityTaskCanceled: 16,
  timerStarted: 17,
  timerFired: 18,
  timerCanceled: 19,
  workflowExecutionCancelRequested: 20,
  workflowExecutionCanceled: 21,
  requestCancelExternalInitiated: 22,
  requestCancelExternalFailed: 23,
  externalCancelRequested: 24,
  markerRecorded: 25,
  workflowExecutionSignaled: 26,
  workflowExecutionTerminated: 27,
  workflowExecutionContinuedAsNew: 28,
  startChildInitiated: 29,
  startChildFailed: 30,
  childStarted: 31,
  childCompleted: 32,
  childFailed: 33,
  childCanceled: 34,
  childTimedOut: 35,
  childTerminated: 36,
  signalExternalInitiated: 37,
  signalExternalFailed: 38,
  externalSignaled: 39,
  upsertSearchAttributes: 40,
  updateAccepted: 41,
  updateRejected: 42,
  updateCompleted: 43,
  workflowPropertiesModified: 46,
  updateAdmitted: 47,
  nexusOperationScheduled: 48,
  nexusOperationCancelRequested: 54,
} as const;
export type EventType = (typeof EventType)[keyof typeof EventType];

const names = new Map<number, string>(
  Object.entries(EventType).map(([name, number]) => [number, name.charAt(0).toUpperCase() + name.slice(1)]),
);
export const eventName = (event: HistoryEvent): string => names.get(event.eventType ?? 0) ?? `EventType${event.eventType ?? 0}`;
export const eventId = (event: HistoryEvent): number => Number(event.eventId ?? 0);
export const isKnown = (event: HistoryEvent): boolean => names.has(event.eventType ?? 0);

/** Milliseconds since the epoch. */
export function eventTime(event: HistoryEvent): number {
  return Number(event.eventTime?.seconds ?? 0) * 1000 + Math.floor((event.eventTime?.nanos ?? 0) / 1e6);
}

export const PATCH_MARKER = 'core_patch';
export const SIDE_EFFECT_MARKER = 'tidemark_side_effect';

/** Events a worker's command caused, with the command that would cause them. Markers are told apart by their name. */
const commandKinds: ReadonlyMap<number, CommandKind | 'unknown'> = new Map<number, CommandKind | 'unknown'>([
  [EventType.activityTaskScheduled, 'scheduleActivity'],
  [EventType.activityTaskCancelRequested, 'cancelActivity'],
  [EventType.timerStarted, 'startTimer'],
  [EventType.timerCanceled, 'cancelTimer'],
  [EventType.startChildInitiated, 'startChild'],
  [EventType.requestCancelExternalInitiated, 'cancelExternal'],
  [EventType.signalExternalInitiated, 'signalExternal'],
  [EventType.workflowPropertiesModified, 'upsertMemo'],
  [EventType.upsertSearchAttributes, 'unknown'],
  [EventType.updateAccepted, 'updateAccepted'],
  [EventType.updateCompleted, 'updateCompleted'],
  [EventType.nexusOperationScheduled, 'unknown'],
  [EventType.nexusOperationCancelRequested, 'unknown'],
  [EventType.workflowExecutionCompleted, 'complete'],
  [EventType.workflowExecutionFailed, 'fail'],
  [EventType.workflowExecutionCanceled, 'cancel'],
  [EventType.workflowExecutionContinuedAsNew, 'continueAsNew'],
]);

const markerKinds: Readonly<Record<string, CommandKind>> = { [PATCH_MARKER]: 'patch', [SIDE_EFFECT_MARKER]: 'sideEffect' };

/** The command that causes such an event, `unknown` for one this SDK never sends, nothing for an event that no command causes. */
export function commandKindOf(event: HistoryEvent): CommandKind | 'unknown' | undefined {
  if (event.eventType === EventType.markerRecorded) return markerKinds[event.markerRecordedEventAttributes?.markerName ?? ''] ?? 'unknown';
  return commandKinds.get(event.eventType ?? 0);
}

const endings: ReadonlySet<number> = new Set([
  EventType.workflowExecutionCompleted,
  EventType.workflowExecutionFailed,
  EventType.workflowExecutionTimedOut,
  EventType.workflowExecutionCanceled,
  EventType.workflowExecutionTerminated,
  EventType.workflowExecutionContinuedAsNew,
]);
export const isEnding = (event: HistoryEvent): boolean => endings.has(event.eventType ?? 0);
