import { randomUUID } from 'node:crypto';
import { toTimestamp } from '@tidemark/protocol/time';
import { z } from 'zod';
import { deadline, procedure } from '../procedure.ts';
import { OVERLAPS, overlapInput } from './schedule-fields.ts';
import { scheduleIdInput } from './schedule-id.ts';

/** Does what the schedule would have done in the range, both ends of which belong to it; milliseconds since the epoch. */
export const backfill = procedure
  .input(scheduleIdInput.extend({ from: z.number(), to: z.number(), overlap: overlapInput.nullable() }))
  .mutation(async ({ ctx, input }): Promise<void> => {
    await ctx.workflow.patchSchedule(
      {
        namespace: input.namespace,
        scheduleId: input.id,
        patch: {
          backfillRequest: [
            {
              startTime: toTimestamp(input.from),
              endTime: toTimestamp(input.to),
              overlapPolicy: input.overlap === null ? 0 : OVERLAPS[input.overlap],
            },
          ],
        },
        requestId: randomUUID(),
        identity: 'console',
      },
      deadline(),
    );
  });
