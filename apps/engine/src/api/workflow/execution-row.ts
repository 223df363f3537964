import { fromTimestamp, toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { statusOf } from '../json/to-json.ts';

export interface ExecutionRow {
  readonly workflowId: string;
  readonly runId: string;
  readonly type: string;
  /** A status name of the protocol without its prefix: `Running`, `TimedOut`. */
  readonly status: string;
  readonly queue: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly closedAt: number | null;
  readonly events: number;
  readonly bytes: number;
  readonly parentId: string | null;
}

export function toExecutionRow(info: temporal.api.workflow.v1.IWorkflowExecutionInfo): ExecutionRow {
  return {
    workflowId: info.execution?.workflowId ?? '',
    runId: info.execution?.runId ?? '',
    type: info.type?.name ?? '',
    status: statusOf(info.status),
    queue: info.taskQueue ?? '',
    startedAt: fromTimestamp(info.startTime) ?? 0,
    closedAt: fromTimestamp(info.closeTime) ?? null,
    events: toNumber(info.historyLength),
    bytes: toNumber(info.historySizeBytes),
    parentId: info.parentExecution?.workflowId ?? null,
  };
}
