import { describe, expect, it } from 'vitest';
import { namespaceId } from '../../kernel/ids.ts';
import { parseQuery } from '../../visibility/model/parse-query.ts';
import type { Store } from '../ports/store.ts';
import type { VisibilityCursor, VisibilityRecord } from '../ports/visibility-store.ts';
import { bytesOf, commitOf, keyOf, recordOf, sampleNamespace, writeOf } from './samples.ts';

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
  },
} as const;

const filterOf = (query: string) => {
  const { filter } = parseQuery(query, scope);
  return filter === undefined ? {} : { filter };
};

async function put(store: Store, records: readonly VisibilityRecord[], version = 1): Promise<void> {
  await store.runs.commit(
    records.map((record) => commitOf(writeOf(record.key, version, { isOpen: record.closeTime === undefined, visibility: record }))),
  );
}

/** Three runs: one open, one completed, one failed. */
const orders: readonly VisibilityRecord[] = [
  recordOf(keyOf('r1', 'order-1'), {
    attributes: {
      Customer: 'ada',
      Total: 12.5,
      Items: 3,
      Paid: true,
      ShipBy: 5000,
      Tags: ['gift', 'fast'],
      Note: 'Leave it',
      'Note.words': 'leave it',
    },
  }),
  recordOf(keyOf('r2', 'order-2'), {
    status: 2,
    startTime: 2000,
    executionTime: 2500,
    closeTime: 4500,
    historyLength: 11,
    historySizeBytes: 900,
    stateTransitionCount: 7,
    attributes: { Customer: "o'brien", Total: 99, Items: 1, Paid: false, Tags: [] },
    parent: { workflowId: 'batch-1', runId: 'p1' },
    root: { workflowId: 'batch-0', runId: 'p0' },
  }),
  recordOf(keyOf('r3', 'refund-1'), {
    workflowType: 'Refund',
    taskQueue: 'refunds',
    status: 3,
    startTime: 3000,
    executionTime: 3000,
    closeTime: 9000,
  }),
];

/** Filters and the runs they find, in the default order. */
const finds: readonly (readonly [string, readonly string[]])[] = [
  ['', ['r1', 'r3', 'r2']],
  ["WorkflowId = 'order-1'", ['r1']],
  ["WorkflowId != 'order-1'", ['r3', 'r2']],
  ["WorkflowId STARTS_WITH 'order-'", ['r1', 'r2']],
  ["WorkflowId NOT STARTS_WITH 'order-'", ['r3']],
  ["RunId IN ('r1', 'r3')", ['r1', 'r3']],
  ["RunId NOT IN ('r1', 'r3')", ['r2']],
  ["WorkflowType = 'Refund'", ['r3']],
  ["TaskQueue = 'orders'", ['r1', 'r2']],
  ["ExecutionStatus = 'Running'", ['r1']],
  ["ExecutionStatus IN ('Completed', 'Failed')", ['r3', 'r2']],
  ["StartTime >= '1970-01-01T00:00:02Z'", ['r3', 'r2']],
  ["StartTime BETWEEN '1970-01-01T00:00:01Z' AND '1970-01-01T00:00:02Z'", ['r1', 'r2']],
  ["StartTime NOT BETWEEN '1970-01-01T00:00:01Z' AND '1970-01-01T00:00:02Z'", ['r3']],
  ["ExecutionTime = '1970-01-01T00:00:02.500Z'", ['r2']],
  ["CloseTime > '1970-01-01T00:00:05Z'", ['r3']],
  ['CloseTime IS NULL', ['r1']],
  ['CloseTime IS NOT NULL', ['r3', 'r2']],
  ['HistoryLength = 11', ['r2']],
  ['HistorySizeBytes < 1000', ['r2']],
  ['StateTransitionCount >= 7', ['r2']],
  ["ExecutionDuration > '3s'", ['r3']],
  ["ExecutionDuration = '2s'", ['r2']],
  ["ParentWorkflowId = 'batch-1'", ['r2']],
  ["RootRunId = 'p0'", ['r2']],
  ['ParentRunId IS NULL', ['r1', 'r3']],
  ["Customer = 'o''brien'", ['r2']],
  ["Customer != 'ada'", ['r2']],
  ["NOT Customer = 'ada'", ['r2']],
  ['Customer IS NULL', ['r3']],
  ['Total > 12', ['r1', 'r2']],
  ['Items NOT IN (3, 4)', ['r2']],
  ['Paid = true', ['r1']],
  ['Paid != true', ['r2']],
  ["ShipBy = '1970-01-01T00:00:05Z'", ['r1']],
  ["Tags = 'gift'", ['r1']],
  ["Tags IN ('fast', 'slow')", ['r1']],
  ["Tags != 'gift'", ['r3', 'r2']],
  ["Tags NOT IN ('slow')", ['r1', 'r3', 'r2']],
  ['Tags IS NULL', ['r3']],
  ["Note = 'LEAVE now'", ['r1']],
  ["Note != 'leave'", ['r3', 'r2']],
  ["Note = 'leav'", []],
  ["Customer = 'ada' OR WorkflowType = 'Refund'", ['r1', 'r3']],
  ["NOT (Customer = 'ada' OR WorkflowType = 'Refund')", ['r2']],
];

