import { describe, expect, it } from 'vitest';
import { groupEvents } from './event-groups.ts';
import { history, T0 } from './fixtures.ts';
import type { RunEvent } from './run-event.ts';
import type { Why, WhyInput } from './why.ts';
import { whyOf } from './why.ts';

const now = T0 + 60_000;
const ask = (events: RunEvent[], more: Partial<WhyInput> = {}) =>
  whyOf({
    status: 'Running',
    now,
    events,
    groups: groupEvents(events, []),
    ...more,
  });
const text = (why: Why | undefined) => why?.phrases.map((phrase) => (typeof phrase === 'string' ? phrase : phrase.strong)).join('');
const started = { type: 'WorkflowExecutionStarted', name: 'OrderFlow' } as const;

describe('whyOf', () => {
  it('says nothing when nothing is wrong', () => {
    expect(ask(history(started))).toBeUndefined();
    expect(ask(history(started, { type: 'WorkflowExecutionCompleted' }), { status: 'Completed' })).toBeUndefined();
  });

  it('names the task of a saved run that did not replay', () => {
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
    const why = ask(events);
    expect(text(why)).toContain('does not replay on today’s code');
    expect(text(why)).toMatch(/\. Differs$/);
    expect(why?.action).toEqual({ kind: 'event', eventId: 4 });
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
