import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf, commitOf, keyOf, recordOf, sampleNamespace, writeOf } from '../conformance/samples.ts';
import { describeStore } from '../conformance/store-suite.ts';
import type { Store } from '../ports/store.ts';
import { Database } from './database.ts';
import { openPrismaStore } from './prisma-store.ts';

let directory: string;
let count = 0;
const opened: Store[] = [];

const newFile = (): string => join(directory, `store-${(count += 1)}.db`);

async function open(file: string): Promise<Store> {
  const store = await openPrismaStore({ file });
  opened.push(store);
  return store;
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidemark-store-'));
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});
afterAll(() => rm(directory, { recursive: true }));

describeStore('the store in a SQLite file', () => open(newFile()));

describe('a SQLite file', () => {
  it('keeps everything when it is opened again', async () => {
    const file = newFile();
    const key = keyOf('a');
    const before = await openPrismaStore({ file });
    await before.runs.commit([
      commitOf(writeOf(key, 1)),
      commitOf(writeOf(key, 2, { dueAt: 8000, snapshot: bytesOf(7), visibility: recordOf(key) })),
      commitOf(writeOf(key, 3, { dueAt: 9000 })),
    ]);
    const stored = await before.runs.load(key);
    await before.close();
    const { runs, visibility } = await open(file);
    expect(stored?.version).toBe(3);
    expect(await runs.load(key)).toEqual(stored);
    expect(await runs.findCurrentRun(key)).toBe('a');
    expect(await runs.scanActive({ sizeMax: 9 })).toEqual([{ key, dueAt: 9000, hasDuties: false }]);
    expect(await visibility.count({ namespaceId: sampleNamespace })).toBe(1);
    expect(await runs.readHistory(key, { fromEventId: 1, toEventId: 9, batchesMax: 9 })).toHaveLength(3);
  });

  it('is refused to a second engine, and free again after the first', async () => {
    const file = newFile();
    const first = await openPrismaStore({ file });
    await expect(openPrismaStore({ file })).rejects.toMatchObject({ name: 'StoreError', code: 'in-use' });
    expect(await first.runs.commit([commitOf(writeOf(keyOf('a'), 1))])).toEqual(['committed']);
    await first.close();
    expect(await (await open(file)).runs.load(keyOf('a'))).toMatchObject({ version: 1 });
  });

  it('is refused when it holds something else', async () => {
    const file = newFile();
    await writeFile(file, 'this is a shopping list and no database\n'.repeat(200));
    await expect(openPrismaStore({ file })).rejects.toMatchObject({ name: 'StoreError', code: 'corrupt' });
  });

  it('is refused where no file can be', async () => {
    const file = join(directory, 'no', 'such', 'folder', 'x.db');
    await expect(openPrismaStore({ file })).rejects.toMatchObject({ name: 'StoreError', code: 'cannot-open' });
  });

  it('is refused when a newer engine wrote it', async () => {
    const file = newFile();
    await (await openPrismaStore({ file })).close();
    const database = await Database.open(file);
    await database.transaction((run) => run.execute(`INSERT INTO "migration" ("name", "applied_at") VALUES ('9999_later', 'then')`));
    await database.close();
    await expect(openPrismaStore({ file })).rejects.toMatchObject({ name: 'StoreError', code: 'newer-schema' });
  });

  it('reaches the disk with every commit', async () => {
    const { durability } = await open(newFile());
    expect(durability.survivesPowerLoss).toBe(true);
    expect(durability.description).toMatch(/WAL synchronous=FULL/);
  });

  it('stays FULL after commits, and says so when it is not', async () => {
    const database = await Database.open(newFile());
    await database.transaction((run) => run.execute('CREATE TABLE "t" ("x" INTEGER)'));
    expect(await database.query('PRAGMA synchronous')).toEqual([{ synchronous: 2 }]);
    await database.query('PRAGMA synchronous = NORMAL');
    await expect(database.assertDurable()).rejects.toMatchObject({ code: 'not-durable' });
    await database.close();
  });

  it('takes back a transaction that fails', async () => {
    const database = await Database.open(newFile());
    await database.transaction((run) => run.execute('CREATE TABLE "t" ("x" INTEGER)'));
    const failing = database.transaction(async (run) => {
      await run.execute('INSERT INTO "t" VALUES (1)');
      await run.execute('INSERT INTO "nowhere" VALUES (1)');
    });
    await expect(failing).rejects.toThrow(/nowhere/);
    expect(await database.query('SELECT * FROM "t"')).toEqual([]);
    await database.close();
  });
});
