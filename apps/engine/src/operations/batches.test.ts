import { api } from '@tidemark/protocol/api';
import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import { toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { describe, expect, it } from 'vitest';
import type { MemoryEngine } from '../../test/support/memory-engine.ts';
import { NAMESPACE, openMemoryEngine } from '../../test/support/memory-engine.ts';

const { BatchOperationState: State, BatchOperationType: Type } = api.enums.v1;
type Job = temporal.api.workflowservice.v1.IStartBatchOperationRequest;

const QUERY = { visibilityQuery: "WorkflowType = 'order'" };
const ALL_PARAMETERS = 'must provide required parameters: BatchType/Reason/Namespace/Query/Executions';
const SELECT = 'Either Activity ID, Activity Type or match all must be set on request.';

/** Nobody carries the jobs out here, so they stay running. */
const start = ({ workflow }: MemoryEngine, job: Job) =>
  workflow.startBatchOperation({ namespace: NAMESPACE, jobId: 'job', reason: 'for the test', ...job });
const stop = ({ workflow }: MemoryEngine, jobId = 'job') =>
  workflow.stopBatchOperation({ namespace: NAMESPACE, jobId, reason: 'changed my mind' });

async function refusal(call: Promise<unknown>): Promise<RpcError> {
  const error: unknown = await call.then(() => undefined).catch((thrown: unknown) => thrown);
  if (!(error instanceof RpcError)) throw new Error(`not refused: ${String(error)}`);
  return error;
}

describe('a request to start a batch job', () => {
  const invalid: readonly (readonly [string, Job, string])[] = [
    ['a job id', { ...QUERY, jobId: '', terminationOperation: {} }, 'JobId is not set on request.'],
    ['a reason', { ...QUERY, reason: '', terminationOperation: {} }, ALL_PARAMETERS],
    ['an operation', QUERY, ALL_PARAMETERS],
    ['a query or executions', { terminationOperation: {} }, ALL_PARAMETERS],
    [
      'not both of them',
      { ...QUERY, executions: [{ workflowId: 'w' }], terminationOperation: {} },
      'batch query and executions are mutually exclusive',
    ],
    [
      'one list of executions',
      { targetExecutions: [{ businessId: 'w' }], executions: [{ workflowId: 'w' }], terminationOperation: {} },
      'only one of executions and target executions can be set on request',
    ],
    ['executions with an id', { executions: [{ runId: 'r' }], terminationOperation: {} }, 'WorkflowId is not set on request.'],
    [
      'a bounded number of executions',
      { executions: Array.from({ length: 1001 }, () => ({ workflowId: 'w' })), terminationOperation: {} },
      'batch executions count exceeds the limit of 1000',
    ],
    [
      'executions of workflows',
      { targetExecutions: [{ type: 2, businessId: 'a' }], terminationOperation: {} },
      'target executions must be workflow executions',
    ],
    ['the name of the signal', { ...QUERY, signalOperation: {} }, 'SignalName is not set on request.'],
    ['a point to reset to', { ...QUERY, resetOperation: { options: {} } }, 'reset options must name a workflow task or a build id'],
    ['a type of reset', { ...QUERY, resetOperation: {} }, 'reset type must be set'],
    ['options to update', { ...QUERY, updateWorkflowOptionsOperation: {} }, 'UpdateMask is not set on request.'],
    ['activities to unpause', { ...QUERY, unpauseActivitiesOperation: {} }, SELECT],
    ['activities to reset', { ...QUERY, resetActivitiesOperation: {} }, SELECT],
    ['activities to update', { ...QUERY, updateActivityOptionsOperation: { restoreOriginal: true } }, SELECT],
    ['options of activities', { ...QUERY, updateActivityOptionsOperation: { matchAll: true } }, 'UpdateMask is not set on request.'],
  ];
  it.each(invalid)('needs %s', async (_what, job, message) => {
    const engine = await openMemoryEngine();
    const { code, message: told } = await refusal(start(engine, job));
    expect([code, told]).toEqual([StatusCode.INVALID_ARGUMENT, message]);
    expect((await engine.workflow.listBatchOperations({ namespace: NAMESPACE })).operationInfo).toEqual([]);
  });

  it('is told what is not implemented', async () => {
    const engine = await openMemoryEngine();
    const { code } = await refusal(start(engine, { ...QUERY, cancelActivitiesOperation: {} }));
    expect(code).toBe(StatusCode.UNIMPLEMENTED);
  });

  it('waits its turn in its namespace, and takes an id that is free', async () => {
    const engine = await openMemoryEngine();
    await start(engine, { ...QUERY, terminationOperation: {} });
    const busy = await refusal(start(engine, { ...QUERY, jobId: 'other', terminationOperation: {} }));
    expect([busy.code, busy.message]).toEqual([StatusCode.RESOURCE_EXHAUSTED, 'Max concurrent batch operations is reached']);
    expect(busy.details[0]?.name).toBe('ResourceExhaustedFailure');
    await stop(engine);
    const taken = await refusal(start(engine, { ...QUERY, terminationOperation: {} }));
    expect([taken.code, taken.message]).toEqual([StatusCode.ALREADY_EXISTS, 'batch job job already exists']);
    await start(engine, { ...QUERY, jobId: 'other', terminationOperation: {} });
  });
});

describe('a batch job', () => {
  it('is described in the words of its request', async () => {
    const engine = await openMemoryEngine();
    await start(engine, { ...QUERY, signalOperation: { signal: 'go', identity: 'operator' } });
    const job = await engine.workflow.describeBatchOperation({ namespace: NAMESPACE, jobId: 'job' });
    expect(job).toMatchObject({
      jobId: 'job',
      operationType: Type.BATCH_OPERATION_TYPE_SIGNAL,
      state: State.BATCH_OPERATION_STATE_RUNNING,
      identity: 'operator',
      reason: 'for the test',
      query: "WorkflowType = 'order'",
    });
    expect(toNumber(job.startTime?.seconds)).toBeGreaterThan(0);
    expect(job.closeTime ?? undefined).toBeUndefined();
  });

  it('has failed once it is stopped, and is stopped once', async () => {
    const engine = await openMemoryEngine();
    await start(engine, { ...QUERY, terminationOperation: {} });
    await stop(engine);
    const job = await engine.workflow.describeBatchOperation({ namespace: NAMESPACE, jobId: 'job' });
    expect(job.state).toBe(State.BATCH_OPERATION_STATE_FAILED);
    expect(toNumber(job.closeTime?.seconds)).toBeGreaterThan(0);
    expect((await refusal(stop(engine))).code).toBe(StatusCode.NOT_FOUND);
  });

  it('that nobody started is not found', async () => {
    const engine = await openMemoryEngine();
    const described = await refusal(engine.workflow.describeBatchOperation({ namespace: NAMESPACE, jobId: 'nobody' }));
    const stopped = await refusal(stop(engine, 'nobody'));
    for (const { code, message, details } of [described, stopped]) {
      expect([code, message]).toEqual([StatusCode.NOT_FOUND, 'workflow not found for ID: nobody']);
      expect(details[0]?.name).toBe('NotFoundFailure');
    }
  });

  it('is listed in pages, with its type and state', async () => {
    const engine = await openMemoryEngine();
    for (const jobId of ['a', 'b', 'c']) {
      await start(engine, { ...QUERY, jobId, deletionOperation: {} });
      await stop(engine, jobId);
    }
    const list = (nextPageToken: Uint8Array) => engine.workflow.listBatchOperations({ namespace: NAMESPACE, pageSize: 2, nextPageToken });
    const first = await list(new Uint8Array());
    const second = await list(first.nextPageToken);
    expect(first.operationInfo).toHaveLength(2);
    const all = [...first.operationInfo, ...second.operationInfo];
    expect(new Set(all.map(({ jobId }) => jobId))).toEqual(new Set(['a', 'b', 'c']));
    expect(all[0]).toMatchObject({ operationType: Type.BATCH_OPERATION_TYPE_DELETE, state: State.BATCH_OPERATION_STATE_FAILED });
    expect(second.nextPageToken).toHaveLength(0);
    expect((await refusal(list(Uint8Array.of(1)))).message).toBe('invalid NextPageToken');
  });
});
