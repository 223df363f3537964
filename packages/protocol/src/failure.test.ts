import { describe, expect, it } from 'vitest';
import { api } from './api.ts';
import { failureKind } from './failure.ts';

describe('failureKind', () => {
  it('names what says its kind, as a message and as JSON', () => {
    const failure = api.failure.v1.Failure.create({ message: 'late', timeoutFailureInfo: { timeoutType: 1 } });
    expect(failureKind(failure)).toBe('Timeout');
    expect(failureKind({ message: 'gone', childWorkflowExecutionFailureInfo: {} })).toBe('ChildWorkflowError');
  });

  it('calls everything else an error', () => {
    expect(failureKind({ message: 'x', timeoutFailureInfo: null })).toBe('Error');
    expect(failureKind({ applicationFailureInfo: { type: 'CardDeclined' } })).toBe('Error');
  });
});
