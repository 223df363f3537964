import { describe, expect, it } from 'vitest';
import { openLook } from './status.ts';

describe('openLook', () => {
  it('marks an open run by what keeps it from going on', () => {
    expect(openLook('Running', 'activity-backoff')).toMatchObject({ word: 'Retrying', tone: 'retrying', isCalm: false });
    expect(openLook('Running', 'task-failing')).toMatchObject({ word: 'Task failing', tone: 'taskfail', isCalm: false });
  });

  it('leaves the others what they are', () => {
    expect(openLook('Running', 'timer').word).toBe('Running');
    expect(openLook('Running', undefined).word).toBe('Running');
    expect(openLook('Paused', 'activity-backoff').word).toBe('Paused');
    expect(openLook('Failed', 'task-failing').word).toBe('Failed');
  });
});
