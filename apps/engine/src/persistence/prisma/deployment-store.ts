import type { Deployment, DeploymentRecord, VersionRecord } from '../../deployments/model/deployment.ts';
import type { DeploymentStore } from '../ports/deployment-store.ts';
import type { Database } from './database.ts';
import { text } from './run-store.ts';

export function prismaDeploymentStore(database: Database): DeploymentStore {
  return {
    all: async () => {
      // Written by this store and by nothing else.
      const records = (await database.query('SELECT "record" FROM "deployment"', [])).map(
        (row) => JSON.parse(text(row, 'record')) as DeploymentRecord,
      );
      const versions = (await database.query('SELECT "record" FROM "deployment_version" ORDER BY "build_id"', [])).map(
        (row) => JSON.parse(text(row, 'record')) as VersionRecord,
      );
      const byDeployment = new Map<string, Map<string, VersionRecord>>();
      for (const version of versions) {
        const key = keyOf(version.namespaceId, version.deploymentName);
        byDeployment.set(key, (byDeployment.get(key) ?? new Map<string, VersionRecord>()).set(version.buildId, version));
      }
      return records.map(
        (record): Deployment => ({ record, versions: byDeployment.get(keyOf(record.namespaceId, record.name)) ?? new Map() }),
      );
    },
    write: ({ record, versions, removed }) =>
      database.transaction(async (run) => {
        const { namespaceId, name } = record;
        await run.execute(
          `INSERT INTO "deployment" ("namespace_id", "name", "record") VALUES (?, ?, ?)
           ON CONFLICT ("namespace_id", "name") DO UPDATE SET "record" = excluded."record"`,
          [namespaceId, name, JSON.stringify(record)],
        );
        for (const version of versions) {
          await run.execute(
            `INSERT INTO "deployment_version" ("namespace_id", "deployment", "build_id", "record") VALUES (?, ?, ?, ?)
             ON CONFLICT ("namespace_id", "deployment", "build_id") DO UPDATE SET "record" = excluded."record"`,
            [namespaceId, name, version.buildId, JSON.stringify(version)],
          );
        }
        for (const buildId of removed) {
          await run.execute('DELETE FROM "deployment_version" WHERE "namespace_id" = ? AND "deployment" = ? AND "build_id" = ?', [
            namespaceId,
            name,
            buildId,
          ]);
        }
      }),
    delete: ({ namespaceId, name }) =>
      database.transaction(async (run) => {
        await run.execute('DELETE FROM "deployment_version" WHERE "namespace_id" = ? AND "deployment" = ?', [namespaceId, name]);
        await run.execute('DELETE FROM "deployment" WHERE "namespace_id" = ? AND "name" = ?', [namespaceId, name]);
      }),
  };
}

const keyOf = (namespaceId: string, name: string): string => `${namespaceId}/${name}`;
