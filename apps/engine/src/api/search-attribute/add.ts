import { z } from 'zod';
import { deadline, namespaceInput, procedure } from '../procedure.ts';
import { ATTRIBUTE_TYPE_NAMES, ATTRIBUTE_TYPES } from './attribute-types.ts';

export const add = procedure
  .input(
    namespaceInput.extend({ name: z.string().trim().min(1, 'An attribute needs a name.').max(255), type: z.enum(ATTRIBUTE_TYPE_NAMES) }),
  )
  .mutation(async ({ ctx, input }): Promise<void> => {
    await ctx.operator.addSearchAttributes(
      { namespace: input.namespace, searchAttributes: { [input.name]: ATTRIBUTE_TYPES[input.type] } },
      deadline(),
    );
  });
