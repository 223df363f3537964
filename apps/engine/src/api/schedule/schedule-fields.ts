/** What a form of a schedule holds beside its times, and the message it becomes. */
import { api } from '@tidemark/protocol/api';
import { toDuration, toLong } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { z } from 'zod';
import { encodePayloads } from '../json/payload.ts';
import { argumentsInput } from '../procedure.ts';
import { fromSpecFields, specInput } from './spec-fields.ts';

type Schedule = temporal.api.schedule.v1.ISchedule;

const { ScheduleOverlapPolicy } = api.enums.v1;
export const OVERLAPS = {
  Skip: ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP,
  BufferOne: ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_BUFFER_ONE,
  BufferAll: ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_BUFFER_ALL,
  CancelOther: ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_CANCEL_OTHER,
  TerminateOther: ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_TERMINATE_OTHER,
  AllowAll: ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL,
} as const;
export type Overlap = keyof typeof OVERLAPS;
export const OVERLAP_NAMES = ['Skip', 'BufferOne', 'BufferAll', 'CancelOther', 'TerminateOther', 'AllowAll'] as const;
export const overlapInput = z.enum(OVERLAP_NAMES);
export const overlapOf = (value: number | null | undefined): Overlap => OVERLAP_NAMES.find((name) => OVERLAPS[name] === value) ?? 'Skip';

const timeout = z.number().min(0).max(3.2e12).default(0);

export const scheduleInput = z.object({
  spec: specInput,
  type: z.string().trim().min(1, 'Which workflow?').max(1000),
  workflowId: z.string().trim().min(1, 'Its runs need an id.').max(1000),
  queue: z.string().trim().min(1, 'On which task queue do its workers poll?').max(1000),
  /** Null keeps the input that is stored: one that cannot be shown cannot be edited either. */
  input: argumentsInput.nullable(),
  executionTimeoutMs: timeout,
  runTimeoutMs: timeout,
  taskTimeoutMs: timeout,
  overlap: overlapInput,
  /** 0 takes the server's own. */
  catchupMs: timeout,
  pauseOnFailure: z.boolean(),
  notes: z.string().max(2000),
  isPaused: z.boolean(),
  /** How many actions are left; null is any number. */
  remaining: z.number().int().min(0).nullable(),
});
export type ScheduleInput = z.infer<typeof scheduleInput>;

/** What the form does not show (retry policy, header, priority, memo of the runs, …) stays as it was `before`. */
export function toSchedule(input: ScheduleInput, before: Schedule = {}): Schedule {
  const old = before.action?.startWorkflow ?? {};
  const { workflowExecutionTimeout: _execution, workflowRunTimeout: _run, workflowTaskTimeout: _task, input: oldInput, ...kept } = old;
  const encoded = input.input === null ? oldInput : encodePayloads(input.input);
  return {
    spec: fromSpecFields(input.spec),
    action: {
      startWorkflow: {
        ...kept,
        workflowId: input.workflowId,
        workflowType: { name: input.type },
        taskQueue: { name: input.queue },
        ...(encoded ? { input: encoded } : {}),
        ...(input.executionTimeoutMs ? { workflowExecutionTimeout: toDuration(input.executionTimeoutMs) } : {}),
        ...(input.runTimeoutMs ? { workflowRunTimeout: toDuration(input.runTimeoutMs) } : {}),
        ...(input.taskTimeoutMs ? { workflowTaskTimeout: toDuration(input.taskTimeoutMs) } : {}),
      },
    },
    policies: {
      ...(before.policies?.keepOriginalWorkflowId ? { keepOriginalWorkflowId: true } : {}),
      overlapPolicy: OVERLAPS[input.overlap],
      pauseOnFailure: input.pauseOnFailure,
      ...(input.catchupMs ? { catchupWindow: toDuration(input.catchupMs) } : {}),
    },
    state: {
      notes: input.notes,
      paused: input.isPaused,
      limitedActions: input.remaining !== null,
      ...(input.remaining === null ? {} : { remainingActions: toLong(input.remaining) }),
    },
  };
}
