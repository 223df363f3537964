import { fromTimestamp, toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { decodePayload } from '../json/payload.ts';
import { statusOf } from '../json/to-json.ts';
import type { ExecutionRow } from '../model/execution-row.ts';
import type { Json } from '../model/json.ts';
import { valueAt } from '../model/json-path.ts';
import { maskAt } from '../model/secrets.ts';
import { shortValue } from './short-value.ts';

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
        const value = valueOf(info, field);
        return value === undefined ? [] : [[field, value] as const];
      }),
    ),
  };
}

/** A field by its name; where none is called so, what stands below the field that the path begins with. */
function valueOf(info: temporal.api.workflow.v1.IWorkflowExecutionInfo, field: string): Json | undefined {
  const name = field.slice(field.indexOf(':') + 1);
  const all = (field.startsWith('attr:') ? info.searchAttributes?.indexedFields : info.memo?.fields) ?? {};
  const payloadOf = (key: string) => (Object.hasOwn(all, key) ? all[key] : undefined);
  const whole = payloadOf(name);
  // Nothing in a list says who reads it.
  if (whole !== undefined) return maskAt(name, decodePayload(whole, FIELD_BYTES_MAX)) as Json;
  for (let at = name.search(/[.[]/); at > 0; at = nextStep(name, at)) {
    const payload = payloadOf(name.slice(0, at));
    const value = payload === undefined ? undefined : valueAt(decodePayload(payload), name.slice(at));
    if (value !== undefined) return shortValue(maskAt(name, value) as Json);
  }
  return undefined;
}

/** Where the next step of a path begins; -1 after the last. Names may have dots in them, so each is tried. */
function nextStep(path: string, at: number): number {
  const next = path.slice(at + 1).search(/[.[]/);
  return next < 0 ? -1 : at + 1 + next;
}
