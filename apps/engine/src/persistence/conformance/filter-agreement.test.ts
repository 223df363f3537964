/** The filter of one store is code, that of the other is SQL: over many generated filters the two must find the same runs. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SeededRandom } from '../../../test/support/random.ts';
import { parseQuery } from '../../visibility/model/parse-query.ts';
import { wordsKey, wordsOf } from '../../visibility/model/words.ts';
import { openMemoryStore } from '../memory/memory-store.ts';
import type { AttributeValue, VisibilityRecord } from '../ports/visibility-store.ts';
import { openPrismaStore } from '../prisma/prisma-store.ts';
import { commitOf, keyOf, recordOf, sampleNamespace, writeOf } from './samples.ts';

const FILTERS = 500;
const RECORDS = 200;

const searchAttributes = {
  Customer: 'Keyword',
  Total: 'Double',
  Items: 'Int',
  Paid: 'Bool',
  ShipBy: 'Datetime',
  Tags: 'KeywordList',
  Note: 'Text',
} as const;

/** Few values, so that filters find something; quotes, wildcards and letters beyond ASCII, because those are where SQL slips. */
const words = ['ada', 'Ada', "o'brien", 'a%b', 'a_b', 'añil', '10', '', '"q"', 'ad', 'back\\slash'];
const tags = ['gift', 'fast', 'Gift', "o'clock", ''];
const notes = ['leave it', 'Leave at the DOOR', 'ring, twice', 'añil door'];
const numbers = [0, -1, 1, 2.5, 3, 1e10];
const instants = [0, 1000, 1500, 86_400_000, 1_700_000_000_123];

function attributes(random: SeededRandom): Record<string, AttributeValue> {
  const found: Record<string, AttributeValue> = {};
  const put = (name: string, value: () => AttributeValue): void => {
    if (random.chance(0.7)) found[name] = value();
  };
  put('Customer', () => random.pick(words));
  put('Total', () => random.pick(numbers));
  put('Items', () => Math.round(random.pick(numbers)));
  put('Paid', () => random.chance(0.5));
  put('ShipBy', () => random.pick(instants));
  put('Tags', () => tags.filter(() => random.chance(0.4)));
  put('Note', () => random.pick(notes));
  if (typeof found['Note'] === 'string') found[wordsKey('Note')] = wordsOf(found['Note']).join(' ');
  return found;
}

function record(random: SeededRandom, at: number): VisibilityRecord {
  const isClosed = random.chance(0.6);
  const startTime = random.pick(instants);
  const executionTime = startTime + random.pick([0, 500]);
  return recordOf(keyOf(`run-${String(at).padStart(3, '0')}`, random.pick(words)), {
    workflowType: random.pick(['Order', 'Refund', 'order']),
    taskQueue: random.pick(['orders', 'refunds']),
    status: isClosed ? random.pick([2, 3, 4, 5, 6, 7]) : 1,
    startTime,
    executionTime,
    attributes: attributes(random),
    ...(isClosed
      ? {
          closeTime: executionTime + random.pick([0, 1, 2000, 3_600_000]),
          historyLength: random.pick([3, 11]),
          historySizeBytes: random.pick([500, 900]),
          stateTransitionCount: random.pick([2, 7]),
        }
      : {}),
    ...(random.chance(0.3) ? { parent: { workflowId: random.pick(words), runId: 'p' } } : {}),
    ...(random.chance(0.3) ? { root: { workflowId: 'r', runId: random.pick(['r1', 'r2']) } } : {}),
  });
}

const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
const time = (at: number): string => quote(new Date(at).toISOString());

type Kind = 'keyword' | 'number' | 'time' | 'bool' | 'list' | 'text' | 'status' | 'duration';
interface Column {
  readonly name: string;
  readonly kind: Kind;
  readonly values: readonly string[];
}

