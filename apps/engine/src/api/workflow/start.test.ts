import { api } from '@tidemark/protocol/api';
import type { temporal } from '@tidemark/protocol/types';
import { describe, expect, it } from 'vitest';
import { callerOf, fakeWorkflowService } from '../test/fake-services.ts';

type Start = temporal.api.workflowservice.v1.IStartWorkflowExecutionRequest;
const base = { namespace: 'n', workflowId: 'w', type: 'Order', queue: 'q' };

describe('workflow.start', () => {
  it('passes on every option, and none that was not set', async () => {
    const seen: Start[] = [];
    const caller = callerOf(
      fakeWorkflowService({
        startWorkflowExecution: (request) => {
          seen.push(request);
          return Promise.resolve({ runId: 'r', started: true });
        },
      }),
    );
    await caller.workflow.start(base);
    expect(Object.keys(seen[0] ?? {}).toSorted()).toEqual([
      'identity',
      'namespace',
      'requestId',
      'taskQueue',
      'workflowId',
      'workflowIdConflictPolicy',
      'workflowIdReusePolicy',
      'workflowType',
    ]);
    await caller.workflow.start({
      ...base,
      requestId: 'once',
      executionTimeoutMs: 60_000,
      taskTimeoutMs: 5_000,
      cron: '0 * * * *',
      retry: { initialIntervalMs: 1_500, maximumAttempts: 4, nonRetryable: ['Declined'] },
      priority: { key: 2, fairnessKey: 'eu', fairnessWeight: 2.5 },
      memo: { note: 'hi' },
      searchAttributes: { Region: 'eu' },
      headers: { trace: 'abc' },
      summary: 'one',
      details: '**two**',
    });
    expect(seen[1]).toMatchObject({
      requestId: 'once',
      cronSchedule: '0 * * * *',
      retryPolicy: { maximumAttempts: 4, nonRetryableErrorTypes: ['Declined'] },
      priority: { priorityKey: 2, fairnessKey: 'eu', fairnessWeight: 2.5 },
      memo: { fields: { note: {} } },
      searchAttributes: { indexedFields: { Region: {} } },
      header: { fields: { trace: {} } },
      userMetadata: { summary: {}, details: {} },
    });
  });

  it('starts and updates in one step, and tells both', async () => {
    const caller = callerOf(
      fakeWorkflowService({
        executeMultiOperation: ({ operations }) => {
          const [start, update] = operations ?? [];
          expect(start?.startWorkflow?.workflowId).toBe('w');
          expect(update?.updateWorkflow?.request?.meta?.updateId).toBe('u-1');
          const stage = api.enums.v1.UpdateWorkflowExecutionLifecycleStage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ACCEPTED;
          return Promise.resolve({
            responses: [{ startWorkflow: { runId: 'r', started: true } }, { updateWorkflow: { updateRef: { updateId: 'u-1' }, stage } }],
          });
        },
      }),
    );
    const first = { kind: 'update', name: 'add', updateId: 'u-1', waitFor: 'accepted' } as const;
    expect(await caller.workflow.start({ ...base, first })).toMatchObject({
      runId: 'r',
      isNew: true,
      update: { updateId: 'u-1', isPending: true, isAccepted: true },
    });
  });
});
