import { describe, expect, it } from 'vitest';
import { readableBody } from './event-body.ts';
import { describeFile, identityOf } from './file-description.ts';
import { fileRow } from './file-row.ts';
import { readHistoryFile } from './history-file.ts';
import type { RunEvent } from './run-event.ts';

const time = (second: number): string => new Date(1_700_000_000_000 + second * 1000).toISOString();
const payload = (json: string) => ({ metadata: { encoding: btoa('json/plain') }, data: btoa(json) });

/** As the usual command line writes it. */
const wire = [
  {
    eventId: '1',
    eventTime: time(0),
    eventType: 'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED',
    taskId: '1048576',
    workflowExecutionStartedEventAttributes: {
      workflowType: { name: 'OrderFlow' },
      taskQueue: { name: 'orders', kind: 'TASK_QUEUE_KIND_NORMAL' },
      input: { payloads: [payload('{"orderId":"8812"}')] },
      originalExecutionRunId: 'run-1',
      firstExecutionRunId: 'run-0',
      workflowId: 'ord-8812',
      workflowTaskTimeout: '10s',
      memo: { fields: { channel: payload('"web"') } },
    },
  },
  { eventId: '2', eventTime: time(0), eventType: 'EVENT_TYPE_WORKFLOW_TASK_SCHEDULED', workflowTaskScheduledEventAttributes: {} },
  {
    eventId: '3',
    eventTime: time(1),
    eventType: 'EVENT_TYPE_WORKFLOW_TASK_STARTED',
    workflowTaskStartedEventAttributes: { scheduledEventId: '2', identity: 'w1', historySizeBytes: '305' },
  },
  {
    eventId: '4',
    eventTime: time(1),
    eventType: 'EVENT_TYPE_WORKFLOW_TASK_COMPLETED',
    workflowTaskCompletedEventAttributes: {
      scheduledEventId: '2',
      startedEventId: '3',
      identity: 'w1',
      workerVersion: { buildId: '7f3c' },
    },
  },
  {
    eventId: '5',
    eventTime: time(1),
    eventType: 'EVENT_TYPE_ACTIVITY_TASK_SCHEDULED',
    userMetadata: { summary: payload('"charge 1 EUR"') },
    activityTaskScheduledEventAttributes: {
      activityId: 'charge',
      activityType: { name: 'chargeCard' },
      taskQueue: { name: 'orders' },
      input: { payloads: [payload('1284.6'), { metadata: { encoding: btoa('binary/encrypted') }, data: btoa('xyz') }] },
      workflowTaskCompletedEventId: '4',
    },
  },
  {
    eventId: '6',
    eventTime: time(2),
    eventType: 'EVENT_TYPE_ACTIVITY_TASK_STARTED',
    activityTaskStartedEventAttributes: { scheduledEventId: '5', attempt: 2, identity: 'w2', lastFailure: { message: '502' } },
  },
  {
    eventId: '7',
    eventTime: time(3),
    eventType: 'EVENT_TYPE_ACTIVITY_TASK_FAILED',
    activityTaskFailedEventAttributes: {
      scheduledEventId: '5',
      failure: { message: 'declined', applicationFailureInfo: { type: 'CardDeclined', nonRetryable: true }, cause: { message: '402' } },
      retryState: 'RETRY_STATE_NON_RETRYABLE_FAILURE',
    },
  },
  {
    eventId: '8',
    eventTime: time(4),
    eventType: 'EVENT_TYPE_WORKFLOW_EXECUTION_FAILED',
    workflowExecutionFailedEventAttributes: { failure: { message: 'declined' }, workflowTaskCompletedEventId: '4' },
  },
];

const read = (json: unknown) => readHistoryFile(JSON.stringify(json));
const faultOf = (text: string): string => {
  const answer = readHistoryFile(text);
  return answer.ok ? 'none' : answer.fault;
};

