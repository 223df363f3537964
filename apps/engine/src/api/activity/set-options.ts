import { toDuration } from '@tidemark/protocol/time';
import { z } from 'zod';
import { deadline, procedure } from '../procedure.ts';
import { activityInput, toRequest } from './activity-input.ts';

const YEAR_MS = 365 * 86_400_000;
/** Milliseconds; 0 for none. */
const span = z.number().min(0).max(YEAR_MS).optional();

/** What is not given stays as it is. */
const options = z.object({
  taskQueue: z.string().trim().min(1, 'Which task queue?').max(1000).optional(),
  scheduleToCloseMs: span,
  scheduleToStartMs: span,
  startToCloseMs: span,
  heartbeatMs: span,
  initialIntervalMs: span,
  maximumIntervalMs: span,
  backoffCoefficient: z.number().min(1, 'The back-off can only grow: at least 1.').max(1000).optional(),
  /** 0: no maximum. */
  maximumAttempts: z.number().int().min(0).max(2_147_483_647).optional(),
});

/** Changes how the activity is tried from now on: only the fields that are given, by the protocol's field mask. */
export const setOptions = procedure
  .input(activityInput.extend({ options, restore: z.boolean().default(false) }))
  .mutation(async ({ ctx, input }): Promise<void> => {
    const request = toRequest(input);
    if (input.restore) {
      await ctx.workflow.updateActivityOptions({ ...request, restoreOriginal: true }, deadline());
      return;
    }
    const { taskQueue, backoffCoefficient, maximumAttempts, ...spans } = input.options;
    const paths: string[] = [];
    const take = <Value>(path: string, value: Value | undefined): Value | undefined => {
      if (value !== undefined) paths.push(path);
      return value;
    };
    const duration = (path: string, ms: number | undefined) => {
      const value = take(path, ms);
      return value === undefined ? null : toDuration(value);
    };
    const activityOptions = {
      taskQueue: take('task_queue.name', taskQueue) === undefined ? null : { name: taskQueue ?? '' },
      scheduleToCloseTimeout: duration('schedule_to_close_timeout', spans.scheduleToCloseMs),
      scheduleToStartTimeout: duration('schedule_to_start_timeout', spans.scheduleToStartMs),
      startToCloseTimeout: duration('start_to_close_timeout', spans.startToCloseMs),
      heartbeatTimeout: duration('heartbeat_timeout', spans.heartbeatMs),
      retryPolicy: {
        initialInterval: duration('retry_policy.initial_interval', spans.initialIntervalMs),
        maximumInterval: duration('retry_policy.maximum_interval', spans.maximumIntervalMs),
        backoffCoefficient: take('retry_policy.backoff_coefficient', backoffCoefficient) ?? 0,
        maximumAttempts: take('retry_policy.maximum_attempts', maximumAttempts) ?? 0,
      },
    };
    await ctx.workflow.updateActivityOptions({ ...request, activityOptions, updateMask: { paths } }, deadline());
  });
