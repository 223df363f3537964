export type { Duration } from './duration.ts';
export { toMilliseconds } from './duration.ts';
export { DefinitionError, NoContextError, ReadOnlyContextError, SandboxViolationError } from './errors.ts';
export type { ActivityFailureFields, ApplicationFailureOptions, ChildWorkflowFailureFields, RetryState, TimeoutType } from './failures.ts';
export {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  isCancellation,
  isTemporalFailure,
  rootCause,
  ServerFailure,
  TemporalFailure,
  TerminatedFailure,
  TimeoutFailure,
} from './failures.ts';
export type { LogAttributes, Logger, LogLevel } from './logger.ts';
export { consoleLogger } from './logger.ts';
export type { RetryPolicy } from './retry-policy.ts';
export type { AnyFunction, Constructor, DeploymentVersion, Priority, VersioningBehavior } from './types.ts';
