import { MASK } from '@tidemark/engine/api/model/secrets';
import { describe, expect, it } from 'vitest';
import { cellValue } from './cell-value.ts';
import { noChips } from './query-chips.ts';
import { withValue } from './value-filter.ts';

const row = { status: 'Failed', type: "Order'Flow", queue: '', fields: { 'attr:Region': 'eu', 'attr:a b': 3, 'attr:Tags': ['x', 'y'] } };
const all = { chips: noChips, rest: '' };
const valueOf = (id: Parameters<typeof cellValue>[0]) => {
  const value = cellValue(id, row);
  if (value === undefined) throw new Error(`${id} has no value`);
  return value;
};

describe('filtering by the value of a cell', () => {
  it('is a chip where there is one', () => {
    expect(withValue(all, valueOf('type'), false)).toEqual({ chips: { ...noChips, type: "Order'Flow" }, rest: '' });
    expect(withValue(all, valueOf('status'), false)).toEqual({ chips: { ...noChips, status: ['Failed'] }, rest: '' });
  });
  it('takes the place of the value that the chip had', () =>
    expect(
      withValue({ chips: { ...noChips, status: ['Running', 'Paused'], queue: 'orders' }, rest: '' }, valueOf('status'), false).chips,
    ).toEqual({
      ...noChips,
      status: ['Failed'],
      queue: 'orders',
    }));
  it('is a text where no chip says it, once', () => {
    const once = withValue({ chips: { ...noChips, queue: 'orders' }, rest: '' }, valueOf('type'), true);
    expect(once).toEqual({ chips: { ...noChips, queue: 'orders' }, rest: "WorkflowType != 'Order''Flow'" });
    expect(withValue(once, valueOf('type'), true)).toEqual(once);
    expect(withValue(once, valueOf('attr:a b'), false).rest).toBe("WorkflowType != 'Order''Flow' AND `a b` = 3");
  });
  it('does not widen what was asked', () =>
    expect(withValue({ chips: noChips, rest: "Region = 'eu' OR Region = 'us'" }, valueOf('attr:Region'), true).rest).toBe(
      "(Region = 'eu' OR Region = 'us') AND Region != 'eu'",
    ));
  it('is not offered for what no filter can say', () => {
    expect(cellValue('queue', row)).toBeUndefined();
    expect(cellValue('attr:Tags', row)).toBeUndefined();
    expect(cellValue('memo:note', row)).toBeUndefined();
    expect(cellValue('started', row)).toBeUndefined();
    expect(cellValue('attr:Token', { ...row, fields: { 'attr:Token': MASK } })).toBeUndefined();
  });
});
