import { expect, it } from 'vitest';
import { attemptSegments } from './attempt-segments.ts';
import type { Attempt, Attempts } from './attempts.ts';
import type { Group } from './event-groups.ts';
import { groupEvents } from './event-groups.ts';

const scheduled = { id: 5, type: 'ActivityTaskScheduled', at: 0, bytes: 1, name: 'charge', key: '1' };
const groupOf = (status: Group['status'], over: Partial<Group> = {}): Group => {
  const [group] = groupEvents([scheduled]).groups;
  if (group === undefined) throw new Error('an activity makes a group');
  return { ...group, status, ...over };
};
const attempt = (
  ordinal: number,
  [scheduledAt, startedAt, endedAt]: readonly [number, number, number?],
  over: Partial<Attempt> = {},
): Attempt => ({
  ordinal,
  number: ordinal,
  scheduledAt,
  startedAt,
  endedAt,
  worker: 'w',
  build: '',
  outcome: 'failed',
  cause: '',
  failure: 0,
  ...over,
});
const triedOf = (attempts: readonly Attempt[], over: Partial<Attempts> = {}): Attempts => ({
  scheduledEventId: 5,
  lastEventId: 5,
  total: attempts.length,
  failed: attempts.length,
  isOver: false,
  attempts,
  streaks: [],
  streaksTotal: 0,
  failures: [],
  ...over,
});
const shown = (group: Group, of: Attempts, now: number) =>
  attemptSegments(group, of, now).map(
    ({ kind, from, to, tone, end }) => `${kind} ${from}-${to} ${tone}${end === 'plain' ? '' : ` ${end}`}`,
  );

it('draws waits, runs and back-offs one after the other, and the next try', () => {
  const tried = triedOf([attempt(1, [0, 10, 20]), attempt(2, [50, 55, 60], { retryAt: 100 })]);
  expect(shown(groupOf('retrying'), tried, 70)).toEqual([
    'queue 0-10 wait',
    'run 10-20 retrying hatch',
    'backoff 20-50 retrying',
    'queue 50-55 wait',
    'run 55-60 retrying hatch',
    'backoff 60-100 retrying',
    'next 100-100 retrying',
  ]);
});

it('ends a success in its own colour', () => {
  const tried = triedOf([attempt(1, [0, 10, 20]), attempt(2, [50, 50, 60], { outcome: 'completed' })], { isOver: true });
  expect(shown(groupOf('completed', { endedAt: 61 }), tried, 70)).toEqual([
    'queue 0-10 wait',
    'run 10-20 retrying hatch',
    'backoff 20-50 retrying',
    'run 50-60 completed',
  ]);
});

it('leaves the bar open while an attempt runs', () => {
  const tried = triedOf([attempt(1, [0, 10, 20]), attempt(2, [30, 40], { outcome: 'running' })]);
  expect(shown(groupOf('retrying'), tried, 70).at(-1)).toBe('run 40-70 retrying open');
});
