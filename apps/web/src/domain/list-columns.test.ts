import { describe, expect, it } from 'vitest';
import {
  columnOf,
  columnsWithin,
  DEFAULT_COLUMNS,
  fieldText,
  fitWidth,
  isDefault,
  isField,
  isValue,
  kindOf,
  moveColumn,
  readColumns,
  toggleColumn,
} from './list-columns.ts';

describe('columns of the list', () => {
  it('reads what the address says, once each, and leaves out what is no column', () =>
    expect(readColumns(['status', 'id', 'nonsense', 'attr:Region', 'attr:', 'status', 'memo:a,b'])).toEqual([
      'status',
      'id',
      'attr:Region',
      'memo:a,b',
    ]));
  it('is the usual ones when the address says none', () => expect(readColumns(['constructor'])).toBe(DEFAULT_COLUMNS));
  it('keeps the id, without which no run could be opened', () => {
    expect(readColumns(['type'])).toEqual(['id', 'type']);
    expect(toggleColumn(['status', 'id'], 'id')).toEqual(['id', 'status']);
  });
  it('puts a new column last and takes it away again', () => {
    const more = toggleColumn(DEFAULT_COLUMNS, 'attr:Region');
    expect(more.at(-1)).toBe('attr:Region');
    expect(isDefault(toggleColumn(more, 'attr:Region'))).toBe(true);
  });
  it('moves a column by one place and not over the edge', () => {
    expect(moveColumn(['status', 'id', 'type'], 'type', -1)).toEqual(['status', 'type', 'id']);
    expect(moveColumn(['status', 'id', 'type'], 'status', -1)).toEqual(['status', 'id', 'type']);
    expect(moveColumn(['status', 'id', 'type'], 'type', 1)).toEqual(['status', 'id', 'type']);
  });
  it('drops the last columns where there is no room for them, and never the id', () => {
    const within = (room: number) => columnsWithin(['status', 'type', 'id', 'queue'], () => 100, room);
    expect(within(400)).toEqual(['status', 'type', 'id', 'queue']);
    expect(within(399)).toEqual(['status', 'type', 'id']);
    expect(within(150)).toEqual(['status', 'id']);
    expect(columnsWithin(['id', 'type', 'status'], () => 100, 250)).toEqual(['id', 'status']);
  });
  it('names a field by its own name, whatever it contains', () => expect(columnOf('attr:a:b').label).toBe('a:b'));
  it('knows what a column is a part of', () => {
    expect(readColumns(['id', 'input:customer.id', 'result:', 'result:total'])).toEqual(['id', 'input:customer.id', 'result:total']);
    expect([isValue('input:a'), isValue('memo:a'), isField('result:a'), isField('attr:a')]).toEqual([true, false, false, true]);
    expect([kindOf('result:total'), kindOf('attr:Region'), kindOf('status')]).toEqual(['result', 'search attribute', undefined]);
  });
  it('says of what could not be read what it is', () =>
    expect(fieldText({ $payload: 'binary/encrypted', bytes: 2048, head: 'x' })).toBe('binary/encrypted, 2.0 kB'));
  it('keeps widths within reason', () => expect([fitWidth(3), fitWidth(120.4), fitWidth(9999)]).toEqual([56, 120, 800]));
  it('writes texts bare and the rest as JSON', () =>
    expect([fieldText('<b>x</b>'), fieldText(['a', 'b']), fieldText({ a: 1 }), fieldText(false), fieldText(undefined)]).toEqual([
      '<b>x</b>',
      'a, b',
      '{"a":1}',
      'false',
      '',
    ]));
});
