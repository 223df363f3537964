import { describe, expect, it } from 'vitest';
import { completeQuery } from './query-complete.ts';

const known = {
  attributes: [
    { name: 'ExecutionStatus', type: 'Keyword' },
    { name: 'WorkflowType', type: 'Keyword' },
    { name: 'StartTime', type: 'Datetime' },
    { name: 'Paid', type: 'Bool' },
    { name: 'Note', type: 'Text' },
  ],
  types: ['OrderFlow', "it's"],
  queues: ['orders'],
  now: () => Date.parse('2026-05-02T00:00:00.123Z'),
};

/** The cursor is at the bar. */
const complete = (marked: string) => {
  const cursor = marked.indexOf('|');
  const found = completeQuery(marked.replace('|', ''), cursor, known);
  return found && { replaced: marked.slice(found.from, cursor), texts: found.options.map(({ text }) => text) };
};

describe('what may be written next', () => {
  it.each<[string, string, readonly string[]]>([
    ['|', '', ['ExecutionStatus', 'WorkflowType', 'StartTime', 'Paid', 'Note']],
    ['Sta|', 'Sta', ['ExecutionStatus', 'StartTime']],
    ['NOT (Pa|', 'Pa', ['Paid']],
    ['Paid |', '', ['=', '!=', 'IN', 'NOT IN', 'IS NULL', 'IS NOT NULL']],
    ['Note i|', 'i', ['IS NULL', 'IS NOT NULL']],
    ['Paid = |', '', ['true', 'false']],
    ['Paid = t|', 't', ['true']],
    ["ExecutionStatus = 'Timed|", "'Timed", ["'TimedOut'"]],
    [
      "ExecutionStatus IN ('Failed', |",
      '',
      ["'Running'", "'Completed'", "'Failed'", "'Canceled'", "'Terminated'", "'ContinuedAsNew'", "'TimedOut'", "'Paused'"],
    ],
    ["ExecutionStatus IN ('Failed'|", "'Failed'", []],
    ["ExecutionStatus IN ('Failed' |", '', [',', ')']],
    ['WorkflowType = |', '', ["'OrderFlow'", "'it''s'"]],
    ['StartTime > |', '', ["'2026-05-01T23:00:00Z'", "'2026-05-01T00:00:00Z'", "'2026-04-25T00:00:00Z'"]],
    ["StartTime BETWEEN '2026-05-01T00:00:00Z' |", '', ['AND']],
    ["WorkflowType = 'a' |", '', ['AND', 'OR']],
    ["WorkflowType = 'a' AND Note IS |", '', ['NULL', 'NOT NULL']],
    ["(WorkflowType = 'a') a|", 'a', ['AND']],
    ["WorkflowType = 'a' AND |Paid", '', ['ExecutionStatus', 'WorkflowType', 'StartTime', 'Paid', 'Note']],
  ])('%s', (marked, replaced, texts) => {
    const found = complete(marked);
    if (texts.length === 0) expect(found).toBeUndefined();
    else expect(found && { replaced: found.replaced, texts: [...found.texts].sort() }).toEqual({ replaced, texts: [...texts].sort() });
  });

  it.each(["'a' |", 'Note LIKE |', "WorkflowType = 'a' 'b' |", 'Zebra |'])('nothing where nothing can be said: %s', (marked) => {
    expect(complete(marked)).toBeUndefined();
  });
});
