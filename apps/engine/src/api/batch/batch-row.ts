import { api } from '@tidemark/protocol/api';
import { fromTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { z } from 'zod';
import { enumNames } from '../json/to-json.ts';
import { namespaceInput } from '../procedure.ts';

const states = enumNames(api.enums.v1.BatchOperationState, 'BATCH_OPERATION_STATE_');
const types = enumNames(api.enums.v1.BatchOperationType, 'BATCH_OPERATION_TYPE_');

export interface BatchRow {
  readonly jobId: string;
  /** `Running`, `Completed` or `Failed`. */
  readonly state: string;
  /** What it does to each run, in the protocol's words: `Terminate`, `UpdateExecutionOptions`. Empty where the server does not say. */
  readonly type: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly closedAt: number | null;
}

export function toBatchRow(info: temporal.api.batch.v1.IBatchOperationInfo): BatchRow {
  return {
    jobId: info.jobId ?? '',
    state: states.get(info.state ?? 0) ?? 'Unspecified',
    type: info.operationType ? (types.get(info.operationType) ?? '') : '',
    startedAt: fromTimestamp(info.startTime) ?? 0,
    closedAt: fromTimestamp(info.closeTime) ?? null,
  };
}

export const batchIdInput = namespaceInput.extend({ jobId: z.string().min(1).max(1000) });
