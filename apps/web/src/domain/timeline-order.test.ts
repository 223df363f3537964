import { describe, expect, it } from 'vitest';
import { groupEvents } from './event-groups.ts';
import { history, T0, wideHistory } from './fixtures.ts';
import { growth, MUCH_GROWTH } from './growth.ts';
import { layoutRows } from './timeline-layout.ts';
import { orderGroups } from './timeline-order.ts';

const now = T0 + 60_000;
const scheduled = (name: string) => ({ type: 'ActivityTaskScheduled', name, key: name }) as const;
const timer = (key: string) => ({ type: 'TimerStarted', key }) as const;
type Begun = ReturnType<typeof scheduled> | ReturnType<typeof timer>;
const groupsOf = (...parts: readonly Begun[]) => groupEvents(history(...parts)).groups;
const idsOf = (ordered: ReturnType<typeof orderGroups>) => ordered.map((part) => part.map(({ id }) => id));

describe('orderGroups', () => {
  const groups = groupsOf(scheduled('pay'), scheduled('ship'), timer('ship'), scheduled('pay'), scheduled('ship'));

  it('leaves groups as they began', () => {
    expect(orderGroups(groups, 'time')[0]).toBe(groups);
  });

  it('puts all of one kind and name together, where the first of them began', () => {
    expect(idsOf(orderGroups(groups, 'type'))).toEqual([[1, 4, 2, 5, 3]]);
  });

  it('puts the critical path first, in its own order, and the rest as it began', () => {
    expect(idsOf(orderGroups(groups, 'path', [5, 99, 1]))).toEqual([
      [5, 1],
      [2, 3, 4],
    ]);
  });

  it('weaves what began apart, and nothing across the end of the path', () => {
    const six = groupsOf(...Array.from({ length: 12 }, (_, index) => scheduled(index % 2 === 0 ? 'pay' : 'ship')));
    const rows = (ordered: ReturnType<typeof orderGroups>) =>
      ordered.flatMap((part) => layoutRows(part, { now })).map(({ group, members }) => [group.name, members.length]);
    expect(rows(orderGroups(six, 'type'))).toEqual([
      ['pay', 6],
      ['ship', 6],
    ]);
    const pays = groupsOf(...Array.from({ length: 8 }, () => scheduled('pay')));
    expect(rows(orderGroups(pays, 'path', [1, 2]))).toEqual([
      ['pay', 1],
      ['pay', 1],
      ['pay', 6],
    ]);
  });

  it('orders ten thousand events as fast as one thousand, each', () => {
    const { groups: many } = groupEvents(wideHistory(3_333));
    for (const order of ['type', 'path'] as const) {
      const grown = growth(333, (count) => {
        const some = many.slice(0, count);
        const path = some.map(({ id }) => id).filter((id) => id % 2 === 0);
        return () => orderGroups(some, order, path);
      });
      expect(grown).toBeLessThan(MUCH_GROWTH);
    }
  });
});
