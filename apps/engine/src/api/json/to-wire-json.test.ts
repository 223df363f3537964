import { api } from '@tidemark/protocol/api';
import { describe, expect, it } from 'vitest';
import { toWireJson } from './to-wire-json.ts';

const { HistoryEvent } = api.history.v1;
const text = new TextEncoder();

/** As it comes off the wire. */
const event = (data: Uint8Array) =>
  HistoryEvent.decode(
    HistoryEvent.encode(
      HistoryEvent.fromObject({
        eventId: '9007199254740993',
        eventTime: { seconds: 1_747_310_304, nanos: 456_700_000 },
        eventType: 'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED',
        workflowExecutionStartedEventAttributes: {
          workflowType: { name: 'Order' },
          workflowRunTimeout: { seconds: 90, nanos: 500_000_000 },
          attempt: 1,
          input: { payloads: [{ metadata: { encoding: text.encode('json/plain') }, data }] },
        },
      }),
    ).finish(),
  );

describe('toWireJson', () => {
  it('writes what replayers read, without rounding', () => {
    expect(toWireJson(HistoryEvent, event(text.encode('"hi"')))).toEqual({
      eventId: '9007199254740993',
      eventTime: '2025-05-15T11:58:24.4567Z',
      eventType: 'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED',
      workflowExecutionStartedEventAttributes: {
        workflowType: { name: 'Order' },
        workflowRunTimeout: '90.5s',
        attempt: 1,
        input: { payloads: [{ metadata: { encoding: btoa('json/plain') }, data: btoa('"hi"') }] },
      },
    });
  });

  it('reads back as the same message', () => {
    const given = event(text.encode('"hi"'));
    const json = toWireJson(HistoryEvent, given) as { eventTime: string; workflowExecutionStartedEventAttributes: object };
    // The parser of this library wants times as messages; all the rest must hold.
    const back = HistoryEvent.fromObject({
      ...json,
      eventTime: given.eventTime,
      workflowExecutionStartedEventAttributes: {
        ...json.workflowExecutionStartedEventAttributes,
        workflowRunTimeout: given.workflowExecutionStartedEventAttributes?.workflowRunTimeout,
      },
    });
    expect(HistoryEvent.encode(back).finish()).toEqual(HistoryEvent.encode(given).finish());
  });

  it('cuts a long payload to its head and says how long it is', () => {
    const json = toWireJson(HistoryEvent, event(new Uint8Array(5000)), { payloadBytesMax: 4096, headBytes: 3 });
    expect(json).toMatchObject({
      workflowExecutionStartedEventAttributes: {
        input: { payloads: [{ metadata: { encoding: btoa('json/plain') }, data: 'AAAA', bytes: 5000 }] },
      },
    });
  });
});
