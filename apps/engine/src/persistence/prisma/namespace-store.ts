/** Namespaces as rows of their name and one JSON record: they are few, and read whole. */
import type { NamespaceRecord, NamespaceStore } from '../ports/namespace-store.ts';
import type { Database, Row } from './database.ts';
import { text } from './run-store.ts';

export function prismaNamespaceStore(database: Database): NamespaceStore {
  const one = async (column: 'name' | 'id', value: string): Promise<NamespaceRecord | undefined> => {
    const [row] = await database.query(`SELECT "record" FROM "namespace" WHERE "${column}" = ?`, [value]);
    return row === undefined ? undefined : toRecord(row);
  };
  return {
    create: (record) =>
      database.transaction(async (run) => {
        const written = await run.execute(
          'INSERT INTO "namespace" ("id", "name", "version", "record") VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
          [record.id, record.name, record.version, JSON.stringify(record)],
        );
        return written === 1 ? 'created' : 'exists';
      }),
    replace: (record) =>
      database.transaction(async (run) => {
        const written = await run.execute(
          'UPDATE "namespace" SET "name" = ?, "version" = ?, "record" = ? WHERE "id" = ? AND "version" = ?',
          [record.name, record.version, JSON.stringify(record), record.id, record.version - 1],
        );
        return written === 1 ? 'replaced' : 'conflict';
      }),
    findByName: (name) => one('name', name),
    findById: (id) => one('id', id),
    list: async ({ after, sizeMax }) => {
      const rows = await database.query('SELECT "record" FROM "namespace" WHERE "name" > ? ORDER BY "name" LIMIT ?', [
        after ?? '',
        sizeMax,
      ]);
      return rows.map(toRecord);
    },
  };
}

/** Written by this store and by nothing else. */
const toRecord = (row: Row): NamespaceRecord => JSON.parse(text(row, 'record')) as NamespaceRecord;
