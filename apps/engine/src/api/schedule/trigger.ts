import { randomUUID } from 'node:crypto';
import { deadline, procedure } from '../procedure.ts';
import { OVERLAPS, overlapInput } from './schedule-fields.ts';
import { scheduleIdInput } from './schedule-id.ts';

/** Without an overlap policy the schedule's own holds. */
export const trigger = procedure
  .input(scheduleIdInput.extend({ overlap: overlapInput.nullable() }))
  .mutation(async ({ ctx, input }): Promise<void> => {
    await ctx.workflow.patchSchedule(
      {
        namespace: input.namespace,
        scheduleId: input.id,
        patch: { triggerImmediately: { overlapPolicy: input.overlap === null ? 0 : OVERLAPS[input.overlap] } },
        requestId: randomUUID(),
        identity: 'console',
      },
      deadline(),
    );
  });
