import { deadline, procedure } from '../procedure.ts';
import { scheduleIdInput } from './schedule-id.ts';

/** Its runs stay. */
export const remove = procedure.input(scheduleIdInput).mutation(async ({ ctx, input }): Promise<void> => {
  await ctx.workflow.deleteSchedule({ namespace: input.namespace, scheduleId: input.id, identity: 'console' }, deadline());
});
