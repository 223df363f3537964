/** Worker deployments in the words of the protocol, which has each version in an older way too. */
import { api } from '@tidemark/protocol/api';
import { toLong, toTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { Deployment, DeploymentRecord, Drainage, VersionRecord } from '../deployments/model/deployment.ts';
import type { QueueRouting } from '../deployments/model/routes.ts';
import type { Instant } from '../kernel/ports.ts';
import type { WorkerVersion } from '../kernel/worker-version.ts';
import { legacyName } from '../kernel/worker-version.ts';

const { TaskQueueType, VersionDrainageStatus, WorkerDeploymentVersionStatus: Status } = api.enums.v1;
const { Payload } = api.common.v1;
type RoutingConfig = temporal.api.deployment.v1.IRoutingConfig;
type VersionInfo = temporal.api.deployment.v1.IWorkerDeploymentVersionInfo;
type Summary = temporal.api.deployment.v1.WorkerDeploymentInfo.IWorkerDeploymentVersionSummary;
type Timestamp = ReturnType<typeof toTimestamp>;

export const UNVERSIONED = '__unversioned__';

/** The name in both ways; workers without a version have the older one alone. */
interface BothNames {
  readonly version: string;
  readonly deploymentVersion?: WorkerVersion;
}

export const bothNames = (version: WorkerVersion | undefined): BothNames =>
  version === undefined ? { version: UNVERSIONED } : { version: legacyName(version), deploymentVersion: version };

const versionOfBuild = (deploymentName: string, buildId: string | undefined): WorkerVersion | undefined =>
  buildId ? { deploymentName, buildId } : undefined;

/** Under each name the moment it happened, where it did. */
function times<Name extends string>(named: Readonly<Record<Name, Instant | undefined>>): { readonly [Each in Name]?: Timestamp } {
  const entries = Object.entries<Instant | undefined>(named).flatMap(([name, at]) => (at === undefined ? [] : [[name, toTimestamp(at)]]));
  return Object.fromEntries(entries) as { readonly [Each in Name]?: Timestamp };
}

export function toRoutingConfig({ name, routing, revision }: DeploymentRecord): RoutingConfig {
  const current = bothNames(versionOfBuild(name, routing.current));
  const ramping = routing.ramping === undefined ? undefined : bothNames(versionOfBuild(name, routing.ramping));
  return {
    currentVersion: current.version,
    ...(current.deploymentVersion === undefined ? {} : { currentDeploymentVersion: current.deploymentVersion }),
    ...(ramping === undefined ? {} : { rampingVersion: ramping.version, rampingVersionPercentage: routing.rampingPercentage }),
    ...(ramping?.deploymentVersion === undefined ? {} : { rampingDeploymentVersion: ramping.deploymentVersion }),
    ...times({
      currentVersionChangedTime: routing.currentChangedAt,
      rampingVersionChangedTime: routing.rampingChangedAt,
      rampingVersionPercentageChangedTime: routing.percentageChangedAt,
    }),
    revisionNumber: toLong(revision),
  };
}

/** Of a queue, as its description says it. */
export function toQueueVersioning({ current, ramp, changedAt }: QueueRouting): temporal.api.taskqueue.v1.ITaskQueueVersioningInfo {
  const names = bothNames(current);
  const ramping = ramp === undefined ? undefined : bothNames(ramp.version);
  return {
    currentVersion: names.version,
    ...(names.deploymentVersion === undefined ? {} : { currentDeploymentVersion: names.deploymentVersion }),
    ...(ramping === undefined ? {} : { rampingVersion: ramping.version, rampingVersionPercentage: ramp?.percentage ?? 0 }),
    ...(ramping?.deploymentVersion === undefined ? {} : { rampingDeploymentVersion: ramping.deploymentVersion }),
    ...times({ updateTime: changedAt }),
  };
}

function statusOf(
  { routing }: DeploymentRecord,
  { buildId, drainage }: VersionRecord,
): temporal.api.enums.v1.WorkerDeploymentVersionStatus {
  if (routing.current === buildId) return Status.WORKER_DEPLOYMENT_VERSION_STATUS_CURRENT;
  if (routing.ramping === buildId) return Status.WORKER_DEPLOYMENT_VERSION_STATUS_RAMPING;
  if (drainage === undefined) return Status.WORKER_DEPLOYMENT_VERSION_STATUS_INACTIVE;
  return drainage.isDrained ? Status.WORKER_DEPLOYMENT_VERSION_STATUS_DRAINED : Status.WORKER_DEPLOYMENT_VERSION_STATUS_DRAINING;
}

const toDrainage = ({ isDrained, changedAt, checkedAt }: Drainage): temporal.api.deployment.v1.IVersionDrainageInfo => ({
  status: isDrained ? VersionDrainageStatus.VERSION_DRAINAGE_STATUS_DRAINED : VersionDrainageStatus.VERSION_DRAINAGE_STATUS_DRAINING,
  lastChangedTime: toTimestamp(changedAt),
  lastCheckedTime: toTimestamp(checkedAt),
});

/** What a version's summary and its own description have in common. */
function sharedInfo(record: DeploymentRecord, version: VersionRecord) {
  const drainageInfo = version.drainage && toDrainage(version.drainage);
  return {
    ...bothNames(version),
    deploymentVersion: { deploymentName: version.deploymentName, buildId: version.buildId },
    status: statusOf(record, version),
    createTime: toTimestamp(version.createdAt),
    ...times({
      currentSinceTime: version.currentSince,
      rampingSinceTime: version.rampingSince,
      firstActivationTime: version.firstActivatedAt,
      lastCurrentTime: version.lastCurrentAt,
      lastDeactivationTime: version.lastDeactivatedAt,
    }),
    ...(drainageInfo === undefined ? {} : { drainageInfo }),
  };
}

export function toSummary(record: DeploymentRecord, version: VersionRecord): Summary {
  const shared = sharedInfo(record, version);
  return {
    ...shared,
    drainageStatus: shared.drainageInfo?.status ?? 0,
    ...times({ routingUpdateTime: version.routingChangedAt }),
  };
}

export function toVersionInfo(record: DeploymentRecord, version: VersionRecord): VersionInfo {
  const isRamping = record.routing.ramping === version.buildId;
  return {
    ...sharedInfo(record, version),
    deploymentName: version.deploymentName,
    ...times({ routingChangedTime: version.routingChangedAt }),
    rampPercentage: isRamping ? record.routing.rampingPercentage : 0,
    taskQueueInfos: version.taskQueues.map(({ kind, name }) => ({ name, type: queueTypeOf(kind) })),
    metadata: { entries: toMetadata(version) },
    lastModifierIdentity: version.lastModifier,
  };
}

export const queueTypeOf = (kind: 'workflow' | 'activity'): temporal.api.enums.v1.TaskQueueType =>
  kind === 'workflow' ? TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW : TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY;

export const toMetadata = ({ metadata }: VersionRecord): Record<string, temporal.api.common.v1.IPayload> =>
  Object.fromEntries(Object.entries(metadata).map(([name, bytes]) => [name, Payload.decode(Buffer.from(bytes, 'base64'))]));

/** Newest first. */
export const newestFirst = ({ versions }: Deployment): readonly VersionRecord[] =>
  [...versions.values()].sort((a, b) => b.createdAt - a.createdAt || (a.buildId < b.buildId ? -1 : 1));

export const toToken = ({ revision }: DeploymentRecord): Uint8Array => Buffer.from(String(revision));

/** Bytes that no description ever gave match no revision. */
export function fromToken(token: Uint8Array | null | undefined): number | undefined {
  if (!token?.length) return undefined;
  const text = Buffer.from(token).toString('utf8');
  return /^\d{1,15}$/.test(text) ? Number(text) : -1;
}
