import { api } from '@tidemark/protocol/api';
import { toLong, toTimestamp } from '@tidemark/protocol/time';
import { describe, expect, it } from 'vitest';
import { AttemptJournal } from './attempt-journal.ts';
import type { HistoryEvent } from './events.ts';
import type { Note } from './notes.ts';
import type { ActivityProgress, WorkflowTask } from './volatile.ts';

const { Failure } = api.failure.v1;
const failure = (message: string) => Failure.encode({ message, applicationFailureInfo: { type: 'Broken' } }).finish();
const wordsOf = (bytes: Uint8Array | undefined) => (bytes === undefined ? undefined : Failure.decode(bytes).message);

const note = (progress: Partial<ActivityProgress> | undefined, scheduledEventId = 5): Note => ({
  type: 'activityProgress',
  scheduledEventId,
  progress: progress && { phase: 'scheduled', attempt: 1, scheduledAt: 0, stamp: 0, ...progress },
});
const started = (attempt: number, at: number, more: Partial<ActivityProgress> = {}): Note =>
  note({ phase: 'started', attempt, scheduledAt: at - 1, startedAt: at, identity: `worker-${attempt % 2}`, build: 'b1', ...more });
const failedNote = (attempt: number, at: number, message: string): Note =>
  note({ phase: 'backoff', attempt: attempt + 1, scheduledAt: at + 10, lastAttemptEndedAt: at, lastFailure: failure(message) });
const ended = (name: 'Completed' | 'Failed' | 'TimedOut' | 'Canceled', at: number, message?: string): HistoryEvent => ({
  eventId: toLong(7),
  eventTime: toTimestamp(at),
  [`activityTask${name}EventAttributes`]: { scheduledEventId: toLong(5), ...(message ? { failure: { message } } : {}) },
});

const journalOf = (...steps: readonly { notes?: readonly Note[]; events?: readonly HistoryEvent[] }[]): AttemptJournal => {
  const journal = new AttemptJournal(4096);
  for (const { notes = [], events = [] } of steps) journal.take({ notes, events });
  return journal;
};

describe('attempts of an activity', () => {
  it('carry who had them, when, and how each ended', () => {
    const journal = journalOf(
      { notes: [note({})] },
      { notes: [started(1, 100)] },
      { notes: [failedNote(1, 150, 'first')] },
      { notes: [note({ attempt: 2, scheduledAt: 160, lastFailure: failure('first') })] },
      { notes: [started(2, 165)] },
      { notes: [note(undefined)], events: [ended('Completed', 200)] },
    );
    const [entry] = journal.activities;
    expect(entry).toMatchObject({ scheduledEventId: 5, failed: 1, isOver: true });
    expect(entry?.attempts.first).toMatchObject([
      { number: 1, scheduledAt: 99, startedAt: 100, endedAt: 150, retryAt: 160, outcome: 'failed', worker: 'worker-1', build: 'b1' },
      { number: 2, startedAt: 165, endedAt: 200, outcome: 'completed', worker: 'worker-0' },
    ]);
    expect(journal.workers).toEqual([{ worker: 'worker-1', build: 'b1', activityAttempts: 1, taskAttempts: 0, firstAt: 100, lastAt: 150 }]);
  });

  it('keep the first three, the last twenty and the count, and fold failures that are alike', () => {
    const steps = Array.from({ length: 30 }, (_, index) => [
      { notes: [started(index + 1, index * 100)] },
      { notes: [failedNote(index + 1, index * 100 + 50, index < 14 ? 'same' : 'other')] },
    ]).flat();
    const [entry] = journalOf(...steps).activities;
    expect(entry?.attempts.total).toBe(30);
    expect(entry?.attempts.first.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(entry?.attempts.last.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 11));
    expect(entry?.streaks.first.map(({ from, to, failure: bytes }) => [from, to, wordsOf(bytes)])).toEqual([
      [1, 14, 'same'],
      [15, 30, 'other'],
    ]);
  });

  it('are not made by heartbeats, pauses or changed options', () => {
    const journal = journalOf(
      { notes: [started(1, 100)] },
      { notes: [started(1, 100, { heartbeatAt: 110, heartbeatDetails: new Uint8Array([1]) })] },
      { notes: [started(1, 100, { heartbeatAt: 120, pause: { at: 120, identity: '', reason: '', requestId: '' } })] },
      { notes: [failedNote(1, 130, 'late')] },
      { notes: [note({ phase: 'backoff', attempt: 2, scheduledAt: 500, stamp: 3, lastFailure: failure('late') })] },
    );
    expect(journal.activities[0]?.attempts.first).toMatchObject([{ number: 1, heartbeatAt: 120, endedAt: 130, retryAt: 500 }]);
    expect(journal.activities[0]?.attempts.total).toBe(1);
  });

  it('go on after a reset that counts from one again', () => {
    const journal = journalOf(
      { notes: [started(1, 100)] },
      { notes: [failedNote(1, 110, 'a')] },
      { notes: [note({ attempt: 1, scheduledAt: 120, stamp: 2 })] },
      { notes: [started(1, 125)] },
    );
    expect(journal.activities[0]?.attempts.first.map(({ number, outcome }) => [number, outcome])).toEqual([
      [1, 'failed'],
      [1, 'running'],
    ]);
  });

  it('end with an event that has to wait for the workflow task in flight', () => {
    const journal = journalOf(
      { notes: [started(1, 100)] },
      { notes: [failedNote(1, 110, 'a')] },
      { notes: [started(2, 120)] },
      {
        notes: [
          note(undefined),
          {
            type: 'eventBuffered',
            draft: { name: 'activityTaskFailed', attributes: { scheduledEventId: toLong(5), failure: { message: 'b' } }, time: 140 },
          },
        ],
      },
      { events: [ended('Failed', 150, 'b')] },
    );
    const [entry] = journal.activities;
    expect(entry?.failed).toBe(2);
    expect(entry?.attempts.newest).toMatchObject({ outcome: 'failed', endedAt: 140 });
  });

  it('are left to history where one was enough', () => {
    const journal = journalOf({ notes: [started(1, 100)] }, { notes: [note(undefined)], events: [ended('Completed', 120)] });
    expect(journal.activities).toEqual([]);
    expect(journal.workers).toEqual([]);
  });
});

