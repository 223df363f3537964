/** One pending activity, as every command on it names it. */
import { z } from 'zod';
import { executionInput } from '../procedure.ts';

export const activityInput = executionInput.extend({ activityId: z.string().min(1).max(1000) });
export type ActivityInput = z.output<typeof activityInput>;

export const identity = 'console';

export const toRequest = ({ namespace, workflowId, runId, activityId }: ActivityInput) => ({
  namespace,
  execution: { workflowId, runId },
  id: activityId,
  identity,
});

/** The calls of workers name it in another way. */
export const toWorkerRequest = ({ namespace, workflowId, runId, activityId }: ActivityInput) => ({
  namespace,
  workflowId,
  runId,
  activityId,
  identity,
});
