import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import type { temporal } from '@tidemark/protocol/types';
import { decodePayload, encodePayloads } from '../json/payload.ts';
import { toWireJson } from '../json/to-wire-json.ts';
import type { FailureRow } from '../model/event-row.ts';
import type { Json } from '../model/json.ts';
import { toFailureRow } from '../run/event-row.ts';

type UpdateRequest = temporal.api.workflowservice.v1.IUpdateWorkflowExecutionRequest;
type UpdateResponse = temporal.api.workflowservice.v1.IUpdateWorkflowExecutionResponse;

const stages = api.enums.v1.UpdateWorkflowExecutionLifecycleStage;
const STAGE = {
  accepted: stages.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ACCEPTED,
  completed: stages.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED,
} as const;

export interface UpdateAnswer {
  readonly updateId: string;
  readonly values: readonly Json[];
  /** The same as the wire has them, for those that are no JSON. */
  readonly payloads: readonly Json[];
  readonly failure: FailureRow | null;
  /** It has no outcome yet: it was accepted, or not even that. */
  readonly isPending: boolean;
  readonly isAccepted: boolean;
}

interface Update {
  readonly namespace: string;
  readonly workflowId: string;
  readonly runId?: string;
  readonly name: string;
  readonly input: readonly Json[];
  readonly updateId: string;
  readonly waitFor: keyof typeof STAGE;
  readonly identity: string;
}

export function toUpdateRequest(update: Update): UpdateRequest {
  const encoded = encodePayloads(update.input);
  return {
    namespace: update.namespace,
    workflowExecution: { workflowId: update.workflowId, ...(update.runId ? { runId: update.runId } : {}) },
    waitPolicy: { lifecycleStage: STAGE[update.waitFor] },
    request: {
      meta: { updateId: update.updateId || randomUUID(), identity: update.identity },
      input: { name: update.name, ...(encoded ? { args: encoded } : {}) },
    },
  };
}

export function toUpdateAnswer(response: UpdateResponse): UpdateAnswer {
  const payloads = response.outcome?.success?.payloads ?? [];
  return {
    updateId: response.updateRef?.updateId ?? '',
    values: payloads.map((one) => decodePayload(one)),
    payloads: payloads.map((one) => toWireJson(api.common.v1.Payload, one)),
    failure: toFailureRow(response.outcome?.failure) ?? null,
    isPending: !response.outcome,
    isAccepted: (response.stage ?? 0) >= STAGE.accepted,
  };
}
