import { z } from 'zod';
import { deadline, namespaceInput, procedure } from '../procedure.ts';

export const remove = procedure
  .input(namespaceInput.extend({ name: z.string().min(1).max(255) }))
  .mutation(async ({ ctx, input }): Promise<void> => {
    await ctx.operator.removeSearchAttributes({ namespace: input.namespace, searchAttributes: [input.name] }, deadline());
  });
