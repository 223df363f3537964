/** Schedules over the wire. */
import { randomUUID } from 'node:crypto';
import type { WorkflowMethods } from '@tidemark/protocol/services';
import { toDuration, toNumber, toTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { WholeEngine } from './whole-engine.ts';
import { NAMESPACE } from './whole-engine.ts';

type Schedule = temporal.api.schedule.v1.ISchedule;
type Patch = temporal.api.schedule.v1.ISchedulePatch;
type CreateRequest = WorkflowMethods['createSchedule']['request'];
type NewWorkflow = temporal.api.workflow.v1.INewWorkflowExecutionInfo;

export const HOURLY = { interval: [{ interval: toDuration(3_600_000) }] };

export const startOf = (id: string, over: NewWorkflow = {}): NonNullable<Schedule['action']> => ({
  startWorkflow: { workflowId: id, workflowType: { name: 'Order' }, taskQueue: { name: id }, ...over },
});

/** The id of a new schedule, which is also that of its action and of its task queue. It acts every hour unless it is told otherwise. */
export async function createSchedule(engine: WholeEngine, schedule: Schedule = {}, over: Partial<CreateRequest> = {}): Promise<string> {
  const scheduleId = over.scheduleId ?? randomUUID();
  await engine.workflow.createSchedule({
    namespace: NAMESPACE,
    requestId: randomUUID(),
    schedule: { spec: HOURLY, action: startOf(scheduleId), ...schedule },
    ...over,
    scheduleId,
  });
  return scheduleId;
}

export const describeSchedule = (engine: WholeEngine, scheduleId: string) =>
  engine.workflow.describeSchedule({ namespace: NAMESPACE, scheduleId });
export const patchSchedule = (engine: WholeEngine, scheduleId: string, patch: Patch) =>
  engine.workflow.patchSchedule({ namespace: NAMESPACE, scheduleId, requestId: randomUUID(), patch });
export const updateSchedule = (engine: WholeEngine, scheduleId: string, schedule: Schedule) =>
  engine.workflow.updateSchedule({
    namespace: NAMESPACE,
    scheduleId,
    requestId: randomUUID(),
    schedule: { spec: HOURLY, action: startOf(scheduleId), ...schedule },
  });

/** Asks for an action now; `second` names it, in seconds since the epoch. */
export const trigger = (engine: WholeEngine, scheduleId: string, second: number, overlapPolicy = 0) =>
  patchSchedule(engine, scheduleId, { triggerImmediately: { scheduledTime: toTimestamp(second * 1000), overlapPolicy } });

/** Asks for the times of a past that begins and ends with these seconds since the epoch. */
export const backfill = (engine: WholeEngine, scheduleId: string, ranges: readonly (readonly [number, number])[], overlapPolicy = 0) =>
  patchSchedule(engine, scheduleId, {
    backfillRequest: ranges.map(([from, to]) => ({ startTime: toTimestamp(from * 1000), endTime: toTimestamp(to * 1000), overlapPolicy })),
  });

export interface Counts {
  readonly actions: number;
  readonly skipped: number;
  readonly buffered: number;
  readonly running: number;
  readonly paused: boolean;
}
export async function countsOf(engine: WholeEngine, scheduleId: string): Promise<Counts> {
  const { info, schedule } = await describeSchedule(engine, scheduleId);
  return {
    actions: toNumber(info?.actionCount),
    skipped: toNumber(info?.overlapSkipped),
    buffered: toNumber(info?.bufferSize),
    running: info?.runningWorkflows?.length ?? 0,
    paused: schedule?.state?.paused ?? false,
  };
}
