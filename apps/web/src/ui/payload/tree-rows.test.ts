import { describe, expect, it } from 'vitest';
import { parseExact } from '../../lib/exact-json.ts';
import { leafText, openAtFirst, treeRows } from './tree-rows.ts';

describe('the rows of a tree', () => {
  const value = parseExact('{"id":9007199254740993,"items":[{"sku":"a"},{"sku":"b"}],"empty":{}}')?.value;

  it('are those of what is open', () => {
    expect(treeRows(value, (path) => path === '' || path === '.items').map(({ path, depth, size }) => [path, depth, size])).toEqual([
      ['', 0, 3],
      ['.id', 1, undefined],
      ['.items', 1, 2],
      ['.items[0]', 2, 1],
      ['.items[1]', 2, 1],
      ['.empty', 1, 0],
    ]);
  });

  it('show what is hidden as one row', () => {
    const held = { a: { password: { x: 1 } }, list: [{ token: 2 }] };
    const rows = treeRows(
      held,
      () => true,
      (key) => key === 'password' || key === 'token',
    );
    expect(rows.map(({ path, value: one, size }) => [path, size ?? one])).toEqual([
      ['', 2],
      ['.a', 1],
      ['.a.password', '••••••'],
      ['.list', 1],
      ['.list[0]', 1],
      ['.list[0].token', '••••••'],
    ]);
  });

  it('say numbers as they were written', () => {
    expect(treeRows(value, () => true).map(({ value: one }) => (typeof one === 'string' ? one : leafText(one)))[1]).toBe(
      '9007199254740993',
    );
  });

  it('open level by level while they are few', () => {
    expect([...openAtFirst(value, 50)]).toEqual(['', '.items', '.empty', '.items[0]', '.items[1]']);
    expect([...openAtFirst(value, 5)]).toEqual(['', '.empty']);
    const wide = Array.from({ length: 10_000 }, (_, id) => ({ id }));
    expect([...openAtFirst(wide, 100)]).toEqual(['']);
    expect(treeRows(wide, (path) => path === '')).toHaveLength(10_001);
  });
});
