/** What a batch job does to each of its runs: the operation of the same name, in the words of the job. */
import { api } from '@tidemark/protocol/api';
import type { WorkflowMethods } from '@tidemark/protocol/services';
import type { temporal } from '@tidemark/protocol/types';
import { EngineError } from '../kernel/engine-error.ts';
import { maskedChange, resetActivity, selectorOf, unpauseActivity, updateActivityOptions } from './activity-operator.ts';
import { deleteWorkflow } from './delete-workflow.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { cancelWorkflow, signalWorkflow, terminateWorkflow } from './message-workflow.ts';
import { draftsAfterReset } from './post-reset.ts';
import { resetByOptions, resetOptionsOf } from './reset-by-options.ts';
import { toChange, updateWorkflowOptions } from './update-options.ts';
import { checkPayloads, requireId } from './validate.ts';

const { BatchOperationType: Type } = api.enums.v1;
export type StartBatch = WorkflowMethods['startBatchOperation']['request'];

export interface BatchItem {
  readonly engine: Engine;
  readonly call: NamespaceCall;
  readonly execution: temporal.api.common.v1.IWorkflowExecution;
  /** The same whenever this job comes to this run. */
  readonly requestId: string;
}

export interface BatchOperation {
  readonly type: temporal.api.enums.v1.BatchOperationType;
  readonly identity: string;
  /** Whether it means anything to a run that is closed. */
  readonly concerns: 'open' | 'all';
  /** Throws when what is asked for could be done to no run. */
  readonly check?: (engine: Engine) => void;
  readonly apply: (item: BatchItem) => Promise<unknown>;
}

type Field =
  | 'terminationOperation'
  | 'cancellationOperation'
  | 'signalOperation'
  | 'deletionOperation'
  | 'resetOperation'
  | 'updateWorkflowOptionsOperation'
  | 'unpauseActivitiesOperation'
  | 'resetActivitiesOperation'
  | 'updateActivityOptionsOperation';

type Makers = { readonly [Name in Field]: (given: NonNullable<StartBatch[Name]>, reason: string) => Omit<BatchOperation, 'identity'> };

const makers: Makers = {
  terminationOperation: ({ details, identity }, reason) => ({
    type: Type.BATCH_OPERATION_TYPE_TERMINATE,
    concerns: 'open',
    check: (engine) => checkPayloads(engine, details),
    apply: ({ engine, call, execution }) =>
      terminateWorkflow(engine, { workflowExecution: execution, reason, details: details ?? null, identity: identity ?? '' }, call),
  }),
  cancellationOperation: ({ identity }) => ({
    type: Type.BATCH_OPERATION_TYPE_CANCEL,
    concerns: 'open',
    apply: ({ engine, call, execution, requestId }) =>
      cancelWorkflow(engine, { workflowExecution: execution, requestId, identity: identity ?? '' }, call),
  }),
  signalOperation: ({ signal, ...given }) => ({
    type: Type.BATCH_OPERATION_TYPE_SIGNAL,
    concerns: 'open',
    check: (engine) => {
      requireId(engine, 'SignalName', signal);
      checkPayloads(engine, given.input);
    },
    apply: ({ engine, call, execution, requestId }) =>
      signalWorkflow(engine, { ...given, signalName: signal ?? '', workflowExecution: execution, requestId }, call),
  }),
  deletionOperation: () => ({
    type: Type.BATCH_OPERATION_TYPE_DELETE,
    concerns: 'all',
    apply: ({ engine, call, execution }) => deleteWorkflow(engine, { workflowExecution: execution }, call),
  }),
  resetOperation: (reset, reason) => ({
    type: Type.BATCH_OPERATION_TYPE_RESET,
    concerns: 'all',
    check: (engine) => {
      resetOptionsOf(reset);
      draftsAfterReset(engine, reset.postResetOperations, '');
    },
    apply: (item) => resetByOptions(item, { reset, reason }),
  }),
  updateWorkflowOptionsOperation: (given) => ({
    type: Type.BATCH_OPERATION_TYPE_UPDATE_EXECUTION_OPTIONS,
    concerns: 'open',
    check: (engine) => void toChange(engine, given, given.identity ?? ''),
    apply: ({ engine, call, execution }) => updateWorkflowOptions(engine, { ...given, workflowExecution: execution }, call),
  }),
  unpauseActivitiesOperation: ({ matchAll, activity: _which, ...given }) => ({
    type: Type.BATCH_OPERATION_TYPE_UNPAUSE_ACTIVITY,
    concerns: 'open',
    check: (engine) => void selectorOf(engine, { ...given, matchAll: matchAll ?? null }),
    apply: ({ engine, call, execution }) => unpauseActivity(engine, { ...given, unpauseAll: matchAll ?? null, execution }, call),
  }),
  resetActivitiesOperation: (given) => ({
    type: Type.BATCH_OPERATION_TYPE_RESET_ACTIVITY,
    concerns: 'open',
    check: (engine) => void selectorOf(engine, given),
    apply: ({ engine, call, execution }) => resetActivity(engine, { ...given, execution }, call),
  }),
  updateActivityOptionsOperation: (given) => ({
    type: Type.BATCH_OPERATION_TYPE_UPDATE_ACTIVITY_OPTIONS,
    concerns: 'open',
    check: (engine) => {
      selectorOf(engine, given);
      if (given.restoreOriginal !== true) maskedChange(engine, given);
    },
    apply: ({ engine, call, execution }) => updateActivityOptions(engine, { ...given, execution }, call),
  }),
};

const fields = Object.keys(makers) as Field[];

/** Nothing when the request asks for nothing. */
export function batchOperationOf(request: StartBatch): BatchOperation | undefined {
  if (request.cancelActivitiesOperation ?? request.terminateActivitiesOperation ?? request.deleteActivitiesOperation)
    throw new EngineError('unimplemented', 'standalone activities are not implemented by this server');
  for (const field of fields) {
    const operation = make(field, request);
    if (operation !== undefined) return operation;
  }
  return undefined;
}

function make<Name extends Field>(field: Name, request: StartBatch): BatchOperation | undefined {
  const given = request[field];
  return given ? { ...makers[field](given, request.reason ?? ''), identity: given.identity ?? '' } : undefined;
}
