import { toDuration } from '@tidemark/protocol/time';
import { z } from 'zod';
import { deadline, procedure } from '../procedure.ts';
import { activityInput, toRequest } from './activity-input.ts';

const DAY_MS = 86_400_000;

/** Begins again at attempt 1: at once where an attempt waits, otherwise once the one that runs has failed. */
export const reset = procedure
  .input(
    activityInput.extend({
      keepPaused: z.boolean().default(false),
      resetHeartbeat: z.boolean().default(false),
      /** Back to the timeouts and the retry policy that the workflow asked for. */
      restoreOptions: z.boolean().default(false),
      /** Begins at some moment within this time. */
      jitterMs: z.number().min(0).max(DAY_MS).default(0),
    }),
  )
  .mutation(async ({ ctx, input }): Promise<void> => {
    const { keepPaused, resetHeartbeat, restoreOptions, jitterMs } = input;
    await ctx.workflow.resetActivity(
      {
        ...toRequest(input),
        keepPaused,
        resetHeartbeat,
        restoreOriginalOptions: restoreOptions,
        ...(jitterMs > 0 ? { jitter: toDuration(jitterMs) } : {}),
      },
      deadline(),
    );
  });
