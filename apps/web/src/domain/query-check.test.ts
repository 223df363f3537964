import { describe, expect, it } from 'vitest';
import { faultsOfQuery, placeOfRefusal } from './query-check.ts';

const attributes = [
  { name: 'WorkflowType', type: 'Keyword' },
  { name: 'WorkflowId', type: 'Keyword' },
  { name: 'ExecutionStatus', type: 'Keyword' },
  { name: 'StartTime', type: 'Datetime' },
  { name: 'Customer', type: 'Keyword' },
  { name: 'Items', type: 'Int' },
  { name: 'Paid', type: 'Bool' },
  { name: 'Tags', type: 'KeywordList' },
  { name: 'Note', type: 'Text' },
];

describe('a filter that is right', () => {
  it.each([
    '',
    "WorkflowType = 'a'",
    "(WorkflowType = 'a' OR Customer STARTS_WITH 'b') AND NOT Items BETWEEN 1 AND 5",
    "ExecutionStatus IN ('Running', 'TimedOut') && Paid = true",
    'StartTime >= \'2026-05-01T00:00:00+02:00\' and Tags NOT IN ("x") and Note is not null',
  ])('%s', (text) => expect(faultsOfQuery(text, attributes)).toEqual([]));
});

describe('a filter that is wrong says where and what', () => {
  it.each([
    ["Custmer = 'x'", 'Custmer', 'There is no attribute Custmer in this namespace. Did you mean Customer?'],
    ["workflowtype = 'x'", 'workflowtype', 'Did you mean WorkflowType?'],
    ["Zebra = 'x'", 'Zebra', 'There is no attribute Zebra in this namespace.'],
    ["Tags > 'a'", '>', 'Tags is a KeywordList, which takes = != IN NOT IN IS NULL IS NOT NULL.'],
    ["Items STARTS_WITH 'a'", 'STARTS_WITH', 'Items is a Int'],
    ["Items = 'three'", "'three'", 'Items is a number; three is none.'],
    ["Paid = 'yes'", "'yes'", 'Paid is true or false.'],
    ["StartTime > 'yesterday'", "'yesterday'", 'StartTime is a moment with its zone'],
    ["ExecutionStatus = 'failed'", "'failed'", 'There is no status failed'],
    ['WorkflowId STARTS_WITH 5', '5', 'STARTS_WITH takes a text in quotes.'],
    ['WorkflowType = Order', 'Order', "Texts stand in quotes: 'Order'."],
    ["WorkflowType = 'a", "'a", 'This quote is not closed.'],
    ["WorkflowType LIKE 'a%'", 'LIKE', 'There is no LIKE; STARTS_WITH finds a prefix.'],
    ["WorkflowType 'a'", "'a'", 'is not an operator that may follow WorkflowType.'],
    ["WorkflowType = 'a' Items = 3", 'Items', 'AND or OR is missing before this.'],
    ["WorkflowType = 'a' ORDER BY StartTime", 'ORDER', 'ORDER is no part of a filter: servers list runs in their own order.'],
    ["WorkflowType = 'a' AND", 'AND', 'The name of an attribute is missing.'],
    ["(WorkflowType = 'a'", '(', 'A bracket is not closed.'],
    ["WorkflowType = 'a')", ')', 'No bracket is open here.'],
    ["Customer IN 'a'", "'a'", 'IN is followed by values in brackets.'],
    ['Items BETWEEN 1, 2', ',', 'BETWEEN takes two values with AND between them.'],
    ["'a' = WorkflowType", "'a'", 'stands on the left of a comparison.'],
    ['Items # 3', '#', '“#” is not an operator'],
    ['Note IS 5', '5', 'IS is followed by NULL or NOT NULL.'],
  ])('%s', (text, marked, message) => {
    const [fault, ...more] = faultsOfQuery(text, attributes);
    expect(more).toEqual([]);
    expect(fault && text.slice(fault.from, fault.to)).toBe(marked);
    expect(fault?.message).toContain(message);
  });

  it('of many conditions, each of them', () => {
    expect(faultsOfQuery("Custmer = 'x' AND (Paid = 3 OR Items > 4)", attributes).map(({ from }) => from)).toEqual([0, 26]);
  });

  it('but names are not doubted where the server does not say which there are', () => {
    expect(faultsOfQuery('Zebra > 5', [])).toEqual([]);
  });

  it('however deep it is nested', () => {
    const nested = (depth: number) => `${'('.repeat(depth)}Items = 3${')'.repeat(depth)}`;
    expect(faultsOfQuery(nested(50), attributes)).toEqual([]);
    expect(faultsOfQuery(nested(50_000), attributes)[0]?.message).toBe('Nested deeper than 100.');
  });
});

describe('a refusal of the server', () => {
  it('stands at the words it quotes, else at all of it', () => {
    const text = "Region = 'n' AND Custmer = 'x'";
    expect(placeOfRefusal("invalid query: column name 'Custmer' is not a valid search attribute", text)).toEqual({ from: 17, to: 24 });
    expect(placeOfRefusal('invalid query', text)).toEqual({ from: 0, to: text.length });
  });
});
