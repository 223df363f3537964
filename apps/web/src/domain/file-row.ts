/** One event of a file as a row of the run's pages: the same fields that the api gives for a run on a server. */
import { maskJson } from '@tidemark/engine/api/model/secrets';
import { attributesOf, countOf, durationOf, enumText, eventTypeName, textOf, timeOf } from './event-body.ts';
import type { Body } from './payload-json.ts';
import { failureOf } from './failure-row.ts';
import { isBody, preview, readable } from './payload-json.ts';
import type { RunEvent } from './run-event.ts';

const LOCAL_ACTIVITY = 'core_local_activity';
const PATCH = 'core_patch';
const part = (value: unknown, name: string): unknown => (isBody(value) ? value[name] : undefined);

export function fileRow(body: Body): RunEvent {
  const type = eventTypeName(body['eventType']);
  const attributes = attributesOf(body);
  const patch = type === 'MarkerRecorded' ? patchOf(attributes) : undefined;
  const given = {
    ref: refOf(type, attributes),
    taskId: countOf(attributes['workflowTaskCompletedEventId']),
    ...(patch ?? naming(type, attributes)),
    attempt: countOf(attributes['attempt']),
    worker: textOf(attributes['identity']),
    build: buildOf(attributes),
    queue: textOf(part(attributes['taskQueue'], 'normalName')) ?? textOf(part(attributes['taskQueue'], 'name')),
    delayMs: durationOf(attributes['startToFireTimeout']),
    timeoutType: textOf(enumText('timeoutType', attributes['timeoutType'])),
    cause: causeOf(attributes),
    failure: failureOf(attributes['failure'] ?? attributes['lastFailure'] ?? part(attributes['outcome'], 'failure')),
    runId: textOf(attributes['newExecutionRunId']) ?? textOf(part(attributes['workflowExecution'], 'runId')),
    label: labelOf(body),
    text: patch === undefined ? previewOf(type, attributes) : undefined,
    historyBytes: countOf(attributes['historySizeBytes']),
    sdk: sdkOf(attributes['sdkMetadata']),
    suggestsNew: attributes['suggestContinueAsNew'] === true ? true : undefined,
  };
  return {
    id: countOf(body['eventId']) ?? 0,
    type,
    at: timeOf(body['eventTime']) ?? 0,
    // What the event weighs in the file; its weight on the wire is not known here.
    bytes: JSON.stringify(body).length,
    ...(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<RunEvent>),
  };
}

function refOf(type: string, attributes: Body): number | undefined {
  if (type === 'TimerFired' || type === 'TimerCanceled') return countOf(attributes['startedEventId']);
  return countOf(attributes['scheduledEventId']) ?? countOf(attributes['initiatedEventId']) ?? countOf(attributes['acceptedEventId']);
}

function naming(type: string, attributes: Body): { name: string | undefined; key: string | undefined } {
  const marker = textOf(attributes['markerName']);
  if (type === 'MarkerRecorded' && marker === LOCAL_ACTIVITY) {
    const fields = firstDetail(attributes, 'data');
    return { name: textOf(part(fields, 'activity_type')) ?? LOCAL_ACTIVITY, key: textOf(part(fields, 'activity_id')) };
  }
  const update = attributes['acceptedRequest'] ?? attributes['request'];
  return {
    name:
      textOf(part(attributes['activityType'], 'name')) ??
      textOf(attributes['signalName']) ??
      marker ??
      textOf(part(part(update, 'input'), 'name')) ??
      textOf(part(attributes['workflowType'], 'name')) ??
      textOf(attributes['operation']),
    key:
      textOf(attributes['activityId']) ??
      textOf(attributes['timerId']) ??
      textOf(attributes['workflowId']) ??
      textOf(part(part(update, 'meta'), 'updateId')) ??
      textOf(part(attributes['workflowExecution'], 'workflowId')),
  };
}

function patchOf(attributes: Body): { patch: string; name: string } | undefined {
  if (textOf(attributes['markerName']) !== PATCH) return undefined;
  const fields = firstDetail(attributes, 'patch-data');
  const patch = textOf(part(fields, 'id'));
  return patch === undefined
    ? undefined
    : { patch, name: `${part(fields, 'deprecated') === true ? 'deprecated patch' : 'patch'} ${patch}` };
}

function firstDetail(attributes: Body, name: string): unknown {
  const data = readable(part(attributes['details'], name));
  return Array.isArray(data) ? (data[0] as unknown) : data;
}

const buildOf = (attributes: Body): string | undefined =>
  textOf(part(attributes['deploymentVersion'], 'buildId')) ??
  textOf(part(attributes['workerVersion'], 'buildId')) ??
  textOf(attributes['binaryChecksum']);

const sdkOf = (metadata: unknown): string | undefined =>
  [textOf(part(metadata, 'sdkName')), textOf(part(metadata, 'sdkVersion'))].filter(Boolean).join(' ') || undefined;

/** An enum in some events, the text of a person in others. */
const causeOf = (attributes: Body): string | undefined => textOf(attributes['reason']) ?? textOf(enumText('cause', attributes['cause']));

function labelOf(body: Body): string | undefined {
  const summary = readable(part(body['userMetadata'], 'summary'));
  return typeof summary === 'string' ? maskJson(summary.slice(0, 200)) : undefined;
}

function previewOf(type: string, attributes: Body): string | undefined {
  if (type === 'UpsertWorkflowSearchAttributes') {
    const fields = readable(part(attributes['searchAttributes'], 'indexedFields'));
    return isBody(fields)
      ? Object.entries(fields)
          .map(([name, value]) => `${name} ${preview([value]) ?? ''}`)
          .join(', ') || undefined
      : undefined;
  }
  if (type === 'MarkerRecorded') {
    const details = readable(attributes['details']);
    if (!isBody(details)) return undefined;
    return preview(attributes['markerName'] === LOCAL_ACTIVITY ? details['result'] : Object.values(details).flat());
  }
  const shown =
    part(part(attributes['acceptedRequest'], 'input'), 'args') ??
    attributes['input'] ??
    part(attributes['outcome'], 'success') ??
    attributes['result'];
  return preview(readable(shown));
}
