import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import { z } from 'zod';
import type { Json } from '../json/payload.ts';
import { decodePayload, encodePayloads } from '../json/payload.ts';
import { argumentsInput, deadline, executionInput, procedure } from '../procedure.ts';
import type { FailureRow } from '../run/event-row.ts';
import { toFailureRow } from '../run/event-row.ts';

const UPDATE_MS = 20_000;

export interface UpdateAnswer {
  readonly values: readonly Json[];
  readonly failure: FailureRow | null;
  /** The update was accepted but has not completed yet. */
  readonly isPending: boolean;
}

export const update = procedure
  .input(
    executionInput.extend({
      name: z.string().trim().min(1, 'Which update?').max(1000),
      input: argumentsInput,
      identity: z.string().max(255).default('console'),
    }),
  )
  .mutation(async ({ ctx, input }): Promise<UpdateAnswer> => {
    const encoded = encodePayloads(input.input);
    const response = await ctx.workflow.updateWorkflowExecution(
      {
        namespace: input.namespace,
        workflowExecution: { workflowId: input.workflowId, runId: input.runId },
        waitPolicy: {
          lifecycleStage: api.enums.v1.UpdateWorkflowExecutionLifecycleStage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED,
        },
        request: {
          meta: { updateId: randomUUID(), identity: input.identity },
          input: { name: input.name, ...(encoded ? { args: encoded } : {}) },
        },
      },
      deadline(UPDATE_MS),
    );
    return {
      values: (response.outcome?.success?.payloads ?? []).map((one) => decodePayload(one)),
      failure: toFailureRow(response.outcome?.failure) ?? null,
      isPending: !response.outcome,
    };
  });
