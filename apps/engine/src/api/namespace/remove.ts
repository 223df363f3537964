import { deadline, namespaceInput, procedure } from '../procedure.ts';

/** The name is free at once; its runs and schedules are taken away soon after. */
export const remove = procedure.input(namespaceInput).mutation(async ({ ctx, input }): Promise<void> => {
  await ctx.operator.deleteNamespace({ namespace: input.namespace }, deadline());
});
