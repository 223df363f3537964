import { describe, expect, it } from 'vitest';
import { chunkLength } from './chunks.ts';
import { EventType } from './events.ts';

const of = (...names: readonly (keyof typeof EventType)[]) => names.map((name) => ({ eventType: EventType[name] }));

describe('a chunk', () => {
  it('ends where a task begins', () => {
    expect(chunkLength(of('workflowExecutionStarted', 'workflowTaskScheduled', 'workflowTaskStarted'))).toBe(3);
  });

  it('is not there while no task has begun', () => {
    expect(chunkLength(of('workflowTaskCompleted', 'timerStarted', 'timerFired', 'workflowTaskScheduled'))).toBeUndefined();
  });

  it('goes past attempts that failed or timed out', () => {
    const events = of(
      'workflowExecutionStarted',
      'workflowTaskScheduled',
      'workflowTaskStarted',
      'workflowTaskFailed',
      'workflowTaskScheduled',
      'workflowTaskStarted',
      'workflowTaskTimedOut',
      'workflowTaskScheduled',
      'workflowTaskStarted',
      'workflowTaskCompleted',
    );
    expect(chunkLength(events)).toBe(9);
  });

  it('goes past an empty task that told the code nothing', () => {
    expect(
      chunkLength(
        of(
          'workflowTaskCompleted',
          'workflowTaskScheduled',
          'workflowTaskStarted',
          'workflowTaskCompleted',
          'workflowTaskScheduled',
          'workflowTaskStarted',
        ),
      ),
    ).toBe(6);
  });

  it('does not merge a task that told the code something', () => {
    expect(
      chunkLength(
        of(
          'workflowTaskCompleted',
          'workflowExecutionSignaled',
          'workflowTaskScheduled',
          'workflowTaskStarted',
          'workflowTaskCompleted',
          'workflowTaskScheduled',
          'workflowTaskStarted',
        ),
      ),
    ).toBe(4);
  });

  it('ends with the execution', () => {
    expect(chunkLength(of('workflowTaskScheduled', 'workflowTaskStarted', 'workflowExecutionTerminated'))).toBe(3);
  });
});
