/** What went wrong, out of an event's JSON in any of its forms. */
import { textOf } from './event-body.ts';
import { isBody, readable } from './payload-json.ts';
import type { RunFailure } from './run-event.ts';

const part = (value: unknown, name: string): unknown => (isBody(value) ? value[name] : undefined);

const KINDS: Readonly<Record<string, string>> = {
  timeoutFailureInfo: 'Timeout',
  canceledFailureInfo: 'Canceled',
  terminatedFailureInfo: 'Terminated',
  serverFailureInfo: 'ServerError',
  activityFailureInfo: 'ActivityError',
  childWorkflowExecutionFailureInfo: 'ChildWorkflowError',
  nexusOperationExecutionFailureInfo: 'NexusOperationError',
};
const CAUSES_MAX = 6;

/** A failure of an event's JSON as the api gives it in rows; undefined for what is none. */
export function failureOf(failure: unknown, depth = 0): RunFailure | undefined {
  if (!isBody(failure)) return undefined;
  // Where a codec hides the words, they are in a payload; it is a text of its own once that is decoded.
  const hidden = readable(failure['encodedAttributes']);
  const application = failure['applicationFailureInfo'];
  const kind = Object.keys(KINDS).find((key) => failure[key] !== undefined);
  const cause = depth < CAUSES_MAX ? failureOf(failure['cause'], depth + 1) : undefined;
  const stack = (textOf(part(hidden, 'stack_trace')) ?? textOf(failure['stackTrace']))?.slice(0, 4000);
  return {
    message: textOf(part(hidden, 'message')) ?? textOf(failure['message']) ?? '',
    type: textOf(part(application, 'type')) ?? (kind === undefined ? 'Error' : (KINDS[kind] ?? 'Error')),
    ...(part(application, 'nonRetryable') === true ? { nonRetryable: true } : {}),
    ...(cause === undefined ? {} : { cause }),
    ...(stack === undefined ? {} : { stack }),
  };
}
