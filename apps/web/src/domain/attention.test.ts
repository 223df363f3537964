import { describe, expect, it } from 'vitest';
import type { AttentionFacts } from './attention.ts';
import { attentionOf } from './attention.ts';

const calm: AttentionFacts = {
  now: 1_000_000,
  overview: { lastHour: { Completed: 9 }, hourBefore: {}, hourFrom: 0, failingTasks: { count: 0, query: 'P' } },
  errors: [],
  queues: [],
  pausedSchedules: [],
  workers: [{ key: 'k', identity: 'worker-1', queue: 'orders', status: 'Running', heartbeatAt: 990_000 }],
};
const empty = { pollers: [], stats: { backlog: 2, oldestMs: 600_000, inPerSecond: 0, outPerSecond: 0 }, limit: null };

describe('what needs somebody', () => {
  it('is nothing while all is well', () => expect(attentionOf(calm)).toEqual([]));

  it('stands in the order of how bad it is, with where it leads', () => {
    const items = attentionOf({
      now: 1_000_000,
      overview: { lastHour: { Failed: 4, TimedOut: 1 }, hourBefore: { Failed: 1 }, hourFrom: 0, failingTasks: { count: 1, query: 'P' } },
      errors: [
        { id: 'a', type: 'GatewayError', template: '502', byKind: { activity: 3, failed: 1 }, activities: ['chargeCard'] },
        { id: 'b', type: 'Nondeterminism', template: 'Task #', byKind: { task: 1 }, activities: [] },
      ],
      queues: [
        { name: 'refunds', runs: 1, openRuns: 1, closeName: 'refund', sides: { workflow: empty, activity: { ...empty, stats: null } } },
      ],
      pausedSchedules: ['nightly', 'weekly'],
      workers: [{ key: 'k', identity: 'worker-1', queue: 'orders', status: 'Running', heartbeatAt: 100_000 }],
    });
    expect(items.map(({ what, evidence }) => `${what} (${evidence})`)).toEqual([
      '1 run cannot go on: its workflow task fails (Nondeterminism: Task #)',
      'Queue refunds: nobody polls; did you mean refund? (2 tasks wait, the oldest for 10m 00s · 1 open run)',
      '5 runs failed or timed out in the last hour (1 in the hour before)',
      '3 activities are tried again: chargeCard (GatewayError: 502)',
      'Worker worker-1 is silent (no heartbeat for 15m 00s · orders)',
      '2 schedules are paused (nightly, weekly)',
    ]);
    expect(items.map(({ link }) => link.to)).toEqual(['runs', 'queue', 'runs', 'error', 'worker', 'pausedSchedules']);
  });

  it('does not call the usual failures news', () => {
    const overview = { ...calm.overview, lastHour: { Failed: 5 }, hourBefore: { Failed: 5 } };
    expect(attentionOf({ ...calm, overview })).toEqual([]);
    expect(attentionOf({ ...calm, overview: { ...overview, lastHour: null } })).toEqual([]);
  });

  it('says that tasks fail where the server does not mark their runs', () => {
    const errors = [{ id: 'b', type: 'T', template: 'm', byKind: { task: 2 }, activities: [] }];
    const items = attentionOf({ ...calm, overview: { ...calm.overview, failingTasks: null }, errors });
    expect(items).toEqual([{ tone: 'taskfail', what: 'Workflow tasks of 2 runs fail', evidence: 'T: m', link: { to: 'error', id: 'b' } }]);
  });

  it('leads to the one schedule that is paused', () => {
    expect(attentionOf({ ...calm, pausedSchedules: ['nightly'] })[0]?.link).toEqual({ to: 'schedule', id: 'nightly' });
  });
});
