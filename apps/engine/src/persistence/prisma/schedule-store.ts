import { namespaceId } from '../../kernel/ids.ts';
import type { ScheduleRecord, ScheduleStore } from '../ports/schedule-store.ts';
import type { Database, Row } from './database.ts';
import { bytes, number, text } from './run-store.ts';

export function prismaScheduleStore(database: Database): ScheduleStore {
  return {
    write: (record) =>
      database.transaction(async (run) => {
        const written =
          record.version === 1
            ? await run.execute(
                'INSERT INTO "schedule" ("namespace_id", "schedule_id", "version", "state") VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
                [record.namespaceId, record.scheduleId, record.version, record.state],
              )
            : await run.execute(
                'UPDATE "schedule" SET "version" = ?, "state" = ? WHERE "namespace_id" = ? AND "schedule_id" = ? AND "version" = ?',
                [record.version, record.state, record.namespaceId, record.scheduleId, record.version - 1],
              );
        return written === 1 ? 'written' : 'conflict';
      }),
    find: async (namespace, scheduleId) => {
      const [row] = await database.query('SELECT * FROM "schedule" WHERE "namespace_id" = ? AND "schedule_id" = ?', [
        namespace,
        scheduleId,
      ]);
      return row === undefined ? undefined : toRecord(row);
    },
    list: async ({ namespaceId: namespace, after, sizeMax }) => {
      const rows = await database.query(
        'SELECT * FROM "schedule" WHERE "namespace_id" = ? AND "schedule_id" > ? ORDER BY "schedule_id" LIMIT ?',
        [namespace, after ?? '', sizeMax],
      );
      return rows.map(toRecord);
    },
    scan: async ({ after, sizeMax }) => {
      const rows = await database.query(
        'SELECT * FROM "schedule" WHERE ("namespace_id", "schedule_id") > (?, ?) ORDER BY "namespace_id", "schedule_id" LIMIT ?',
        [after?.namespaceId ?? '', after?.scheduleId ?? '', sizeMax],
      );
      return rows.map(toRecord);
    },
    delete: (namespace, scheduleId) =>
      database.transaction(async (run) => {
        await run.execute('DELETE FROM "schedule" WHERE "namespace_id" = ? AND "schedule_id" = ?', [namespace, scheduleId]);
      }),
  };
}

const toRecord = (row: Row): ScheduleRecord => ({
  namespaceId: namespaceId(text(row, 'namespace_id')),
  scheduleId: text(row, 'schedule_id'),
  version: number(row, 'version'),
  state: bytes(row, 'state'),
});
