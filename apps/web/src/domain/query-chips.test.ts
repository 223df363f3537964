import { describe, expect, it } from 'vitest';
import { chipsOfText, noChips, textOfChips } from './query-chips.ts';
import type { QueryCondition, QueryNode } from './query-parse.ts';
import { parseListQuery } from './query-parse.ts';

describe('a text as chips', () => {
  it.each([
    ["WorkflowType = 'Order' AND TaskQueue = 'q'", { type: 'Order', queue: 'q' }, ''],
    ["ExecutionStatus IN ('Failed', 'Running') and Region = 'n'", { status: ['Failed', 'Running'] }, "Region = 'n'"],
    ["(ExecutionStatus = 'Failed' AND (Region = 'n' OR Region = 's'))", { status: ['Failed'] }, "(Region = 'n' OR Region = 's')"],
    ["StartTime >= '2026-05-01T00:00:00Z' AND StartTime <= '2026-05-02T00:00:00.5Z'", { from: 1777593600000, to: 1777680000500 }, ''],
    ["StartTime BETWEEN '2026-05-01T00:00:00Z' AND '2026-05-02T00:00:00Z'", { from: 1777593600000, to: 1777680000000 }, ''],
    // What a chip does not say, or says already, stays as it was written.
    ["WorkflowType = 'a' AND WorkflowType = 'b'", { type: 'a' }, "WorkflowType = 'b'"],
    ["WorkflowType != 'a' AND  NOT TaskQueue='b'", {}, "WorkflowType != 'a' AND NOT TaskQueue='b'"],
    ["WorkflowType = 'a' OR TaskQueue = 'b'", {}, "WorkflowType = 'a' OR TaskQueue = 'b'"],
    ["StartTime > '2026-05-01T00:00:00Z'", {}, "StartTime > '2026-05-01T00:00:00Z'"],
    ["StartTime >= '2026-05-01T00:00:00.000001Z'", {}, "StartTime >= '2026-05-01T00:00:00.000001Z'"],
    ["ExecutionStatus = 'Nonsense'", {}, "ExecutionStatus = 'Nonsense'"],
    ["WorkflowType = 'a' AND", {}, "WorkflowType = 'a' AND"],
    ['  ', {}, ''],
  ])('%s', (text, chips, rest) => {
    expect(chipsOfText(text)).toEqual({ chips: { ...noChips, ...chips }, rest });
  });

  it('goes back into brackets where it would bind otherwise', () => {
    const text = textOfChips({ chips: { ...noChips, type: "O'Flow" }, rest: "(A = 'x') OR B = 'y'" });
    expect(text).toBe("WorkflowType = 'O''Flow' AND ((A = 'x') OR B = 'y')");
  });
});

/** Numbers from a seed, so that a failure can be seen again. */
function* randoms(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state / 2_147_483_648;
  }
}

const FIELDS = ['WorkflowType', 'TaskQueue', 'ExecutionStatus', 'StartTime', 'Region'] as const;
const VALUES: Readonly<Record<(typeof FIELDS)[number], readonly string[]>> = {
  WorkflowType: ['Order', "it's", 'back\\slash'],
  TaskQueue: ['q', 'r'],
  ExecutionStatus: ['Failed', 'Running', 'Completed'],
  StartTime: ['2026-05-01T00:00:00Z', '2026-05-02T00:00:00.250Z', '2026-05-03T02:00:00+02:00'],
  Region: ['n', 's'],
};

function generated(next: () => number, depth: number): string {
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(next() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  const literal = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  const shape = depth > 3 ? 0 : next();
  if (shape > 0.85) return `NOT (${generated(next, depth + 1)})`;
  if (shape > 0.45) {
    const parts = Array.from({ length: 2 + Math.floor(next() * 2) }, () => generated(next, depth + 1));
    return parts.map((part) => (next() > 0.6 ? `(${part})` : part)).join(pick([' AND ', ' AND ', ' OR ']));
  }
  const field = pick(FIELDS);
  const value = () => literal(pick(VALUES[field]));
  const operator = pick(['=', '=', '!=', '>=', '<=', 'IN', 'NOT IN', 'BETWEEN', 'IS NOT NULL']);
  if (operator === 'BETWEEN') return `${field} BETWEEN ${value()} AND ${value()}`;
  if (operator.endsWith('NULL')) return `${field} ${operator}`;
  return operator.endsWith('IN') ? `${field} ${operator} (${value()}, ${value()})` : `${field} ${operator} ${value()}`;
}

type Sample = Readonly<Record<string, string>>;
const keyOf = (field: string, text: string): string | number => (field === 'StartTime' ? Date.parse(text) : text);

function holds(node: QueryNode | undefined, record: Sample): boolean {
  if (node === undefined) return true;
  switch (node.kind) {
    case 'condition':
      return meets(node, record);
    case 'not':
      return !holds(node.operand, record);
    case 'and':
      return node.operands.every((one) => holds(one, record));
    case 'or':
      return node.operands.some((one) => holds(one, record));
  }
}

function meets(node: QueryCondition, record: Sample): boolean {
  const field = node.field.text;
  const actual = keyOf(field, record[field] ?? '');
  const values = node.values.map(({ text }) => keyOf(field, text));
  const [low = '', high = ''] = values;
  switch (node.operator) {
    case '=':
      return actual === low;
    case '!=':
      return actual !== low;
    case '>=':
      return actual >= low;
    case '<=':
      return actual <= low;
    case 'in':
      return values.includes(actual);
    case 'not in':
      return !values.includes(actual);
    case 'between':
      return actual >= low && actual <= high;
    default:
      return true;
  }
}

function* records(): Generator<Sample> {
  for (const WorkflowType of VALUES.WorkflowType)
    for (const TaskQueue of VALUES.TaskQueue)
      for (const ExecutionStatus of VALUES.ExecutionStatus)
        for (const StartTime of VALUES.StartTime)
          for (const Region of VALUES.Region) yield { WorkflowType, TaskQueue, ExecutionStatus, StartTime, Region };
}

it('text to chips to text keeps its meaning, for 500 generated filters', () => {
  const all = [...records()];
  const random = randoms(20_261_121);
  let withChips = 0;
  for (let turn = 0; turn < 500; turn += 1) {
    const text = generated(() => random.next().value, 0);
    const before = parseListQuery(text);
    expect(before.fault, text).toBeUndefined();
    const split = chipsOfText(text);
    const back = textOfChips(split);
    const after = parseListQuery(back);
    expect(after.fault, `${text} became ${back}`).toBeUndefined();
    const found = (node: QueryNode | undefined) => all.map((record) => (holds(node, record) ? 1 : 0)).join('');
    expect(found(after.node), `${text} became ${back}`).toBe(found(before.node));
    // A second round changes nothing any more.
    expect(chipsOfText(back), back).toEqual(split);
    if (split.rest !== text) withChips += 1;
  }
  expect(withChips).toBeGreaterThan(100);
});
