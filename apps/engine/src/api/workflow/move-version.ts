import { api } from '@tidemark/protocol/api';
import { z } from 'zod';
import { deadline, executionInput, procedure } from '../procedure.ts';

const { PINNED_OVERRIDE_BEHAVIOR_PINNED } = api.workflow.v1.VersioningOverride.PinnedOverrideBehavior;

const input = executionInput.extend({
  /** The version the run is bound to from now on; without one it goes wherever new work goes. */
  to: z.object({ deploymentName: z.string().min(1).max(1000), buildId: z.string().min(1).max(1000) }).optional(),
  identity: z.string().max(255).default('console'),
});

/** Takes a run out of the version it is pinned to. */
export const moveVersion = procedure
  .input(input)
  .mutation(async ({ ctx, input: { namespace, workflowId, runId, to, identity } }): Promise<void> => {
    const versioningOverride =
      to === undefined ? { autoUpgrade: true } : { pinned: { behavior: PINNED_OVERRIDE_BEHAVIOR_PINNED, version: to } };
    await ctx.workflow.updateWorkflowExecutionOptions(
      {
        namespace,
        workflowExecution: { workflowId, runId },
        workflowExecutionOptions: { versioningOverride },
        updateMask: { paths: ['versioning_override'] },
        identity,
      },
      deadline(),
    );
  });
