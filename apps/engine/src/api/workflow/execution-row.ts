import { fromTimestamp, toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { decodePayload } from '../json/payload.ts';
import { statusOf } from '../json/to-json.ts';
import type { ExecutionRow } from '../model/execution-row.ts';

const FIELD_BYTES_MAX = 2048;

export function toExecutionRow(info: temporal.api.workflow.v1.IWorkflowExecutionInfo, fields: readonly string[] = []): ExecutionRow {
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
    fields: Object.fromEntries(
      fields.flatMap((field) => {
        const payload = payloadOf(info, field);
        return payload === undefined ? [] : [[field, decodePayload(payload, FIELD_BYTES_MAX)] as const];
      }),
    ),
  };
}

function payloadOf(info: temporal.api.workflow.v1.IWorkflowExecutionInfo, field: string): temporal.api.common.v1.IPayload | undefined {
  const name = field.slice(field.indexOf(':') + 1);
  const all = (field.startsWith('attr:') ? info.searchAttributes?.indexedFields : info.memo?.fields) ?? {};
  return Object.hasOwn(all, name) ? all[name] : undefined;
}
