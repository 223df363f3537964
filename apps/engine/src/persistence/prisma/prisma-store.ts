/** The store in a SQLite file, through Prisma's driver adapter. */
import type { Store } from '../ports/store.ts';
import { prismaAuditStore } from './audit-store.ts';
import { prismaBatchStore } from './batch-store.ts';
import { Database } from './database.ts';
import { prismaDeploymentStore } from './deployment-store.ts';
import { migrate } from './migrate.ts';
import { prismaNamespaceStore } from './namespace-store.ts';
import { prismaRunStore } from './run-store.ts';
import { prismaScheduleStore } from './schedule-store.ts';
import { prismaTaskQueueStore } from './task-queue-store.ts';
import { prismaViewStore } from './view-store.ts';
import { prismaVisibilityStore } from './visibility-store.ts';

/** Throws a StoreError with one clear sentence when the file cannot be used. */
export async function openPrismaStore({ file }: { readonly file: string }): Promise<Store> {
  const database = await Database.open(file);
  const description = await prepared(database).catch(async (error: unknown) => {
    // Whoever mends the file must not find it locked by the one who refused it.
    await database.close();
    throw error;
  });
  return {
    runs: prismaRunStore(database),
    visibility: prismaVisibilityStore(database),
    namespaces: prismaNamespaceStore(database),
    schedules: prismaScheduleStore(database),
    taskQueues: prismaTaskQueueStore(database),
    deployments: prismaDeploymentStore(database),
    batches: prismaBatchStore(database),
    audit: prismaAuditStore(database),
    views: prismaViewStore(database),
    durability: { description, survivesPowerLoss: true },
    close: () => database.close(),
  };
}

async function prepared(database: Database): Promise<string> {
  await migrate(database);
  return await database.assertDurable();
}
