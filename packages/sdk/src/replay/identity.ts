/** What makes a command and an event the same thing, and how either is called in a sentence. */
import { describeDuration } from '../common/duration.ts';
import { fromWireDuration } from '../common/wire-duration.ts';
import type { Payload } from '../converter/payload.ts';
import { defaultPayloadConverter } from '../converter/payload.ts';
import type { Command, CommandKind } from '../workflow/commands.ts';
import type { HistoryEvent } from './events.ts';
import { commandKindOf, eventName } from './events.ts';

/** The fields that must be equal on both sides, by name. */
export type Identity = Readonly<Record<string, string>>;

/** How an operation is found from the id of the event that began it, for commands that refer to one. */
export type SequenceOf = (eventId: number) => number | undefined;

export function commandIdentity(command: Command): Identity {
  switch (command.kind) {
    case 'scheduleActivity':
      return { activityType: command.activityType, activityId: command.activityId };
    case 'cancelActivity':
    case 'cancelTimer':
      return { seq: String(command.seq) };
    case 'startTimer':
      return { timerId: String(command.seq) };
    case 'patch':
      return { patch: command.id };
    case 'sideEffect':
      return { name: command.name, ordinal: String(command.ordinal) };
    case 'startChild':
      return { workflowType: command.workflowType, workflowId: command.workflowId };
    case 'signalExternal':
      return { signal: command.name, workflowId: command.target.workflowId };
    case 'cancelExternal':
      return { workflowId: command.target.workflowId };
    case 'updateAccepted':
      return { update: command.protocolInstanceId };
    case 'continueAsNew':
      return { workflowType: command.workflowType };
    case 'updateCompleted':
    case 'upsertMemo':
    case 'complete':
    case 'fail':
    case 'cancel':
      return {};
  }
}

type Reader = (event: HistoryEvent, sequenceOf: SequenceOf) => Identity;

const readers: Readonly<Partial<Record<CommandKind | 'unknown', Reader>>> = {
  scheduleActivity: ({ activityTaskScheduledEventAttributes: of }) => ({
    activityType: of?.activityType?.name ?? '',
    activityId: of?.activityId ?? '',
  }),
  cancelActivity: ({ activityTaskCancelRequestedEventAttributes: of }, sequenceOf) => ({
    seq: String(sequenceOf(Number(of?.scheduledEventId ?? 0)) ?? ''),
  }),
  startTimer: ({ timerStartedEventAttributes: of }) => ({ timerId: of?.timerId ?? '' }),
  cancelTimer: ({ timerCanceledEventAttributes: of }) => ({ seq: of?.timerId ?? '' }),
  patch: (event) => ({ patch: patchOf(event)?.id ?? '' }),
  sideEffect: (event) => {
    const recorded = sideEffectOf(event);
    return { name: recorded?.name ?? '', ordinal: String(recorded?.ordinal ?? '') };
  },
  startChild: ({ startChildWorkflowExecutionInitiatedEventAttributes: of }) => ({
    workflowType: of?.workflowType?.name ?? '',
    workflowId: of?.workflowId ?? '',
  }),
  signalExternal: ({ signalExternalWorkflowExecutionInitiatedEventAttributes: of }) => ({
    signal: of?.signalName ?? '',
    workflowId: of?.workflowExecution?.workflowId ?? '',
  }),
  cancelExternal: ({ requestCancelExternalWorkflowExecutionInitiatedEventAttributes: of }) => ({
    workflowId: of?.workflowExecution?.workflowId ?? '',
  }),
  updateAccepted: ({ workflowExecutionUpdateAcceptedEventAttributes: of }) => ({ update: of?.protocolInstanceId ?? '' }),
  continueAsNew: ({ workflowExecutionContinuedAsNewEventAttributes: of }) => ({ workflowType: of?.workflowType?.name ?? '' }),
};

