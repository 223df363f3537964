import { describe, expect, it } from 'vitest';
import { commitOf, keyOf, recordOf, sampleNamespace, writeOf } from '../persistence/conformance/samples.ts';
import { openMemoryStore } from '../persistence/memory/memory-store.ts';
import type { NamespaceRecord } from '../persistence/ports/namespace-store.ts';
import type { Store } from '../persistence/ports/store.ts';
import { countRuns } from './count.ts';
import { listRuns } from './list.ts';

const namespace: NamespaceRecord = {
  id: sampleNamespace,
  name: 'default',
  description: '',
  ownerEmail: '',
  data: {},
  state: 1,
  retention: 0,
  searchAttributes: { Customer: 'Keyword' },
  version: 1,
};

/** Seven runs that started one after the other; the first two are closed. */
async function storeOfSeven(): Promise<Store> {
  const store = openMemoryStore();
  const records = Array.from({ length: 7 }, (_, at) =>
    recordOf(keyOf(`r${at}`), {
      startTime: 1000 + at,
      attributes: { Customer: at < 3 ? 'ada' : 'bob' },
      ...(at < 2 ? { status: 2 + at, closeTime: 5000 - at } : {}),
    }),
  );
  await store.runs.commit(records.map((record) => commitOf(writeOf(record.key, 1, { visibility: record }))));
  return store;
}

const first = new Uint8Array();

describe('a list', () => {
  it('comes in pages, open runs first and the latest start first', async () => {
    const { visibility } = await storeOfSeven();
    const seen: string[] = [];
    const sizes: number[] = [];
    let pageToken: Uint8Array = first;
    do {
      const page = await listRuns(visibility, { namespace, query: '', sizeMax: 3, pageToken });
      if (page.kind === 'fault') throw new Error(page.message);
      sizes.push(page.records.length);
      seen.push(...page.records.map(({ key }) => key.runId));
      pageToken = page.nextPageToken;
    } while (pageToken.length > 0 && sizes.length < 9);
    expect(sizes).toEqual([3, 3, 1]);
    expect(seen).toEqual(['r6', 'r5', 'r4', 'r3', 'r2', 'r0', 'r1']);
  });

  it('carries a token when its page is exactly full; the next page is empty then', async () => {
    const { visibility } = await storeOfSeven();
    const page = await listRuns(visibility, { namespace, query: "Customer = 'ada'", sizeMax: 3, pageToken: first });
    if (page.kind === 'fault') throw new Error(page.message);
    expect(page.nextPageToken.length).toBeGreaterThan(0);
    const next = await listRuns(visibility, { namespace, query: "Customer = 'ada'", sizeMax: 3, pageToken: page.nextPageToken });
    expect(next).toEqual({ kind: 'page', records: [], nextPageToken: first });
  });

  it.each(['x', '[]', '[1]', 'null', '{}', '[1,"2","r"]', '[null,1,2]', '7'])('the token %s is nobody’s', async (token) => {
    const { visibility } = await storeOfSeven();
    const page = await listRuns(visibility, { namespace, query: '', sizeMax: 3, pageToken: Buffer.from(token) });
    expect(page).toEqual({ kind: 'fault', message: 'invalid NextPageToken' });
  });

  it('says what is wrong with its query', async () => {
    const { visibility } = await storeOfSeven();
    const faultOf = async (query: string) => listRuns(visibility, { namespace, query, sizeMax: 3, pageToken: first });
    expect(await faultOf("Nobody = 'x'")).toEqual({
      kind: 'fault',
      message: "invalid query: invalid expression: column name 'Nobody' is not a valid search attribute",
    });
    expect(await faultOf('GROUP BY ExecutionStatus')).toEqual({
      kind: 'fault',
      message: "invalid query: operation is not supported: 'GROUP BY' clause",
    });
  });
});

describe('a count', () => {
  it('is of what the query finds, by status where that is asked for', async () => {
    const { visibility } = await storeOfSeven();
    expect(await countRuns(visibility, { namespace, query: '' })).toEqual({ kind: 'counted', count: 7, groups: [] });
    expect(await countRuns(visibility, { namespace, query: "Customer = 'ada'" })).toEqual({ kind: 'counted', count: 3, groups: [] });
    expect(await countRuns(visibility, { namespace, query: "Customer = 'bob' GROUP BY ExecutionStatus" })).toEqual({
      kind: 'counted',
      count: 4,
      groups: [{ status: 1, count: 4 }],
    });
  });

  it('says what is wrong with its query', async () => {
    const { visibility } = await storeOfSeven();
    expect(await countRuns(visibility, { namespace, query: 'GROUP BY WorkflowType' })).toEqual({
      kind: 'fault',
      message: "invalid query: operation is not supported: 'GROUP BY' clause is only supported for ExecutionStatus",
    });
  });
});
