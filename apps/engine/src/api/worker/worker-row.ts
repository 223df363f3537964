import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import { fromTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { enumNames } from '../json/to-json.ts';
import { hasCode } from '../procedure.ts';

const statuses = enumNames(api.enums.v1.WorkerStatus, 'WORKER_STATUS_');

export interface Slots {
  readonly used: number;
  readonly available: number;
  readonly processed: number;
  readonly failed: number;
}
export interface WorkerRow {
  readonly key: string;
  readonly identity: string;
  readonly queue: string;
  readonly status: string;
  readonly sdk: string;
  readonly build: string | null;
  readonly deployment: string | null;
  readonly host: string;
  readonly process: string;
  /** Fractions of one; null when the worker does not say. */
  readonly cpu: number | null;
  readonly memory: number | null;
  /** Milliseconds since the epoch. */
  readonly startedAt: number | null;
  readonly heartbeatAt: number | null;
  readonly workflowSlots: Slots | null;
  readonly activitySlots: Slots | null;
  readonly cached: number;
  readonly cacheHits: number;
  readonly cacheMisses: number;
}

export type Heartbeat = temporal.api.worker.v1.IWorkerHeartbeat;

export function toWorkerRow(beat: Heartbeat): WorkerRow {
  return {
    key: beat.workerInstanceKey ?? '',
    identity: beat.workerIdentity ?? '',
    queue: beat.taskQueue ?? '',
    status: statuses.get(beat.status ?? 0) ?? 'Unspecified',
    sdk: [beat.sdkName, beat.sdkVersion].filter(Boolean).join(' '),
    build: beat.deploymentVersion?.buildId || null,
    deployment: beat.deploymentVersion?.deploymentName || null,
    host: beat.hostInfo?.hostName ?? '',
    process: beat.hostInfo?.processId ?? '',
    cpu: beat.hostInfo?.currentHostCpuUsage ?? null,
    memory: beat.hostInfo?.currentHostMemUsage ?? null,
    startedAt: fromTimestamp(beat.startTime) ?? null,
    heartbeatAt: fromTimestamp(beat.heartbeatTime) ?? null,
    workflowSlots: toSlots(beat.workflowTaskSlotsInfo),
    activitySlots: toSlots(beat.activityTaskSlotsInfo),
    cached: beat.currentStickyCacheSize ?? 0,
    cacheHits: beat.totalStickyCacheHit ?? 0,
    cacheMisses: beat.totalStickyCacheMiss ?? 0,
  };
}

export function toSlots(slots: temporal.api.worker.v1.IWorkerSlotsInfo | null | undefined): Slots | null {
  if (!slots) return null;
  return {
    used: slots.currentUsedSlots ?? 0,
    available: slots.currentAvailableSlots ?? 0,
    processed: slots.totalProcessedTasks ?? 0,
    failed: slots.totalFailedTasks ?? 0,
  };
}

/** What a server without heartbeats, or one that keeps them from this caller, answers. */
export const keepsNoHeartbeats = (error: unknown): boolean =>
  hasCode(error, StatusCode.UNIMPLEMENTED, StatusCode.PERMISSION_DENIED, StatusCode.FAILED_PRECONDITION);
