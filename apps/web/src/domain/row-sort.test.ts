import type { ExecutionRow } from '@tidemark/engine/api/model/execution-row';
import { describe, expect, it } from 'vitest';
import type { ColumnId } from './list-columns.ts';
import { nextSort, readSort, sortRows, sortText } from './row-sort.ts';

const row = (workflowId: string, changes: Partial<ExecutionRow> = {}): ExecutionRow => ({
  workflowId,
  runId: `r-${workflowId}`,
  type: 'Flow',
  status: 'Running',
  queue: 'q',
  startedAt: 0,
  closedAt: null,
  events: 0,
  bytes: 0,
  parentId: null,
  fields: {},
  ...changes,
});

const sorted = (rows: readonly ExecutionRow[], text: string, columns: readonly ColumnId[]) =>
  sortRows(rows, readSort(text, columns), 1000).map((one) => one.workflowId);

describe('the loaded rows, sorted', () => {
  it('by texts as people count, and by numbers', () => {
    const rows = [row('order-10', { events: 3 }), row('order-9', { events: 40 }), row('order-1', { events: 5 })];
    expect(sorted(rows, 'id.asc', ['id'])).toEqual(['order-1', 'order-9', 'order-10']);
    expect(sorted(rows, 'events.desc', ['events'])).toEqual(['order-9', 'order-1', 'order-10']);
  });

  it('keeps the server’s order of equals, and puts what is not there last', () => {
    const rows = [row('b'), row('a', { closedAt: 5 }), row('c'), row('d', { closedAt: 9 })];
    expect(sorted(rows, 'closed.asc', ['closed'])).toEqual(['a', 'd', 'b', 'c']);
    expect(sorted(rows, 'closed.desc', ['closed'])).toEqual(['d', 'a', 'b', 'c']);
    expect(sorted(rows, 'type.asc', ['type'])).toEqual(['b', 'a', 'c', 'd']);
  });

  it('by a search attribute', () => {
    const rows = [row('a', { fields: { 'attr:Total': 9 } }), row('b'), row('c', { fields: { 'attr:Total': 10 } })];
    expect(sorted(rows, 'attr:Total.desc', ['attr:Total'])).toEqual(['c', 'a', 'b']);
  });

  it('by what was read of an input, numbers before texts', () => {
    const rows = [row('a', { fields: { 'input:total': 'much' } }), row('b'), row('c', { fields: { 'input:total': 9 } })];
    expect(sorted(rows, 'input:total.asc', ['input:total'])).toEqual(['c', 'a', 'b']);
  });

  it('only by columns that are shown and can be', () => {
    expect(readSort('type.asc', ['id'])).toBeUndefined();
    expect(readSort('waiting.asc', ['waiting'])).toBeUndefined();
    expect(readSort('id.up', ['id'])).toBeUndefined();
    expect(readSort('', ['id'])).toBeUndefined();
  });

  it('three presses of a head end where they began', () => {
    const first = nextSort(undefined, 'started', true);
    const second = nextSort(first, 'started', true);
    expect([first, second].map((one) => one && sortText(one))).toEqual(['started.desc', 'started.asc']);
    expect(nextSort(second, 'started', true)).toBeUndefined();
    expect(nextSort(second, 'id', false)).toEqual({ column: 'id', isDescending: false });
  });
});
