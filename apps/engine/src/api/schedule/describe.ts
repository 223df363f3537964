import { fromDuration, fromTimestamp, toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { decodePayload, encodingOf, PAYLOAD_BYTES_MAX } from '../json/payload.ts';
import type { Json } from '../model/json.ts';
import { deadline, procedure } from '../procedure.ts';
import type { Overlap } from './schedule-fields.ts';
import { overlapOf } from './schedule-fields.ts';
import { scheduleIdInput } from './schedule-id.ts';
import type { RecentAction } from './schedule-row.ts';
import { toMoments, toRecentAction } from './schedule-row.ts';
import type { SpecFields } from './spec-fields.ts';
import { toSpecFields } from './spec-fields.ts';

type Payload = temporal.api.common.v1.IPayload;
type Fields = Readonly<Record<string, Json>>;

/** Times are milliseconds since the epoch, spans milliseconds. */
export interface ScheduleDescription {
  readonly id: string;
  readonly isPaused: boolean;
  readonly notes: string;
  readonly spec: SpecFields;
  readonly action: ScheduleAction;
  readonly overlap: Overlap;
  readonly catchupMs: number;
  readonly pauseOnFailure: boolean;
  /** How many actions are left; null is any number. */
  readonly remaining: number | null;
  readonly actions: number;
  readonly missed: number;
  readonly overlapSkipped: number;
  readonly bufferDropped: number;
  readonly buffered: number;
  readonly running: readonly { readonly workflowId: string; readonly runId: string }[];
  /** Oldest first. */
  readonly recent: readonly RecentAction[];
  readonly next: readonly number[];
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
  readonly memo: Fields;
  readonly searchAttributes: Fields;
  /** Given back with a change, so that nobody overwrites what they have not seen. */
  readonly token: string;
}

export interface ScheduleAction {
  readonly type: string;
  readonly workflowId: string;
  readonly queue: string;
  readonly input: readonly Json[];
  /** Part of it is encrypted or too long: it can be kept, not edited. */
  readonly isInputHidden: boolean;
  readonly executionTimeoutMs: number;
  readonly runTimeoutMs: number;
  readonly taskTimeoutMs: number;
  readonly memo: Fields;
}

export const describe = procedure.input(scheduleIdInput).query(async ({ ctx, input, signal }): Promise<ScheduleDescription> => {
  const response = await ctx.workflow.describeSchedule(
    { namespace: input.namespace, scheduleId: input.id },
    { ...deadline(), ...(signal ? { signal } : {}) },
  );
  const { schedule, info } = response;
  const state = schedule?.state;
  return {
    id: input.id,
    isPaused: state?.paused ?? false,
    notes: state?.notes ?? '',
    spec: toSpecFields(schedule?.spec),
    action: toAction(schedule?.action?.startWorkflow),
    overlap: overlapOf(schedule?.policies?.overlapPolicy),
    catchupMs: fromDuration(schedule?.policies?.catchupWindow) ?? 0,
    pauseOnFailure: schedule?.policies?.pauseOnFailure ?? false,
    remaining: state?.limitedActions ? toNumber(state.remainingActions) : null,
    ...toFacts(info),
    memo: decodeFields(response.memo?.fields),
    searchAttributes: decodeFields(response.searchAttributes?.indexedFields),
    token: Buffer.from(response.conflictToken ?? new Uint8Array()).toString('base64url'),
  };
});

type Facts = Pick<
  ScheduleDescription,
  'actions' | 'missed' | 'overlapSkipped' | 'bufferDropped' | 'buffered' | 'running' | 'recent' | 'next' | 'createdAt' | 'updatedAt'
>;

function toFacts(info: temporal.api.schedule.v1.IScheduleInfo | null | undefined): Facts {
  return {
    actions: toNumber(info?.actionCount),
    missed: toNumber(info?.missedCatchupWindow),
    overlapSkipped: toNumber(info?.overlapSkipped),
    bufferDropped: toNumber(info?.bufferDropped),
    buffered: toNumber(info?.bufferSize),
    running: (info?.runningWorkflows ?? []).map((run) => ({ workflowId: run.workflowId ?? '', runId: run.runId ?? '' })),
    recent: (info?.recentActions ?? []).map(toRecentAction),
    next: toMoments(info?.futureActionTimes),
    createdAt: fromTimestamp(info?.createTime) ?? null,
    updatedAt: fromTimestamp(info?.updateTime) ?? null,
  };
}

function toAction(start: temporal.api.workflow.v1.INewWorkflowExecutionInfo | null | undefined): ScheduleAction {
  const payloads = start?.input?.payloads ?? [];
  return {
    type: start?.workflowType?.name ?? '',
    workflowId: start?.workflowId ?? '',
    queue: start?.taskQueue?.name ?? '',
    input: payloads.map((one) => decodePayload(one)),
    isInputHidden: payloads.some(isHidden),
    executionTimeoutMs: fromDuration(start?.workflowExecutionTimeout) ?? 0,
    runTimeoutMs: fromDuration(start?.workflowRunTimeout) ?? 0,
    taskTimeoutMs: fromDuration(start?.workflowTaskTimeout) ?? 0,
    memo: decodeFields(start?.memo?.fields),
  };
}

/** What reads as JSON and would be written back as the same payload. */
const isHidden = (payload: Payload): boolean => encodingOf(payload) !== 'json/plain' || (payload.data?.length ?? 0) > PAYLOAD_BYTES_MAX;

const decodeFields = (fields: Readonly<Record<string, Payload>> | null | undefined): Fields =>
  Object.fromEntries(Object.entries(fields ?? {}).map(([name, payload]) => [name, decodePayload(payload)]));
