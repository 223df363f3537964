/** Batch jobs: one operation on many runs, started here and carried out in the background. */
import { api } from '@tidemark/protocol/api';
import type { WorkflowMethods } from '@tidemark/protocol/services';
import { toLong, toTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { alreadyCompleted, workflowNotFound } from '../history/model/refusals.ts';
import { EngineError } from '../kernel/engine-error.ts';
import type { BatchKey, BatchPosition, BatchRecord } from '../persistence/ports/batch-store.ts';
import { BatchState } from '../persistence/ports/batch-store.ts';
import type { StartBatch } from './batch-operation.ts';
import { batchOperationOf } from './batch-operation.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { pageSize } from './page-size.ts';
import { invalid, requireId } from './validate.ts';

const { ExecutionType, ResourceExhaustedCause, ResourceExhaustedScope } = api.enums.v1;
const { StartBatchOperationRequest } = api.workflowservice.v1;
type Request<Method extends keyof WorkflowMethods> = WorkflowMethods[Method]['request'];
type Description = temporal.api.workflowservice.v1.IDescribeBatchOperationResponse;
type Execution = temporal.api.common.v1.IExecution;

const PAGE_MAX = 1000;
const PAGE_DEFAULT = 100;
const STOP_TRIES_MAX = 10;

export async function startBatch(engine: Engine, request: StartBatch, call: NamespaceCall): Promise<object> {
  const { store, clock, batchNotices } = engine;
  const key = { namespaceId: call.namespace.id, jobId: requireId(engine, 'JobId', request.jobId) };
  check(engine, request);
  const outcome = await store.batches.create({
    key,
    request: StartBatchOperationRequest.encode(request).finish(),
    state: BatchState.Running,
    startedAt: clock.now(),
    complete: 0,
    failed: 0,
    failures: [],
    version: 1,
  });
  if (outcome === 'busy') throw anotherRuns();
  if (outcome === 'exists') throw new EngineError('already-started', `batch job ${key.jobId} already exists`);
  batchNotices.publish(key);
  return {};
}

const anotherRuns = (): EngineError =>
  new EngineError('resource-exhausted', 'Max concurrent batch operations is reached', {
    exhausted: {
      cause: ResourceExhaustedCause.RESOURCE_EXHAUSTED_CAUSE_CONCURRENT_LIMIT,
      scope: ResourceExhaustedScope.RESOURCE_EXHAUSTED_SCOPE_NAMESPACE,
    },
  });

/** The query itself is read when the job begins; one that cannot be read is a job that failed. */
function check(engine: Engine, request: StartBatch): void {
  const operation = batchOperationOf(request);
  const executions = executionsOf(request);
  if (operation === undefined || !request.reason || (!request.visibilityQuery && executions.length === 0))
    throw invalid('must provide required parameters: BatchType/Reason/Namespace/Query/Executions');
  if (request.visibilityQuery && executions.length > 0) throw invalid('batch query and executions are mutually exclusive');
  if (request.executions?.length && request.targetExecutions?.length)
    throw invalid('only one of executions and target executions can be set on request');
  if (executions.length > engine.limits.batchTargetsMax)
    throw invalid(`batch executions count exceeds the limit of ${engine.limits.batchTargetsMax}`);
  for (const { type, businessId } of executions) {
    requireId(engine, 'WorkflowId', businessId);
    if (type === ExecutionType.EXECUTION_TYPE_ACTIVITY) throw invalid('target executions must be workflow executions');
  }
  operation.check?.(engine);
}

/** What the request names one by one, in the words of the newer field. */
export function executionsOf({ executions, targetExecutions }: StartBatch): readonly Execution[] {
  if (targetExecutions?.length) return targetExecutions;
  return (executions ?? []).map(({ workflowId, runId }) => ({
    type: ExecutionType.EXECUTION_TYPE_WORKFLOW,
    businessId: workflowId ?? '',
    runId: runId ?? '',
  }));
}

/** What was done stays done; what was not is left. */
export async function stopBatch(engine: Engine, request: Request<'stopBatchOperation'>, call: NamespaceCall): Promise<object> {
  const key = { namespaceId: call.namespace.id, jobId: requireId(engine, 'JobId', request.jobId) };
  if (!request.reason) throw invalid('Reason is not set on request.');
  for (let tries = 0; tries < STOP_TRIES_MAX; tries += 1) {
    const record = await requireJob(engine, key);
    if (record.state !== BatchState.Running) throw alreadyCompleted();
    const stopped = {
      ...record,
      state: BatchState.Failed,
      closedAt: engine.clock.now(),
      ended: `stopped: ${request.reason}`,
      version: record.version + 1,
    };
    if ((await engine.store.batches.replace(stopped)) === 'conflict') continue;
    engine.batchNotices.publish(key);
    return {};
  }
  throw new EngineError('unavailable', `batch job ${key.jobId} moves too fast to be stopped; try again`);
}

async function requireJob({ store }: Engine, key: BatchKey): Promise<BatchRecord> {
  const found = await store.batches.find(key);
  if (found === undefined) throw workflowNotFound(key.jobId);
  return found;
}

export async function describeBatch(
  engine: Engine,
  { jobId }: Request<'describeBatchOperation'>,
  call: NamespaceCall,
): Promise<Description> {
  const record = await requireJob(engine, { namespaceId: call.namespace.id, jobId: requireId(engine, 'JobId', jobId) });
  const request = StartBatchOperationRequest.decode(record.request);
  return {
    ...infoOf(record),
    totalOperationCount: toLong(record.total ?? 0),
    completeOperationCount: toLong(record.complete),
    failureOperationCount: toLong(record.failed),
    identity: batchOperationOf(request)?.identity ?? '',
    reason: request.reason,
    query: request.visibilityQuery,
    executions: [...executionsOf(request)],
  };
}

export async function listBatches(
  engine: Engine,
  { pageSize: asked, nextPageToken }: Request<'listBatchOperations'>,
  call: NamespaceCall,
): Promise<temporal.api.workflowservice.v1.IListBatchOperationsResponse> {
  const sizeMax = pageSize(asked, PAGE_MAX, PAGE_DEFAULT);
  const after = decodeToken(nextPageToken);
  const records = await engine.store.batches.list(call.namespace.id, { sizeMax, ...(after === undefined ? {} : { after }) });
  const last = records.length === sizeMax ? records.at(-1) : undefined;
  return {
    operationInfo: records.map(infoOf),
    nextPageToken: last === undefined ? new Uint8Array() : encodeToken({ startedAt: last.startedAt, jobId: last.key.jobId }),
  };
}

function infoOf(record: BatchRecord): temporal.api.batch.v1.IBatchOperationInfo {
  return {
    jobId: record.key.jobId,
    state: record.state,
    startTime: toTimestamp(record.startedAt),
    operationType: batchOperationOf(StartBatchOperationRequest.decode(record.request))?.type ?? 0,
    ...(record.closedAt === undefined ? {} : { closeTime: toTimestamp(record.closedAt) }),
  };
}

const encodeToken = ({ startedAt, jobId }: BatchPosition): Uint8Array => Buffer.from(JSON.stringify([startedAt, jobId]));

function decodeToken(bytes: Uint8Array | null | undefined): BatchPosition | undefined {
  if (!bytes?.length) return undefined;
  try {
    const [startedAt, jobId] = JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown[];
    if (typeof startedAt === 'number' && typeof jobId === 'string') return { startedAt, jobId };
  } catch {
    // Told below, as any other token that is not ours.
  }
  throw invalid('invalid NextPageToken');
}
