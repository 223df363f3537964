import { fromTimestamp, toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { PayloadConverter } from '../converter/payload.ts';

export type WorkflowStatus =
  | 'UNSPECIFIED'
  | 'RUNNING'
  | 'COMPLETED'
  | 'FAILED'
  | 'CANCELED'
  | 'TERMINATED'
  | 'CONTINUED_AS_NEW'
  | 'TIMED_OUT'
  | 'PAUSED';

export interface WorkflowExecutionInfo {
  readonly workflowId: string;
  readonly runId: string;
  readonly type: string;
  readonly taskQueue: string;
  readonly status: WorkflowStatus;
  readonly startTime: Date;
  readonly closeTime?: Date;
  readonly historyLength: number;
  readonly memo: Readonly<Record<string, unknown>>;
  readonly searchAttributes: Readonly<Record<string, unknown>>;
  readonly parent?: { readonly workflowId: string; readonly runId: string };
}

// By the numbers the protocol gives them.
const statuses: readonly WorkflowStatus[] = [
  'UNSPECIFIED',
  'RUNNING',
  'COMPLETED',
  'FAILED',
  'CANCELED',
  'TERMINATED',
  'CONTINUED_AS_NEW',
  'TIMED_OUT',
  'PAUSED',
];

export function toInfo(converter: PayloadConverter, info: temporal.api.workflow.v1.IWorkflowExecutionInfo): WorkflowExecutionInfo {
  const closeTime = fromTimestamp(info.closeTime);
  const parent = info.parentExecution;
  const decoded = (fields: Readonly<Record<string, Parameters<PayloadConverter['fromPayload']>[0]>> | null | undefined) =>
    Object.fromEntries(Object.entries(fields ?? {}).map(([key, payload]) => [key, converter.fromPayload(payload)]));
  return {
    workflowId: info.execution?.workflowId ?? '',
    runId: info.execution?.runId ?? '',
    type: info.type?.name ?? '',
    taskQueue: info.taskQueue ?? '',
    status: statuses[info.status ?? 0] ?? 'UNSPECIFIED',
    startTime: new Date(fromTimestamp(info.startTime) ?? 0),
    ...(closeTime === undefined ? {} : { closeTime: new Date(closeTime) }),
    historyLength: toNumber(info.historyLength),
    memo: decoded(info.memo?.fields),
    searchAttributes: decoded(info.searchAttributes?.indexedFields),
    ...(parent?.workflowId ? { parent: { workflowId: parent.workflowId, runId: parent.runId ?? '' } } : {}),
  };
}
