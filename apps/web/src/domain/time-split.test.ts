import { describe, expect, it } from 'vitest';
import { groupEvents } from './event-groups.ts';
import { history, T0 } from './fixtures.ts';
import { timeSplit } from './time-split.ts';

describe('timeSplit', () => {
  it('gives every moment to one thing, and they add up', () => {
    const events = history(
      { type: 'WorkflowExecutionStarted' },
      { type: 'ActivityTaskScheduled', name: 'a', key: '1', after: 0 },
      { type: 'ActivityTaskStarted', ref: 2, attempt: 1, after: 400 },
      { type: 'ActivityTaskCompleted', ref: 2, after: 600 },
      { type: 'WorkflowExecutionCompleted', after: 1_000 },
    );
    const parts = timeSplit(groupEvents(events), { start: T0, end: T0 + 2_000 });
    expect(parts).toEqual([
      { kind: 'run', ms: 600 },
      { kind: 'queue', ms: 400 },
      { kind: 'idle', ms: 1_000 },
    ]);
  });

  it('blames a workflow task that keeps failing, not the wait for a message', () => {
    const events = history(
      { type: 'WorkflowExecutionStarted' },
      { type: 'WorkflowTaskScheduled', after: 0 },
      { type: 'WorkflowTaskStarted', ref: 2, after: 0 },
      { type: 'WorkflowTaskFailed', ref: 2, after: 500 },
    );
    expect(timeSplit(groupEvents(events), { start: T0, end: T0 + 2_000 })).toEqual([
      { kind: 'failed', ms: 1_500 },
      { kind: 'task', ms: 500 },
    ]);
  });
});
