import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import type { temporal } from '@tidemark/protocol/types';
import { z } from 'zod';
import { encodePayloads } from '../json/payload.ts';
import { argumentsInput, deadline, namespaceInput, procedure } from '../procedure.ts';

type Request = temporal.api.workflowservice.v1.IStartBatchOperationRequest;

const identity = 'console';
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

export const start = procedure
  .input(
    namespaceInput.extend({
      /** A list filter. An empty one would mean every run; the protocol does not take it. */
      query: z.string().trim().min(1, 'Which runs?').max(4000),
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
        visibilityQuery: input.query,
        reason: input.reason,
        ...(input.perSecond > 0 ? { maxOperationsPerSecond: input.perSecond } : {}),
        ...toOperation(input.operation),
      },
      deadline(),
    );
    return { jobId };
  });

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
