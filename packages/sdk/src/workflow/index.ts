/** What workflow code imports: `import * as workflow from '@tidemark/sdk/workflow'`. */
export type { ActivityHandle, ActivityOptions, ActivityProxy } from './activities.ts';
export { executeActivity, proxyActivities, startActivity } from './activities.ts';
export type { CancellationScopeOptions } from './cancellation-scope.ts';
export { CancellationScope } from './cancellation-scope.ts';
export type { ChildHandle, ChildOptions, ExternalHandle } from './children.ts';
export { executeChild, external, startChild } from './children.ts';
export { condition } from './condition.ts';
export type { ContinueAsNewOptions } from './continue-as-new.ts';
export { continueAsNew, continueAsNewAs } from './continue-as-new.ts';
export type { AsyncHandlerOptions, HandlerOptions } from './decorators.ts';
export { defn, query, run, signal, update, validator } from './decorators.ts';
export type { DefineSpec, DefnOptions } from './definition.ts';
export { define } from './definition.ts';
export type { WorkflowInfo } from './info.ts';
export {
  allHandlersFinished,
  cancellationReason,
  cancellationSignal,
  currentUpdate,
  info,
  inWorkflow,
  now,
  random,
  setCurrentDetails,
  upsertMemo,
  uuid4,
  uuid7,
} from './info.ts';
export type { RandomStream } from './random.ts';
export type { SleepOptions } from './sleep.ts';
export { sleep } from './sleep.ts';
export { deprecatePatch, patched, sideEffect } from './versions.ts';
export { logger } from './workflow-logger.ts';
export type { Duration } from '../common/duration.ts';
export {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  isCancellation,
  rootCause,
  TemporalFailure,
  TerminatedFailure,
  TimeoutFailure,
} from '../common/failures.ts';
export type { RetryPolicy } from '../common/retry-policy.ts';
