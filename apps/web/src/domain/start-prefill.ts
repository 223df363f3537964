/** The start of a run, as the fields of a form that would start another like it. */
import { formatSpan } from '../lib/duration.ts';
import { stringifyExact } from '../lib/exact-json.ts';
import { utf8Of } from '../lib/base64.ts';
import { attributesOf, durationOf, textOf } from './event-body.ts';
import type { Body } from './payload-json.ts';
import { isBody } from './payload-json.ts';
import type { WirePayload } from './wire-payload.ts';
import { encodingOf, isCut, listOf, readExact, toBox } from './wire-payload.ts';

export interface StartPrefill {
  /** By the names of the form's fields; what the run did not say is not there. */
  readonly fields: Readonly<Record<string, string>>;
  /** What could not be taken over, for people to read: `the arguments (2 is binary/encrypted)`. */
  readonly leftOut: readonly string[];
}

/** `body` is the first event of a run as the wire has it. */
export function prefillOf(body: unknown): StartPrefill {
  const event = isBody(body) ? body : {};
  const started = attributesOf(event);
  const leftOut: string[] = [];
  const fields = {
    input: inputOf(started, leftOut),
    ...timesOf(started),
    ...retryOf(started['retryPolicy']),
    ...priorityOf(started['priority']),
    memo: objectOf(started['memo'], 'fields', leftOut),
    attributes: objectOf(started['searchAttributes'], 'indexedFields', leftOut),
    headers: objectOf(started['header'], 'fields', leftOut),
    ...wordsOf(event['userMetadata']),
  };
  return { fields: Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== '')), leftOut };
}

const isReadable = (wire: WirePayload): boolean =>
  !isCut(wire) && ['json/plain', 'json/protobuf', 'binary/null'].includes(encodingOf(wire));

function inputOf(started: Body, leftOut: string[]): string {
  const all = started['input'] === undefined ? [] : listOf(started['input']);
  const unread = all.flatMap((wire, index) => (isReadable(wire) ? [] : [`${index + 1} is ${isCut(wire) ? 'too long' : encodingOf(wire)}`]));
  // An argument less would move those after it.
  if (unread.length > 0) {
    leftOut.push(`the arguments (${unread.join(', ')})`);
    return '';
  }
  return all.map((wire) => stringifyExact(readExact(wire), all.length === 1 ? 2 : 0)).join('\n');
}

const spanOf = (value: unknown): string => formatSpan(durationOf(value) ?? 0);

function timesOf(started: Body): Record<string, string> {
  return {
    executionTimeout: spanOf(started['workflowExecutionTimeout']),
    runTimeout: spanOf(started['workflowRunTimeout']),
    // What every server takes when nothing is said.
    taskTimeout: started['workflowTaskTimeout'] === '10s' ? '' : spanOf(started['workflowTaskTimeout']),
    cron: textOf(started['cronSchedule']) ?? '',
    // The back-off of a cron schedule comes from the schedule.
    startDelay: textOf(started['cronSchedule']) === undefined ? spanOf(started['firstWorkflowTaskBackoff']) : '',
  };
}

const numberText = (value: unknown): string => (typeof value === 'number' && value !== 0 ? String(value) : '');

function retryOf(policy: unknown): Record<string, string> {
  if (!isBody(policy)) return {};
  const never = policy['nonRetryableErrorTypes'];
  return {
    retryInitial: spanOf(policy['initialInterval']),
    retryBackoff: numberText(policy['backoffCoefficient']),
    retryMaximum: spanOf(policy['maximumInterval']),
    retryAttempts: numberText(policy['maximumAttempts']),
    retryNever: Array.isArray(never) ? never.join(', ') : '',
  };
}

function priorityOf(priority: unknown): Record<string, string> {
  if (!isBody(priority)) return {};
  return {
    priority: numberText(priority['priorityKey']),
    fairnessKey: textOf(priority['fairnessKey']) ?? '',
    fairnessWeight: numberText(priority['fairnessWeight']),
  };
}

function objectOf(holder: unknown, member: 'fields' | 'indexedFields', leftOut: string[]): string {
  const fields = isBody(holder) ? holder[member] : undefined;
  if (!isBody(fields)) return '';
  const entries = Object.entries(fields).flatMap(([name, value]) => {
    const [wire] = listOf([value]);
    if (wire !== undefined && isReadable(wire)) return [[name, readExact(wire)] as const];
    leftOut.push(name);
    return [];
  });
  return entries.length === 0 ? '' : stringifyExact(Object.fromEntries(entries));
}

function wordsOf(metadata: unknown): Record<string, string> {
  if (!isBody(metadata)) return {};
  const word = (name: string): string => {
    const [wire] = metadata[name] === undefined ? [] : listOf([metadata[name]]);
    if (wire === undefined || !isReadable(wire)) return '';
    const value: unknown = JSON.parse(utf8Of(toBox(wire).data) || 'null');
    return typeof value === 'string' ? value : '';
  };
  return { summary: word('summary'), details: word('details') };
}
