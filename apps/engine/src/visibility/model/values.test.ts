import { describe, expect, it } from 'vitest';
import type { Token } from './tokens.ts';
import { QueryFault } from './tokens.ts';
import type { Column } from './values.ts';
import { toFilterValue } from './values.ts';

const string = (text: string): Token => ({ kind: 'string', text, position: 1 });
const number = (text: string): Token => ({ kind: 'number', text, position: 1 });
const name = (text: string): Token => ({ kind: 'name', text, position: 1 });

const duration: Column = { name: 'ExecutionDuration', type: 'Int' };
const status: Column = { name: 'ExecutionStatus', type: 'Keyword' };
const column = (type: Column['type']): Column => ({ name: 'X', type });

describe('a value', () => {
  it.each<[string, readonly [Token, Column], unknown]>([
    ['a duration in nanoseconds', [number('1500'), duration], 1500],
    ['a negative duration', [number('-5'), duration], -5],
    ['a duration in units', [string('1h30m'), duration], 5400e9],
    ['a duration in fractions', [string('1.5s'), duration], 1.5e9],
    ['milliseconds, not minutes', [string('5ms'), duration], 5e6],
    ['days', [string('2d'), duration], 172_800e9],
    ['microseconds', [string('7us'), duration], 7000],
    ['microseconds by their sign', [string('7µs'), duration], 7000],
    ['a duration of less than nothing', [string('-1m30s'), duration], -90e9],
    ['a duration that begins with a point', [string('+.5s'), duration], 0.5e9],
    ['a duration as a clock', [string('01:02:03'), duration], 3723e9],
    ['a status by its short name', [string('ContinuedAsNew'), status], 6],
    ['a status by its full name', [string('WORKFLOW_EXECUTION_STATUS_CANCELED'), status], 4],
    ['a time with its zone', [string('2026-01-02T03:04:05.678+02:00'), column('Datetime')], Date.UTC(2026, 0, 2, 1, 4, 5, 678)],
    ['a time in nanoseconds', [number('1500000000'), column('Datetime')], 1500],
    ['a number for a keyword', [number('42'), column('Keyword')], '42'],
    ['a truth', [name('False'), column('Bool')], false],
    ['a truth as a number', [number('1'), column('Bool')], true],
    ['an untruth as a number', [number('0'), column('Bool')], false],
    ['a quoted truth, which nothing equals', [string('true'), column('Bool')], 'true'],
    ['a number in quotes', [string('2.5'), column('Double')], 2.5],
  ])('%s', (_what, [token, of], expected) => {
    expect(toFilterValue(token, of)).toBe(expected);
  });

  it.each<[string, Token, Column]>([
    ['a duration without a unit', string('5x'), duration],
    ['an empty duration', string(''), duration],
    ['a clock with 60 minutes', string('01:60:00'), duration],
    ['a status in the wrong letters', string('running'), status],
    ['the unspecified status', number('0'), status],
    ['a time without a zone', string('2026-01-02T03:04:05'), column('Datetime')],
    ['a day that is on no calendar', string('2026-02-30T00:00:00Z'), column('Datetime')],
    ['a fraction of a nanosecond', number('1.5'), column('Datetime')],
    ['a duration with a sign inside', string('1h-5m'), duration],
    ['a number as a member of a list', number('5'), column('KeywordList')],
    ['a number that is no truth', number('2'), column('Bool')],
    ['a truth as a text', name('true'), column('Text')],
    ['a number without end', string('Infinity'), column('Double')],
    ['a day', string('2026-01-02'), column('Datetime')],
    ['no number', string(''), column('Int')],
    ['a text without a word', string(' .,'), column('Text')],
  ])('refuses %s', (_what, token, of) => {
    expect(() => toFilterValue(token, of)).toThrow(QueryFault);
  });
});
