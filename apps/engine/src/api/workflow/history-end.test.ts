import { api } from '@tidemark/protocol/api';
import { toLong, toTimestamp } from '@tidemark/protocol/time';
import { describe, expect, it } from 'vitest';
import { callerOf, fakeWorkflowService } from '../test/fake-services.ts';

const types = api.enums.v1.EventType;
const RUN = { namespace: 'default', workflowId: 'w', runId: 'r' };
const event = (id: number, eventType: number = types.EVENT_TYPE_MARKER_RECORDED) => ({
  eventId: toLong(id),
  eventType,
  eventTime: toTimestamp(1_000 + id),
});

describe('workflow.historyEnd', () => {
  it('gives the newest rows in their order, no more than asked for, however many a server sends', async () => {
    const asked: (number | null | undefined)[] = [];
    const service = fakeWorkflowService({
      getWorkflowExecutionHistoryReverse: ({ maximumPageSize }) => {
        asked.push(maximumPageSize);
        return Promise.resolve({ history: { events: [9, 8, 7, 6].map((id) => event(id)) } });
      },
    });
    const rows = await callerOf(service).workflow.historyEnd({ ...RUN, limit: 3 });
    expect(rows.map(({ id }) => id)).toEqual([7, 8, 9]);
    expect(asked).toEqual([3]);
  });

  it('asks for nothing that was read to its end before', async () => {
    const service = fakeWorkflowService({
      describeWorkflowExecution: () => Promise.resolve({ workflowExecutionInfo: { historyLength: toLong(3) } }),
      getWorkflowExecutionHistory: () => Promise.resolve({ history: { events: [event(1), event(2), event(3)] } }),
    });
    const caller = callerOf(service);
    await caller.workflow.history(RUN);
    expect((await caller.workflow.historyEnd({ ...RUN, limit: 2 })).map(({ id }) => id)).toEqual([2, 3]);
  });
});
