/** Activities as a workflow asks for them and workers report them. */
import { api } from '@tidemark/protocol/api';
import type { temporal } from '@tidemark/protocol/types';
import { activity } from './commands.ts';
import type { ActivityTask, HistoryEvent, StartedRun, WholeEngine } from './whole-engine.ts';
import { NAMESPACE, namesOf } from './whole-engine.ts';

const { RetryState } = api.enums.v1;
type Failure = temporal.api.failure.v1.IFailure;
type Attributes = temporal.api.command.v1.IScheduleActivityTaskCommandAttributes;

/** Its id in every run that `awaitActivity` makes. */
export const ACTIVITY_ID = 'only';

/** A run that waits for one activity; both have the same queue. */
export async function awaitActivity(engine: WholeEngine, over: Attributes = {}): Promise<StartedRun> {
  const run = await engine.start();
  await engine.step(run.taskQueue, activity(ACTIVITY_ID, { taskQueue: { name: run.taskQueue }, ...over }));
  return run;
}

/** What describe says of it; nothing once it has ended. */
export async function pendingActivity(engine: WholeEngine, run: StartedRun) {
  return (await engine.describe(run)).pendingActivities[0];
}

export const applicationFailure = (type: string, message = type): Failure => ({ message, applicationFailureInfo: { type } });

/** A worker reports that its attempt failed; without a failure it says no more than that. */
export const failAttempt = (engine: WholeEngine, { taskToken }: ActivityTask, failure?: Failure) =>
  engine.workflow.respondActivityTaskFailed({ namespace: NAMESPACE, taskToken, identity: 'test', ...(failure ? { failure } : {}) });

/** As an application does that knows the activity by its id. */
export const failById = (engine: WholeEngine, { workflowId, runId }: StartedRun, failure: Failure) =>
  engine.workflow.respondActivityTaskFailedById({ namespace: NAMESPACE, workflowId, runId, activityId: ACTIVITY_ID, failure });

export const completeById = (engine: WholeEngine, { workflowId, runId }: StartedRun) =>
  engine.workflow.respondActivityTaskCompletedById({
    namespace: NAMESPACE,
    workflowId,
    runId,
    activityId: ACTIVITY_ID,
    identity: 'person',
  });

export interface ActivityEnding {
  /** Of the closing event, without prefix: `COMPLETED`, `FAILED`, `TIMED_OUT` or `CANCELED`. */
  readonly name: string;
  readonly failure: Failure | undefined;
  /** The name of its number, without prefix. */
  readonly retryState: string;
  readonly event: HistoryEvent;
  /** Of the attempt that ended; nothing when none was taken. */
  readonly started: temporal.api.history.v1.IActivityTaskStartedEventAttributes | undefined;
}

/** Takes the workflow task that shows how the activity ended. */
export async function endOf(engine: WholeEngine, run: StartedRun): Promise<ActivityEnding> {
  const events = (await engine.workflowTask(run.taskQueue)).history?.events ?? [];
  const names = namesOf(events);
  const at = names.findIndex((name) => /^ACTIVITY_TASK_(COMPLETED|FAILED|TIMED_OUT|CANCELED)$/.test(name));
  const event = events[at];
  if (event === undefined) throw new Error(`the activity has not ended: ${names.join(', ')}`);
  const { activityTaskFailedEventAttributes: failed, activityTaskTimedOutEventAttributes: timedOut } = event;
  const state = failed?.retryState ?? timedOut?.retryState ?? 0;
  return {
    name: names[at]?.slice('ACTIVITY_TASK_'.length) ?? '',
    failure: failed?.failure ?? timedOut?.failure ?? undefined,
    retryState: (RetryState[state] ?? '').slice('RETRY_STATE_'.length),
    event,
    started: events.find((_event, index) => names[index] === 'ACTIVITY_TASK_STARTED')?.activityTaskStartedEventAttributes ?? undefined,
  };
}
