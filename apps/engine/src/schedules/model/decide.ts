/** A schedule's decisions: from its state, the time and what was asked, the next state. What is to be done stands in the state. */
import { api } from '@tidemark/protocol/api';
import { fromDuration, fromTimestamp, toDuration, toLong, toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { EngineError } from '../../kernel/engine-error.ts';
import type { Instant } from '../../kernel/ports.ts';
import { resolveOverlaps } from './overlap.ts';
import type { CompiledSpec } from './spec.ts';
import type { Backfill, RecentAction, RunningAction, Schedule, ScheduleKey, ScheduleState, Starting, WaitingStart } from './state.ts';

const { WorkflowExecutionStatus: Status } = api.enums.v1;
type Patch = temporal.api.schedule.v1.ISchedulePatch;
type Payload = temporal.api.common.v1.IPayload;

export interface ScheduleEnv {
  readonly now: Instant;
  readonly newId: () => string;
  readonly spec: CompiledSpec;
}

const DAY_MS = 24 * 60 * 60_000;
const CATCHUP_DEFAULT_MS = 365 * DAY_MS;
const CATCHUP_MIN_MS = 10_000;
const WAITING_MAX = 1000;
const RECENT_MAX = 10;
/** Times dealt with in one step, of the spec and of each backfill; the rest follows in the next. */
const TIMES_PER_STEP = 500;
const BACKFILL_TIMES_PER_STEP = 10;
const BACKFILLS_MAX = 100;
const REQUEST_IDS_MAX = 50;
/** So many starts under way are enough: the outcome of each lets the next one in. */
const STARTING_MAX = 100;
/** Of actions that run side by side, so many are watched; an older one runs on unwatched. */
const CONCURRENT_MAX = 100;
/** A schedule that will never do anything again is forgotten after this. */
export const IDLE_KEPT_MS = 7 * DAY_MS;

export interface Creation {
  readonly key: ScheduleKey;
  readonly schedule: Schedule;
  readonly memo: Readonly<Record<string, Payload>>;
  readonly searchAttributes: Readonly<Record<string, Payload>>;
  readonly requestId: string;
  readonly patch: Patch | undefined;
}

export function createSchedule({ key, schedule, memo, searchAttributes, requestId, patch }: Creation, env: ScheduleEnv): ScheduleState {
  const state: ScheduleState = {
    key,
    version: 0,
    schedule: completed(schedule, env.spec),
    memo,
    searchAttributes,
    createRequestId: requestId,
    conflictToken: 1,
    createdAt: env.now,
    updatedAt: undefined,
    processedUntil: env.now,
    idleSince: undefined,
    requestIds: [],
    waiting: [],
    starting: [],
    running: [],
    stopping: [],
    backfills: [],
    recent: [],
    actionCount: 0,
    missedCatchupWindow: 0,
    overlapSkipped: 0,
    bufferDropped: 0,
    lastResult: undefined,
    lastFailure: undefined,
  };
  return patch === undefined ? advance(state, env) : patchSchedule(state, patch, env);
}

/** The schedule as describe shows it: the spec in its canonical form, the policies with their defaults. */
function completed(schedule: Schedule, spec: CompiledSpec): Schedule {
  const { overlapPolicy, catchupWindow, ...policies } = schedule.policies ?? {};
  const window = fromDuration(catchupWindow);
  return {
    ...schedule,
    spec: spec.canonical,
    policies: {
      ...policies,
      overlapPolicy: overlapPolicy || api.enums.v1.ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP,
      catchupWindow: toDuration(window === undefined ? CATCHUP_DEFAULT_MS : Math.max(window, CATCHUP_MIN_MS)),
    },
    state: schedule.state ?? {},
  };
}

export interface Update {
  readonly schedule: Schedule;
  /** Empty to overwrite whatever is there. */
  readonly conflictToken: number | undefined;
  readonly memo: Readonly<Record<string, Payload>> | undefined;
  /** Undefined keeps them. */
  readonly searchAttributes: Readonly<Record<string, Payload>> | undefined;
}

/** The new schedule counts from now; what runs goes on. Throws when the caller has not seen the schedule as it is. */
export function updateSchedule(state: ScheduleState, update: Update, env: ScheduleEnv): ScheduleState {
  if (update.conflictToken !== undefined && update.conflictToken !== state.conflictToken)
    throw new EngineError('failed-precondition', 'mismatched conflict token');
  return advance(
    {
      ...state,
      schedule: completed(update.schedule, env.spec),
      conflictToken: state.conflictToken + 1,
      updatedAt: env.now,
      processedUntil: env.now,
      memo: update.memo === undefined ? state.memo : { ...state.memo, ...update.memo },
      searchAttributes: update.searchAttributes ?? state.searchAttributes,
    },
    env,
  );
}

export function patchSchedule(state: ScheduleState, patch: Patch, env: ScheduleEnv): ScheduleState {
  let next = state;
  if (patch.triggerImmediately) {
    const { overlapPolicy, scheduledTime } = patch.triggerImmediately;
    const nominal = fromTimestamp(scheduledTime) ?? freeSecond(state, env.now);
    next = addWaiting(next, { nominal, at: env.now, overlap: overlapPolicy ?? 0, isManual: true });
  }
  const backfills = (patch.backfillRequest ?? []).map(({ startTime, endTime, overlapPolicy }): Backfill => {
    // Both ends belong to it.
    return { after: (fromTimestamp(startTime) ?? 0) - 1, until: fromTimestamp(endTime) ?? 0, overlap: overlapPolicy ?? 0 };
  });
  if (next.backfills.length + backfills.length > BACKFILLS_MAX)
    throw new EngineError('failed-precondition', `too many concurrent backfills: the limit is ${BACKFILLS_MAX}`);
  next = { ...next, backfills: [...next.backfills, ...backfills] };
  if (patch.pause) next = paused(next, patch.pause);
  // Times that passed while it was paused stay past.
  if (patch.unpause) next = { ...withState(next, { paused: false, notes: patch.unpause }), processedUntil: env.now };
  return advance(next, env);
}

/** Does once what a request asks for: its repetition finds it done. */
export function oncePerRequest(state: ScheduleState, requestId: string, change: (state: ScheduleState) => ScheduleState): ScheduleState {
  if (requestId === '') return change(state);
  if (state.requestIds.includes(requestId)) return state;
  return { ...change(state), requestIds: [...state.requestIds, requestId].slice(-REQUEST_IDS_MAX) };
}

const paused = (state: ScheduleState, notes: string): ScheduleState => withState(state, { paused: true, notes });

function withState(state: ScheduleState, change: temporal.api.schedule.v1.IScheduleState): ScheduleState {
  const schedule = { ...state.schedule, state: { ...state.schedule.state, ...change } };
  return { ...state, schedule, conflictToken: state.conflictToken + 1 };
}

/** Workflow ids name seconds, so two triggers in one second are given two. */
function freeSecond({ waiting, starting, running, recent, schedule }: ScheduleState, now: Instant): Instant {
  const taken = new Set([...waiting, ...starting, ...recent].map(({ nominal }) => Math.floor(nominal / 1000)));
  const ids = new Set(running.map(({ workflowId }) => workflowId));
  let second = Math.floor(now / 1000);
  while (taken.has(second) || ids.has(workflowIdOf(schedule, second * 1000))) second += 1;
  return second * 1000;
}

const workflowIdOf = ({ action }: Schedule, nominal: Instant): string =>
  `${action?.startWorkflow?.workflowId ?? ''}-${new Date(nominal).toISOString().replace(/\.\d+Z$/, 'Z')}`;

function addWaiting(state: ScheduleState, start: WaitingStart): ScheduleState {
  if (state.waiting.length >= WAITING_MAX) return { ...state, bufferDropped: state.bufferDropped + 1 };
  return { ...state, waiting: [...state.waiting, start] };
}

export const isPaused = ({ schedule }: ScheduleState): boolean => schedule.state?.paused === true;
const hasActionsLeft = ({ schedule: { state } }: ScheduleState): boolean =>
  state?.limitedActions !== true || toNumber(state.remainingActions) > 0;
const takesTimes = (state: ScheduleState): boolean => !isPaused(state) && hasActionsLeft(state);
const startsEnough = ({ starting }: ScheduleState): boolean => starting.length >= STARTING_MAX;

/** Takes the times that have come, and starts what may start. */
export function advance(state: ScheduleState, env: ScheduleEnv): ScheduleState {
  const next = startWhatMay(takeBackfills(takeTimes(state, env), env), env);
  const isIdle = !isPaused(next) && !isBusy(next) && (!takesTimes(next) || env.spec.next(next.processedUntil) === undefined);
  return { ...next, idleSince: isIdle ? (next.idleSince ?? env.now) : undefined };
}

function takeTimes(state: ScheduleState, { now, spec }: ScheduleEnv): ScheduleState {
  if (!takesTimes(state)) return { ...state, processedUntil: Math.max(state.processedUntil, now) };
  const window = fromDuration(state.schedule.policies?.catchupWindow) ?? CATCHUP_DEFAULT_MS;
  let next = state;
  for (let count = 0; count < TIMES_PER_STEP && !startsEnough(state); count += 1) {
    const time = spec.next(next.processedUntil);
    if (time === undefined || time.at > now) break;
    next = { ...next, processedUntil: time.nominal };
    if (now - time.at > window) next = { ...next, missedCatchupWindow: next.missedCatchupWindow + 1 };
    else next = addWaiting(next, { ...time, overlap: 0, isManual: false });
  }
  return next;
}

function takeBackfills(state: ScheduleState, { spec }: ScheduleEnv): ScheduleState {
  let next = state;
  const left: Backfill[] = [];
  for (const backfill of state.backfills) {
    let { after } = backfill;
    let time = spec.next(after);
    for (let count = 0; time !== undefined && time.nominal <= backfill.until; count += 1) {
      // What does not fit now is taken later, and never dropped.
      if (count === BACKFILL_TIMES_PER_STEP || next.waiting.length >= WAITING_MAX || startsEnough(state)) break;
      next = addWaiting(next, { nominal: time.nominal, at: time.nominal, overlap: backfill.overlap, isManual: true });
      after = time.nominal;
      time = spec.next(after);
    }
    if (time !== undefined && time.nominal <= backfill.until) left.push({ ...backfill, after });
  }
  return { ...next, backfills: left };
}

function startWhatMay(state: ScheduleState, env: ScheduleEnv): ScheduleState {
  const one = [...state.starting, ...state.running].find(({ isConcurrent }) => !isConcurrent);
  const policy = state.schedule.policies?.overlapPolicy ?? 0;
  const verdict = resolveOverlaps(state.waiting, { isRunning: one !== undefined, policy });
  let next: ScheduleState = { ...state, waiting: verdict.waiting, overlapSkipped: state.overlapSkipped + verdict.skipped };
  for (const start of verdict.concurrent) next = begin(next, { ...start, isConcurrent: true }, env);
  if (verdict.next !== undefined) next = begin(next, { ...verdict.next, isConcurrent: false }, env);
  const running = next.running.find(({ isConcurrent }) => !isConcurrent);
  if (verdict.stop === undefined || running === undefined) return next;
  const others = next.stopping.filter(({ workflowId }) => workflowId !== running.workflowId);
  const isAsked = next.stopping.some(({ workflowId, how }) => workflowId === running.workflowId && how === verdict.stop);
  if (isAsked) return next;
  return { ...next, stopping: [...others, { workflowId: running.workflowId, runId: running.runId, how: verdict.stop }] };
}

function begin(state: ScheduleState, start: WaitingStart & { readonly isConcurrent: boolean }, env: ScheduleEnv): ScheduleState {
  if (!start.isManual && !takesTimes(state)) return state;
  const starting: Starting = { ...start, workflowId: workflowIdOf(state.schedule, start.nominal), requestId: env.newId() };
  const next = { ...state, starting: [...state.starting, starting] };
  const { limitedActions, remainingActions } = state.schedule.state ?? {};
  if (start.isManual || limitedActions !== true) return next;
  return withState(next, { remainingActions: toLong(Math.max(0, toNumber(remainingActions) - 1)) });
}

/** An action was started, or found started by an earlier try. */
export function actionStarted(
  state: ScheduleState,
  { requestId, runId }: { readonly requestId: string; readonly runId: string },
  env: ScheduleEnv,
): ScheduleState {
  const started = state.starting.find((one) => one.requestId === requestId);
  if (started === undefined) return state;
  const { workflowId, isConcurrent, nominal } = started;
  const recent: RecentAction = { nominal, startedAt: env.now, workflowId, runId, status: Status.WORKFLOW_EXECUTION_STATUS_RUNNING };
  return {
    ...state,
    starting: state.starting.filter((one) => one !== started),
    running: withinBounds([...state.running, { workflowId, runId, isConcurrent }]),
    recent: [...state.recent, recent].slice(-RECENT_MAX),
    actionCount: state.actionCount + 1,
  };
}

function withinBounds(running: readonly RunningAction[]): readonly RunningAction[] {
  const concurrent = running.filter(({ isConcurrent }) => isConcurrent);
  const [oldest] = concurrent;
  return concurrent.length <= CONCURRENT_MAX ? running : running.filter((one) => one !== oldest);
}

/** It can never be started; the schedule goes on without it. */
export function actionRefused(state: ScheduleState, requestId: string, env: ScheduleEnv): ScheduleState {
  const starting = state.starting.filter((one) => one.requestId !== requestId);
  return starting.length === state.starting.length ? state : advance({ ...state, starting }, env);
}

export interface ActionEnd {
  readonly action: RunningAction;
  readonly status: number;
  readonly result: temporal.api.common.v1.IPayloads | undefined;
  readonly failure: temporal.api.failure.v1.IFailure | undefined;
}

/** The last run of an action's chain has ended. */
export function actionEnded(state: ScheduleState, { action, status, result, failure }: ActionEnd, env: ScheduleEnv): ScheduleState {
  if (!state.running.some((one) => one.runId === action.runId)) return state;
  const isSame = (one: { readonly runId: string }): boolean => one.runId === action.runId;
  let next: ScheduleState = {
    ...state,
    running: state.running.filter((one) => !isSame(one)),
    stopping: state.stopping.filter((one) => !isSame(one)),
    recent: state.recent.map((one) => (isSame(one) ? { ...one, status } : one)),
  };
  if (!action.isConcurrent) {
    if (status === Status.WORKFLOW_EXECUTION_STATUS_COMPLETED) next = { ...next, lastResult: result, lastFailure: undefined };
    else if (failure !== undefined) next = { ...next, lastFailure: failure };
  }
  const failed = status === Status.WORKFLOW_EXECUTION_STATUS_FAILED;
  if (state.schedule.policies?.pauseOnFailure === true && (failed || status === Status.WORKFLOW_EXECUTION_STATUS_TIMED_OUT)) {
    const what = failed ? `failure: ${action.workflowId}: ${failure?.message ?? ''}` : `timeout: ${action.workflowId}`;
    next = paused(next, `paused due to workflow ${what}`);
  }
  return advance(next, env);
}

/** The request to end an action was made. */
export function actionStopped(state: ScheduleState, runId: string): ScheduleState {
  const stopping = state.stopping.filter((one) => one.runId !== runId);
  return stopping.length === state.stopping.length ? state : { ...state, stopping };
}

function isBusy({ waiting, starting, running, backfills }: ScheduleState): boolean {
  return waiting.length > 0 || starting.length > 0 || running.length > 0 || backfills.length > 0;
}

/** How long until the schedule has to look again; nothing when only a message can wake it. */
export function nextWakeAt(state: ScheduleState, spec: CompiledSpec): Instant | undefined {
  if (startsEnough(state)) return undefined;
  if (state.backfills.length > 0 && state.waiting.length < WAITING_MAX) return state.processedUntil;
  if (state.idleSince !== undefined) return state.idleSince + IDLE_KEPT_MS;
  return takesTimes(state) ? spec.next(state.processedUntil)?.at : undefined;
}

export const isForgotten = ({ idleSince }: ScheduleState, now: Instant): boolean =>
  idleSince !== undefined && now >= idleSince + IDLE_KEPT_MS;

/** The next times at which it acts by itself, in the spec's order. */
export function futureTimes(
  state: ScheduleState,
  { spec, now, max }: { spec: CompiledSpec; now: Instant; max: number },
): readonly Instant[] {
  const { limitedActions, remainingActions } = state.schedule.state ?? {};
  const count = limitedActions === true ? Math.min(max, toNumber(remainingActions)) : max;
  const times: Instant[] = [];
  for (
    let time = spec.next(Math.max(now, state.processedUntil));
    time !== undefined && times.length < count;
    time = spec.next(time.nominal)
  )
    times.push(time.at);
  return times;
}
