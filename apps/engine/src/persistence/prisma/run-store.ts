/** Runs in tables. A group of commits is one transaction: one look at the versions, then one statement per table. */
import type { NamespaceId, RunId, RunKey } from '../../kernel/ids.ts';
import { namespaceId, runId, workflowId } from '../../kernel/ids.ts';
import type {
  Commit,
  CommitOutcome,
  HistoryBatch,
  HistoryRange,
  OpenRun,
  RunStore,
  RunWrite,
  StoredRun,
  TransitionRecord,
} from '../ports/run-store.ts';
import type { Database, Row, Statements } from './database.ts';
import { chunks, tuples } from './database.ts';
import { writeVisibility } from './visibility-store.ts';

export function prismaRunStore(database: Database): RunStore {
  return {
    commit: (group) => database.transaction((run) => commit(run, group)),
    load: (key) => load(database, key),
    findCurrentRun: async (key) => {
      const [row] = await database.query('SELECT "run_id" FROM "current_run" WHERE "namespace_id" = ? AND "workflow_id" = ?', [
        key.namespaceId,
        key.workflowId,
      ]);
      return row === undefined ? undefined : runId(text(row, 'run_id'));
    },
    readHistory: (key, range) => readHistory(database, key, range),
    readTransitions: async (key, { after, sizeMax }) => {
      const sql = 'SELECT * FROM "transition" WHERE "run_id" = ? AND "version" > ? ORDER BY "version" LIMIT ?';
      return (await database.query(sql, [key.runId, after, sizeMax])).map(toTransition);
    },
    scanActive: async ({ after, sizeMax }) => {
      const rows = await database.query(
        'SELECT * FROM "run" WHERE ("is_open" = 1 OR "has_duties" = 1) AND "run_id" > ? ORDER BY "run_id" LIMIT ?',
        [after?.runId ?? '', sizeMax],
      );
      return rows.map(toOpenRun);
    },
    delete: (key) => database.transaction((run) => remove(run, key)),
    findClosedBefore: (namespace, closedBefore, sizeMax) => findClosedBefore(database, { namespace, closedBefore, sizeMax }),
  };
}

async function commit(run: Statements, group: readonly Commit[]): Promise<readonly CommitOutcome[]> {
  const versions = await versionsOf(run, group);
  const accepted: RunWrite[] = [];
  const outcomes = group.map(({ writes }): CommitOutcome => {
    // Commits of one group may follow each other on one run, so the versions move along with them.
    if (writes.some((write) => (versions.get(write.key.runId) ?? 0) !== write.expectedVersion)) return 'conflict';
    for (const write of writes) versions.set(write.key.runId, write.transition.version);
    accepted.push(...writes);
    return 'committed';
  });
  await writeRuns(run, accepted);
  await writeTransitions(run, accepted);
  await writeSnapshots(run, accepted);
  await writeCurrentRuns(run, accepted);
  await writeVisibility(
    run,
    accepted.flatMap(({ visibility }) => visibility ?? []),
  );
  return outcomes;
}

async function versionsOf(run: Statements, group: readonly Commit[]): Promise<Map<RunId, number>> {
  const existing = [...new Set(group.flatMap(({ writes }) => writes.map(({ key }) => key.runId)))];
  const versions = new Map<RunId, number>();
  for (const ids of chunks(existing, 1)) {
    const rows = await run.query(`SELECT "run_id", "version" FROM "run" WHERE "run_id" IN ${tuples(1, ids.length)}`, ids);
    for (const row of rows) versions.set(runId(text(row, 'run_id')), number(row, 'version'));
  }
  return versions;
}

/** Of several steps of one run, the last one is what its row says. */
function lastOfEach(writes: readonly RunWrite[]): readonly RunWrite[] {
  return [...new Map(writes.map((write) => [write.key.runId, write])).values()];
}

async function writeRuns(run: Statements, writes: readonly RunWrite[]): Promise<void> {
  for (const some of chunks(lastOfEach(writes), 7)) {
    await run.execute(
      `INSERT INTO "run" ("run_id", "namespace_id", "workflow_id", "version", "is_open", "due_at", "has_duties") VALUES ${tuples(some.length, 7)}
       ON CONFLICT ("run_id") DO UPDATE SET "version" = excluded."version", "is_open" = excluded."is_open", "due_at" = excluded."due_at", "has_duties" = excluded."has_duties"`,
      some.flatMap(({ key, transition, isOpen, dueAt, hasDuties }) => [
        key.runId,
        key.namespaceId,
        key.workflowId,
        transition.version,
        isOpen ? 1 : 0,
        dueAt ?? null,
        hasDuties ? 1 : 0,
      ]),
    );
  }
}

async function writeTransitions(run: Statements, writes: readonly RunWrite[]): Promise<void> {
  const steps = writes.flatMap(({ key, past, transition }) => [...(past ?? []), transition].map((step) => ({ key, transition: step })));
  for (const some of chunks(steps, 6)) {
    await run.execute(
      `INSERT INTO "transition" ("run_id", "version", "first_event_id", "event_count", "events", "notes") VALUES ${tuples(some.length, 6)}`,
      some.flatMap(({ key, transition }) => [
        key.runId,
        transition.version,
        transition.firstEventId,
        transition.eventCount,
        transition.events,
        transition.notes,
      ]),
    );
  }
}

