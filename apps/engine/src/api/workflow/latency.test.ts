import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import { toDuration, toTimestamp } from '@tidemark/protocol/time';
import { describe, expect, it } from 'vitest';
import { callerOf, fakeWorkflowService } from '../test/fake-services.ts';

const HOUR = 3_600_000;
const closed = (closeMs: number, tookMs: number, status = 2) => ({
  execution: { workflowId: `w-${closeMs}`, runId: 'r' },
  status,
  startTime: toTimestamp(0),
  executionTime: toTimestamp(closeMs - tookMs),
  closeTime: toTimestamp(closeMs),
  executionDuration: toDuration(tookMs),
});
const question = { namespace: 'default', from: 0, to: HOUR, columns: 4 };

describe('workflow.latency', () => {
  it('asks for what closed in the span, with brackets around what people wrote', async () => {
    const asked: string[] = [];
    const service = fakeWorkflowService({
      listWorkflowExecutions: ({ query }) => {
        asked.push(query ?? '');
        return Promise.resolve({ executions: [closed(HOUR / 2, 5_000, 3), closed(HOUR / 2 - 1, 5_000), { status: 1 }] });
      },
    });
    const found = await callerOf(service).workflow.latency({ ...question, filter: { type: 'T', query: "A = '1' OR B = '2'" } });
    expect(asked).toEqual([
      "WorkflowType = 'T' AND (A = '1' OR B = '2') AND CloseTime >= '1970-01-01T00:00:00.000Z' AND CloseTime < '1970-01-01T01:00:00.000Z'",
    ]);
    expect(found).toMatchObject({ read: 2, hasMore: false, from: 0, percentiles: { p50: 5_000 } });
    expect(found.cells.map(({ runs, bad }) => [runs, bad])).toEqual([
      [1, 1],
      [1, 0],
    ]);
  });

  it('stops at two thousand runs, says that there are more, and begins with the oldest it read', async () => {
    let page = 0;
    const service = fakeWorkflowService({
      listWorkflowExecutions: () => {
        page += 1;
        const executions = Array.from({ length: 1_000 }, (_, index) => closed(HOUR - page * 1_000 - index, 3));
        return Promise.resolve({ executions, nextPageToken: Buffer.from('more') });
      },
    });
    const found = await callerOf(service).workflow.latency(question);
    expect(page).toBe(2);
    expect(found).toMatchObject({ read: 2_000, hasMore: true, from: HOUR - 2_999 });
    expect(found.cells.reduce((sum, { runs }) => sum + runs, 0)).toBe(2_000);
  });

  it('shows what was read before the time was over, and fails when that is nothing', async () => {
    const slow = () => Promise.reject(new RpcError(StatusCode.DEADLINE_EXCEEDED, 'too slow'));
    const service = fakeWorkflowService({
      listWorkflowExecutions: ({ nextPageToken }) =>
        nextPageToken ? slow() : Promise.resolve({ executions: [closed(HOUR / 2, 8)], nextPageToken: Buffer.from('more') }),
    });
    expect(await callerOf(service).workflow.latency(question)).toMatchObject({ read: 1, hasMore: true });
    await expect(callerOf(fakeWorkflowService({ listWorkflowExecutions: slow })).workflow.latency(question)).rejects.toThrow('too slow');
  });

  it('goes as far as the runs that started in the span did', async () => {
    const service = fakeWorkflowService({ listWorkflowExecutions: () => Promise.resolve({ executions: [closed(HOUR / 2, 8)] }) });
    const found = await callerOf(service).workflow.latency({ ...question, filter: { startedFrom: 0, startedTo: HOUR / 4 } });
    expect(found.width).toBe(Math.ceil((HOUR / 2 + 1) / 4));
  });
});