export function eventIdentity(event: HistoryEvent, sequenceOf: SequenceOf): Identity {
  return readers[commandKindOf(event) ?? 'unknown']?.(event, sequenceOf) ?? {};
}

const detail = (event: HistoryEvent, name: string): Payload | undefined =>
  event.markerRecordedEventAttributes?.details?.[name]?.payloads?.[0];

export function patchOf(event: HistoryEvent): { readonly id: string; readonly deprecated: boolean } | undefined {
  const payload = detail(event, 'patch-data');
  if (payload === undefined) return undefined;
  // Written by this SDK or one that agrees with it on the layout.
  const { id, deprecated } = defaultPayloadConverter.fromPayload(payload) as { id: string; deprecated?: boolean };
  return { id, deprecated: deprecated ?? false };
}

export function sideEffectOf(
  event: HistoryEvent,
): { readonly name: string; readonly ordinal: number; readonly value: Payload } | undefined {
  const [header, value] = [detail(event, 'side-effect'), detail(event, 'value')];
  if (header === undefined || value === undefined) return undefined;
  // Only this SDK writes these markers.
  const { name, ordinal } = defaultPayloadConverter.fromPayload(header) as { name: string; ordinal: number };
  return { name, ordinal, value };
}

const verbs: Readonly<Record<CommandKind | 'unknown', readonly [past: string, noun: string]>> = {
  scheduleActivity: ['scheduled', 'activity'],
  cancelActivity: ['asked to cancel', 'activity'],
  startTimer: ['started', 'timer'],
  cancelTimer: ['cancelled', 'timer'],
  patch: ['recorded', 'patch'],
  sideEffect: ['recorded', 'side effect'],
  startChild: ['started', 'child workflow'],
  signalExternal: ['signalled', 'workflow'],
  cancelExternal: ['asked to cancel', 'workflow'],
  upsertMemo: ['changed', 'memo'],
  updateAccepted: ['accepted', 'update'],
  updateCompleted: ['completed', 'update'],
  complete: ['completed', 'the workflow'],
  fail: ['failed', 'the workflow'],
  cancel: ['cancelled', 'the workflow'],
  continueAsNew: ['continued', 'as new'],
  unknown: ['recorded', 'something this SDK does not send'],
};

function phrase(kind: CommandKind | 'unknown', subject: string): string {
  const [past, noun] = verbs[kind];
  return subject === '' ? `${past} ${noun}` : `${past} ${noun} ${subject}`;
}

function subjectOf(kind: CommandKind | 'unknown', identity: Identity, extra: string): string {
  const quoted = (name: string) => `"${identity[name] ?? ''}"`;
  switch (kind) {
    case 'scheduleActivity':
      return `${quoted('activityType')} (#${identity['activityId'] ?? ''})`;
    case 'startTimer':
      return `#${identity['timerId'] ?? ''}${extra}`;
    case 'cancelActivity':
    case 'cancelTimer':
      return `#${identity['seq'] ?? ''}`;
    case 'patch':
      return quoted('patch');
    case 'sideEffect':
      return quoted('name');
    case 'startChild':
      return quoted('workflowType');
    case 'signalExternal':
    case 'cancelExternal':
      return quoted('workflowId');
    default:
      return '';
  }
}

/** A command in words: `scheduled activity "chargeCard" (#2)`. */
export function commandPhrase(command: Command): string {
  const extra = command.kind === 'startTimer' ? ` (${describeDuration(command.ms)})` : '';
  return phrase(command.kind, subjectOf(command.kind, commandIdentity(command), extra));
}

export function eventPhrase(event: HistoryEvent, sequenceOf: SequenceOf): string {
  const kind = commandKindOf(event) ?? 'unknown';
  if (kind === 'unknown') return `recorded ${eventName(event)}`;
  const ms = fromWireDuration(event.timerStartedEventAttributes?.startToFireTimeout);
  return phrase(kind, subjectOf(kind, eventIdentity(event, sequenceOf), ms === undefined ? '' : ` (${describeDuration(ms)})`));
}
