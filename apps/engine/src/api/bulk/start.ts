import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import type { temporal } from '@tidemark/protocol/types';
import { z } from 'zod';
import { encodePayloads } from '../json/payload.ts';
import { argumentsInput, deadline, namespaceInput, procedure } from '../procedure.ts';
import { filterInput, toListFilter } from '../workflow/list-filter.ts';

type Request = temporal.api.workflowservice.v1.IStartBatchOperationRequest;

const identity = 'console';
const RUNS_MAX = 1000;
const { ResetReapplyType } = api.enums.v1;

const operationInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('signal'), name: z.string().trim().min(1, 'Which signal?').max(1000), input: argumentsInput }),
  z.object({ kind: z.literal('cancel') }),
  z.object({ kind: z.literal('reset'), to: z.enum(['first', 'last']) }),
  z.object({ kind: z.literal('terminate') }),
  z.object({ kind: z.literal('delete') }),
]);

const targetInput = z.discriminatedUnion('kind', [
  /** Everything the list's filters let through. */
  z.object({ kind: z.literal('query'), filter: filterInput }),
  z.object({
    kind: z.literal('runs'),
    runs: z
      .array(z.object({ workflowId: z.string().min(1).max(1000), runId: z.string().min(1).max(255) }))
      .min(1, 'Which runs?')
      .max(RUNS_MAX),
  }),
]);

/** Begins one batch operation on the runs chosen in the list. */
export const start = procedure
  .input(
    namespaceInput.extend({
      target: targetInput,
      operation: operationInput,
      reason: z.string().trim().min(1, 'Why?').max(1000),
    }),
  )
  .mutation(async ({ ctx, input }): Promise<{ readonly jobId: string }> => {
    const jobId = randomUUID();
    await ctx.workflow.startBatchOperation(
      { namespace: input.namespace, jobId, reason: input.reason, ...toTarget(input.target), ...toOperation(input.operation) },
      deadline(),
    );
    return { jobId };
  });

/** The server refuses a batch without a query, so a list without filters cannot stand for every run there is. */
const toTarget = (target: z.infer<typeof targetInput>): Request =>
  target.kind === 'runs' ? { executions: target.runs } : { visibilityQuery: toListFilter(target.filter) };

function toOperation(operation: z.infer<typeof operationInput>): Request {
  switch (operation.kind) {
    case 'signal': {
      const encoded = encodePayloads(operation.input);
      return { signalOperation: { signal: operation.name, identity, ...(encoded ? { input: encoded } : {}) } };
    }
    case 'cancel':
      return { cancellationOperation: { identity } };
    case 'terminate':
      return { terminationOperation: { identity } };
    case 'delete':
      return { deletionOperation: { identity } };
    case 'reset': {
      const point = operation.to === 'first' ? { firstWorkflowTask: {} } : { lastWorkflowTask: {} };
      return {
        resetOperation: { identity, options: { ...point, resetReapplyType: ResetReapplyType.RESET_REAPPLY_TYPE_ALL_ELIGIBLE } },
      };
    }
  }
}
