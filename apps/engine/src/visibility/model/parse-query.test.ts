import { describe, expect, it } from 'vitest';
import { parseQuery } from './parse-query.ts';
import { QueryFault } from './tokens.ts';

const scope = {
  name: 'default',
  searchAttributes: {
    Customer: 'Keyword',
    Total: 'Double',
    Items: 'Int',
    Paid: 'Bool',
    ShipBy: 'Datetime',
    Tags: 'KeywordList',
    Note: 'Text',
    'dotted.name-1': 'Keyword',
  },
} as const;

const parse = (text: string) => parseQuery(text, scope);
const system = (name: string) => ({ kind: 'system', name });
const attribute = (name: keyof typeof scope.searchAttributes) => ({ kind: 'attribute', name, type: scope.searchAttributes[name] });
const equals = (field: object, value: unknown) => ({ kind: 'compare', field, operator: '=', value });

const type = equals(system('WorkflowType'), 'a');
const queue = equals(system('TaskQueue'), 'b');
const id = equals(system('WorkflowId'), 'c');

describe('a filter', () => {
  it.each<[string, unknown]>([
    ['', undefined],
    ['   \n\t ', undefined],
    ["WorkflowType = 'a'", type],
    ["  WorkflowType='a'  ", type],
    ['WorkflowType = "a"', type],
    ["`WorkflowType` = 'a'", type],
    ["((WorkflowType = 'a'))", type],
    ["WorkflowType = 'a' AND TaskQueue = 'b' AND WorkflowId = 'c'", { kind: 'and', operands: [type, queue, id] }],
    ["WorkflowType = 'a' && TaskQueue = 'b'", { kind: 'and', operands: [type, queue] }],
    ["WorkflowType = 'a' || TaskQueue = 'b'", { kind: 'or', operands: [type, queue] }],
    // AND binds closer than OR, and brackets closer than both.
    [
      "WorkflowType = 'a' OR TaskQueue = 'b' AND WorkflowId = 'c'",
      { kind: 'or', operands: [type, { kind: 'and', operands: [queue, id] }] },
    ],
    [
      "(WorkflowType = 'a' or TaskQueue = 'b') and WorkflowId = 'c'",
      { kind: 'and', operands: [{ kind: 'or', operands: [type, queue] }, id] },
    ],
    ["NOT WorkflowType = 'a' AND TaskQueue = 'b'", { kind: 'and', operands: [{ kind: 'not', operand: type }, queue] }],
    ["not not WorkflowType = 'a'", { kind: 'not', operand: { kind: 'not', operand: type } }],
    ["WorkflowType <> 'a'", { ...type, operator: '!=' }],
    ["WorkflowId = 'it''s'", equals(system('WorkflowId'), "it's")],
    ["WorkflowId = 'it\\'s'", equals(system('WorkflowId'), "it's")],
    ["WorkflowId = 'back\\\\slash'", equals(system('WorkflowId'), 'back\\slash')],
    ["dotted.name-1 = 'x'", equals(attribute('dotted.name-1'), 'x')],
    ["ExecutionStatus = 'TimedOut'", equals(system('ExecutionStatus'), 7)],
    ['ExecutionStatus = 1', equals(system('ExecutionStatus'), 1)],
    ['Items = 3', equals(attribute('Items'), 3)],
    ["Items = '3'", equals(attribute('Items'), 3)],
    ['Total = -1.5e3', equals(attribute('Total'), -1500)],
    ['Total = +.5', equals(attribute('Total'), 0.5)],
    ['Paid = TRUE', equals(attribute('Paid'), true)],
    ["ShipBy = '1970-01-01T01:00:01+01:00'", equals(attribute('ShipBy'), 1000)],
    ['StartTime > 2000000000', { kind: 'compare', field: system('StartTime'), operator: '>', value: 2000 }],
    ['CloseTime is not null', { kind: 'isNull', field: system('CloseTime'), negated: true }],
    ['Tags IS NULL', { kind: 'isNull', field: attribute('Tags'), negated: false }],
    ["Customer IN ('a', 'b')", { kind: 'in', field: attribute('Customer'), values: ['a', 'b'], negated: false }],
    ["Tags not in ('a')", { kind: 'in', field: attribute('Tags'), values: ['a'], negated: true }],
    ['Items BETWEEN 1 AND 5', { kind: 'between', field: attribute('Items'), low: 1, high: 5, negated: false }],
    [
      "Items NOT BETWEEN 1 AND 5 AND WorkflowType = 'a'",
      { kind: 'and', operands: [{ kind: 'between', field: attribute('Items'), low: 1, high: 5, negated: true }, type] },
    ],
    ["WorkflowId STARTS_WITH 'x'", { kind: 'startsWith', field: system('WorkflowId'), prefix: 'x', negated: false }],
    ["WorkflowId NOT STARTS_WITH 'x'", { kind: 'startsWith', field: system('WorkflowId'), prefix: 'x', negated: true }],
    ["BuildIds = 'v1'", equals({ kind: 'attribute', name: 'BuildIds', type: 'KeywordList' }, 'v1')],
  ])('%s', (text, expected) => {
    expect(parse(text)).toEqual({ filter: expected, groupBy: undefined });
  });

  it('is grouped by status and by nothing else', () => {
    expect(parse('GROUP BY ExecutionStatus')).toEqual({ filter: undefined, groupBy: 'ExecutionStatus' });
    expect(parse("WorkflowType = 'a' group by ExecutionStatus")).toEqual({ filter: type, groupBy: 'ExecutionStatus' });
  });
});

