import { deadline, namespaceInput, procedure } from '../procedure.ts';
import { hasNoDeployments } from './read-deployment.ts';

/** Whether there is any, for what leads to them. */
export const any = procedure.input(namespaceInput).query(async ({ ctx, input: { namespace } }): Promise<boolean> => {
  try {
    const { workerDeployments } = await ctx.workflow.listWorkerDeployments({ namespace, pageSize: 1 }, deadline());
    return workerDeployments.length > 0;
  } catch (error) {
    if (hasNoDeployments(error)) return false;
    throw error;
  }
});
