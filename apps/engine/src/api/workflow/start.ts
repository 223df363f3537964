import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import { toDuration } from '@tidemark/protocol/time';
import { z } from 'zod';
import { encodePayload, encodePayloads } from '../json/payload.ts';
import { argumentsInput, deadline, namespaceInput, procedure } from '../procedure.ts';

const reuse = api.enums.v1.WorkflowIdReusePolicy;
const conflict = api.enums.v1.WorkflowIdConflictPolicy;
const whenOpen = {
  refuse: conflict.WORKFLOW_ID_CONFLICT_POLICY_FAIL,
  use: conflict.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
  terminate: conflict.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING,
} as const;
const whenClosed = {
  allow: reuse.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
  failed: reuse.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY,
  refuse: reuse.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
} as const;

const timeout = z.number().min(0).max(3.2e12).default(0);

export const start = procedure
  .input(
    namespaceInput.extend({
      workflowId: z.string().trim().min(1, 'A run needs a workflow id.').max(1000),
      type: z.string().trim().min(1, 'Which workflow?').max(1000),
      queue: z.string().trim().min(1, 'On which task queue do its workers poll?').max(1000),
      input: argumentsInput,
      whenOpen: z.enum(['refuse', 'use', 'terminate']).default('refuse'),
      whenClosed: z.enum(['allow', 'failed', 'refuse']).default('allow'),
      executionTimeoutMs: timeout,
      runTimeoutMs: timeout,
      startDelayMs: timeout,
      summary: z.string().max(200).default(''),
      memo: z.record(z.string(), z.json()).default({}),
      identity: z.string().max(255).default('console'),
    }),
  )
  .mutation(async ({ ctx, input }): Promise<{ readonly runId: string; readonly isNew: boolean }> => {
    const encoded = encodePayloads(input.input);
    const response = await ctx.workflow.startWorkflowExecution(
      {
        namespace: input.namespace,
        workflowId: input.workflowId,
        workflowType: { name: input.type },
        taskQueue: { name: input.queue },
        requestId: randomUUID(),
        identity: input.identity,
        workflowIdConflictPolicy: whenOpen[input.whenOpen],
        workflowIdReusePolicy: whenClosed[input.whenClosed],
        ...(encoded ? { input: encoded } : {}),
        ...(input.executionTimeoutMs ? { workflowExecutionTimeout: toDuration(input.executionTimeoutMs) } : {}),
        ...(input.runTimeoutMs ? { workflowRunTimeout: toDuration(input.runTimeoutMs) } : {}),
        ...(input.startDelayMs ? { workflowStartDelay: toDuration(input.startDelayMs) } : {}),
        ...(input.summary ? { userMetadata: { summary: encodePayload(input.summary) } } : {}),
        ...(Object.keys(input.memo).length > 0
          ? { memo: { fields: Object.fromEntries(Object.entries(input.memo).map(([key, value]) => [key, encodePayload(value)])) } }
          : {}),
      },
      deadline(),
    );
    return { runId: response.runId, isNew: response.started };
  });
