/** An outcome the caller must be told about. Each code maps to one status and one detail at each edge; none carries a payload or a secret. */
export type EngineErrorCode =
  | 'invalid-argument'
  | 'not-found'
  | 'namespace-not-found'
  | 'namespace-exists'
  | 'namespace-invalid-state'
  | 'already-started'
  | 'query-failed'
  | 'workflow-not-ready'
  | 'failed-precondition'
  | 'resource-exhausted'
  | 'unavailable'
  | 'deadline-exceeded'
  | 'cancelled'
  | 'permission-denied'
  | 'unauthenticated'
  | 'aborted-operation'
  | 'multi-operation'
  | 'unimplemented';

/** What the typed detail of an error says. */
export interface ErrorFacts {
  readonly namespace?: string;
  readonly startRequestId?: string;
  readonly runId?: string;
  readonly firstExecutionRunId?: string;
  /** An encoded `temporal.api.failure.v1.Failure`. */
  readonly failure?: Uint8Array;
  /** Numbers of ResourceExhaustedCause and ResourceExhaustedScope. */
  readonly exhausted?: { readonly cause: number; readonly scope: number };
  /** How each part of a request with several operations went, in their order; undefined for one that was done. */
  readonly operations?: readonly (EngineError | undefined)[];
}

export class EngineError extends Error {
  override readonly name = 'EngineError';
  constructor(
    readonly code: EngineErrorCode,
    message: string,
    readonly facts: ErrorFacts = {},
  ) {
    super(message);
  }
}
