import { describe, expect, it } from 'vitest';
import { CHANGES_MAX, jsonDiff } from './json-diff.ts';

const lines = (before: unknown, after: unknown) =>
  jsonDiff(before, after).changes.map(({ path, kind, before: a, after: b }) => `${path} ${kind} ${JSON.stringify(a)} ${JSON.stringify(b)}`);

describe('jsonDiff', () => {
  it('names the places that differ and no others', () => {
    const before = { id: 'a', lines: [{ sku: 1, n: 1 }, { sku: 2 }], total: 5, 'odd name': null };
    const after = { id: 'a', lines: [{ sku: 1, n: 2 }], total: '5', 'odd name': null, note: 'x' };
    expect(lines(before, after)).toEqual([
      'lines[0].n changed 1 2',
      'lines[1] removed {"sku":2} undefined',
      'total changed 5 "5"',
      'note added undefined "x"',
    ]);
  });

  it.each([
    [{ a: 1 }, { a: 1 }, []],
    [undefined, undefined, []],
    [undefined, 1, [' added undefined 1']],
    [[1], { 0: 1 }, [' changed [1] {"0":1}']],
    [null, {}, [' changed null {}']],
    [{ 'a-b': 1 }, {}, ['["a-b"] removed 1 undefined']],
  ])('%j beside %j', (before, after, wanted) => expect(lines(before, after)).toEqual(wanted));

  it('takes a secret for one place, and names its key', () => {
    const changes = jsonDiff(
      { credentials: { user: 'a', pin: 1 }, keys: [{ n: 1 }] },
      { credentials: { user: 'b', pin: 2 }, keys: [{ n: 2 }] },
    ).changes;
    expect(changes.map(({ path, key }) => [path, key])).toEqual([
      ['credentials', 'credentials'],
      ['keys[0].n', 'n'],
    ]);
  });

  it('is bounded in number and in depth', () => {
    const many = Array.from({ length: 1000 }, (_, index) => index);
    const found = jsonDiff(
      many,
      many.map((value) => value + 1),
    );
    expect([found.changes.length, found.isCut]).toEqual([CHANGES_MAX, true]);
    const deep = (leaf: unknown) => Array.from({ length: 200 }).reduce<unknown>((inner) => ({ x: inner }), leaf);
    expect(jsonDiff(deep(1), deep(2)).changes).toHaveLength(1);
    expect(jsonDiff(deep(1), deep(1)).changes).toEqual([]);
  });
});
