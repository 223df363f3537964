import { describe, expect, it } from 'vitest';
import { encodePayload } from '../json/payload.ts';
import { callerOf, fakeWorkflowService } from '../test/fake-services.ts';

const HOUR = 3_600_000;

describe('workflow.activity', () => {
  it('asks one count for each part of the span, in its order, and leaves the span of the list out', async () => {
    const asked: string[] = [];
    const service = fakeWorkflowService({
      countWorkflowExecutions: ({ query }) => {
        asked.push(query ?? '');
        return Promise.resolve({ groups: [{ groupValues: [encodePayload('Failed')], count: asked.length }] });
      },
    });
    const found = await callerOf(service).workflow.activity({
      namespace: 'default',
      filter: { type: 'T', startedFrom: 0 },
      from: 0,
      to: 2 * HOUR,
      buckets: 2,
    });
    expect(asked).toEqual([
      "WorkflowType = 'T' AND StartTime >= '1970-01-01T00:00:00.000Z' AND StartTime < '1970-01-01T01:00:00.000Z' GROUP BY ExecutionStatus",
      "WorkflowType = 'T' AND StartTime >= '1970-01-01T01:00:00.000Z' AND StartTime < '1970-01-01T02:00:00.000Z' GROUP BY ExecutionStatus",
    ]);
    expect(found).toEqual([
      { from: 0, byStatus: { Failed: 1 } },
      { from: HOUR, byStatus: { Failed: 2 } },
    ]);
  });
});

describe('workflow.activity of ends', () => {
  it('leaves out open runs, which some servers count by a time of closing', async () => {
    const asked: string[] = [];
    const service = fakeWorkflowService({
      countWorkflowExecutions: ({ query }) => {
        asked.push(query ?? '');
        return Promise.resolve({ groups: ['Failed', 'Running'].map((status) => ({ groupValues: [encodePayload(status)], count: 1 })) });
      },
    });
    const found = await callerOf(service).workflow.activity({ namespace: 'default', from: 0, to: HOUR, buckets: 1, by: 'close' });
    expect(asked[0]).toContain("CloseTime >= '1970-01-01T00:00:00.000Z'");
    expect(found).toEqual([{ from: 0, byStatus: { Failed: 1 } }]);
  });
});
