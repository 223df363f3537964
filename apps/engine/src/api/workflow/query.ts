import { api } from '@tidemark/protocol/api';
import { z } from 'zod';
import { decodePayload, encodePayloads } from '../json/payload.ts';
import { statusOf } from '../json/to-json.ts';
import { toWireJson } from '../json/to-wire-json.ts';
import type { Json } from '../model/json.ts';
import { argumentsInput, deadline, executionInput, procedure } from '../procedure.ts';

export const QUERY_MS = 15_000;

export interface QueryAnswer {
  readonly values: readonly Json[];
  /** The same as the wire has them, for those that are no JSON. */
  readonly payloads: readonly Json[];
  /** The run's status when it would not answer because it is closed; null when it did. */
  readonly rejected: string | null;
}

export const query = procedure
  .input(executionInput.extend({ name: z.string().trim().min(1, 'Which query?').max(1000), input: argumentsInput }))
  .mutation(async ({ ctx, input }): Promise<QueryAnswer> => {
    const encoded = encodePayloads(input.input);
    const response = await ctx.workflow.queryWorkflow(
      {
        namespace: input.namespace,
        execution: { workflowId: input.workflowId, runId: input.runId },
        query: { queryType: input.name, ...(encoded ? { queryArgs: encoded } : {}) },
      },
      deadline(QUERY_MS),
    );
    const payloads = response.queryResult?.payloads ?? [];
    return {
      values: payloads.map((one) => decodePayload(one)),
      payloads: payloads.map((one) => toWireJson(api.common.v1.Payload, one)),
      rejected: response.queryRejected ? statusOf(response.queryRejected.status) : null,
    };
  });