type Open = () => Promise<Store>;

export function describeVisibility(open: Open): void {
  describeRows(open);
  describeCounts(open);
  describePages(open);
}

function describeRows(open: Open): void {
  describe('the index', () => {
    it('gives a row back whole', async () => {
      const store = await open();
      const record = recordOf(keyOf('r'), {
        ...orders[1],
        key: keyOf('r'),
        memo: bytesOf(1, 2),
        searchAttributes: bytesOf(3, 4),
        attributes: { Customer: 'ada', Tags: ['a', 'b'], Paid: false, Items: 0 },
      });
      await put(store, [record]);
      const { records } = await store.visibility.list({ namespaceId: sampleNamespace, sizeMax: 9 });
      expect(records).toEqual([record]);
    });

    it('shows the last state of a run', async () => {
      const store = await open();
      const key = keyOf('r');
      await put(store, [recordOf(key)]);
      await store.runs.commit([commitOf(writeOf(key, 2, { isOpen: false, visibility: recordOf(key, { status: 2, closeTime: 7 }) }))]);
      await store.runs.commit([commitOf(writeOf(key, 3, { isOpen: false }))]);
      const { records } = await store.visibility.list({ namespaceId: sampleNamespace, sizeMax: 9 });
      expect(records).toMatchObject([{ status: 2, closeTime: 7 }]);
    });

    it('finds what each filter names', async () => {
      const store = await open();
      await put(store, orders);
      for (const [query, expected] of finds) {
        const { records } = await store.visibility.list({ namespaceId: sampleNamespace, sizeMax: 9, ...filterOf(query) });
        expect
          .soft(
            records.map(({ key }) => key.runId),
            query,
          )
          .toEqual(expected);
        expect.soft(await store.visibility.count({ namespaceId: sampleNamespace, ...filterOf(query) }), query).toBe(expected.length);
      }
    });
  });
}

