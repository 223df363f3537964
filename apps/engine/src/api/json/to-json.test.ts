import { api } from '@tidemark/protocol/api';
import { toDuration, toLong, toTimestamp } from '@tidemark/protocol/time';
import { describe, expect, it } from 'vitest';
import { toEventRow } from '../run/event-row.ts';
import { encodePayloads, previewPayloads } from './payload.ts';
import { toJson } from './to-json.ts';

const scheduled = api.history.v1.HistoryEvent.decode(
  api.history.v1.HistoryEvent.encode({
    eventId: toLong(5),
    eventTime: toTimestamp(1_700_000_000_000),
    eventType: api.enums.v1.EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
    activityTaskScheduledEventAttributes: {
      activityId: '1',
      activityType: { name: 'chargeCard' },
      input: {
        payloads: [
          ...(encodePayloads([{ amount: 41.9 }])?.payloads ?? []),
          { metadata: { encoding: Buffer.from('binary/encrypted') }, data: Buffer.from('secret') },
        ],
      },
      startToCloseTimeout: toDuration(30_000),
      workflowTaskCompletedEventId: toLong(4),
    },
  }).finish(),
);

describe('toJson', () => {
  it('reads like what people write, and never shows what it cannot decode', () => {
    expect(toJson(api.history.v1.HistoryEvent, scheduled)).toMatchObject({
      eventId: 5,
      eventTime: '2023-11-14T22:13:20.000Z',
      eventType: 'ActivityTaskScheduled',
      activityTaskScheduledEventAttributes: {
        startToCloseTimeout: '30s',
        input: [{ amount: 41.9 }, { $payload: 'binary/encrypted', bytes: 6 }],
      },
    });
  });
  it('cuts a payload above the limit', () => {
    const body = toJson(api.history.v1.HistoryEvent, scheduled, 4) as { activityTaskScheduledEventAttributes: { input: unknown[] } };
    expect(body.activityTaskScheduledEventAttributes.input[0]).toMatchObject({ $payload: 'json/plain', bytes: 15 });
  });
});

describe('toEventRow', () => {
  it('carries what a timeline draws and leaves the body out', () => {
    const row = toEventRow(scheduled);
    expect(row).toMatchObject({ id: 5, type: 'ActivityTaskScheduled', at: 1_700_000_000_000, name: 'chargeCard', key: '1', taskId: 4 });
    expect(row).not.toHaveProperty('failure');
  });
});

describe('previewPayloads', () => {
  it('hides secrets, also those that are cut', () => {
    expect(previewPayloads(encodePayloads([{ a: 1, password: 'x' }])?.payloads)).toBe('{"a":1,"password":"••••••"}');
    expect(previewPayloads(encodePayloads([{ a: 1, password: 'x'.repeat(5000) }])?.payloads)).toBe('{"a":1,"password":"••••••"');
  });
  it('hides JSON in a text too, also where it is cut', () => {
    const nested = JSON.stringify({ apiKey: 'k', rest: 'x'.repeat(5000) });
    expect(previewPayloads(encodePayloads([{ nested }])?.payloads)).not.toContain('"k');
    expect(previewPayloads(encodePayloads([{ nested }])?.payloads)).toContain('••••••');
  });
  it('cuts long data', () => expect(previewPayloads(encodePayloads(['x'.repeat(500)])?.payloads)).toHaveLength(160));
});
