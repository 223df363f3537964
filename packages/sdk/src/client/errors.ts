/** Errors a client throws beside the transport's `RpcError`. */
import { RpcError, StatusCode } from '@tidemark/protocol/errors';

export class WorkflowAlreadyStartedError extends Error {
  override readonly name = 'WorkflowAlreadyStartedError';
  constructor(
    readonly workflowId: string,
    readonly workflowType: string,
    readonly runId: string,
  ) {
    super(`the workflow ${workflowId} is already started`);
  }
}

export class WorkflowNotFoundError extends Error {
  override readonly name = 'WorkflowNotFoundError';
  constructor(
    message: string,
    readonly workflowId: string,
    readonly runId: string | undefined,
  ) {
    super(message);
  }
}

/** The execution ended without a result; `cause` says why. */
export class WorkflowFailedError extends Error {
  override readonly name = 'WorkflowFailedError';
}

export class QueryFailedError extends Error {
  override readonly name = 'QueryFailedError';
}

export class UpdateFailedError extends Error {
  override readonly name = 'UpdateFailedError';
}

/** Rethrows NOT_FOUND about a workflow as its own class, everything else as it is. */
export function rethrow(error: unknown, workflowId: string, runId?: string): never {
  if (error instanceof RpcError && error.code === StatusCode.NOT_FOUND && error.find('NamespaceNotFoundFailure') === undefined) {
    throw new WorkflowNotFoundError(error.message, workflowId, runId);
  }
  throw error;
}

export { RpcError, StatusCode };
