/** Events in the shape that the engine's fold takes, from JSON or from the rows of a run. Only what the fold reads is converted. */
import type { HistoryEvent } from '@tidemark/engine/history-model/events';
import { eventTypeOf } from '@tidemark/engine/history-model/events';
import { toDuration, toTimestamp } from '@tidemark/protocol/time';
import { attributesOf, countOf, durationOf, eventTypeName, timeOf } from './event-body.ts';
import type { Body } from './payload-json.ts';
import { isBody, toPayload } from './payload-json.ts';
import type { RunEvent } from './run-event.ts';

type Name = Parameters<typeof eventTypeOf>[0];
/** Texts that are no event's name have no number; the fold is asked about them and says so. */
const nameOf = (type: string): Name => `${type.charAt(0).toLowerCase()}${type.slice(1)}` as Name;

/** Whether the fold has a rule for events of this type. */
export const isKnownType = (type: string): boolean => eventTypeOf(nameOf(type)) !== 0;

interface Parts {
  readonly id: number;
  readonly at: number;
  readonly type: string;
  readonly attributes: Body;
  readonly userMetadata?: unknown;
}

function build({ id, at, type, attributes, userMetadata }: Parts): HistoryEvent {
  const name = nameOf(type);
  // The attributes come from JSON. The fold takes every field of them for absent or odd, which its own tests prove for events of old servers.
  return {
    eventId: id,
    eventType: eventTypeOf(name),
    eventTime: toTimestamp(at),
    [`${name}EventAttributes`]: attributes,
    ...(isBody(userMetadata) ? { userMetadata } : {}),
  } as unknown as HistoryEvent;
}

/** Names of enums may be spelt out or in short, times are ISO, durations `5s`, 64-bit integers texts, payloads base64 or read already. */
export function toHistoryEvent(body: Body): HistoryEvent {
  return build({
    id: countOf(body['eventId']) ?? 0,
    at: timeOf(body['eventTime']) ?? 0,
    type: eventTypeName(body['eventType']),
    attributes: convert(attributesOf(body)),
    userMetadata: body['userMetadata'],
  });
}

const DURATIONS = /(Timeout|Interval|Backoff|Delay)$/;

const convert = (attributes: Body): Body =>
  Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, convertField(key, value)]));

function convertField(key: string, value: unknown): unknown {
  if (key.endsWith('EventId')) return countOf(value) ?? 0;
  if (key === 'memo' || key === 'upsertedMemo') return { fields: payloads(value, 'fields') };
  if (key === 'searchAttributes') return { indexedFields: payloads(value, 'indexedFields') };
  const duration = DURATIONS.test(key) ? durationOf(value) : undefined;
  return duration === undefined ? value : toDuration(duration);
}

function payloads(value: unknown, key: 'fields' | 'indexedFields'): Body {
  const fields = isBody(value) && isBody(value[key]) ? value[key] : {};
  return Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, toPayload(one)]));
}

/**
 * A row holds the ids and names of its event and no bodies. That is all the fold needs, but for memos and search attributes: `needsBody`
 * tells which events it must be given whole.
 */
export function eventOfRow(row: RunEvent, rows: readonly RunEvent[]): HistoryEvent {
  const { id, at, type, ref, key, name } = row;
  const updateId = key ?? rows[(ref ?? 0) - 1]?.key;
  const isTask = type.startsWith('WorkflowTask');
  return build({
    id,
    at,
    type,
    attributes: {
      scheduledEventId: ref ?? 0,
      initiatedEventId: ref ?? 0,
      ...(isTask ? {} : { startedEventId: ref ?? 0 }),
      workflowTaskCompletedEventId: row.taskId ?? 0,
      activityId: key,
      timerId: key,
      workflowId: key,
      protocolInstanceId: updateId,
      meta: { updateId },
      activityType: { name },
      workflowType: { name },
      signalName: name,
      newExecutionRunId: row.runId,
      workflowExecution: { workflowId: key, runId: row.runId },
      taskQueue: { name: row.queue },
      ...(row.delayMs === undefined ? {} : { startToFireTimeout: toDuration(row.delayMs) }),
    },
  });
}

const WHOLE = new Set([
  'WorkflowExecutionStarted',
  'WorkflowExecutionOptionsUpdated',
  'WorkflowExecutionUpdateAdmitted',
  'UpsertWorkflowSearchAttributes',
  'WorkflowPropertiesModified',
]);
/** Markers by which SDKs remember that a run took a changed path, where the row does not say which. */
export const PATCH_MARKERS: ReadonlySet<string> = new Set(['core_patch', 'Version']);

export const needsBody = ({ type, name }: RunEvent): boolean =>
  WHOLE.has(type) || (type === 'MarkerRecorded' && PATCH_MARKERS.has(name ?? ''));
