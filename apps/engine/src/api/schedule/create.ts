import { randomUUID } from 'node:crypto';
import { deadline, procedure } from '../procedure.ts';
import { scheduleInput, toSchedule } from './schedule-fields.ts';
import { scheduleIdInput } from './schedule-id.ts';

export const create = procedure
  .input(scheduleIdInput.extend({ schedule: scheduleInput }))
  .mutation(async ({ ctx, input }): Promise<void> => {
    await ctx.workflow.createSchedule(
      {
        namespace: input.namespace,
        scheduleId: input.id,
        schedule: toSchedule(input.schedule),
        requestId: randomUUID(),
        identity: 'console',
      },
      deadline(),
    );
  });
