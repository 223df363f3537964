import { describe, expect, it } from 'vitest';
import type { AttributeScope } from './search-attributes.ts';
import { attributeTypeOf, attributeValuesOf, faultOfSearchAttributes, isReservedAttribute, withTypes } from './search-attributes.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const raw = (data: string, metadata: Readonly<Record<string, string>> = { encoding: 'json/plain' }) => ({
  metadata: Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, encoder.encode(value)])),
  data: encoder.encode(data),
});
const json = (value: unknown) => raw(JSON.stringify(value));

const scope: AttributeScope = {
  name: 'orders',
  searchAttributes: {
    Customer: 'Keyword',
    Total: 'Double',
    Items: 'Int',
    Paid: 'Bool',
    ShipBy: 'Datetime',
    Tags: 'KeywordList',
    Note: 'Text',
  },
};

describe('what may be set', () => {
  it.each<[string, unknown]>([
    ['Customer', 'ada'],
    ['Customer', ['ada']],
    ['Total', 1.5],
    ['Items', 3],
    ['Items', '3'],
    ['Paid', false],
    ['ShipBy', '2026-01-02T03:04:05Z'],
    ['Tags', ['a', 'b']],
    ['Tags', 'a'],
    ['Note', 'leave it'],
    ['Customer', null],
    ['Total', []],
    ['BuildIds', ['v1']],
  ])('%s = %j', (name, value) => {
    expect(faultOfSearchAttributes({ indexedFields: { [name]: json(value) } }, scope)).toBeUndefined();
  });

  it.each<[string, unknown, string]>([
    ['Nobody', 'a', 'Namespace orders has no mapping defined for search attribute Nobody'],
    ['WorkflowId', 'a', "WorkflowId attribute can't be set in SearchAttributes"],
    ['Customer', 5, 'invalid value for search attribute Customer of type Keyword: 5'],
    ['Customer', ['a', 'b'], 'invalid value for search attribute Customer of type Keyword: ["a","b"]'],
    ['Items', 1.5, 'invalid value for search attribute Items of type Int: 1.5'],
    ['Items', 'many', 'invalid value for search attribute Items of type Int: many'],
    ['Total', '1.5', 'invalid value for search attribute Total of type Double: 1.5'],
    ['Paid', 'true', 'invalid value for search attribute Paid of type Bool: true'],
    ['ShipBy', 'soon', 'invalid value for search attribute ShipBy of type Datetime: soon'],
    ['Tags', [1], 'invalid value for search attribute Tags of type KeywordList: [1]'],
    ['Note', 'x'.repeat(2047), 'search attribute Note value size 2049 exceeds size limit 2048'],
  ])('%s = %j is refused', (name, value, expected) => {
    expect(faultOfSearchAttributes({ indexedFields: { [name]: json(value) } }, scope)).toBe(expected);
  });

  it('is not what is no JSON', () => {
    const fault = faultOfSearchAttributes({ indexedFields: { Customer: raw('{') } }, scope);
    expect(fault).toBe('invalid value for search attribute Customer of type Keyword: not valid JSON');
  });

  it('is nothing at all, to remove a value', () => {
    expect(faultOfSearchAttributes({ indexedFields: { Customer: raw('', { encoding: 'binary/null' }) } }, scope)).toBeUndefined();
  });

  it('has a limit in number and in all', () => {
    const many = (count: number, value: string) => {
      const names = Array.from({ length: count }, (_, at) => `A${at}`);
      return faultOfSearchAttributes(
        { indexedFields: Object.fromEntries(names.map((name) => [name, json(value)])) },
        { name: 'x', searchAttributes: Object.fromEntries(names.map((name) => [name, 'Keyword' as const])) },
      );
    };
    expect(many(100, 'a')).toBeUndefined();
    expect(many(101, 'a')).toBe('number of search attributes 101 exceeds limit 100');
    expect(many(21, 'a'.repeat(2000))).toMatch(/^total size of search attributes \d+ exceeds size limit 40960$/);
  });
});

describe('names', () => {
  it('are not found on the prototype', () => {
    expect(attributeTypeOf('constructor', scope)).toBeUndefined();
    expect(attributeTypeOf('toString', scope)).toBeUndefined();
  });

  it.each([
    ['WorkflowId', true],
    ['BuildIds', true],
    ['TemporalAnything', true],
    ['Customer', false],
    ['toString', false],
    ['constructor', false],
  ])('%s is reserved: %s', (name, expected) => {
    expect(isReservedAttribute(name)).toBe(expected);
  });
});

describe('values for comparison', () => {
  it('take the type their payload says', () => {
    const typed = withTypes(
      { indexedFields: { ShipBy: json('1970-01-01T00:00:01Z'), Tags: json('one'), Items: json('7'), Customer: json(['ada']) } },
      scope,
    );
    expect(attributeValuesOf(typed.indexedFields ?? {})).toEqual({ ShipBy: 1000, Tags: ['one'], Items: 7, Customer: 'ada' });
  });

  it('are told by their shape where no type is said', () => {
    const fields = { A: json('x'), B: json(1.5), C: json(true), D: json(['x', 'y']), BuildIds: json(['v1']) };
    expect(attributeValuesOf(fields)).toEqual({ A: 'x', B: 1.5, C: true, D: ['x', 'y'], BuildIds: ['v1'] });
  });

  it('keep the words of a text beside it', () => {
    const { indexedFields } = withTypes({ indexedFields: { Note: json('Ring, TWICE at añil-door') } }, scope);
    expect(attributeValuesOf(indexedFields ?? {})).toEqual({ Note: 'Ring, TWICE at añil-door', 'Note.words': 'ring twice at añil door' });
  });

  it('leave out what is null', () => {
    expect(attributeValuesOf({ A: json(null), B: raw('', { encoding: 'binary/null' }) })).toEqual({});
  });
});

it('payloads are returned with their type and otherwise as they came', () => {
  const { indexedFields } = withTypes({ indexedFields: { Customer: json('ada'), Unknown: json(1) } }, scope);
  expect(decoder.decode(indexedFields?.['Customer']?.metadata?.['type'])).toBe('Keyword');
  expect(decoder.decode(indexedFields?.['Customer']?.metadata?.['encoding'])).toBe('json/plain');
  expect(decoder.decode(indexedFields?.['Customer']?.data ?? new Uint8Array())).toBe('"ada"');
  expect(indexedFields?.['Unknown']?.metadata?.['type']).toBeUndefined();
});
