/** Operator calls on pending activities, under the names of both generations of the protocol. */
import type { WorkflowMethod, WorkflowMethods } from '@tidemark/protocol/services';
import { fromDuration } from '@tidemark/protocol/time';
import type { google } from '@tidemark/protocol/types';
import type { Target } from '../history/history.ts';
import type { ActivitySelector, Options } from '../history/model/decide/activity-operator.ts';
import {
  decidePauseActivity,
  decideResetActivity,
  decideUnpauseActivity,
  decideUpdateActivityOptions,
  faultOfOptions,
} from '../history/model/decide/activity-operator.ts';
import { faultOfPriority } from '../history/model/priority.ts';
import { faultOfRetryPolicy } from '../history/model/retry.ts';
import type { Duration } from '../kernel/ports.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { boundedId, invalid, requireDuration, requireId, requireTaskQueue, requireTarget } from './validate.ts';

type Request<Method extends WorkflowMethod> = WorkflowMethods[Method]['request'];

interface Selecting {
  readonly id?: string | null;
  readonly type?: string | null;
  readonly matchAll?: boolean | null;
  readonly unpauseAll?: boolean | null;
}

export function selectorOf(engine: Engine, { id, type, matchAll, unpauseAll }: Selecting): ActivitySelector {
  if (matchAll === true || unpauseAll === true) return { by: 'all' };
  if (id) return { by: 'id', id: boundedId(engine, 'ActivityId', id) };
  if (type) return { by: 'type', type: boundedId(engine, 'ActivityType', type) };
  throw invalid('Either Activity ID, Activity Type or match all must be set on request.');
}

/** Spreads many activities that go on at once over this time. */
function jittered({ random }: Engine, jitter: google.protobuf.IDuration | null | undefined): Duration {
  return Math.floor(random.fraction() * requireDuration('Jitter', jitter));
}

/** The newer calls name one activity of one workflow. */
interface OfActivity {
  readonly workflowId?: string | null;
  readonly runId?: string | null;
  readonly activityId?: string | null;
}

const targetOf = (engine: Engine, { workflowId, runId }: OfActivity, call: NamespaceCall): Target =>
  requireTarget(engine, call, { workflowId: workflowId ?? '', runId: runId ?? '' });
const byId = (engine: Engine, { activityId }: OfActivity): ActivitySelector => ({
  by: 'id',
  id: requireId(engine, 'ActivityId', activityId),
});

interface On {
  readonly target: Target;
  readonly selector: ActivitySelector;
}

type PauseFields = Pick<Request<'pauseActivity'>, 'identity' | 'reason' | 'requestId'>;

async function pause(engine: Engine, { target, selector }: On, { identity, reason, requestId }: PauseFields): Promise<object> {
  const request = { selector, identity: identity ?? '', reason: reason ?? '', requestId: requestId ?? '' };
  await engine.history.transact(target, (state, env) => decidePauseActivity(state, request, env));
  return {};
}

export const pauseActivity = (engine: Engine, request: Request<'pauseActivity'>, call: NamespaceCall): Promise<object> =>
  pause(engine, { target: requireTarget(engine, call, request.execution), selector: selectorOf(engine, request) }, request);
export const pauseActivityExecution = (engine: Engine, request: Request<'pauseActivityExecution'>, call: NamespaceCall): Promise<object> =>
  pause(engine, { target: targetOf(engine, request, call), selector: byId(engine, request) }, request);

type UnpauseFields = Pick<Request<'unpauseActivity'>, 'resetAttempts' | 'resetHeartbeat' | 'jitter'>;

export async function unpause(engine: Engine, { target, selector }: On, fields: UnpauseFields): Promise<object> {
  const request = {
    selector,
    resetAttempts: fields.resetAttempts === true,
    resetHeartbeat: fields.resetHeartbeat === true,
    delay: jittered(engine, fields.jitter),
  };
  await engine.history.transact(target, (state, env) => decideUnpauseActivity(state, request, env));
  return {};
}

export const unpauseActivity = (engine: Engine, request: Request<'unpauseActivity'>, call: NamespaceCall): Promise<object> =>
  unpause(engine, { target: requireTarget(engine, call, request.execution), selector: selectorOf(engine, request) }, request);
export const unpauseActivityExecution = (
  engine: Engine,
  request: Request<'unpauseActivityExecution'>,
  call: NamespaceCall,
): Promise<object> =>
  unpause(engine, { target: targetOf(engine, request, call), selector: byId(engine, request) }, { jitter: request.jitter ?? null });

type ResetFields = Pick<Request<'resetActivity'>, 'resetHeartbeat' | 'keepPaused' | 'jitter' | 'restoreOriginalOptions'>;

