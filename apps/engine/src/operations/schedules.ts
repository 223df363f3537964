/** Schedules: create, describe, update, patch, delete, list, and the times at which one acts. */
import { api } from '@tidemark/protocol/api';
import type { WorkflowMethod, WorkflowMethods } from '@tidemark/protocol/services';
import { fromTimestamp, toLong, toTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { EngineError } from '../kernel/engine-error.ts';
import {
  createSchedule as decideCreate,
  futureTimes,
  oncePerRequest,
  patchSchedule as decidePatch,
  updateSchedule as decideUpdate,
} from '../schedules/model/decide.ts';
import type { CompiledSpec } from '../schedules/model/spec.ts';
import { compileSpec } from '../schedules/model/spec.ts';
import type { RecentAction, Schedule, ScheduleKey, ScheduleState } from '../schedules/model/state.ts';
import { faultOfSearchAttributes, withTypes } from '../visibility/model/search-attributes.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { toStart } from './start-request.ts';
import { boundedId, checkMemo, invalid, requireId } from './validate.ts';

type Request<Method extends WorkflowMethod> = WorkflowMethods[Method]['request'];
type Described = temporal.api.workflowservice.v1.IDescribeScheduleResponse;
type Payload = temporal.api.common.v1.IPayload;

const FUTURE_MAX = 10;
const MATCHING_MAX = 1000;

export async function createSchedule(engine: Engine, request: Request<'createSchedule'>, call: NamespaceCall): Promise<object> {
  const key = keyOf(engine, request.scheduleId, call);
  const requestId = requireId(engine, 'RequestId', request.requestId);
  const { schedule, spec } = checkSchedule(engine, request.schedule, { key, call });
  checkMemo(engine, request.memo);
  const creation = {
    key,
    schedule,
    requestId,
    memo: request.memo?.fields ?? {},
    searchAttributes: attributesOf(request.searchAttributes, call) ?? {},
    patch: request.initialPatch ?? undefined,
  };
  const { state, isNew } = await engine.schedules.create(key, (env) => decideCreate(creation, { ...env, spec }));
  if (!isNew && state.createRequestId !== requestId) {
    throw new EngineError('already-started', `schedule "${key.scheduleId}" is already registered`, {
      startRequestId: state.createRequestId,
    });
  }
  return { conflictToken: tokenOf(state) };
}

export async function describeSchedule(engine: Engine, request: Request<'describeSchedule'>, call: NamespaceCall): Promise<Described> {
  const state = await engine.schedules.find(keyOf(engine, request.scheduleId, call));
  const spec = engine.schedules.specOf(state);
  return {
    schedule: state.schedule,
    memo: { fields: { ...state.memo } },
    searchAttributes: { indexedFields: { ...state.searchAttributes } },
    conflictToken: tokenOf(state),
    info: {
      actionCount: toLong(state.actionCount),
      missedCatchupWindow: toLong(state.missedCatchupWindow),
      overlapSkipped: toLong(state.overlapSkipped),
      bufferDropped: toLong(state.bufferDropped),
      bufferSize: toLong(state.waiting.length),
      runningWorkflows: state.running.map(({ workflowId, runId }) => ({ workflowId, runId })),
      recentActions: state.recent.map(toResult),
      futureActionTimes: futureTimes(state, { spec, now: engine.clock.now(), max: FUTURE_MAX }).map(toTimestamp),
      createTime: toTimestamp(state.createdAt),
      ...(state.updatedAt === undefined ? {} : { updateTime: toTimestamp(state.updatedAt) }),
    },
  };
}

export const toResult = ({
  nominal,
  startedAt,
  workflowId,
  runId,
  status,
}: RecentAction): temporal.api.schedule.v1.IScheduleActionResult => ({
  scheduleTime: toTimestamp(nominal),
  actualTime: toTimestamp(startedAt),
  startWorkflowResult: { workflowId, runId },
  startWorkflowStatus: status,
});

export async function updateSchedule(engine: Engine, request: Request<'updateSchedule'>, call: NamespaceCall): Promise<object> {
  const key = keyOf(engine, request.scheduleId, call);
  const { schedule, spec } = checkSchedule(engine, request.schedule, { key, call });
  checkMemo(engine, request.memo);
  const update = {
    schedule,
    conflictToken: request.conflictToken?.length ? numberOf(request.conflictToken) : undefined,
    memo: request.memo ? (request.memo.fields ?? {}) : undefined,
    searchAttributes: attributesOf(request.searchAttributes, call),
  };
  const requestId = boundedId(engine, 'RequestId', request.requestId);
  await engine.schedules.transact(key, (state, env) =>
    oncePerRequest(state, requestId, (before) => decideUpdate(before, update, { ...env, spec })),
  );
  return {};
}

export async function patchSchedule(engine: Engine, request: Request<'patchSchedule'>, call: NamespaceCall): Promise<object> {
  const { patch } = request;
  if (!patch) throw invalid('Patch is not set on request.');
  const requestId = boundedId(engine, 'RequestId', request.requestId);
  await engine.schedules.transact(keyOf(engine, request.scheduleId, call), (state, env) =>
    oncePerRequest(state, requestId, (before) => decidePatch(before, patch, env)),
  );
  return {};
}

export async function deleteSchedule(engine: Engine, request: Request<'deleteSchedule'>, call: NamespaceCall): Promise<object> {
  await engine.schedules.delete(keyOf(engine, request.scheduleId, call));
  return {};
}

export async function listScheduleMatchingTimes(
  engine: Engine,
  request: Request<'listScheduleMatchingTimes'>,
  call: NamespaceCall,
): Promise<object> {
  const state = await engine.schedules.find(keyOf(engine, request.scheduleId, call));
  const spec = engine.schedules.specOf(state);
  const until = fromTimestamp(request.endTime) ?? 0;
  const startTime: ReturnType<typeof toTimestamp>[] = [];
  let time = spec.next(fromTimestamp(request.startTime) ?? 0);
  for (; time !== undefined && time.nominal <= until && startTime.length < MATCHING_MAX; time = spec.next(time.nominal))
    startTime.push(toTimestamp(time.at));
  return { startTime };
}

function keyOf(engine: Engine, scheduleId: string | null | undefined, { namespace }: NamespaceCall): ScheduleKey {
  return { namespaceId: namespace.id, scheduleId: requireId(engine, 'ScheduleId', scheduleId) };
}

interface Checked {
  readonly schedule: Schedule;
  readonly spec: CompiledSpec;
}

function checkSchedule(
  engine: Engine,
  schedule: Schedule | null | undefined,
  { key, call }: { readonly key: ScheduleKey; readonly call: NamespaceCall },
): Checked {
  if (!schedule) throw invalid('Schedule is not set on request.');
  const action = schedule.action?.startWorkflow;
  if (!action) throw invalid('Schedule.Action is not set on request: it must start a workflow.');
  if (action.cronSchedule) throw invalid('Scheduled workflow must not contain CronSchedule');
  const isPlain =
    !action.workflowIdReusePolicy ||
    action.workflowIdReusePolicy === api.enums.v1.WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE;
  if (!isPlain) throw invalid('Scheduled workflow must not contain WorkflowIDReusePolicy');
  // Whatever would refuse the action at its time refuses the schedule now.
  toStart(engine, { ...action, requestId: key.scheduleId.slice(0, 1), identity: '' }, call);
  boundedId(engine, 'WorkflowId', `${action.workflowId ?? ''}-2000-01-01T00:00:00Z`);
  const spec = compileSpec(schedule.spec ?? {}, key.scheduleId);
  if (typeof spec === 'string') throw invalid(`Invalid schedule spec: ${spec}`);
  return { schedule, spec };
}

function attributesOf(
  given: temporal.api.common.v1.ISearchAttributes | null | undefined,
  { namespace }: NamespaceCall,
): Record<string, Payload> | undefined {
  if (!given) return undefined;
  const fault = faultOfSearchAttributes(given, namespace);
  if (fault !== undefined) throw invalid(fault);
  return withTypes(given, namespace).indexedFields ?? {};
}

function tokenOf({ conflictToken }: ScheduleState): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(conflictToken));
  return bytes;
}

function numberOf(token: Uint8Array): number {
  if (token.byteLength !== 8) throw invalid('ConflictToken is not one that this server gave.');
  return Number(new DataView(token.buffer, token.byteOffset, 8).getBigUint64(0));
}
