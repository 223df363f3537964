import { namespaceId } from '../../kernel/ids.ts';
import type { ViewRecord, ViewStore } from '../ports/view-store.ts';
import type { Database, Row, Value } from './database.ts';
import { number, text } from './run-store.ts';

const COLUMNS = '"namespace_id", "owner", "name", "search", "is_default", "changed_at", "changed_by"';
const OF_OWNER = 'WHERE "namespace_id" = ? AND "owner" = ?';

export function prismaViewStore(database: Database): ViewStore {
  const run = async (sql: string, values: readonly Value[]): Promise<void> => {
    await database.transaction((statements) => statements.execute(sql, values));
  };
  return {
    list: async (owner) => {
      const rows = await database.query(`SELECT ${COLUMNS} FROM "saved_view" ${OF_OWNER} ORDER BY "name"`, [
        owner.namespaceId,
        owner.owner,
      ]);
      return rows.map(toRecord);
    },
    save: ({ record, was, countMax }) =>
      database.transaction(async (statements) => {
        const of = [record.namespaceId, record.owner];
        const names = (await statements.query(`SELECT "name" FROM "saved_view" ${OF_OWNER}`, of)).map((row) => text(row, 'name'));
        if (was !== undefined && !names.includes(was)) return 'absent';
        if (was !== record.name && names.includes(record.name)) return 'exists';
        if (was === undefined && names.length >= countMax) return 'full';
        if (was !== undefined) await statements.execute(`DELETE FROM "saved_view" ${OF_OWNER} AND "name" = ?`, [...of, was]);
        if (record.isDefault) await statements.execute(`UPDATE "saved_view" SET "is_default" = 0 ${OF_OWNER}`, of);
        await statements.execute(`INSERT INTO "saved_view" (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`, [
          ...of,
          record.name,
          record.search,
          record.isDefault ? 1 : 0,
          record.changedAt,
          record.changedBy,
        ]);
        return 'saved';
      }),
    delete: (view) => run(`DELETE FROM "saved_view" ${OF_OWNER} AND "name" = ?`, [view.namespaceId, view.owner, view.name]),
    deleteNamespace: (id) => run('DELETE FROM "saved_view" WHERE "namespace_id" = ?', [id]),
  };
}

const toRecord = (row: Row): ViewRecord => ({
  namespaceId: namespaceId(text(row, 'namespace_id')),
  owner: text(row, 'owner'),
  name: text(row, 'name'),
  search: text(row, 'search'),
  isDefault: number(row, 'is_default') === 1,
  changedAt: number(row, 'changed_at'),
  changedBy: text(row, 'changed_by'),
});
