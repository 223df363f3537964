import { describe, expect, it } from 'vitest';
import type { Occurrence } from './error-groups.ts';
import { groupErrors } from './error-groups.ts';

const span = { from: 0, to: 1_000, buckets: 4 };
const failed = (runId: string, at: number, message: string, more: Partial<Occurrence> = {}): Occurrence => ({
  kind: 'failed',
  workflowId: `w-${runId}`,
  runId,
  workflowType: 'OrderFlow',
  where: 'OrderFlow',
  at,
  attempts: 1,
  builds: [],
  queue: 'orders',
  failure: { type: 'Declined', message },
  ...more,
});

describe('groups of failures', () => {
  it('puts the error of the most runs first and tells whom it concerns', () => {
    const groups = groupErrors(
      [
        failed('a', 10, 'another'),
        failed('b', 900, 'card 1 declined', { builds: ['7f3c'] }),
        failed('c', 100, 'card 22 declined', { builds: ['8a1d'], workflowType: 'RefundFlow' }),
        failed('c', 999, 'card 3 declined', { kind: 'activity', where: 'OrderFlow', builds: ['8a1d'] }),
      ],
      span,
    );
    expect(groups.map(({ template, runs }) => [template, runs])).toEqual([
      ['card # declined', 2],
      ['another', 1],
    ]);
    expect(groups[0]).toMatchObject({
      byKind: { failed: 2, activity: 1 },
      firstAt: 100,
      lastAt: 999,
      trend: [1, 0, 0, 2],
      workflowTypes: ['OrderFlow', 'RefundFlow'],
      builds: ['8a1d', '7f3c'],
    });
    expect(groups[0]?.occurrences.map(({ at }) => at)).toEqual([999, 900, 100]);
  });

  it('names the activities it comes from, and leaves out of the trend what is older', () => {
    const [group] = groupErrors([failed('a', -5, 'x', { kind: 'activity', where: 'charge' })], span);
    expect(group).toMatchObject({ activities: ['charge'], trend: [0, 0, 0, 0], runs: 1 });
  });
});
