import { describe, expect, it } from 'vitest';
import { queueAnswer } from './queue-answer.ts';

describe('queueAnswer', () => {
  const calm = { kind: 'activity', pollers: 2, backlog: 0, oldestMs: 0, inPerSecond: 1, outPerSecond: 1 } as const;
  it('is silent while nothing waits long', () => expect(queueAnswer(calm)).toBeUndefined());
  it('is loud when nobody polls and something waits', () =>
    expect(queueAnswer({ ...calm, pollers: 0, backlog: 3, oldestMs: 65_000 })?.tone).toBe('failed'));
  it('says when a backlog will be empty', () => {
    const answer = queueAnswer({ ...calm, backlog: 100, oldestMs: 30_000, inPerSecond: 1, outPerSecond: 6 });
    expect(answer?.phrases).toContainEqual({ strong: '20 s' });
  });
});
