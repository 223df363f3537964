import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import type { temporal } from '@tidemark/protocol/types';
import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { encodePayloads } from '../json/payload.ts';
import { argumentsInput, deadline, namespaceInput, procedure } from '../procedure.ts';
import { filterInput, toListFilter } from '../workflow/list-filter.ts';

type Request = temporal.api.workflowservice.v1.IStartBatchOperationRequest;

const identity = 'console';
const RUNS_MAX = 1000;
const { ResetReapplyType } = api.enums.v1;

const operationInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('terminate') }),
  z.object({ kind: z.literal('cancel') }),
  z.object({ kind: z.literal('delete') }),
  z.object({ kind: z.literal('signal'), name: z.string().trim().min(1, 'Which signal?').max(1000), input: argumentsInput }),
  z.object({
    kind: z.literal('reset'),
    to: z.enum(['first', 'last']),
    /** Signals and updates that came after the point of the reset are given to the new run too. */
    keepsMessages: z.boolean(),
  }),
]);
type Operation = z.infer<typeof operationInput>;

const targetInput = z.discriminatedUnion('kind', [
  /** Everything the list's filters let through. An empty filter would mean every run; the protocol does not take it. */
  z.object({ kind: z.literal('filter'), filter: filterInput }),
  z.object({
    kind: z.literal('runs'),
    runs: z
      .array(z.object({ workflowId: z.string().min(1).max(1000), runId: z.string().min(1).max(255) }))
      .min(1, 'Which runs?')
      .max(RUNS_MAX),
  }),
]);

/** Begins one batch operation, by a filter or on runs that are named. */
export const start = procedure
  .input(
    namespaceInput.extend({
      target: targetInput,
      reason: z.string().trim().min(1, 'Why?').max(1000),
      operation: operationInput,
      /** 0 takes the server's own pace. */
      perSecond: z.number().min(0).max(10_000).default(0),
    }),
  )
  .mutation(async ({ ctx, input }): Promise<{ readonly jobId: string }> => {
    const jobId = randomUUID();
    await ctx.workflow.startBatchOperation(
      {
        namespace: input.namespace,
        jobId,
        reason: input.reason,
        ...toTarget(input.target),
        ...(input.perSecond > 0 ? { maxOperationsPerSecond: input.perSecond } : {}),
        ...toOperation(input.operation),
      },
      deadline(),
    );
    return { jobId };
  });

function toTarget(target: z.infer<typeof targetInput>): Request {
  if (target.kind === 'runs') return { executions: target.runs };
  const visibilityQuery = toListFilter(target.filter);
  if (visibilityQuery === '') throw new TRPCError({ code: 'BAD_REQUEST', message: 'Which runs?' });
  return { visibilityQuery };
}

function toOperation(operation: Operation): Request {
  switch (operation.kind) {
    case 'terminate':
      return { terminationOperation: { identity } };
    case 'cancel':
      return { cancellationOperation: { identity } };
    case 'delete':
      return { deletionOperation: { identity } };
    case 'signal': {
      const encoded = encodePayloads(operation.input);
      return { signalOperation: { signal: operation.name, identity, ...(encoded ? { input: encoded } : {}) } };
    }
    case 'reset':
      return {
        resetOperation: {
          identity,
          options: {
            ...(operation.to === 'first' ? { firstWorkflowTask: {} } : { lastWorkflowTask: {} }),
            resetReapplyType: operation.keepsMessages
              ? ResetReapplyType.RESET_REAPPLY_TYPE_ALL_ELIGIBLE
              : ResetReapplyType.RESET_REAPPLY_TYPE_NONE,
          },
        },
      };
  }
}
