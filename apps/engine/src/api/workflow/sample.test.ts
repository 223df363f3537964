import { api } from '@tidemark/protocol/api';
import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import { toTimestamp } from '@tidemark/protocol/time';
import { describe, expect, it } from 'vitest';
import { callerOf, fakeWorkflowService } from '../test/fake-services.ts';

const types = api.enums.v1.EventType;
const closed = (runId: string, more: object = {}) => ({
  execution: { workflowId: `w-${runId}`, runId },
  type: { name: 'T' },
  status: 2,
  startTime: toTimestamp(1_000),
  closeTime: toTimestamp(2_000),
  historyLength: 8,
  ...more,
});
const events = [
  { eventId: 1, eventTime: toTimestamp(1_000), eventType: types.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED },
  { eventId: 2, eventTime: toTimestamp(1_000), eventType: types.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED },
  {
    eventId: 5,
    eventTime: toTimestamp(1_100),
    eventType: types.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
    activityTaskScheduledEventAttributes: {
      activityId: 'a',
      activityType: { name: 'charge' },
      taskQueue: { name: 'q' },
      input: { payloads: [{ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('"secret"') }] },
    },
    attributes: 'activityTaskScheduledEventAttributes',
  },
  { eventId: 8, eventTime: toTimestamp(2_000), eventType: types.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED },
];
const page = { history: { events } };
const question = { namespace: 'default', count: 2 };
const idOf = (request: { execution?: { runId?: string | null } | null }) => request.execution?.runId ?? '';

describe('workflow.sample', () => {
  it('reads the newest closed runs of the filter, without the one that asks, and only their steps', async () => {
    const asked: string[] = [];
    const service = fakeWorkflowService({
      listWorkflowExecutions: ({ query }) => {
        asked.push(query ?? '');
        return Promise.resolve({ executions: ['self', 'one', 'two', 'three'].map((id) => closed(id)) });
      },
      getWorkflowExecutionHistory: () => Promise.resolve(page),
    });
    const found = await callerOf(service).workflow.sample({ ...question, filter: { type: 'T', status: ['Completed'] }, except: 'self' });
    expect(asked).toEqual(["ExecutionStatus IN ('Completed') AND WorkflowType = 'T' AND ExecutionStatus != 'Running'"]);
    expect(found).toMatchObject({ tooLong: 0, unread: 0, hasMore: true });
    expect(found.runs.map(({ runId, type, status, startedAt, closedAt }) => [runId, type, status, startedAt, closedAt])).toEqual([
      ['one', 'T', 'Completed', 1_000, 2_000],
      ['two', 'T', 'Completed', 1_000, 2_000],
    ]);
    expect(found.runs[0]?.rows.map(({ id, type, name, queue }) => [id, type, name, queue])).toEqual([
      [5, 'ActivityTaskScheduled', 'charge', 'q'],
      [8, 'WorkflowExecutionCompleted', undefined, undefined],
    ]);
    expect(JSON.stringify(found)).not.toContain('secret');
  });

  it('passes over histories that are too long, by what the list says and by what it does not say', async () => {
    const many = Array.from({ length: 1_000 }, (_, index) => ({ eventId: index + 1, eventType: types.EVENT_TYPE_TIMER_STARTED }));
    const service = fakeWorkflowService({
      listWorkflowExecutions: () =>
        Promise.resolve({
          executions: [closed('long', { historyLength: 2_001 }), closed('endless', { historyLength: 0 }), closed('short')],
        }),
      getWorkflowExecutionHistory: (request) =>
        Promise.resolve(idOf(request) === 'endless' ? { history: { events: many }, nextPageToken: Buffer.from('more') } : page),
    });
    const found = await callerOf(service).workflow.sample(question);
    expect(found.runs.map(({ runId }) => runId)).toEqual(['short']);
    expect(found).toMatchObject({ tooLong: 2, unread: 0, hasMore: false });
  });

  it('leaves out what is not read in time and what is gone, and keeps the order of the list', async () => {
    const service = fakeWorkflowService({
      listWorkflowExecutions: () => Promise.resolve({ executions: ['a', 'late', 'gone', 'b'].map((id) => closed(id)) }),
      getWorkflowExecutionHistory: async (request) => {
        const id = idOf(request);
        if (id === 'late') throw new RpcError(StatusCode.DEADLINE_EXCEEDED, 'too slow');
        if (id === 'gone') throw new RpcError(StatusCode.NOT_FOUND, 'no such run');
        // The first answers last.
        if (id === 'a') await new Promise(setImmediate);
        return page;
      },
    });
    const found = await callerOf(service).workflow.sample({ ...question, count: 4 });
    expect(found.runs.map(({ runId }) => runId)).toEqual(['a', 'b']);
    expect(found).toMatchObject({ tooLong: 0, unread: 1, hasMore: false });
    const refused = fakeWorkflowService({
      listWorkflowExecutions: () => Promise.resolve({ executions: [closed('a')] }),
      getWorkflowExecutionHistory: () => Promise.reject(new RpcError(StatusCode.PERMISSION_DENIED, 'not yours')),
    });
    await expect(callerOf(refused).workflow.sample(question)).rejects.toThrow('not yours');
  });
});