const columns: readonly Column[] = [
  ...['WorkflowId', 'ParentWorkflowId', 'Customer'].map((name): Column => ({ name, kind: 'keyword', values: words.map(quote) })),
  { name: 'RunId', kind: 'keyword', values: ['run-007', 'run-1', 'run-199'].map(quote) },
  { name: 'RootRunId', kind: 'keyword', values: ['r1', 'r2', 'r'].map(quote) },
  { name: 'WorkflowType', kind: 'keyword', values: ['Order', 'order', 'Ref'].map(quote) },
  { name: 'TaskQueue', kind: 'keyword', values: ['orders', 'o'].map(quote) },
  { name: 'ExecutionStatus', kind: 'status', values: ['Running', 'Completed', 'Failed', 'TimedOut'].map(quote) },
  ...['StartTime', 'ExecutionTime', 'CloseTime', 'ShipBy'].map((name): Column => ({ name, kind: 'time', values: instants.map(time) })),
  { name: 'HistoryLength', kind: 'number', values: ['3', '10'] },
  { name: 'HistorySizeBytes', kind: 'number', values: ['500', '600'] },
  { name: 'StateTransitionCount', kind: 'number', values: ['2', '6'] },
  { name: 'ExecutionDuration', kind: 'duration', values: ["'2s'", "'1h'", '0', "'1ms'", "'00:00:02'"] },
  ...['Total', 'Items'].map((name): Column => ({ name, kind: 'number', values: numbers.map(String) })),
  { name: 'Paid', kind: 'bool', values: ['true', 'false'] },
  { name: 'Tags', kind: 'list', values: tags.map(quote) },
  { name: 'Note', kind: 'text', values: ['door', 'LEAVE nothing', 'añil', 'doo'].map(quote) },
];

function condition(random: SeededRandom): string {
  const column = random.pick(columns);
  const value = (): string => random.pick(column.values);
  const isOrdered = column.kind !== 'list' && column.kind !== 'text' && column.kind !== 'bool';
  const not = random.chance(0.4) ? 'NOT ' : '';
  const forms = [
    () => `${column.name} ${random.pick(['=', '!='])} ${value()}`,
    () => `${column.name} IS ${not}NULL`,
    ...(isOrdered ? [() => `${column.name} ${random.pick(['<', '<=', '>', '>='])} ${value()}`] : []),
    ...(isOrdered ? [() => `${column.name} ${not}BETWEEN ${value()} AND ${value()}`] : []),
    ...(column.kind === 'text' ? [] : [() => `${column.name} ${not}IN (${value()}, ${value()})`]),
    ...(column.kind === 'keyword' ? [() => `${column.name} ${not}STARTS_WITH ${value()}`] : []),
  ];
  return random.pick(forms)();
}

function query(random: SeededRandom, depth: number): string {
  if (depth === 0 || random.chance(0.4)) return condition(random);
  if (random.chance(0.25)) return `NOT (${query(random, depth - 1)})`;
  return `(${query(random, depth - 1)} ${random.pick(['AND', 'OR'])} ${query(random, depth - 1)})`;
}

it(`${FILTERS} generated filters over ${RECORDS} runs find the same in SQL and in memory`, async () => {
  const random = new SeededRandom(20_261_121);
  const records = Array.from({ length: RECORDS }, (_, at) => record(random, at));
  const directory = await mkdtemp(join(tmpdir(), 'tidemark-filters-'));
  const memory = openMemoryStore();
  const sql = await openPrismaStore({ file: join(directory, 'filters.db') });
  try {
    const group = records.map((one) => commitOf(writeOf(one.key, 1, { visibility: one })));
    await memory.runs.commit(group);
    await sql.runs.commit(group);
    let found = 0;
    for (let at = 0; at < FILTERS; at += 1) {
      const text = query(random, 3);
      const { filter } = parseQuery(text, { name: 'default', searchAttributes });
      const asked = { namespaceId: sampleNamespace, sizeMax: RECORDS + 1, ...(filter === undefined ? {} : { filter }) };
      const expected = await memory.visibility.list(asked);
      const actual = await sql.visibility.list(asked);
      const ids = (list: typeof actual) => list.records.map(({ key }) => key.runId);
      expect.soft(ids(actual), text).toEqual(ids(expected));
      expect.soft(await sql.visibility.count(asked), text).toBe(expected.records.length);
      if (expected.records.length > 0 && expected.records.length < RECORDS) found += 1;
    }
    // Filters that find nothing or everything would agree about anything.
    expect(found).toBeGreaterThan(FILTERS / 2);
  } finally {
    await sql.close();
    await rm(directory, { recursive: true });
  }
});
