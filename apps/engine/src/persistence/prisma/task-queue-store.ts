import type { TaskQueueConfig, TaskQueueStore } from '../ports/task-queue-store.ts';
import type { Database, Row } from './database.ts';
import { text } from './run-store.ts';

export function prismaTaskQueueStore(database: Database): TaskQueueStore {
  return {
    put: (config) =>
      database.transaction(async (run) => {
        await run.execute(
          `INSERT INTO "task_queue_config" ("namespace_id", "kind", "name", "record") VALUES (?, ?, ?, ?)
           ON CONFLICT ("namespace_id", "kind", "name") DO UPDATE SET "record" = excluded."record"`,
          [config.namespaceId, config.kind, config.name, JSON.stringify(config)],
        );
      }),
    find: async ({ namespaceId, kind, name }) => {
      const [row] = await database.query(
        'SELECT "record" FROM "task_queue_config" WHERE "namespace_id" = ? AND "kind" = ? AND "name" = ?',
        [namespaceId, kind, name],
      );
      return row === undefined ? undefined : toConfig(row);
    },
    all: async () => (await database.query('SELECT "record" FROM "task_queue_config"', [])).map(toConfig),
  };
}

/** Written by this store and by nothing else. */
const toConfig = (row: Row): TaskQueueConfig => JSON.parse(text(row, 'record')) as TaskQueueConfig;
