import { fromTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { statusOf } from '../json/to-json.ts';
import type { SpecFields } from './spec-fields.ts';
import { toSpecFields } from './spec-fields.ts';

export interface RecentAction {
  /** Milliseconds since the epoch: the time of the schedule, and when the run was really started. */
  readonly scheduledAt: number;
  readonly startedAt: number;
  readonly workflowId: string;
  readonly runId: string;
  /** A status name of the protocol without its prefix; `Unspecified` where the server does not follow its runs. */
  readonly status: string;
}

export interface ScheduleRow {
  readonly id: string;
  readonly isPaused: boolean;
  readonly notes: string;
  readonly type: string;
  readonly spec: SpecFields;
  /** Oldest first. */
  readonly recent: readonly RecentAction[];
  /** Milliseconds since the epoch. */
  readonly next: readonly number[];
}

export function toScheduleRow(entry: temporal.api.schedule.v1.IScheduleListEntry): ScheduleRow {
  const info = entry.info;
  return {
    id: entry.scheduleId ?? '',
    isPaused: info?.paused ?? false,
    notes: info?.notes ?? '',
    type: info?.workflowType?.name ?? '',
    spec: toSpecFields(info?.spec),
    recent: (info?.recentActions ?? []).map(toRecentAction),
    next: toMoments(info?.futureActionTimes),
  };
}

export const toRecentAction = (action: temporal.api.schedule.v1.IScheduleActionResult): RecentAction => ({
  scheduledAt: fromTimestamp(action.scheduleTime) ?? 0,
  startedAt: fromTimestamp(action.actualTime) ?? 0,
  workflowId: action.startWorkflowResult?.workflowId ?? '',
  runId: action.startWorkflowResult?.runId ?? '',
  status: statusOf(action.startWorkflowStatus),
});

export const toMoments = (times: readonly Parameters<typeof fromTimestamp>[0][] | null | undefined): number[] =>
  (times ?? []).flatMap((time) => fromTimestamp(time) ?? []);