function describeCounts(open: Open): void {
  describe('counting', () => {
    it('keeps namespaces apart', async () => {
      const store = await open();
      await put(store, orders);
      expect(await store.visibility.list({ namespaceId: namespaceId('ns-2'), sizeMax: 9 })).toEqual({ records: [] });
      expect(await store.visibility.count({ namespaceId: namespaceId('ns-2') })).toBe(0);
    });

    it('keeps texts whatever characters they hold', async () => {
      const store = await open();
      const names = ['\0nul', 'x\0y', 'x', 'tab\tnew\nline', '👩‍👩‍👧‍👦', "'; --"];
      await put(
        store,
        names.map((name, at) => recordOf(keyOf(`r${at}`, name), { workflowType: name, taskQueue: name, startTime: 1000 + at })),
      );
      const { records } = await store.visibility.list({ namespaceId: sampleNamespace, sizeMax: 99 });
      expect(records.map(({ key, workflowType, taskQueue }) => [key.workflowId, workflowType, taskQueue])).toEqual(
        names.toReversed().map((name) => [name, name, name]),
      );
      const [record] = records.slice(-1);
      expect(record && (await store.runs.load(record.key))?.version).toBe(1);
    });

    it('counts by status, the highest first', async () => {
      const store = await open();
      await put(store, [
        ...orders,
        recordOf(keyOf('r4'), { status: 3, closeTime: 1 }),
        recordOf(keyOf('r5'), { status: 3, closeTime: 1, taskQueue: 'other' }),
        recordOf(keyOf('r6'), { taskQueue: 'other' }),
      ]);
      expect(await store.visibility.countByStatus({ namespaceId: sampleNamespace })).toEqual([
        { status: 3, count: 3 },
        { status: 1, count: 2 },
        { status: 2, count: 1 },
      ]);
      const elsewhere = await store.visibility.countByStatus({ namespaceId: sampleNamespace, ...filterOf("TaskQueue = 'refunds'") });
      expect(elsewhere).toEqual([{ status: 3, count: 1 }]);
    });

    it('counts runs that changed as what they are now, and deleted ones no more', async () => {
      const store = await open();
      await put(store, [recordOf(keyOf('r1')), recordOf(keyOf('r2')), recordOf(keyOf('r3'))]);
      await put(store, [recordOf(keyOf('r1'), { status: 2, closeTime: 1 }), recordOf(keyOf('r2'), { historyLength: 9 })], 2);
      await store.runs.delete(keyOf('r3'));
      expect(await store.visibility.countByStatus({ namespaceId: sampleNamespace })).toEqual([
        { status: 1, count: 1 },
        { status: 2, count: 1 },
      ]);
      expect(await store.visibility.count({ namespaceId: sampleNamespace })).toBe(2);
      await store.runs.delete(keyOf('r1'));
      expect(await store.visibility.countByStatus({ namespaceId: sampleNamespace })).toEqual([{ status: 1, count: 1 }]);
    });
  });
}

function describePages(open: Open): void {
  describe('listing', () => {
    it('pages through runs without losing or repeating one, where times are equal too', async () => {
      const store = await open();
      const records = Array.from({ length: 37 }, (_, at) =>
        recordOf(keyOf(`run-${String(at).padStart(2, '0')}`), {
          startTime: 1000 + (at % 4),
          ...(at % 3 === 0 ? {} : { status: 2, closeTime: 5000 + (at % 2) }),
        }),
      );
      await put(store, records);
      const found: VisibilityRecord[] = [];
      let after: VisibilityCursor | undefined;
      do {
        const page = await store.visibility.list({ namespaceId: sampleNamespace, sizeMax: 5, ...(after === undefined ? {} : { after }) });
        found.push(...page.records);
        after = page.next;
        expect(found.length).toBeLessThanOrEqual(records.length);
      } while (after !== undefined);
      const place = ({ closeTime, startTime, key }: VisibilityRecord) =>
        `${String(closeTime ?? 9_999_999).padStart(8, '0')} ${startTime} ${key.runId}`;
      expect(found.map(place)).toEqual(records.map(place).sort().reverse());
    });

    it('says that there may be more only when the page is full', async () => {
      const store = await open();
      await put(store, orders);
      expect((await store.visibility.list({ namespaceId: sampleNamespace, sizeMax: 4 })).next).toBeUndefined();
      expect((await store.visibility.list({ namespaceId: sampleNamespace, sizeMax: 3 })).next).toEqual({
        closeTime: 4500,
        startTime: 2000,
        runId: 'r2',
      });
    });
  });
}
