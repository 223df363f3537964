import { describe, expect, it } from 'vitest';
import { attributesOf, eventTypeName, readableBody, timeOf } from './event-body.ts';
import { toHistoryEvent } from './history-event.ts';
import { fromPayload } from './payload-json.ts';

const base64 = (text: string): string => btoa(text);
const payload = (json: string) => ({ metadata: { encoding: base64('json/plain') }, data: base64(json) });

/** One timer, as protobuf's own JSON and as consoles write it. */
const timers = [
  {
    eventId: '12',
    eventTime: '2026-05-01T08:00:00.123456789Z',
    eventType: 'EVENT_TYPE_TIMER_STARTED',
    timerStartedEventAttributes: { timerId: 'hold', startToFireTimeout: '900s', workflowTaskCompletedEventId: '4' },
  },
  { eventId: 12, eventTime: '2026-05-01T08:00:00.123456789Z', eventType: 17, attributes: { timerId: 'hold', startToFireTimeout: '900s' } },
  {
    eventId: '12',
    eventTime: '2026-05-01T08:00:00.123456789Z',
    eventType: 'TimerStarted',
    timerStartedEventAttributes: { timerId: 'hold', startToFireTimeout: '900s' },
  },
];

describe('events from JSON', () => {
  it.each(timers)('reads $eventType', (body) => {
    const event = toHistoryEvent(body);
    expect(event).toMatchObject({ eventId: 12, eventType: 17, timerStartedEventAttributes: { timerId: 'hold' } });
    expect(Number(event.timerStartedEventAttributes?.startToFireTimeout?.seconds)).toBe(900);
    expect(Number(event.eventTime?.seconds)).toBe(Date.parse('2026-05-01T08:00:00Z') / 1000);
    expect(event.eventTime?.nanos).toBeCloseTo(123_456_789, -4);
  });

  it('reads attributes and memos whether their payloads are bytes or values', () => {
    const event = toHistoryEvent({
      eventId: '5',
      eventType: 'EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES',
      upsertWorkflowSearchAttributesEventAttributes: {
        searchAttributes: {
          indexedFields: { Wire: payload('"REVIEW"'), Value: 7, Nothing: null, Opaque: { $payload: 'binary/encrypted', bytes: 9 } },
        },
      },
    });
    const fields = event.upsertWorkflowSearchAttributesEventAttributes?.searchAttributes?.indexedFields ?? {};
    const read = Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, fromPayload(one)]));
    expect(read).toEqual({ Wire: 'REVIEW', Value: 7, Nothing: null, Opaque: { $payload: 'binary/encrypted', bytes: 0, head: '' } });
  });

  it('keeps what a person wrote that only looks like a payload', () => {
    expect(
      readableBody({ eventId: 1, eventType: 'X', xEventAttributes: { input: [{ metadata: { color: 'red' }, data: 'x' }] } }),
    ).toMatchObject({
      xEventAttributes: { input: [{ metadata: { color: 'red' }, data: 'x' }] },
    });
  });

  it('shortens enums, reads lists of payloads and names what it cannot read', () => {
    const body = readableBody({
      eventId: '7',
      eventType: 'EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT',
      activityTaskTimedOutEventAttributes: {
        retryState: 'RETRY_STATE_MAXIMUM_ATTEMPTS_REACHED',
        failure: { message: 'late', timeoutFailureInfo: { lastHeartbeatDetails: { payloads: [payload('{"page":3}')] } } },
        input: { payloads: [payload('1'), { metadata: { encoding: base64('binary/encrypted') }, data: base64('secret') }] },
      },
    });
    expect(body['eventType']).toBe('ActivityTaskTimedOut');
    expect(attributesOf(body)).toEqual({
      retryState: 'MaximumAttemptsReached',
      failure: { message: 'late', timeoutFailureInfo: { lastHeartbeatDetails: [{ page: 3 }] } },
      input: [1, { $payload: 'binary/encrypted', bytes: 6, head: base64('secret') }],
    });
  });

  it('says nothing of types and times that are none', () => {
    expect([eventTypeName(undefined), eventTypeName(9999), eventTypeName('EVENT_TYPE_FROM_TOMORROW')]).toEqual(['', '', 'FromTomorrow']);
    expect([timeOf('soon'), timeOf(undefined)]).toEqual([undefined, undefined]);
  });
});
