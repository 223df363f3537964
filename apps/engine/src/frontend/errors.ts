/** An outcome of the engine as the wire says it: one status and one typed detail per code, and no code can be forgotten. */
import { api } from '@tidemark/protocol/api';
import type { Detail } from '@tidemark/protocol/errors';
import { detail, operationAborted, RpcError, StatusCode } from '@tidemark/protocol/errors';
import type { EngineErrorCode, ErrorFacts } from '../kernel/engine-error.ts';
import { EngineError } from '../kernel/engine-error.ts';

interface Mapping {
  readonly status: StatusCode;
  readonly details?: (facts: ErrorFacts) => Detail;
}

const mappings = {
  'invalid-argument': { status: StatusCode.INVALID_ARGUMENT },
  'not-found': { status: StatusCode.NOT_FOUND, details: () => detail('NotFoundFailure', {}) },
  'namespace-not-found': {
    status: StatusCode.NOT_FOUND,
    details: ({ namespace }) => detail('NamespaceNotFoundFailure', { namespace: namespace ?? '' }),
  },
  'namespace-exists': { status: StatusCode.ALREADY_EXISTS, details: () => detail('NamespaceAlreadyExistsFailure', {}) },
  'namespace-invalid-state': {
    status: StatusCode.FAILED_PRECONDITION,
    details: ({ namespace }) => detail('NamespaceInvalidStateFailure', { namespace: namespace ?? '' }),
  },
  'already-started': {
    status: StatusCode.ALREADY_EXISTS,
    details: (facts) =>
      detail('WorkflowExecutionAlreadyStartedFailure', {
        startRequestId: facts.startRequestId ?? '',
        runId: facts.runId ?? '',
        firstExecutionRunId: facts.firstExecutionRunId ?? '',
      }),
  },
  'query-failed': {
    status: StatusCode.INVALID_ARGUMENT,
    details: ({ failure }) =>
      detail('QueryFailedFailure', { failure: failure === undefined ? null : api.failure.v1.Failure.decode(failure) }),
  },
  'workflow-not-ready': { status: StatusCode.FAILED_PRECONDITION, details: () => detail('WorkflowNotReadyFailure', {}) },
  'failed-precondition': { status: StatusCode.FAILED_PRECONDITION },
  'resource-exhausted': {
    status: StatusCode.RESOURCE_EXHAUSTED,
    details: ({ exhausted }) => detail('ResourceExhaustedFailure', exhausted ?? {}),
  },
  unavailable: { status: StatusCode.UNAVAILABLE },
  'deadline-exceeded': { status: StatusCode.DEADLINE_EXCEEDED },
  cancelled: { status: StatusCode.CANCELLED },
  'permission-denied': { status: StatusCode.PERMISSION_DENIED, details: () => detail('PermissionDeniedFailure', {}) },
  unauthenticated: { status: StatusCode.UNAUTHENTICATED },
  'aborted-operation': { status: StatusCode.ABORTED, details: () => operationAborted },
  'multi-operation': {
    // Replaced by that of the part that failed.
    status: StatusCode.ABORTED,
    details: ({ operations }) => detail('MultiOperationExecutionFailure', { statuses: (operations ?? []).map(toStatus) }),
  },
  unimplemented: { status: StatusCode.UNIMPLEMENTED },
} satisfies Record<EngineErrorCode, Mapping>;

interface OperationStatus {
  readonly code: number;
  readonly message: string;
  readonly details: { readonly type_url: string; readonly value: Uint8Array }[];
}

function toStatus(error: EngineError | undefined): OperationStatus {
  if (error === undefined) return { code: StatusCode.OK, message: '', details: [] };
  const { status, details } = mappings[error.code] as Mapping;
  const found = details === undefined ? [] : [details(error.facts)];
  return { code: status, message: error.message, details: found.map(({ typeUrl, value }) => ({ type_url: typeUrl, value })) };
}

/** A request with several operations fails with the code of the part that did. */
function statusOf({ code, facts }: EngineError): StatusCode {
  const failed = facts.operations?.find((one) => one !== undefined && one.code !== 'aborted-operation');
  return failed === undefined ? mappings[code].status : mappings[failed.code].status;
}

/** Anything that is not an outcome of ours stays what it is, and is told to nobody outside. */
export function toRpcError(error: unknown): unknown {
  if (!(error instanceof EngineError)) return error;
  const mapping: Mapping = mappings[error.code];
  return new RpcError(statusOf(error), error.message, mapping.details === undefined ? [] : [mapping.details(error.facts)]);
}
