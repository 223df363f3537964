import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import { toLong } from '@tidemark/protocol/time';
import { z } from 'zod';
import { deadline, executionInput, procedure } from '../procedure.ts';

const { ResetReapplyExcludeType: Exclude, ResetReapplyType } = api.enums.v1;

/** Begins a new run that shares the past of this one up to a workflow task, and ends this one where it is open. */
export const reset = procedure
  .input(
    executionInput.extend({
      runId: z.string().min(1, 'Which run?').max(255),
      /** The event that ended the workflow task which is done again. */
      taskFinishEventId: z.number().int().min(2, 'Which workflow task?'),
      reason: z.string().max(1000).default(''),
      /** Messages that came after the point are given to the new run too. */
      keepsSignals: z.boolean().default(true),
      keepsUpdates: z.boolean().default(true),
      identity: z.string().max(255).default('console'),
    }),
  )
  .mutation(async ({ ctx, input }): Promise<{ readonly runId: string }> => {
    const { runId } = await ctx.workflow.resetWorkflowExecution(
      {
        namespace: input.namespace,
        workflowExecution: { workflowId: input.workflowId, runId: input.runId },
        requestId: randomUUID(),
        reason: input.reason,
        workflowTaskFinishEventId: toLong(input.taskFinishEventId),
        resetReapplyType: ResetReapplyType.RESET_REAPPLY_TYPE_ALL_ELIGIBLE,
        // Who asks for a run to go on does not want it canceled by what was asked of it before.
        resetReapplyExcludeTypes: [
          Exclude.RESET_REAPPLY_EXCLUDE_TYPE_CANCEL_REQUEST,
          ...(input.keepsSignals ? [] : [Exclude.RESET_REAPPLY_EXCLUDE_TYPE_SIGNAL]),
          ...(input.keepsUpdates ? [] : [Exclude.RESET_REAPPLY_EXCLUDE_TYPE_UPDATE]),
        ],
        identity: input.identity,
      },
      deadline(),
    );
    return { runId };
  });
