/** One history event as a row: what a list or a timeline draws, without the bodies. */
import { api } from '@tidemark/protocol/api';
import { FAILURE_CAUSES_MAX, FAILURE_STACK_MAX, failureKind } from '@tidemark/protocol/failure';
import { fromDuration, fromTimestamp, toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { decodePayload, previewPayloads } from '../json/payload.ts';
import { enumNames, eventTypeName } from '../json/to-json.ts';
import type { EventRow, FailureRow } from '../model/event-row.ts';
import { maskJson } from '../model/secrets.ts';

export type HistoryEvent = temporal.api.history.v1.IHistoryEvent;
type Payload = temporal.api.common.v1.IPayload;
type Failure = temporal.api.failure.v1.IFailure;
type Integer = Parameters<typeof toNumber>[0];

/** Fields that some attributes have. A row reads them by name, whichever event they are in. */
interface Attributes {
  readonly scheduledEventId?: Integer;
  readonly startedEventId?: Integer;
  readonly initiatedEventId?: Integer;
  readonly acceptedEventId?: Integer;
  readonly workflowTaskCompletedEventId?: Integer;
  readonly activityType?: { name?: string | null } | null;
  readonly workflowType?: { name?: string | null } | null;
  readonly workflowExecution?: temporal.api.common.v1.IWorkflowExecution | null;
  readonly activityId?: string | null;
  readonly timerId?: string | null;
  readonly workflowId?: string | null;
  readonly signalName?: string | null;
  readonly markerName?: string | null;
  readonly operation?: string | null;
  readonly identity?: string | null;
  readonly attempt?: number | null;
  readonly taskQueue?: temporal.api.taskqueue.v1.ITaskQueue | null;
  readonly startToFireTimeout?: Parameters<typeof fromDuration>[0];
  readonly failure?: Failure | null;
  readonly lastFailure?: Failure | null;
  /** An enum in some events, the text of a person in others. */
  readonly cause?: number | string | null;
  readonly reason?: string | null;
  readonly timeoutType?: number | null;
  readonly newExecutionRunId?: string | null;
  readonly historySizeBytes?: Integer;
  readonly suggestContinueAsNew?: boolean | null;
  readonly input?: temporal.api.common.v1.IPayloads | null;
  readonly result?: temporal.api.common.v1.IPayloads | Payload | null;
  readonly details?: temporal.api.common.v1.IPayloads | Readonly<Record<string, temporal.api.common.v1.IPayloads>> | null;
  readonly searchAttributes?: temporal.api.common.v1.ISearchAttributes | null;
  readonly acceptedRequest?: temporal.api.update.v1.IRequest | null;
  /** Of an update that was admitted by an event of its own. */
  readonly request?: temporal.api.update.v1.IRequest | null;
  readonly outcome?: temporal.api.update.v1.IOutcome | null;
  readonly binaryChecksum?: string | null;
  readonly deploymentVersion?: { buildId?: string | null } | null;
  readonly workerVersion?: { buildId?: string | null } | null;
  readonly sdkMetadata?: { sdkName?: string | null; sdkVersion?: string | null } | null;
}

const LOCAL_ACTIVITY = 'core_local_activity';
const PATCH = 'core_patch';
const timeoutTypes = enumNames(api.enums.v1.TimeoutType, 'TIMEOUT_TYPE_');
const taskFailures = enumNames(api.enums.v1.WorkflowTaskFailedCause, 'WORKFLOW_TASK_FAILED_CAUSE_');

/** What must not be sent as `undefined` is left out, so a row stays small on the wire. A loop: a long history has fifty thousand of them. */
export function compact<T extends object>(row: { [K in keyof T]: T[K] | undefined }): T {
  const kept: Partial<T> = {};
  for (const key in row) {
    const value = row[key];
    if (value !== undefined && value !== '') kept[key] = value;
  }
  // Every field that T requires is given by the caller; only those that it lets be absent are left out.
  return kept as T;
}

export function toEventRow(event: HistoryEvent): EventRow {
  const type = eventTypeName(event.eventType);
  const attributes = attributesOf(event);
  const patch = type === 'MarkerRecorded' ? patchOf(attributes) : undefined;
  return compact<EventRow>({
    id: toNumber(event.eventId),
    type,
    at: fromTimestamp(event.eventTime) ?? 0,
    bytes: api.history.v1.HistoryEvent.encode(event).finish().length,
    ref: refOf(type, attributes),
    taskId: positive(attributes.workflowTaskCompletedEventId),
    ...(patch ?? naming(type, attributes)),
    attempt: attributes.attempt ?? undefined,
    worker: attributes.identity ?? undefined,
    build: attributes.deploymentVersion?.buildId || attributes.workerVersion?.buildId || attributes.binaryChecksum || undefined,
    queue: attributes.taskQueue?.normalName || attributes.taskQueue?.name || undefined,
    delayMs: fromDuration(attributes.startToFireTimeout),
    timeoutType: attributes.timeoutType ? timeoutTypes.get(attributes.timeoutType) : undefined,
    cause: causeOf(type, attributes),
    failure: toFailureRow(attributes.failure ?? attributes.lastFailure ?? attributes.outcome?.failure),
    runId: attributes.newExecutionRunId || attributes.workflowExecution?.runId || undefined,
    label: labelOf(event),
    // The name of a patch says all that is in its marker.
    text: patch === undefined ? textOf(type, attributes) : undefined,
    sdk: [attributes.sdkMetadata?.sdkName, attributes.sdkMetadata?.sdkVersion].filter(Boolean).join(' ') || undefined,
    historyBytes: positive(attributes.historySizeBytes),
    suggestsNew: attributes.suggestContinueAsNew || undefined,
  });
}

function attributesOf(event: HistoryEvent): Attributes {
  const key = (event as { attributes?: string }).attributes;
  return key === undefined ? {} : ((event as unknown as Record<string, Attributes>)[key] ?? {});
}

function causeOf(type: string, { cause, reason }: Attributes): string | undefined {
  if (type === 'WorkflowTaskFailed') return typeof cause === 'number' ? taskFailures.get(cause) : undefined;
  return reason || (typeof cause === 'string' ? cause : undefined) || undefined;
}

const positive = (value: Integer): number | undefined => toNumber(value) || undefined;

function refOf(type: string, attributes: Attributes): number | undefined {
  const opened = positive(attributes.scheduledEventId) ?? positive(attributes.initiatedEventId) ?? positive(attributes.acceptedEventId);
  return type === 'TimerFired' || type === 'TimerCanceled' ? positive(attributes.startedEventId) : opened;
}

function naming(type: string, attributes: Attributes): Pick<{ name: string | undefined; key: string | undefined }, 'name' | 'key'> {
  if (type === 'MarkerRecorded' && attributes.markerName === LOCAL_ACTIVITY) return localActivity(attributes);
  const name =
    attributes.activityType?.name ??
    attributes.signalName ??
    attributes.markerName ??
    attributes.acceptedRequest?.input?.name ??
    attributes.request?.input?.name ??
    attributes.workflowType?.name ??
    attributes.operation ??
    undefined;
  const key =
    attributes.activityId ??
    attributes.timerId ??
    attributes.workflowId ??
    attributes.acceptedRequest?.meta?.updateId ??
    attributes.request?.meta?.updateId ??
    attributes.workflowExecution?.workflowId ??
    undefined;
  return { name: name || undefined, key: key || undefined };
}

/** Local activities are in history only as a marker whose data names them. */
function localActivity(attributes: Attributes): { name: string | undefined; key: string | undefined } {
  const fields = fieldsOf(attributes, 'data');
  return { name: text(fields['activity_type']) ?? LOCAL_ACTIVITY, key: text(fields['activity_id']) };
}

/** A patch is named by its id, which only the marker's data has; undefined for other markers and for data that cannot be read here. */
function patchOf(attributes: Attributes): { patch: string; name: string } | undefined {
  if (attributes.markerName !== PATCH) return undefined;
  const fields = fieldsOf(attributes, 'patch-data');
  const patch = text(fields['id']);
  return patch ? { patch, name: `${fields['deprecated'] === true ? 'deprecated patch' : 'patch'} ${patch}` } : undefined;
}

function fieldsOf(attributes: Attributes, name: string): Readonly<Record<string, unknown>> {
  const data = detail(attributes, name);
  return data && typeof data === 'object' && !Array.isArray(data) ? data : {};
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function detail(attributes: Attributes, name: string) {
  const payload = (attributes.details as Readonly<Record<string, temporal.api.common.v1.IPayloads>> | null | undefined)?.[name]
    ?.payloads?.[0];
  return payload === undefined ? undefined : decodePayload(payload);
}

export function labelOf(event: HistoryEvent): string | undefined {
  const summary = event.userMetadata?.summary;
  if (!summary) return undefined;
  const value = decodePayload(summary);
  return typeof value === 'string' ? maskJson(value.slice(0, 200)).toWellFormed() : undefined;
}

function textOf(type: string, attributes: Attributes): string | undefined {
  if (type === 'UpsertWorkflowSearchAttributes') {
    const fields = Object.entries(attributes.searchAttributes?.indexedFields ?? {});
    return fields.map(([name, value]) => `${name} ${previewPayloads([value], 60) ?? ''}`).join(', ') || undefined;
  }
  if (type === 'MarkerRecorded')
    return attributes.markerName === LOCAL_ACTIVITY ? previewPayloads(list(attributes, 'result')) : previewMarker(attributes);
  if (attributes.acceptedRequest) return previewPayloads(attributes.acceptedRequest.input?.args?.payloads);
  const result = attributes.outcome?.success ?? attributes.result;
  const shown = attributes.input ?? (result && 'payloads' in result ? result : undefined);
  return previewPayloads(shown?.payloads ?? (result && 'metadata' in result ? [result] : undefined));
}

const list = (attributes: Attributes, name: string) =>
  (attributes.details as Readonly<Record<string, temporal.api.common.v1.IPayloads>> | null | undefined)?.[name]?.payloads;
const previewMarker = (attributes: Attributes): string | undefined =>
  previewPayloads(Object.keys(attributes.details ?? {}).flatMap((key) => list(attributes, key) ?? []));

export function toFailureRow(failure: Failure | null | undefined, depth = 0): FailureRow | undefined {
  if (!failure) return undefined;
  return compact<FailureRow>({
    message: maskJson(failure.message ?? ''),
    type: failure.applicationFailureInfo?.type || failureKind(failure),
    nonRetryable: failure.applicationFailureInfo?.nonRetryable || undefined,
    activity: failure.activityFailureInfo?.activityType?.name || undefined,
    cause: depth < FAILURE_CAUSES_MAX ? toFailureRow(failure.cause, depth + 1) : undefined,
    stack: maskJson(failure.stackTrace?.slice(0, FAILURE_STACK_MAX) ?? '').toWellFormed(),
  });
}