export async function reset(engine: Engine, { target, selector }: On, fields: ResetFields): Promise<object> {
  const request = {
    selector,
    resetHeartbeat: fields.resetHeartbeat === true,
    keepPaused: fields.keepPaused === true,
    restoreOriginalOptions: fields.restoreOriginalOptions === true,
    delay: jittered(engine, fields.jitter),
  };
  await engine.history.transact(target, (state, env) => decideResetActivity(state, request, env));
  return {};
}

export const resetActivity = (engine: Engine, request: Request<'resetActivity'>, call: NamespaceCall): Promise<object> =>
  reset(engine, { target: requireTarget(engine, call, request.execution), selector: selectorOf(engine, request) }, request);
export const resetActivityExecution = (engine: Engine, request: Request<'resetActivityExecution'>, call: NamespaceCall): Promise<object> =>
  reset(engine, { target: targetOf(engine, request, call), selector: byId(engine, request) }, request);

type OptionsFields = Pick<Request<'updateActivityOptions'>, 'activityOptions' | 'updateMask' | 'restoreOriginal'>;

export async function updateOptions(engine: Engine, { target, selector }: On, fields: OptionsFields): Promise<object> {
  const change = fields.restoreOriginal === true ? undefined : maskedChange(engine, fields);
  const activityOptions = await engine.history.transact(target, (state, env) =>
    decideUpdateActivityOptions(state, { selector, change }, env),
  );
  return { activityOptions };
}

export const updateActivityOptions = (engine: Engine, request: Request<'updateActivityOptions'>, call: NamespaceCall): Promise<object> =>
  updateOptions(engine, { target: requireTarget(engine, call, request.execution), selector: selectorOf(engine, request) }, request);
export const updateActivityExecutionOptions = (
  engine: Engine,
  request: Request<'updateActivityExecutionOptions'>,
  call: NamespaceCall,
): Promise<object> => updateOptions(engine, { target: targetOf(engine, request, call), selector: byId(engine, request) }, request);

const nested = ['retryPolicy', 'priority'] as const;
const plain = ['scheduleToCloseTimeout', 'scheduleToStartTimeout', 'startToCloseTimeout', 'heartbeatTimeout'] as const;

/** Only what the mask names is changed. */
export function maskedChange(engine: Engine, { activityOptions, updateMask }: OptionsFields): (options: Options) => Options {
  const given = activityOptions ?? {};
  const paths = (updateMask?.paths ?? []).map((path) => path.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()));
  if (paths.length === 0) throw invalid('UpdateMask is not set on request.');
  for (const path of paths) if (!isKnownPath(path)) throw invalid(`UpdateMask names a field that activity options do not have: ${path}`);
  if (paths.includes('taskQueue.name') || paths.includes('taskQueue')) requireTaskQueue(engine, given.taskQueue);
  const fault = faultOfOptions(given) ?? faultOfPriority(given.priority);
  if (fault !== undefined) throw invalid(fault);
  return (before) => {
    const after = paths.reduce((options, path) => copyField(options, given, path), before);
    const retryFault = faultOfRetryPolicy(after.retryPolicy);
    if (retryFault !== undefined) throw invalid(retryFault);
    if (!fromDuration(after.scheduleToCloseTimeout) && !fromDuration(after.startToCloseTimeout))
      throw invalid('ActivityOptions: either scheduleToCloseTimeout or startToCloseTimeout must be set.');
    return after;
  };
}

const retryFields = ['initialInterval', 'backoffCoefficient', 'maximumInterval', 'maximumAttempts', 'nonRetryableErrorTypes'];
const priorityFields = ['priorityKey', 'fairnessKey', 'fairnessWeight'];

function isKnownPath(path: string): boolean {
  const [first = '', second, ...more] = path.split('.');
  if (more.length > 0) return false;
  if (first === 'taskQueue') return second === undefined || second === 'name';
  if (first === 'retryPolicy') return second === undefined || retryFields.includes(second);
  if (first === 'priority') return second === undefined || priorityFields.includes(second);
  return second === undefined && plain.some((name) => name === first);
}

function copyField(options: Options, given: Options, path: string): Options {
  const [first = '', second] = path.split('.');
  if (first === 'taskQueue') return { ...options, taskQueue: given.taskQueue ?? null };
  const whole = nested.find((name) => name === first);
  if (whole !== undefined && second !== undefined) {
    const value = (given[whole] as Readonly<Record<string, unknown>> | null | undefined)?.[second] ?? null;
    return { ...options, [whole]: { ...options[whole], [second]: value } };
  }
  const name = whole ?? plain.find((one) => one === first);
  return name === undefined ? options : { ...options, [name]: given[name] ?? null };
}