describe('a refused filter says what and where', () => {
  it.each<[string, number, string]>([
    ['Custmer = 1', 1, "column name 'Custmer' is not a valid search attribute"],
    ['workflowtype = 1', 1, "column name 'workflowtype' is not a valid search attribute"],
    ["WorkflowType = 'a' AND Custmer = 1", 24, "column name 'Custmer' is not a valid search attribute"],
    ["toString = 'a'", 1, "column name 'toString' is not a valid search attribute"],
    ["WorkflowType = 'a", 18, 'syntax error at position 18'],
    ["WorkflowType = 'a' TaskQueue = 'b'", 20, "syntax error at position 20 near 'TaskQueue'"],
    ["(WorkflowType = 'a'", 20, 'syntax error at position 20'],
    ["WorkflowType = 'a')", 19, "syntax error at position 19 near ')'"],
    ['WorkflowType # 1', 14, "syntax error at position 14 near '#'"],
    ["WorkflowType = 'a' AND", 23, 'syntax error at position 23'],
    ['WorkflowType', 1, 'incomplete expression'],
    ['WorkflowType =', 15, 'syntax error at position 15'],
    ["'a' = WorkflowType", 1, 'a name must stand on the left of a comparison'],
    ['WorkflowType = TaskQueue', 16, "did you forget to quote 'TaskQueue'?"],
    ["WorkflowType LIKE 'a%' AND TaskQueue = 'b'", 14, "invalid operator 'like' in `WorkflowType like 'a%'`"],
    ['WorkflowType STARTS_WITH 5', 26, "'starts_with' takes a string in quotes"],
    ["ExecutionStatus = 'COMPLETED'", 19, "invalid ExecutionStatus value 'COMPLETED'"],
    ['ExecutionStatus = 99', 19, "invalid ExecutionStatus value '99'"],
    ["StartTime > 'yesterday'", 13, "unable to parse datetime 'yesterday'"],
    ["ExecutionDuration > 'long'", 21, "invalid value for ExecutionDuration: 'long'"],
    ["Items = 'three'", 9, "invalid value 'three' for search attribute 'Items' of type Int"],
    ["Note = '!?'", 8, "invalid value '!?' for search attribute 'Note' of type Text"],
    ["WorkflowType = 'a' ORDER BY StartTime", 20, "'ORDER BY' clause"],
    ['LIMIT 5', 1, "'LIMIT' clause"],
    ["GROUP BY 'ExecutionStatus'", 10, 'syntax error at position 10'],
    ['Items = 5x', 9, "syntax error at position 9 near '5'"],
    ['Items = 1+1', 10, "syntax error at position 10 near '+1'"],
    ['GROUP BY WorkflowType', 10, 'only supported for ExecutionStatus'],
    ['GROUP BY ExecutionStatus, TaskQueue', 10, "'GROUP BY' clause supports only a single field"],
    ['Customer IS 5', 13, "syntax error at position 13 near '5'"],
    ["Customer IN 'a'", 13, "syntax error at position 13 near 'a'"],
    ['Customer IN ()', 14, "syntax error at position 14 near ')'"],
    ['Items BETWEEN 1, 2', 16, "syntax error at position 16 near ','"],
  ])('%s', (text, position, message) => {
    const fault = faultOf(text);
    expect(fault.message).toContain(message);
    expect(fault.position).toBe(position);
  });

  it.each([
    ["Tags < 'a'", "operator '<' not supported for KeywordList type search attribute 'Tags'"],
    ["Note > 'a'", "operator '>' not supported for Text type search attribute 'Note'"],
    ["Note IN ('a')", "operator 'in' not supported for Text type search attribute 'Note'"],
    ["Tags BETWEEN 'a' AND 'b'", "operator 'between' not supported for KeywordList type search attribute 'Tags'"],
    ['Paid BETWEEN true AND false', "operator 'between' not supported for Bool type search attribute 'Paid'"],
    ["Items STARTS_WITH 'a'", "operator 'starts_with' not supported for Int type search attribute 'Items'"],
    ["Tags STARTS_WITH 'a'", "operator 'starts_with' not supported for KeywordList type search attribute 'Tags'"],
    ["ExecutionStatus STARTS_WITH 'R'", "operator 'starts_with' not supported for Keyword type search attribute 'ExecutionStatus'"],
  ])('%s', (text, message) => {
    expect(faultOf(text).message).toContain(message);
  });

  it('nested beyond all reason, without running out of stack', () => {
    const nested = (depth: number) => `${'('.repeat(depth)}WorkflowType = 'a'${')'.repeat(depth)}`;
    expect(parse(nested(50)).filter).toEqual(type);
    expect(faultOf(nested(50_000)).message).toContain('nested deeper than 100');
    expect(faultOf(`${'NOT '.repeat(50_000)}WorkflowType = 'a'`).message).toContain('nested deeper than 100');
  });
});

function faultOf(text: string): QueryFault {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof QueryFault) return error;
    throw error;
  }
  throw new Error(`accepted: ${text}`);
}