describe('workflow tasks that fail', () => {
  const task = (attempt: number, scheduledEventId: number): WorkflowTask => ({
    kind: attempt === 1 ? 'normal' : 'transient',
    scheduledEventId,
    startedEventId: scheduledEventId + 1,
    attempt,
    scheduledAt: attempt * 10,
    originalScheduledAt: 0,
    startedAt: attempt * 10 + 1,
    requestId: '',
    identity: 'w',
    startToClose: 10_000,
    sticky: undefined,
    historySizeBytes: 0,
    suggestContinueAsNew: false,
  });
  const set = (attempt: number, scheduledEventId: number): Note => ({
    type: 'workflowTaskSet',
    task: task(attempt, scheduledEventId),
    nextAttempt: attempt,
  });
  const lost = (attempt: number, message: string): Note => ({
    type: 'workflowTaskSet',
    task: undefined,
    nextAttempt: attempt + 1,
    failed: { at: attempt * 10 + 5, cause: 'WorkflowWorkerUnhandledFailure', failure: failure(message) },
  });

  it('are one row until one succeeds, the first told by its event and the others by their notes', () => {
    const journal = journalOf(
      { notes: [set(1, 2)] },
      {
        notes: [{ type: 'workflowTaskSet', task: undefined, nextAttempt: 2 }],
        events: [
          {
            eventTime: toTimestamp(15),
            workflowTaskFailedEventAttributes: {
              scheduledEventId: toLong(2),
              startedEventId: toLong(3),
              cause: api.enums.v1.WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE,
              failure: { message: 'x', applicationFailureInfo: { type: 'Broken' } },
            },
          },
        ],
      },
      { notes: [set(2, 5)] },
      { notes: [lost(2, 'x')] },
      { notes: [set(3, 5)] },
      { notes: [lost(3, 'y')] },
      { notes: [set(4, 5)] },
      { events: [{ eventTime: toTimestamp(50), workflowTaskCompletedEventAttributes: { scheduledEventId: toLong(5) } }] },
    );
    expect(journal.rows).toMatchObject([{ scheduledEventId: 2, lastEventId: 5, failed: 3, isOver: true }]);
    expect(journal.rows[0]?.attempts.first.map(({ number, cause, failure: bytes }) => [number, cause, wordsOf(bytes)])).toEqual([
      [1, 'WorkflowWorkerUnhandledFailure', 'x'],
      [2, 'WorkflowWorkerUnhandledFailure', 'x'],
      [3, 'WorkflowWorkerUnhandledFailure', 'y'],
    ]);
    expect(journal.rows[0]?.streaks.first.map(({ from, to }) => [from, to])).toEqual([
      [1, 2],
      [3, 3],
    ]);
    expect(journal.workers).toMatchObject([{ worker: 'w', taskAttempts: 2, activityAttempts: 0 }]);
  });
});
