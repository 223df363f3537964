import { expect, it } from 'vitest';
import { draftOf, readOptions } from './activity-options.ts';
import type { ActivityOptions } from './run-event.ts';

const options: ActivityOptions = {
  queue: 'orders',
  scheduleToCloseMs: 0,
  scheduleToStartMs: 0,
  startToCloseMs: 90_000,
  heartbeatMs: 0,
  initialIntervalMs: 1000,
  maximumIntervalMs: 0,
  backoffCoefficient: 2,
  maximumAttempts: 0,
};
const before = draftOf(options);

it('shows what holds as people write it', () => {
  expect(before).toMatchObject({
    queue: 'orders',
    startToCloseMs: '1m 30s',
    heartbeatMs: '',
    backoffCoefficient: '2',
    maximumAttempts: '',
  });
});

it('sends what was changed and nothing else', () => {
  expect(readOptions(before, before)).toEqual({ changed: {}, errors: {} });
  const draft = { ...before, queue: 'other', heartbeatMs: '10s', maximumAttempts: '5' };
  expect(readOptions(before, draft)).toEqual({ changed: { taskQueue: 'other', heartbeatMs: 10_000, maximumAttempts: 5 }, errors: {} });
  expect(readOptions({ ...before, maximumAttempts: '5' }, before).changed).toEqual({ maximumAttempts: 0 });
});

it('names the field that is wrong', () => {
  const draft = { ...before, queue: ' ', startToCloseMs: 'soon', initialIntervalMs: '', backoffCoefficient: '0.5', maximumAttempts: '-1' };
  expect(Object.keys(readOptions(before, draft).errors).sort()).toEqual([
    'backoffCoefficient',
    'initialIntervalMs',
    'maximumAttempts',
    'queue',
    'startToCloseMs',
  ]);
  expect(readOptions(before, { ...before, startToCloseMs: '' }).errors.startToCloseMs).toMatch(/must be set/);
});
