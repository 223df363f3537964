import type { AuditStore } from './audit-store.ts';
import type { BatchStore } from './batch-store.ts';
import type { DeploymentStore } from './deployment-store.ts';
import type { NamespaceStore } from './namespace-store.ts';
import type { RunStore } from './run-store.ts';
import type { ScheduleStore } from './schedule-store.ts';
import type { TaskQueueStore } from './task-queue-store.ts';
import type { ViewStore } from './view-store.ts';
import type { VisibilityStore } from './visibility-store.ts';

/** How sure a commit is, as it was found at start and not as it was asked for. */
export interface Durability {
  /** For people, for example `SQLite 3.53 WAL synchronous=FULL at tidemark.db`. */
  readonly description: string;
  readonly survivesPowerLoss: boolean;
}

/** One place where everything durable is kept. */
export interface Store {
  readonly runs: RunStore;
  readonly visibility: VisibilityStore;
  readonly namespaces: NamespaceStore;
  readonly schedules: ScheduleStore;
  readonly taskQueues: TaskQueueStore;
  readonly deployments: DeploymentStore;
  readonly batches: BatchStore;
  readonly audit: AuditStore;
  readonly views: ViewStore;
  readonly durability: Durability;
  /** Waits for running commits. */
  close(): Promise<void>;
}
