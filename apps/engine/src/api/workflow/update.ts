import { z } from 'zod';
import { argumentsInput, deadline, executionInput, procedure } from '../procedure.ts';
import type { UpdateAnswer } from './update-request.ts';
import { toUpdateAnswer, toUpdateRequest } from './update-request.ts';

export const UPDATE_MS = 20_000;

export const update = procedure
  .input(
    executionInput.extend({
      name: z.string().trim().min(1, 'Which update?').max(1000),
      input: argumentsInput,
      updateId: z.string().max(1000).default(''),
      waitFor: z.enum(['accepted', 'completed']).default('completed'),
      identity: z.string().max(255).default('console'),
    }),
  )
  .mutation(
    async ({ ctx, input }): Promise<UpdateAnswer> =>
      toUpdateAnswer(await ctx.workflow.updateWorkflowExecution(toUpdateRequest(input), deadline(UPDATE_MS))),
  );
