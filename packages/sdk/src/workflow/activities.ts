import type { Duration } from '../common/duration.ts';
import { toMilliseconds } from '../common/duration.ts';
import { DefinitionError } from '../common/errors.ts';
import { ActivityFailure, CancelledFailure } from '../common/failures.ts';
import { activityDefinition } from '../common/metadata.ts';
import type { RetryPolicy } from '../common/retry-policy.ts';
import { toWireRetryPolicy } from '../common/retry-policy.ts';
import type { AnyFunction, ArgumentsOf, ResultOf } from '../common/types.ts';
import { fromFailure } from '../converter/failure-converter.ts';
import { toPayloads } from '../converter/payload.ts';
import { onCancelled } from './cancellation-scope.ts';
import type { ActivityCancellationType, Outcome, Trace } from './commands.ts';
import type { WorkflowRun } from './run.ts';
import { requireRun, traceHere } from './run.ts';

type AtLeastOneTimeout =
  | { readonly startToCloseTimeout: Duration; readonly scheduleToCloseTimeout?: Duration }
  | { readonly scheduleToCloseTimeout: Duration; readonly startToCloseTimeout?: Duration };

export type ActivityOptions = AtLeastOneTimeout & {
  readonly scheduleToStartTimeout?: Duration;
  readonly heartbeatTimeout?: Duration;
  readonly retry?: RetryPolicy;
  /** The workflow's own by default. */
  readonly taskQueue?: string;
  /** A number counted per run by default. */
  readonly activityId?: string;
  /** `TRY_CANCEL` by default: the promise settles at once, the activity is told. */
  readonly cancellationType?: ActivityCancellationType;
  /** Shown by consoles. */
  readonly summary?: string;
  /** Cancels the activity; the current scope's by default. */
  readonly signal?: AbortSignal;
};

/** The activity's result, with its id and the means to cancel it alone. */
export interface ActivityHandle<Result> extends Promise<Result> {
  readonly activityId: string;
  cancel(reason?: string): void;
}

type NoArguments = () => unknown;
type OneArgument = (argument: never) => unknown;
type WithArguments<Args> = ActivityOptions & { readonly args: Args };

/** Runs an activity and waits for its result. Throws `ActivityFailure`, whose cause says why. */
export function executeActivity<Fn extends NoArguments>(activity: Fn, options: ActivityOptions): Promise<ResultOf<Fn>>;
export function executeActivity<Fn extends OneArgument>(
  activity: Fn,
  argument: Parameters<Fn>[0],
  options: ActivityOptions,
): Promise<ResultOf<Fn>>;
export function executeActivity<Fn extends AnyFunction>(activity: Fn, options: WithArguments<ArgumentsOf<Fn>>): Promise<ResultOf<Fn>>;
export function executeActivity<Result = unknown>(
  type: string,
  options: ActivityOptions & { readonly args?: readonly unknown[] },
): Promise<Result>;
export function executeActivity(activity: AnyFunction | string, ...rest: readonly unknown[]): Promise<unknown> {
  return schedule(activity, rest, traceHere(executeActivity));
}

/** Runs an activity without waiting for it. */
export function startActivity<Fn extends NoArguments>(activity: Fn, options: ActivityOptions): ActivityHandle<ResultOf<Fn>>;
export function startActivity<Fn extends OneArgument>(
  activity: Fn,
  argument: Parameters<Fn>[0],
  options: ActivityOptions,
): ActivityHandle<ResultOf<Fn>>;
export function startActivity<Fn extends AnyFunction>(activity: Fn, options: WithArguments<ArgumentsOf<Fn>>): ActivityHandle<ResultOf<Fn>>;
export function startActivity<Result = unknown>(
  type: string,
  options: ActivityOptions & { readonly args?: readonly unknown[] },
): ActivityHandle<Result>;
export function startActivity(activity: AnyFunction | string, ...rest: readonly unknown[]): ActivityHandle<unknown> {
  return schedule(activity, rest, traceHere(startActivity));
}

export type ActivityProxy<Activities> = {
  readonly [Name in keyof Activities as Activities[Name] extends AnyFunction ? Name : never]: (
    ...args: ArgumentsOf<Activities[Name]>
  ) => ActivityHandle<ResultOf<Activities[Name]>>;
};

/** Activities as functions, typed by a module (`typeof import('./activities.ts')`) or a class; the member's name is the activity type. */
export function proxyActivities<Activities>(options: ActivityOptions): ActivityProxy<Activities> {
  const call =
    (type: string) =>
    (...args: readonly unknown[]) => {
      return schedule(type, [{ ...options, args }], traceHere(proxyActivities));
    };
  const members = new Map<string, ReturnType<typeof call>>();
  const proxy = new Proxy(
    {},
    {
      get: (_target, name) => {
        // A proxy that is awaited or printed is asked for members that are no activities.
        if (typeof name !== 'string' || name === 'then') return undefined;
        let member = members.get(name);
        if (member === undefined) members.set(name, (member = call(name)));
        return member;
      },
    },
  );
  // Every string member answers, so the proxy has whatever members the type names.
  return proxy as ActivityProxy<Activities>;
}

