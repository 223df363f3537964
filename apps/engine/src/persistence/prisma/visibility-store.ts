/** The index of runs in a table, and filters as SQL. Values are bound, never written into the text. */
import type { AttributeValue, VisibilityCursor, VisibilityRecord, VisibilityStore } from '../ports/visibility-store.ts';
import type { Database, Row, Statements, Value } from './database.ts';
import { chunks, tuples } from './database.ts';
import { startBounds, toCondition } from './filter-sql.ts';
import { bytes, number, text, toKey } from './run-store.ts';

const columns = [
  'run_id',
  'namespace_id',
  'workflow_id',
  'workflow_type',
  'task_queue',
  'status',
  'start_time',
  'execution_time',
  'close_time',
  'history_length',
  'history_size_bytes',
  'state_transition_count',
  'parent_workflow_id',
  'parent_run_id',
  'root_workflow_id',
  'root_run_id',
  'memo',
  'search_attributes',
  'attributes',
] as const;

export async function writeVisibility(run: Statements, records: readonly VisibilityRecord[]): Promise<void> {
  const names = columns.map((name) => `"${name}"`).join(', ');
  const updates = columns
    .slice(1)
    .map((name) => `"${name}" = excluded."${name}"`)
    .join(', ');
  const lastOfEach = [...new Map(records.map((record) => [record.key.runId, record])).values()];
  for (const some of chunks(lastOfEach, columns.length)) {
    await run.execute(
      `INSERT INTO "visibility" (${names}) VALUES ${tuples(some.length, columns.length)} ON CONFLICT ("run_id") DO UPDATE SET ${updates}`,
      some.flatMap(toValues),
    );
  }
}

function toValues(record: VisibilityRecord): readonly Value[] {
  const { key, parent, root } = record;
  return [
    key.runId,
    key.namespaceId,
    key.workflowId,
    record.workflowType,
    record.taskQueue,
    record.status,
    record.startTime,
    record.executionTime,
    record.closeTime ?? null,
    record.historyLength ?? null,
    record.historySizeBytes ?? null,
    record.stateTransitionCount ?? null,
    parent?.workflowId ?? null,
    parent?.runId ?? null,
    root?.workflowId ?? null,
    root?.runId ?? null,
    record.memo ?? null,
    record.searchAttributes ?? null,
    JSON.stringify(record.attributes),
  ];
}

/** Open runs sort as if they ended after everything else. */
const ORDER_KEY = 'COALESCE("close_time", 1e300)';

export function prismaVisibilityStore(database: Database): VisibilityStore {
  return {
    list: async ({ namespaceId, filter, sizeMax, after }) => {
      const where = conditions(namespaceId, filter);
      if (after !== undefined) {
        // The first says where in the index to begin, which SQLite does not see in the second.
        where.sql.push(`${ORDER_KEY} <= ?`, `(${ORDER_KEY}, "start_time", "run_id") < (?, ?, ?)`);
        const closeTime = after.closeTime ?? 1e300;
        where.values.push(closeTime, closeTime, after.startTime, after.runId);
      }
      const rows = await database.query(
        `SELECT * FROM "visibility" WHERE ${where.sql.join(' AND ')} ORDER BY ${ORDER_KEY} DESC, "start_time" DESC, "run_id" DESC LIMIT ?`,
        [...where.values, sizeMax],
      );
      const records = rows.map(toRecord);
      const last = records.length === sizeMax ? records.at(-1) : undefined;
      return { records, ...(last === undefined ? {} : { next: cursorOf(last) }) };
    },
    count: async ({ namespaceId, filter }) => {
      if (filter === undefined) return (await keptCounts(database, namespaceId)).reduce((sum, { count }) => sum + count, 0);
      const where = countConditions(namespaceId, filter);
      const [row] = await database.query(`SELECT COUNT(*) AS "count" FROM "visibility" WHERE ${where.sql.join(' AND ')}`, where.values);
      return row === undefined ? 0 : number(row, 'count');
    },
    countByStatus: async ({ namespaceId, filter }) => {
      if (filter === undefined) return await keptCounts(database, namespaceId);
      const where = countConditions(namespaceId, filter);
      const rows = await database.query(
        `SELECT "status", COUNT(*) AS "count" FROM "visibility" WHERE ${where.sql.join(' AND ')} GROUP BY ${where.isBounded ? '+' : ''}"status" ORDER BY "count" DESC, "status"`,
        where.values,
      );
      return rows.map(toStatusCount);
    },
  };
}

/** Of all runs of a namespace: triggers keep them, so that nothing is counted. */
async function keptCounts(database: Database, namespaceId: string): ReturnType<VisibilityStore['countByStatus']> {
  const rows = await database.query(
    'SELECT "status", "count" FROM "status_count" WHERE "namespace_id" = ? AND "count" > 0 ORDER BY "count" DESC, "status"',
    [namespaceId],
  );
  return rows.map(toStatusCount);
}

const toStatusCount = (row: Row) => ({ status: number(row, 'status'), count: number(row, 'count') });

function conditions(namespaceId: string, filter: Parameters<typeof toCondition>[0] | undefined): { sql: string[]; values: Value[] } {
  const sql = ['"namespace_id" = ?'];
  const values: Value[] = [namespaceId];
  if (filter !== undefined) {
    const condition = toCondition(filter);
    sql.push(condition.sql);
    values.push(...condition.values);
  }
  return { sql, values };
}

/** A stretch of time is counted by the index of start times; the plus before a group keeps the planner from taking another for its order. */
function countConditions(...asked: Parameters<typeof conditions>): ReturnType<typeof conditions> & { readonly isBounded: boolean } {
  const where = conditions(...asked);
  const [, filter] = asked;
  const bounds = filter === undefined ? undefined : startBounds(filter);
  if (bounds === undefined) return { ...where, isBounded: false };
  return { sql: [...where.sql, bounds.sql], values: [...where.values, ...bounds.values], isBounded: true };
}

const cursorOf = ({ closeTime, startTime, key }: VisibilityRecord): VisibilityCursor => ({ closeTime, startTime, runId: key.runId });

function toRecord(row: Row): VisibilityRecord {
  return {
    key: toKey(row),
    workflowType: text(row, 'workflow_type'),
    taskQueue: text(row, 'task_queue'),
    status: number(row, 'status'),
    startTime: number(row, 'start_time'),
    executionTime: number(row, 'execution_time'),
    // Written by toValues and by nothing else.
    attributes: JSON.parse(text(row, 'attributes')) as Record<string, AttributeValue>,
    ...(row['close_time'] === null ? {} : { closeTime: number(row, 'close_time') }),
    ...(row['history_length'] === null ? {} : { historyLength: number(row, 'history_length') }),
    ...(row['history_size_bytes'] === null ? {} : { historySizeBytes: number(row, 'history_size_bytes') }),
    ...(row['state_transition_count'] === null ? {} : { stateTransitionCount: number(row, 'state_transition_count') }),
    ...(row['parent_workflow_id'] === null
      ? {}
      : { parent: { workflowId: text(row, 'parent_workflow_id'), runId: text(row, 'parent_run_id') } }),
    ...(row['root_workflow_id'] === null ? {} : { root: { workflowId: text(row, 'root_workflow_id'), runId: text(row, 'root_run_id') } }),
    ...(row['memo'] === null ? {} : { memo: bytes(row, 'memo') }),
    ...(row['search_attributes'] === null ? {} : { searchAttributes: bytes(row, 'search_attributes') }),
  };
}
