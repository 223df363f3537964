/** Batch jobs as rows: what was asked for as it came, how far it has come as one JSON record, and the targets page by page. */
import { namespaceId as toNamespaceId } from '../../kernel/ids.ts';
import type { BatchKey, BatchRecord, BatchStore, BatchTarget } from '../ports/batch-store.ts';
import { BatchState } from '../ports/batch-store.ts';
import type { Database, Row } from './database.ts';
import { bytes, text } from './run-store.ts';

const RUNNING = '"state" = 1';

export function prismaBatchStore(database: Database): BatchStore {
  const run = async (sql: string, values: readonly (string | number)[]): Promise<void> => {
    await database.transaction((statements) => statements.execute(sql, values));
  };
  return {
    create: (record) =>
      database.transaction(async ({ query, execute }) => {
        const { namespaceId, jobId } = record.key;
        if ((await query(`SELECT 1 FROM "batch" WHERE "namespace_id" = ? AND ${RUNNING}`, [namespaceId])).length > 0) return 'busy';
        const written = await execute(
          `INSERT INTO "batch" ("namespace_id", "job_id", "version", "state", "started_at", "closed_at", "request", "record")
           VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
          [namespaceId, jobId, record.version, record.state, record.startedAt, record.closedAt ?? null, record.request, toJson(record)],
        );
        return written === 1 ? 'created' : 'exists';
      }),
    replace: (record) =>
      database.transaction(async ({ execute }) => {
        const { namespaceId, jobId } = record.key;
        const written = await execute(
          `UPDATE "batch" SET "version" = ?, "state" = ?, "closed_at" = ?, "record" = ?
           WHERE "namespace_id" = ? AND "job_id" = ? AND "version" = ?`,
          [record.version, record.state, record.closedAt ?? null, toJson(record), namespaceId, jobId, record.version - 1],
        );
        if (written === 0) return 'conflict';
        if (record.state !== BatchState.Running)
          await execute('DELETE FROM "batch_target" WHERE "namespace_id" = ? AND "job_id" = ?', [namespaceId, jobId]);
        return 'replaced';
      }),
    find: async ({ namespaceId, jobId }) => {
      const [row] = await database.query('SELECT "request", "record" FROM "batch" WHERE "namespace_id" = ? AND "job_id" = ?', [
        namespaceId,
        jobId,
      ]);
      return row === undefined ? undefined : toRecord(row);
    },
    list: async (namespaceId, { after, sizeMax }) => {
      const rest = after === undefined ? '' : 'AND ("started_at", "job_id") < (?, ?)';
      const values = after === undefined ? [] : [after.startedAt, after.jobId];
      const rows = await database.query(
        `SELECT "request", "record" FROM "batch" WHERE "namespace_id" = ? ${rest} ORDER BY "started_at" DESC, "job_id" DESC LIMIT ?`,
        [namespaceId, ...values, sizeMax],
      );
      return rows.map(toRecord);
    },
    listRunning: async () => (await database.query(`SELECT "namespace_id", "job_id" FROM "batch" WHERE ${RUNNING}`)).map(toKey),
    writeTargets: ({ namespaceId, jobId }, page, targets) =>
      run('INSERT OR REPLACE INTO "batch_target" ("namespace_id", "job_id", "page", "targets") VALUES (?, ?, ?, ?)', [
        namespaceId,
        jobId,
        page,
        JSON.stringify(targets),
      ]),
    readTargets: async ({ namespaceId, jobId }, page) => {
      const [row] = await database.query('SELECT "targets" FROM "batch_target" WHERE "namespace_id" = ? AND "job_id" = ? AND "page" = ?', [
        namespaceId,
        jobId,
        page,
      ]);
      return row === undefined ? [] : toTargets(row);
    },
    deleteClosedBefore: (namespaceId, closedBefore) =>
      run('DELETE FROM "batch" WHERE "namespace_id" = ? AND "closed_at" < ?', [namespaceId, closedBefore]),
  };
}

const toKey = (row: Row): BatchKey => ({ namespaceId: toNamespaceId(text(row, 'namespace_id')), jobId: text(row, 'job_id') });

const toJson = ({ request: _elsewhere, ...record }: BatchRecord): string => JSON.stringify(record);

/** Written by this store and by nothing else. */
const toRecord = (row: Row): BatchRecord => ({
  ...(JSON.parse(text(row, 'record')) as Omit<BatchRecord, 'request'>),
  request: bytes(row, 'request'),
});
const toTargets = (row: Row): readonly BatchTarget[] => JSON.parse(text(row, 'targets')) as readonly BatchTarget[];
