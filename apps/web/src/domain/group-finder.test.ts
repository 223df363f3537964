import { describe, expect, it } from 'vitest';
import { groupEvents } from './event-groups.ts';
import { history } from './fixtures.ts';
import { groupFinder } from './group-finder.ts';

const { groups } = groupEvents(
  history(
    { type: 'WorkflowExecutionStarted' },
    { type: 'ActivityTaskScheduled', name: 'chargeCard', key: 'Order-7', label: 'the charge' },
    { type: 'ActivityTaskStarted', ref: 2, worker: 'Worker-3' },
    { type: 'ActivityTaskFailed', ref: 2, failure: { message: 'card DECLINED', type: 'T' } },
    { type: 'ActivityTaskScheduled', name: 'ship', key: '2' },
  ),
);
const found = (find: string) => groups.filter(groupFinder(find)).map(({ name }) => name);

describe('groupFinder', () => {
  it('finds by name, id, label, worker and failure, in capitals or not', () => {
    for (const find of ['CHARGE', 'order-7', 'the ch', 'worker', 'declined']) expect(found(find)).toEqual(['chargeCard']);
    expect(found('2')).toEqual(['ship']);
    expect(found('nothing')).toEqual([]);
    expect(found('')).toEqual(['chargeCard', 'ship']);
  });
});
