import { describe, expect, it } from 'vitest';
import { groupEvents } from './event-groups.ts';
import { history, pendingActivity, T0, wideHistory } from './fixtures.ts';
import { growth, MUCH_GROWTH } from './growth.ts';
import type { RunEvent } from './run-event.ts';
import { layoutRows, segmentsOf } from './timeline-layout.ts';

const one = (...args: Parameters<typeof groupEvents>) => {
  const group = groupEvents(...args).groups[0];
  if (group === undefined) throw new Error('the fixture opens no group');
  return group;
};
const now = T0 + 60_000;
type Part = Partial<RunEvent> & { readonly type: string };
const shapes = (group: ReturnType<typeof one>) =>
  segmentsOf(group, now).map((segment) => [segment.kind, segment.from - T0, segment.to - T0, segment.end]);

describe('segmentsOf', () => {
  const scheduled = { type: 'ActivityTaskScheduled', name: 'chargeCard', key: '1' } as const;

  it('parts waiting from running', () => {
    const group = one(
      history(
        scheduled,
        { type: 'ActivityTaskStarted', ref: 1, attempt: 1, after: 400 },
        { type: 'ActivityTaskCompleted', ref: 1, after: 1_000 },
      ),
    );
    expect(shapes(group)).toEqual([
      ['queue', 0, 400, 'plain'],
      ['run', 400, 1_400, 'plain'],
    ]);
  });

  it('leaves the edge of running work open', () => {
    const group = one(history(scheduled, { type: 'ActivityTaskStarted', ref: 1, attempt: 1, after: 400 }));
    expect(shapes(group)).toEqual([
      ['queue', 0, 400, 'plain'],
      ['run', 400, 60_000, 'open'],
    ]);
  });

  it('shows earlier tries as dots where the last start was not the first', () => {
    const group = one(
      history(
        scheduled,
        { type: 'ActivityTaskStarted', ref: 1, attempt: 3, after: 9_000 },
        { type: 'ActivityTaskFailed', ref: 1, after: 500 },
      ),
    );
    expect(shapes(group)).toEqual([
      ['backoff', 0, 9_000, 'plain'],
      ['run', 9_000, 9_500, 'hatch'],
    ]);
  });

  it('draws back-off up to the next try, in the future', () => {
    const group = one(history(scheduled), [
      pendingActivity({ attempt: 2, startedAt: T0 + 100, lastEndedAt: T0 + 700, nextAt: now + 5_000 }),
    ]);
    expect(shapes(group)).toEqual([
      ['queue', 0, 100, 'plain'],
      ['run', 100, 700, 'hatch'],
      ['backoff', 700, 65_000, 'plain'],
      ['next', 65_000, 65_000, 'plain'],
    ]);
  });

  it('notches what timed out', () => {
    const group = one(
      history(scheduled, { type: 'ActivityTaskStarted', ref: 1, attempt: 1 }, { type: 'ActivityTaskTimedOut', ref: 1, after: 10_000 }),
    );
    expect(shapes(group).at(-1)).toEqual(['run', 100, 10_100, 'notch']);
  });
});

describe('layoutRows', () => {
  it('weaves five or more of one name, and opens them on demand', () => {
    const events = history(
      ...Array.from({ length: 6 }, (_, index) => ({ type: 'ActivityTaskScheduled', name: 'reserveItem', key: String(index) })),
    );
    const { groups } = groupEvents(events);
    expect(layoutRows(groups, { now }).map((row) => [row.members.length, row.isExpandable])).toEqual([[6, true]]);
    expect(layoutRows(groups, { now, expanded: new Set(['w1']) }).map((row) => row.level)).toEqual([1, 2, 2, 2, 2, 2, 2]);
  });

  it('counts what a woven row holds: what has ended, what is usual, what failed', () => {
    const tried = Array.from({ length: 4 }, (_, index): Part[] => [
      { type: 'ActivityTaskScheduled', name: 'reserveItem', key: String(index) },
      { type: index === 0 ? 'ActivityTaskFailed' : 'ActivityTaskCompleted', ref: index * 2 + 1 },
    ]).flat();
    const text = (...parts: Part[]) => layoutRows(groupEvents(history(...parts)).groups, { now })[0]?.endMark?.text;
    const fifth = { type: 'ActivityTaskScheduled', name: 'reserveItem', key: '4' };
    expect(text(...tried, fifth)).toBe('4 of 5, p50 100 ms, 1 failed');
    expect(text(...tried, fifth, { type: 'ActivityTaskCompleted', ref: 9 })).toBe('5 in 900 ms, p50 100 ms, 1 failed');
    // What was only received is never waited for.
    expect(text(...Array.from({ length: 5 }, () => ({ type: 'WorkflowExecutionSignaled', name: 'approve' })))).toBe('5 in 400 ms');
  });

  it('names each row by a sentence that needs no bar', () => {
    const { groups } = groupEvents(
      history(
        { type: 'ActivityTaskScheduled', name: 'chargeCard', key: '1' },
        { type: 'ActivityTaskStarted', ref: 1, attempt: 1, after: 2_800 },
        { type: 'ActivityTaskCompleted', ref: 1, after: 12_400 },
      ),
    );
    expect(layoutRows(groups, { now })[0]?.sentence).toBe('chargeCard, activity, completed, waited 2.8 s, took 12 s');
  });

  it('lays out ten thousand events as fast as one thousand, each', () => {
    const { groups } = groupEvents(wideHistory(3_333));
    expect(layoutRows(groups, { now })).toHaveLength(3_333);
    const grown = growth(333, (count) => {
      const some = groups.slice(0, count);
      return () => layoutRows(some, { now });
    });
    expect(grown).toBeLessThan(MUCH_GROWTH);
  });
});
