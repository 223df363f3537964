/** Worker deployments as the console shows them, from what any server of the protocol says. */
import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import { fromTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { hasCode } from '../procedure.ts';

const { WorkerDeploymentVersionStatus } = api.enums.v1;
type Info = temporal.api.deployment.v1.IWorkerDeploymentInfo;
type Summary = temporal.api.deployment.v1.WorkerDeploymentInfo.IWorkerDeploymentVersionSummary;

export type VersionStatus = 'Inactive' | 'Current' | 'Ramping' | 'Draining' | 'Drained';
const names: Readonly<Record<string, VersionStatus>> = {
  CURRENT: 'Current',
  RAMPING: 'Ramping',
  DRAINING: 'Draining',
  DRAINED: 'Drained',
};

export interface RoutingRow {
  /** Null while new work goes to workers without a version. */
  readonly current: string | null;
  /** The build is null where the share goes to workers without a version. */
  readonly ramp: { readonly build: string | null; readonly percentage: number } | null;
}

export interface SummaryRow {
  readonly build: string;
  readonly status: VersionStatus;
  readonly createdAt: number | null;
  /** When it came to its status. */
  readonly since: number | null;
}

export function toRouting(routing: temporal.api.deployment.v1.IRoutingConfig | null | undefined): RoutingRow {
  const build = routing?.rampingDeploymentVersion?.buildId ?? null;
  const isRamping = build !== null || (routing?.rampingVersionPercentage ?? 0) > 0;
  return {
    current: routing?.currentDeploymentVersion?.buildId ?? null,
    ramp: isRamping ? { build, percentage: routing?.rampingVersionPercentage ?? 0 } : null,
  };
}

export function toSummaries({ versionSummaries }: Info): readonly SummaryRow[] {
  return (versionSummaries ?? []).map((summary) => ({
    build: summary.deploymentVersion?.buildId ?? '',
    status: statusOf(summary),
    createdAt: fromTimestamp(summary.createTime) ?? null,
    since:
      fromTimestamp(summary.currentSinceTime) ??
      fromTimestamp(summary.rampingSinceTime) ??
      fromTimestamp(summary.drainageInfo?.lastChangedTime) ??
      fromTimestamp(summary.createTime) ??
      null,
  }));
}

const statusOf = ({ status }: Summary): VersionStatus =>
  names[(WorkerDeploymentVersionStatus[status ?? 0] ?? '').replace('WORKER_DEPLOYMENT_VERSION_STATUS_', '')] ?? 'Inactive';

/** What a server without deployments, or one that keeps them from this caller, answers. */
export const hasNoDeployments = (error: unknown): boolean => hasCode(error, StatusCode.UNIMPLEMENTED, StatusCode.PERMISSION_DENIED);
