/** The store alone, on a SQLite file: durable commits by group size, pages of a long history, and pages of a large index. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commitOf, keyOf, recordOf, sampleNamespace, writeOf } from '../src/persistence/conformance/samples.ts';
import { openPrismaStore } from '../src/persistence/prisma/prisma-store.ts';
import { parseQuery } from '../src/visibility/model/parse-query.ts';

const SECONDS = 3;
const GROUPS = [1, 10, 50];
const RUNS = 100_000;
/** Of a run with a long history. */
const STEPS = 25_000;
const scope = { name: 'default', searchAttributes: { Customer: 'Keyword' } } as const;

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

async function timed(times: number, work: () => Promise<unknown>): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    const begun = performance.now();
    await work();
    taken.push(performance.now() - begun);
  }
  return taken.sort((a, b) => a - b);
}

const directory = await mkdtemp(join(tmpdir(), 'tidemark-bench-'));
const store = await openPrismaStore({ file: join(directory, 'store.db') });
console.log(store.durability.description);

// A step of a run as a one-activity workflow writes it: some 600 bytes of history, 200 of notes, no row of the index.
const events = new Uint8Array(600);
const notes = new Uint8Array(200);
console.log('\ncommits in a group  commits/s   p50 ms   p99 ms');
for (const size of GROUPS) {
  const keys = Array.from({ length: size }, (_, at) => keyOf(`steps-${size}-${at}`));
  const taken: number[] = [];
  const until = performance.now() + SECONDS * 1000;
  for (let version = 1; performance.now() < until; version += 1) {
    const group = keys.map((key) =>
      commitOf(writeOf(key, version, { transition: { version, firstEventId: version, eventCount: 1, events, notes } })),
    );
    taken.push(...(await timed(1, () => store.runs.commit(group))));
  }
  const seconds = taken.reduce((sum, one) => sum + one, 0) / 1000;
  taken.sort((a, b) => a - b);
  const cells = [String(size).padStart(18), ((taken.length * size) / seconds).toFixed(0).padStart(10)];
  console.log([...cells, ...[0.5, 0.99].map((share) => percentile(taken, share).toFixed(2).padStart(8))].join(' '));
}

const long = keyOf('long');
for (let from = 1; from <= STEPS; from += 500) {
  const group = Array.from({ length: 500 }, (_, offset) => {
    const version = from + offset;
    return commitOf(writeOf(long, version, { transition: { version, firstEventId: 2 * version - 1, eventCount: 2, events, notes } }));
  });
  await store.runs.commit(group);
}
const pageFrom = (fromEventId: number) =>
  timed(40, () => store.runs.readHistory(long, { fromEventId, toEventId: fromEventId + 100, batchesMax: 1000 }));
const [first, last] = [await pageFrom(1), await pageFrom(2 * STEPS - 100)].map((taken) => percentile(taken, 0.5));
console.log(`\npage of 100 among ${2 * STEPS} events, p50: the first ${first?.toFixed(2)} ms, the last ${last?.toFixed(2)} ms`);

const types = ['Order', 'Refund', 'Invoice', 'Mail'];
for (let from = 0; from < RUNS; from += 500) {
  const group = Array.from({ length: 500 }, (_, offset) => {
    const at = from + offset;
    const isOpen = at % 20 === 0;
    const record = recordOf(keyOf(`listed-${at}`, `order-${at}`), {
      workflowType: types[at % types.length] ?? '',
      startTime: at,
      executionTime: at,
      attributes: { Customer: `customer-${at % 1000}` },
      ...(isOpen ? {} : { status: at % 50 === 1 ? 3 : 2, closeTime: at + 500 }),
    });
    return commitOf(writeOf(record.key, 1, { isOpen, visibility: record }));
  });
  await store.runs.commit(group);
}

console.log(`\npage of 50 among ${RUNS} runs`.padEnd(58), '  p50 ms   p99 ms');
const queries = [
  '',
  "WorkflowId = 'order-77777'",
  "WorkflowId STARTS_WITH 'order-777'",
  "WorkflowType = 'Refund'",
  "ExecutionStatus = 'Running'",
  "ExecutionStatus = 'Failed' AND WorkflowType = 'Refund'",
  "Customer = 'customer-7'",
];
for (const query of queries) {
  const { filter } = parseQuery(query, scope);
  const asked = { namespaceId: sampleNamespace, ...(filter === undefined ? {} : { filter }) };
  const pages = await timed(40, () => store.visibility.list({ ...asked, sizeMax: 50 }));
  const counts = await timed(5, () => store.visibility.count(asked));
  const row = (what: string, taken: readonly number[]): string =>
    [what.padEnd(57), ...[0.5, 0.99].map((share) => percentile(taken, share).toFixed(2).padStart(8))].join(' ');
  console.log(row(query === '' ? '(everything)' : query, pages));
  console.log(row('  its count', counts));
}
await store.close();
await rm(directory, { recursive: true });
