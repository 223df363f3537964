import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
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

  it('is refused when another program made it, and left as it was', async () => {
    const file = newFile();
    const foreign = await Database.open(file);
    await foreign.transaction((run) => run.execute('CREATE TABLE "migration" ("id" INTEGER)'));
    await foreign.close();
    const before = await readFile(file);
    await expect(openPrismaStore({ file })).rejects.toMatchObject({ name: 'StoreError', code: 'foreign' });
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  it('is refused in one sentence when it is damaged inside', async () => {
    const file = newFile();
    const before = await openPrismaStore({ file });
    await before.runs.commit(Array.from({ length: 200 }, (_, at) => commitOf(writeOf(keyOf(`run-${at}`), 1))));
    await before.close();
    const damaged = await readFile(file);
    damaged.fill(0xaa, 4096);
    await writeFile(file, damaged);
    await expect(openPrismaStore({ file })).rejects.toMatchObject({ name: 'StoreError', code: 'corrupt' });
  });

  it('may have any name', async () => {
    const name = `a b%20c#d?e=f&${(count += 1)}.db`;
    const store = await openPrismaStore({ file: join(directory, name) });
    await store.runs.commit([commitOf(writeOf(keyOf('a'), 1))]);
    await store.close();
    expect(await readdir(directory)).toContain(name);
    expect(await (await open(join(directory, name))).runs.load(keyOf('a'))).toMatchObject({ version: 1 });
  });

  it('may be named from where the engine stands', async () => {
    const file = relative(process.cwd(), newFile());
    await (await open(file)).runs.commit([commitOf(writeOf(keyOf('a'), 1))]);
    expect((await stat(file)).isFile()).toBe(true);
  });

  it('that was refused can be mended at once', async () => {
    const file = newFile();
    await (await openPrismaStore({ file })).close();
    const database = await Database.open(file);
    await database.transaction((run) => run.execute(`INSERT INTO "migration" ("name", "applied_at") VALUES ('9999_later', 'then')`));
    await database.close();
    await expect(openPrismaStore({ file })).rejects.toMatchObject({ code: 'newer-schema' });
    const mended = await Database.open(file);
    await mended.transaction((run) => run.execute(`DELETE FROM "migration" WHERE "name" = '9999_later'`));
    await mended.close();
    expect((await open(file)).durability.survivesPowerLoss).toBe(true);
  });

  it('finds pages in the order of an index, whatever is asked for', async () => {
    const file = newFile();
    await (await openPrismaStore({ file })).close();
    const database = await Database.open(file);
    const order = `COALESCE("close_time", 1e300)`;
    for (const condition of ['1', '"status" = 1', `"workflow_type" = 'a'`, `"workflow_id" = 'a'`, `${order} <= 5`]) {
      const plan = await database.query(
        `EXPLAIN QUERY PLAN SELECT * FROM "visibility" WHERE "namespace_id" = 'n' AND ${condition} ORDER BY ${order} DESC, "start_time" DESC, "run_id" DESC LIMIT 9`,
      );
      const words = plan.map((row) => String(row['detail'])).join('; ');
      expect(words, condition).not.toMatch(/SCAN|TEMP B-TREE/);
      if (condition !== '1') expect(words, condition).toMatch(/namespace_id=\? AND /);
    }
    await database.close();
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