describe('a history in a file', () => {
  it('has the same rows as on a server', () => {
    const answer = read({ events: wire });
    if (!answer.ok) throw new Error(answer.fault);
    const { rows } = answer.file;
    expect(rows[0]).toMatchObject({
      id: 1,
      type: 'WorkflowExecutionStarted',
      name: 'OrderFlow',
      queue: 'orders',
      text: '{"orderId":"8812"}',
    });
    expect(rows[2]).toMatchObject({ ref: 2, historyBytes: 305 });
    expect(rows[3]).toMatchObject({ ref: 2, worker: 'w1', build: '7f3c' });
    expect(rows[4]).toMatchObject({
      name: 'chargeCard',
      key: 'charge',
      taskId: 4,
      label: 'charge 1 EUR',
      text: '1284.6, binary/encrypted 3 B',
    });
    expect(rows[5]).toMatchObject({ ref: 5, attempt: 2, worker: 'w2', failure: { message: '502', type: 'Error' } });
    expect(rows[6]).toMatchObject({
      failure: { message: 'declined', type: 'CardDeclined', nonRetryable: true, cause: { message: '402' } },
    });
  });

  it('names a patch by its id', () => {
    const patched = (deprecated: boolean) => ({
      eventId: '1',
      eventTime: time(0),
      eventType: 'EVENT_TYPE_MARKER_RECORDED',
      markerRecordedEventAttributes: {
        markerName: 'core_patch',
        details: { 'patch-data': { payloads: [payload(JSON.stringify({ id: 'add-fraud-check', deprecated }))] } },
      },
    });
    expect(fileRow(patched(false))).toMatchObject({ name: 'patch add-fraud-check', patch: 'add-fraud-check' });
    expect(fileRow(readableBody(patched(true)))).toMatchObject({ name: 'deprecated patch add-fraud-check', patch: 'add-fraud-check' });
  });

  it('has them again when it was written by this console', () => {
    const first = read({ events: wire });
    const again = read({ events: wire.map(readableBody) });
    if (!first.ok || !again.ok) throw new Error('both must be read');
    const withoutBytes = (rows: readonly RunEvent[]) => rows.map(({ bytes: _bytes, ...row }) => row);
    expect(withoutBytes(again.file.rows)).toEqual(withoutBytes(first.file.rows));
  });

  it('is described as far as it tells', () => {
    const answer = read({ history: { events: wire } });
    if (!answer.ok) throw new Error(answer.fault);
    const identity = identityOf(answer.file, 'a.json');
    expect(identity).toEqual({ workflowId: 'ord-8812', runId: 'run-1', type: 'OrderFlow' });
    expect(describeFile(answer.file, identity)).toMatchObject({
      status: 'Failed',
      queue: 'orders',
      startedAt: Date.parse(time(0)),
      closedAt: Date.parse(time(4)),
      firstRunId: 'run-0',
      build: '7f3c',
      memo: { channel: 'web' },
      timeouts: { taskMs: 10_000 },
    });
  });

  it('is taken as a list, too, and named after its file where it does not name itself', () => {
    const answer = read([{ eventId: 1, eventTime: time(0), eventType: 'WorkflowExecutionStarted' }]);
    if (!answer.ok) throw new Error(answer.fault);
    const identity = identityOf(answer.file, 'ord-1.history.json');
    expect(identity).toEqual({ workflowId: 'ord-1', runId: '', type: 'unknown type' });
    expect(describeFile(answer.file, identity)).toMatchObject({ status: 'Running', closedAt: null });
  });

  it('may name its run beside the events, and have times in seconds and nanos', () => {
    const answer = read({
      workflowId: 'ord-2',
      runId: 'run-2',
      history: { events: [{ ...wire[0], eventTime: { seconds: '1700000000', nanos: 500_000_000 } }] },
    });
    if (!answer.ok) throw new Error(answer.fault);
    expect(identityOf(answer.file, 'a.json')).toMatchObject({ workflowId: 'ord-2', runId: 'run-2' });
    expect(answer.file.rows[0]?.at).toBe(1_700_000_000_500);
  });

  const event = wire[0];
  it.each([
    ['', 'The file is empty.'],
    ['{"events": [', /^The file is not JSON: /],
    ['{"rows": []}', /^The file is JSON, but it has no events\. It must be /],
    ['"text"', /^The file is JSON, but it has no events\. /],
    ['{"events": []}', /the list is empty/],
    [JSON.stringify([event, 7]), 'Event 2 of the file is no object.'],
    [JSON.stringify([event, { eventTime: time(1) }]), 'Event 2 of the file has no eventId.'],
    [JSON.stringify([event, { ...wire[1], eventId: '17' }]), 'Event 2 of the file has the eventId "17". Ids must follow one another.'],
    [JSON.stringify([{ ...event, eventId: '40' }]), 'The file begins with event "40". A history is read from event 1 on.'],
    [JSON.stringify([event, { eventId: '2', eventTime: time(1) }]), 'Event 2 of the file has no eventType that is known.'],
    [JSON.stringify([event, { ...wire[1], eventTime: 'soon' }]), /^Event 2 of the file has no eventTime that can be read/],
    [
      JSON.stringify([{ ...wire[1], eventId: '1' }]),
      'Event 1 of the file is a WorkflowTaskScheduled. A history begins with WorkflowExecutionStarted.',
    ],
  ])('says what is wrong with %.30s', (text, fault) => {
    expect(faultOf(text)).toMatch(fault);
  });
});
