/** Where a refusal of the server belongs: servers name fields in their sentences, in words of their own. */
import type { Draft, Errors } from './draft.ts';

/** The first that fits. What is more particular comes first. */
const PLACES: readonly (readonly [RegExp, keyof Draft])[] = [
  [/cron/i, 'cron'],
  [/start.?delay/i, 'startDelay'],
  [/task.?timeout/i, 'taskTimeout'],
  [/execution.?timeout/i, 'executionTimeout'],
  [/run.?timeout/i, 'runTimeout'],
  [/backoff.?coefficient/i, 'retryBackoff'],
  [/initial.?interval/i, 'retryInitial'],
  [/maximum.?interval/i, 'retryMaximum'],
  [/maximum.?attempts|retry.?policy/i, 'retryAttempts'],
  [/fairness.?weight/i, 'fairnessWeight'],
  [/fairness.?key/i, 'fairnessKey'],
  [/priority/i, 'priority'],
  [/search.?attribute|no mapping defined|attribute/i, 'attributes'],
  [/memo/i, 'memo'],
  [/header/i, 'headers'],
  [/signal.?name|update.?name/i, 'firstName'],
  [/update.?id/i, 'updateId'],
  [/conflict.?policy/i, 'whenOpen'],
  [/reuse.?policy/i, 'whenClosed'],
  [/request.?id/i, 'requestId'],
  [/workflow.?id\b/i, 'workflowId'],
  [/workflow.?type/i, 'type'],
  [/task.?queue/i, 'queue'],
  [/user.?metadata.*details/i, 'details'],
  [/user.?metadata|summary/i, 'summary'],
  [/input/i, 'input'],
];
/** These have no place in the form. */
const ELSEWHERE = new Set([
  'UNAVAILABLE',
  'UNREACHABLE',
  'PERMISSION_DENIED',
  'UNAUTHENTICATED',
  'DEADLINE_EXCEEDED',
  'RESOURCE_EXHAUSTED',
]);

export function placeRefusal({ code, message }: { readonly code: string; readonly message: string }): Errors {
  if (code === 'ALREADY_EXISTS')
    return { workflowId: 'A run with this id is in the way. Choose another id, or say below what to do then.' };
  const place = ELSEWHERE.has(code) ? undefined : PLACES.find(([pattern]) => pattern.test(message))?.[1];
  return { [place ?? 'send']: message };
}
