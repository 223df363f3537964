import { toDuration } from '@tidemark/protocol/time';
import { z } from 'zod';
import { deadline, procedure } from '../procedure.ts';
import { namespaceFields } from './namespace-fields.ts';

export const create = procedure
  .input(namespaceFields.extend({ name: z.string().trim().min(1, 'A namespace needs a name.').max(255) }))
  .mutation(async ({ ctx, input }): Promise<void> => {
    await ctx.workflow.registerNamespace(
      {
        namespace: input.name,
        description: input.description,
        ownerEmail: input.owner,
        workflowExecutionRetentionPeriod: toDuration(input.retentionMs),
        data: input.data,
      },
      deadline(),
    );
  });
