import { z } from 'zod';
import { deadline, namespaceInput, procedure } from '../procedure.ts';

const input = namespaceInput.extend({
  name: z.string().min(1).max(1000),
  /** Empty for workers without a version. */
  build: z.string().max(1000),
  /** Of the description it follows, in base64. */
  token: z.string().max(1000),
  /** Queues of the current version that this one does not poll are left to workers without a version. */
  ignoresMissingQueues: z.boolean().default(false),
  reason: z.string().trim().min(1, 'Why?').max(1000),
});

const common = ({ namespace, name, build, token, ignoresMissingQueues }: z.infer<typeof input>) => ({
  namespace,
  deploymentName: name,
  buildId: build,
  conflictToken: Buffer.from(token, 'base64'),
  ignoreMissingTaskQueues: ignoresMissingQueues,
  identity: 'console',
});

/** Where new work goes from now on. */
export const setCurrent = procedure.input(input).mutation(async ({ ctx, input: asked }): Promise<void> => {
  await ctx.workflow.setWorkerDeploymentCurrentVersion(common(asked), deadline());
});

/** A share of the workflows goes to another version; a share of 0 to no version ends the ramp. */
export const setRamp = procedure
  .input(input.extend({ percentage: z.number().min(0).max(100) }))
  .mutation(async ({ ctx, input: { percentage, ...asked } }): Promise<void> => {
    await ctx.workflow.setWorkerDeploymentRampingVersion({ ...common(asked), percentage }, deadline());
  });

/** Refused by the server while work goes to it, while it drains, and while anybody polls for it. */
export const removeVersion = procedure
  .input(
    namespaceInput.extend({
      name: z.string().min(1).max(1000),
      build: z.string().min(1).max(1000),
      reason: z.string().trim().min(1).max(1000),
    }),
  )
  .mutation(async ({ ctx, input: { namespace, name, build } }): Promise<void> => {
    const deploymentVersion = { deploymentName: name, buildId: build };
    await ctx.workflow.deleteWorkerDeploymentVersion({ namespace, deploymentVersion, identity: 'console' }, deadline());
  });