async function writeSnapshots(run: Statements, writes: readonly RunWrite[]): Promise<void> {
  const withSnapshot = lastOfEach(writes.filter(({ snapshot }) => snapshot !== undefined));
  for (const some of chunks(withSnapshot, 3)) {
    await run.execute(
      `INSERT INTO "snapshot" ("run_id", "version", "state") VALUES ${tuples(some.length, 3)}
       ON CONFLICT ("run_id") DO UPDATE SET "version" = excluded."version", "state" = excluded."state"`,
      some.flatMap(({ key, transition, snapshot }) => [key.runId, transition.version, snapshot ?? new Uint8Array()]),
    );
  }
}

async function writeCurrentRuns(run: Statements, writes: readonly RunWrite[]): Promise<void> {
  const current = [
    ...new Map(
      writes.filter(({ becomesCurrent }) => becomesCurrent).map(({ key }) => [`${key.namespaceId}/${key.workflowId}`, key]),
    ).values(),
  ];
  for (const some of chunks(current, 3)) {
    await run.execute(
      `INSERT INTO "current_run" ("namespace_id", "workflow_id", "run_id") VALUES ${tuples(some.length, 3)}
       ON CONFLICT ("namespace_id", "workflow_id") DO UPDATE SET "run_id" = excluded."run_id"`,
      some.flatMap((key) => [key.namespaceId, key.workflowId, key.runId]),
    );
  }
}

async function load(database: Database, key: RunKey): Promise<StoredRun | undefined> {
  const [row] = await database.query('SELECT * FROM "run" WHERE "run_id" = ? AND "namespace_id" = ? AND "workflow_id" = ?', [
    key.runId,
    key.namespaceId,
    key.workflowId,
  ]);
  if (row === undefined) return undefined;
  const [snapshot] = await database.query('SELECT "version", "state" FROM "snapshot" WHERE "run_id" = ?', [key.runId]);
  const after = snapshot === undefined ? 0 : number(snapshot, 'version');
  const rows = await database.query('SELECT * FROM "transition" WHERE "run_id" = ? AND "version" > ? ORDER BY "version"', [
    key.runId,
    after,
  ]);
  return {
    key,
    version: number(row, 'version'),
    isOpen: number(row, 'is_open') === 1,
    transitions: rows.map(toTransition),
    ...(snapshot === undefined ? {} : { snapshot: { version: after, state: bytes(snapshot, 'state') } }),
  };
}

/** From the batch that holds the first event on: what lies before it is passed over by the index, however long the history is. */
async function readHistory(database: Database, key: RunKey, range: HistoryRange): Promise<readonly HistoryBatch[]> {
  const rows = await database.query(
    `SELECT "first_event_id", "event_count", "events" FROM "transition"
     WHERE "run_id" = ? AND "event_count" > 0 AND "first_event_id" < ? AND "first_event_id" + "event_count" > ?
     AND "first_event_id" >= COALESCE(
       (SELECT MAX("first_event_id") FROM "transition" WHERE "run_id" = ? AND "event_count" > 0 AND "first_event_id" <= ?), 0)
     ORDER BY "first_event_id" ${range.newestFirst === true ? 'DESC' : 'ASC'} LIMIT ?`,
    [key.runId, range.toEventId, range.fromEventId, key.runId, range.fromEventId, range.batchesMax],
  );
  return rows.map(toBatch);
}

async function remove(run: Statements, key: RunKey): Promise<void> {
  for (const table of ['run', 'transition', 'snapshot', 'visibility'])
    await run.execute(`DELETE FROM "${table}" WHERE "run_id" = ?`, [key.runId]);
  await run.execute('DELETE FROM "current_run" WHERE "namespace_id" = ? AND "workflow_id" = ? AND "run_id" = ?', [
    key.namespaceId,
    key.workflowId,
    key.runId,
  ]);
}

interface Expired {
  readonly namespace: NamespaceId;
  readonly closedBefore: number;
  readonly sizeMax: number;
}

async function findClosedBefore(database: Database, { namespace, closedBefore, sizeMax }: Expired): Promise<readonly RunKey[]> {
  const rows = await database.query(
    `SELECT "namespace_id", "workflow_id", "run_id" FROM "visibility"
     WHERE "namespace_id" = ? AND COALESCE("close_time", 1e300) < ? ORDER BY COALESCE("close_time", 1e300) LIMIT ?`,
    [namespace, closedBefore, sizeMax],
  );
  return rows.map(toKey);
}

export const toKey = (row: Row): RunKey => ({
  namespaceId: namespaceId(text(row, 'namespace_id')),
  workflowId: workflowId(text(row, 'workflow_id')),
  runId: runId(text(row, 'run_id')),
});

const toOpenRun = (row: Row): OpenRun => ({
  key: toKey(row),
  dueAt: row['due_at'] === null ? undefined : number(row, 'due_at'),
  hasDuties: number(row, 'has_duties') === 1,
});

const toBatch = (row: Row): HistoryBatch => ({
  firstEventId: number(row, 'first_event_id'),
  eventCount: number(row, 'event_count'),
  events: bytes(row, 'events'),
});

const toTransition = (row: Row): TransitionRecord => ({ ...toBatch(row), version: number(row, 'version'), notes: bytes(row, 'notes') });

/** A text with a zero in it is stored as bytes; see `Database`. */
export function text(row: Row, column: string): string {
  const value = row[column];
  return typeof value === 'object' && value !== null ? new TextDecoder().decode(bytes(row, column)) : String(value);
}
/** Drivers give whole numbers as numbers, bigints or text, by their size. */
export const number = (row: Row, column: string): number => Number(row[column]);

export function bytes(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (value instanceof Uint8Array) return value;
  return value instanceof ArrayBuffer ? new Uint8Array(value) : Uint8Array.from(value as readonly number[]);
}