interface CallShape {
  readonly args: readonly unknown[];
  readonly options: ActivityOptions;
}

function shapeOf(rest: readonly unknown[]): CallShape {
  const options = rest.at(-1) as (ActivityOptions & { readonly args?: readonly unknown[] }) | undefined;
  if (options?.startToCloseTimeout === undefined && options?.scheduleToCloseTimeout === undefined) {
    throw new DefinitionError('an activity needs a startToCloseTimeout or a scheduleToCloseTimeout');
  }
  return { options, args: options.args ?? rest.slice(0, -1) };
}

function typeOf(activity: AnyFunction | string): string {
  if (typeof activity === 'string') return activity;
  const name = activityDefinition(activity)?.name ?? activity.name;
  if (name === '') throw new DefinitionError('an activity without a name needs activity.defn({ name }, fn)');
  return name;
}

const millisOf = (duration: Duration | undefined): number | undefined => (duration === undefined ? undefined : toMilliseconds(duration));

function schedule(activity: AnyFunction | string, rest: readonly unknown[], trace: Trace): ActivityHandle<unknown> {
  const run = requireRun();
  run.requireWritable('an activity');
  const { args, options } = shapeOf(rest);
  const seq = run.nextSequence('activity');
  const activityId = options.activityId ?? String(seq);
  const activityType = typeOf(activity);
  const cancellationType = options.cancellationType ?? 'TRY_CANCEL';
  let cancel: (reason: CancelledFailure) => void = () => undefined;
  const promise = new Promise<unknown>((resolve, reject) => {
    const cancelled = (reason: CancelledFailure) => reject(cancelledActivity({ activityType, activityId, reason }));
    let stopListening: () => void = () => undefined;
    let isCancelled = false;
    cancel = (reason) => {
      if (isCancelled) return;
      isCancelled = true;
      if (!run.activities.has(seq)) return cancelled(reason);
      cancelPending(run, { seq, cancellationType, reject: () => cancelled(reason) });
    };
    stopListening = onCancelled(options.signal, (reason) => cancel(reason));
    if (isCancelled) return;
    const input = toPayloads(run.converter, args);
    const retry = toWireRetryPolicy(options.retry);
    run.activities.set(seq, {
      trace,
      askedIn: run.activations,
      settle: (outcome) => {
        isCancelled = true;
        stopListening();
        settle(run, outcome, { resolve, reject });
      },
    });
    run.emit({
      kind: 'scheduleActivity',
      seq,
      activityId,
      activityType,
      taskQueue: options.taskQueue ?? run.facts.taskQueue,
      cancellationType,
      eager: false,
      trace,
      ...given('input', input),
      ...given('retry', retry),
      ...given('scheduleToCloseMs', millisOf(options.scheduleToCloseTimeout)),
      ...given('scheduleToStartMs', millisOf(options.scheduleToStartTimeout)),
      ...given('startToCloseMs', millisOf(options.startToCloseTimeout)),
      ...given('heartbeatMs', millisOf(options.heartbeatTimeout)),
      ...given('summary', options.summary),
    });
  });
  return Object.assign(promise, { activityId, cancel: (reason = 'activity cancelled') => cancel(new CancelledFailure(reason)) });
}

/** `{ [key]: value }`, or nothing for an undefined value. */
export function given<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } {
  if (value === undefined) return {};
  const object: { [K in Key]?: Value } = {};
  object[key] = value;
  return object;
}

interface Cancellation {
  readonly seq: number;
  readonly cancellationType: ActivityCancellationType;
  readonly reject: () => void;
}

function cancelPending(run: WorkflowRun, { seq, cancellationType, reject }: Cancellation): void {
  if (run.retract('scheduleActivity', seq)) {
    run.activities.delete(seq);
    return reject();
  }
  if (cancellationType !== 'ABANDON') run.emit({ kind: 'cancelActivity', seq, trace: traceHere(cancelPending) });
  if (cancellationType === 'WAIT_CANCELLATION_COMPLETED') return;
  run.activities.delete(seq);
  reject();
}

interface Settlers {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export function settle(run: WorkflowRun, outcome: Outcome, { resolve, reject }: Settlers): void {
  if (outcome.kind === 'failed') reject(fromFailure(run.converter, outcome.failure));
  else resolve(outcome.result === undefined ? undefined : run.converter.fromPayload(outcome.result));
}

function cancelledActivity({
  activityType,
  activityId,
  reason,
}: {
  activityType: string;
  activityId: string;
  reason: CancelledFailure;
}): ActivityFailure {
  return new ActivityFailure('Activity cancelled', { activityType, activityId, retryState: 'CANCEL_REQUESTED', cause: reason });
}
