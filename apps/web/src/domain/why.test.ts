import { describe, expect, it } from 'vitest';
import { groupEvents } from './event-groups.ts';
import { history, pendingActivity, T0 } from './fixtures.ts';
import type { RunEvent } from './run-event.ts';
import type { Why, WhyInput } from './why.ts';
import { whyOf } from './why.ts';

const now = T0 + 60_000;
const ask = (events: RunEvent[], more: Partial<WhyInput> = {}) =>
  whyOf({
    status: 'Running',
    queue: 'orders',
    now,
    task: null,
    activities: [],
    events,
    groups: groupEvents(events, more.activities ?? []),
    pollers: 2,
    formatTime: () => '12:07:35',
    ...more,
  });
const text = (why: Why | undefined) => why?.phrases.map((phrase) => (typeof phrase === 'string' ? phrase : phrase.strong)).join('');
const started = { type: 'WorkflowExecutionStarted', name: 'OrderFlow' } as const;

describe('whyOf', () => {
  it('says nothing when nothing is wrong', () => {
    expect(ask(history(started))).toBeUndefined();
    expect(ask(history(started, { type: 'WorkflowExecutionCompleted' }), { status: 'Completed' })).toBeUndefined();
  });

  it('names the activity that retries, its error and its next try', () => {
    const activities = [
      pendingActivity({ attempt: 5, nextAt: now + 22_000, failure: { message: '502 Bad Gateway', type: 'GatewayError' } }),
    ];
    expect(text(ask(history(started), { activities }))).toBe(
      'Waiting on chargeCard: attempt 4 failed with 502 Bad Gateway. Next try in 22 s, at 12:07:35.',
    );
  });

  it('says that nobody polls before it says anything about retries', () => {
    const task = { state: 'Scheduled', attempt: 1, scheduledAt: T0, startedAt: null };
    const why = ask(history(started), { task, pollers: 0, activities: [pendingActivity({ attempt: 3 })] });
    expect(text(why)).toBe('No worker polls orders. The next workflow task has waited 60 s for one.');
    expect(why?.action).toEqual({ kind: 'queue', queue: 'orders' });
  });

  it('does not blame the workers while it does not know them', () => {
    const task = { state: 'Scheduled', attempt: 1, scheduledAt: T0, startedAt: null };
    expect(ask(history(started), { task, pollers: undefined })).toBeUndefined();
  });

  it('sends a task that does not replay to the replay', () => {
    const events = history(
      started,
      { type: 'WorkflowTaskScheduled' },
      { type: 'WorkflowTaskStarted', ref: 2 },
      {
        type: 'WorkflowTaskFailed',
        ref: 2,
        cause: 'NonDeterministicError',
        failure: { message: '[TMPRL1100] Task 2 (event 5): differs', type: 'NondeterminismError' },
      },
    );
    const why = ask(events, { task: { state: 'Scheduled', attempt: 17, scheduledAt: T0, startedAt: null } });
    expect(text(why)).toContain('attempt 17');
    expect(text(why)).toMatch(/\. Differs$/);
    expect(why?.action).toEqual({ kind: 'replay' });
  });

  it('shows the innermost error of a failed run', () => {
    const failure = { message: 'Activity failed', type: 'ActivityError', cause: { message: 'insufficient_funds', type: 'CardDeclined' } };
    expect(text(ask(history(started, { type: 'WorkflowExecutionFailed', failure }), { status: 'Failed' }))).toBe(
      'CardDeclined: insufficient_funds',
    );
  });

  it('says who terminated a run and why', () => {
    expect(
      text(ask(history(started, { type: 'WorkflowExecutionTerminated', worker: 'r.osei', cause: 'duplicate' }), { status: 'Terminated' })),
    ).toBe('Terminated by r.osei: duplicate');
  });
});
