/** Worker deployments: the builds of a worker, and which of them new work goes to. */
import type { NamespaceId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/ports.ts';

export interface DeploymentRecord {
  readonly namespaceId: NamespaceId;
  readonly name: string;
  readonly createdAt: Instant;
  /** Raised with each change of what follows: callers say which one they saw. */
  readonly revision: number;
  readonly routing: Routing;
  readonly lastModifier: string;
  /** Whoever else changes the deployment is refused; empty for nobody. */
  readonly manager: string;
}

/** Versions by their build ids. */
export interface Routing {
  /** Absent while new work goes to workers without a version. */
  readonly current?: string;
  readonly currentChangedAt?: Instant;
  /** Gets this share of the workflows; the empty build id stands for workers without a version. Absent for no ramp. */
  readonly ramping?: string;
  readonly rampingPercentage: number;
  readonly rampingChangedAt?: Instant;
  readonly percentageChangedAt?: Instant;
}

export interface VersionRecord {
  readonly namespaceId: NamespaceId;
  readonly deploymentName: string;
  readonly buildId: string;
  readonly createdAt: Instant;
  readonly routingChangedAt?: Instant;
  readonly currentSince?: Instant;
  readonly rampingSince?: Instant;
  readonly firstActivatedAt?: Instant;
  readonly lastCurrentAt?: Instant;
  readonly lastDeactivatedAt?: Instant;
  /** From when it was current or ramping and is so no more. */
  readonly drainage?: Drainage;
  /** Those its workers ever polled. */
  readonly taskQueues: readonly VersionQueue[];
  /** Encoded payloads in base64, by name. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly lastModifier: string;
}

export interface Drainage {
  /** No open run is pinned to it. */
  readonly isDrained: boolean;
  readonly changedAt: Instant;
  readonly checkedAt: Instant;
}

export interface VersionQueue {
  readonly kind: 'workflow' | 'activity';
  readonly name: string;
}

export interface Deployment {
  readonly record: DeploymentRecord;
  /** By build id. */
  readonly versions: ReadonlyMap<string, VersionRecord>;
}

/** What is written together. */
export interface DeploymentChange {
  readonly record: DeploymentRecord;
  readonly versions: readonly VersionRecord[];
  /** Build ids of versions that are no more. */
  readonly removed: readonly string[];
}

export const newDeployment = (key: Pick<DeploymentRecord, 'namespaceId' | 'name'>, now: Instant): Deployment => ({
  record: { ...key, createdAt: now, revision: 1, routing: { rampingPercentage: 0 }, lastModifier: '', manager: '' },
  versions: new Map(),
});

export const newVersion = ({ record }: Deployment, buildId: string, now: Instant): VersionRecord => ({
  namespaceId: record.namespaceId,
  deploymentName: record.name,
  buildId,
  createdAt: now,
  taskQueues: [],
  metadata: {},
  lastModifier: '',
});

export const hasQueue = ({ taskQueues }: VersionRecord, { kind, name }: VersionQueue): boolean =>
  taskQueues.some((queue) => queue.kind === kind && queue.name === name);

/** New work may come to it. */
export const isRouted = ({ routing }: DeploymentRecord, buildId: string): boolean =>
  routing.current === buildId || routing.ramping === buildId;

/** What a change leaves behind. */
export function afterChange({ versions }: Deployment, change: DeploymentChange): Deployment {
  const next = new Map(versions);
  for (const version of change.versions) next.set(version.buildId, version);
  for (const buildId of change.removed) next.delete(buildId);
  return { record: change.record, versions: next };
}
