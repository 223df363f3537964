/** What went wrong, out of an event's JSON in any of its forms. */
import { maskJson } from '@tidemark/engine/api/model/secrets';
import { FAILURE_CAUSES_MAX, FAILURE_STACK_MAX, failureKind } from '@tidemark/protocol/failure';
import { textOf } from './event-body.ts';
import { isBody, readable } from './payload-json.ts';
import type { RunFailure } from './run-event.ts';

const part = (value: unknown, name: string): unknown => (isBody(value) ? value[name] : undefined);

/** A failure of an event's JSON as the api gives it in rows; undefined for what is none. */
export function failureOf(failure: unknown, depth = 0): RunFailure | undefined {
  if (!isBody(failure)) return undefined;
  // Where a codec hides the words, they are in a payload; it is a text of its own once that is decoded.
  const hidden = readable(failure['encodedAttributes']);
  const application = failure['applicationFailureInfo'];
  const cause = depth < FAILURE_CAUSES_MAX ? failureOf(failure['cause'], depth + 1) : undefined;
  const stack = (textOf(part(hidden, 'stack_trace')) ?? textOf(failure['stackTrace']))?.slice(0, FAILURE_STACK_MAX);
  return {
    message: maskJson(textOf(part(hidden, 'message')) ?? textOf(failure['message']) ?? ''),
    type: textOf(part(application, 'type')) ?? failureKind(failure),
    ...(part(application, 'nonRetryable') === true ? { nonRetryable: true } : {}),
    ...(cause === undefined ? {} : { cause }),
    ...(stack === undefined ? {} : { stack: maskJson(stack) }),
  };
}
