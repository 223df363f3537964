export type { AnyWorkflow, ConnectOptions, StartOptions } from './client.ts';
export { Client } from './client.ts';
export {
  QueryFailedError,
  RpcError,
  StatusCode,
  UpdateFailedError,
  WorkflowAlreadyStartedError,
  WorkflowFailedError,
  WorkflowNotFoundError,
} from './errors.ts';
export { WorkflowHandle } from './workflow-handle.ts';
export type { WorkflowExecutionInfo, WorkflowStatus } from './workflow-info.ts';
