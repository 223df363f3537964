import { describe, expect, it } from 'vitest';
import { checkSchedule, EMPTY_CALENDAR, EMPTY_SCHEDULE, specOf } from './schedule-draft.ts';

const named = { ...EMPTY_SCHEDULE, id: 's', type: 'Order', workflowId: 'order', queue: 'orders' };

describe('specOf', () => {
  it('puts what is wrong beside the entry it is wrong in', () => {
    const { errors } = specOf({
      ...EMPTY_SCHEDULE,
      times: [
        { kind: 'interval', every: 'often', offset: '' },
        { kind: 'calendar', calendar: EMPTY_CALENDAR },
        { kind: 'calendar', calendar: { ...EMPTY_CALENDAR, month: '13' } },
        { kind: 'cron', text: '' },
        { kind: 'interval', every: '1m', offset: '2m' },
      ],
    });
    expect(Object.keys(errors).sort()).toEqual(['times.0', 'times.2', 'times.3', 'times.4']);
    expect(errors['times.2']).toContain('Month');
  });
  it('knows time zones, spans and bounds', () =>
    expect(
      Object.keys(
        specOf({ ...EMPTY_SCHEDULE, timezone: 'Nowhere', jitter: 'some', startAt: '2026-02-01T00:00:00', endAt: '2026-01-01T00:00:00' })
          .errors,
      ).sort(),
    ).toEqual(['endAt', 'jitter', 'timezone']));
});

describe('checkSchedule', () => {
  it('asks for what is missing', () =>
    expect(Object.keys(checkSchedule(EMPTY_SCHEDULE).errors)).toEqual(['id', 'type', 'workflowId', 'queue']));
  it('makes the request when nothing is wrong', () => {
    const { request } = checkSchedule({ ...named, input: '{"a":1}', remaining: '3', runTimeout: '1m', startAt: '2026-01-01T00:00:00' });
    expect(request).toMatchObject({
      spec: { intervals: [{ everyMs: 3_600_000, offsetMs: 0 }], startAt: Date.UTC(2026, 0, 1) },
      input: [{ a: 1 }],
      remaining: 3,
      runTimeoutMs: 60_000,
    });
  });
  it('keeps an input that cannot be shown', () =>
    expect(checkSchedule({ ...named, input: 'not read', keepsInput: true }).request?.input).toBeNull());
});
