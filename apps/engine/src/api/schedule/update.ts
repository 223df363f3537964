import { randomUUID } from 'node:crypto';
import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import { z } from 'zod';
import { deadline, procedure } from '../procedure.ts';
import { scheduleInput, toSchedule } from './schedule-fields.ts';
import { scheduleIdInput } from './schedule-id.ts';

/** Changes what the form shows and keeps the rest. FAILED_PRECONDITION when somebody else changed the schedule since `token` was read. */
export const update = procedure
  .input(scheduleIdInput.extend({ schedule: scheduleInput, token: z.string().max(1000) }))
  .mutation(async ({ ctx, input }): Promise<void> => {
    const at = { namespace: input.namespace, scheduleId: input.id };
    const conflictToken = Buffer.from(input.token, 'base64url');
    const before = await ctx.workflow.describeSchedule(at, deadline());
    // Some servers take a change now and refuse it later, unheard.
    if (conflictToken.compare(before.conflictToken ?? new Uint8Array()) !== 0)
      throw new RpcError(StatusCode.FAILED_PRECONDITION, 'Somebody else changed this schedule since you opened it.');
    await ctx.workflow.updateSchedule(
      {
        ...at,
        schedule: toSchedule(input.schedule, before.schedule ?? {}),
        conflictToken,
        requestId: randomUUID(),
        identity: 'console',
      },
      deadline(),
    );
  });
