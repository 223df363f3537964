import { describe, expect, it } from 'vitest';
import { callerOf, fakeWorkflowService } from '../test/fake-services.ts';

function recorder() {
  const asked: object[] = [];
  const service = fakeWorkflowService({
    startBatchOperation: (request) => {
      asked.push(request);
      return Promise.resolve({});
    },
  });
  return { asked, caller: callerOf(service) };
}

describe('batch.start', () => {
  it('names chosen runs one by one', async () => {
    const { asked, caller } = recorder();
    const runs = [{ workflowId: 'a', runId: '1' }];
    const { jobId } = await caller.batch.start({
      namespace: 'default',
      target: { kind: 'runs', runs },
      operation: { kind: 'terminate' },
      reason: 'stuck',
    });
    expect(asked).toEqual([
      { namespace: 'default', jobId, reason: 'stuck', executions: runs, terminationOperation: { identity: 'console' } },
    ]);
  });

  it('turns the filters of the list into the query of the job', async () => {
    const { asked, caller } = recorder();
    await caller.batch.start({
      namespace: 'default',
      target: { kind: 'filter', filter: { type: "O'Flow", status: ['Running'] } },
      operation: { kind: 'cancel' },
      reason: 'stuck',
    });
    expect(asked).toMatchObject([
      { visibilityQuery: "ExecutionStatus IN ('Running') AND WorkflowType = 'O''Flow'", cancellationOperation: { identity: 'console' } },
    ]);
  });

  it('begins nothing without a reason', async () => {
    const { asked, caller } = recorder();
    const start = caller.batch.start({
      namespace: 'default',
      target: { kind: 'filter', filter: { type: 'T' } },
      operation: { kind: 'delete' },
      reason: '  ',
    });
    await expect(start).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(asked).toEqual([]);
  });
});
