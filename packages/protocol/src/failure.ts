/** How a failure is told in a row: what it is called, and how much of it. */

/** For kinds that carry no name of their own, by the part of the failure that says the kind. */
const KINDS: Readonly<Record<string, string>> = {
  timeoutFailureInfo: 'Timeout',
  canceledFailureInfo: 'Canceled',
  terminatedFailureInfo: 'Terminated',
  serverFailureInfo: 'ServerError',
  activityFailureInfo: 'ActivityError',
  childWorkflowExecutionFailureInfo: 'ChildWorkflowError',
  nexusOperationExecutionFailureInfo: 'NexusOperationError',
};

/** Wrapped failures below the outermost one. */
export const FAILURE_CAUSES_MAX = 6;
/** UTF-16 units. */
export const FAILURE_STACK_MAX = 4000;

/** Of a failure as a message or as its JSON. What is of no kind is an `Error`. */
export function failureKind(failure: object): string {
  const found = Object.entries(failure).find(([part, value]) => value !== undefined && value !== null && Object.hasOwn(KINDS, part));
  return KINDS[found?.[0] ?? ''] ?? 'Error';
}
