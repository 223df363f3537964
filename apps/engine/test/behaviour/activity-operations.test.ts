/** What people may do to an activity that is pending, over the wire. */
import { api } from '@tidemark/protocol/api';
import { toDuration } from '@tidemark/protocol/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activity, complete } from '../support/commands.ts';
import type { ActivityTask, StartedRun, WholeEngine } from '../support/whole-engine.ts';
import { eventOf, NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';

const { PendingActivityState: State, RetryState } = api.enums.v1;
const HOUR_MS = 3_600_000;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

/** A run whose activity `a` waits in the run's own queue. */
async function withActivity(over: Parameters<typeof activity>[1] = {}): Promise<StartedRun> {
  const run = await engine.start();
  const retryPolicy = { initialInterval: toDuration(HOUR_MS) };
  await engine.step(run.taskQueue, activity('a', { taskQueue: { name: run.taskQueue }, retryPolicy, ...over }));
  return run;
}
const on = ({ workflowId }: StartedRun) => ({ namespace: NAMESPACE, execution: { workflowId }, id: 'a' });
const pending = async (run: StartedRun) => (await engine.describe(run)).pendingActivities[0];
const fail = ({ taskToken }: ActivityTask) =>
  engine.workflow.respondActivityTaskFailed({
    namespace: NAMESPACE,
    taskToken,
    failure: { message: 'no', applicationFailureInfo: { type: 'Broken' } },
  });

describe('pausing', () => {
  it('an attempt that runs tells its worker, takes its result, and counts its failure', async () => {
    const run = await withActivity();
    const task = await engine.activityTask(run.taskQueue);
    await engine.workflow.pauseActivity(on(run));
    expect((await pending(run))?.state).toBe(State.PENDING_ACTIVITY_STATE_PAUSE_REQUESTED);
    const beat = await engine.workflow.recordActivityTaskHeartbeat({ namespace: NAMESPACE, taskToken: task.taskToken });
    expect(beat.activityPaused).toBe(true);
    await fail(task);
    expect(await pending(run)).toMatchObject({ state: State.PENDING_ACTIVITY_STATE_PAUSED, attempt: 2, paused: true });
  });

  it('keeps what is set meanwhile: options stay over a reset, and the activity goes on with them', async () => {
    const run = await withActivity();
    await engine.workflow.pauseActivityExecution({ namespace: NAMESPACE, workflowId: run.workflowId, activityId: 'a' });
    await engine.workflow.updateActivityOptions({
      ...on(run),
      activityOptions: { startToCloseTimeout: toDuration(7000) },
      updateMask: { paths: ['start_to_close_timeout'] },
    });
    await engine.workflow.resetActivity({ ...on(run), keepPaused: true });
    expect(await engine.isIdle(run.taskQueue, 'activity')).toBe(true);
    await engine.workflow.unpauseActivity(on(run));
    expect(await engine.activityTask(run.taskQueue)).toMatchObject({ attempt: 1, startToCloseTimeout: toDuration(7000) });
  });

  it('twice succeeds, and going on without a pause changes nothing', async () => {
    const run = await withActivity();
    await engine.workflow.unpauseActivity(on(run));
    await engine.workflow.pauseActivity({ ...on(run), requestId: 'one' });
    await engine.workflow.pauseActivity({ ...on(run), requestId: 'two' });
    expect((await pending(run))?.state).toBe(State.PENDING_ACTIVITY_STATE_PAUSED);
  });
});

describe('resetting', () => {
  it('cuts a wait short and begins again at the first attempt', async () => {
    const run = await withActivity();
    await fail(await engine.activityTask(run.taskQueue));
    await engine.workflow.resetActivityExecution({ namespace: NAMESPACE, workflowId: run.workflowId, activityId: 'a' });
    expect((await engine.activityTask(run.taskQueue)).attempt).toBe(1);
  });

  it('an attempt that runs leaves a run that can be ended meanwhile', async () => {
    const run = await withActivity();
    const task = await engine.activityTask(run.taskQueue);
    await engine.workflow.resetActivity(on(run));
    await engine.workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId: run.workflowId } });
    expect(namesOf([await engine.closed(run)])).toEqual(['WORKFLOW_EXECUTION_TERMINATED']);
    await expect(fail(task)).rejects.toMatchObject({ code: 5 });
  });
});

describe('changing options', () => {
  it('gives an activity that waits another end', async () => {
    const run = await withActivity({ startToCloseTimeout: toDuration(HOUR_MS) });
    await engine.workflow.updateActivityExecutionOptions({
      namespace: NAMESPACE,
      workflowId: run.workflowId,
      activityId: 'a',
      activityOptions: { scheduleToCloseTimeout: toDuration(200) },
      updateMask: { paths: ['schedule_to_close_timeout'] },
    });
    await engine.step(run.taskQueue, complete());
    const { activityTaskTimedOutEventAttributes: timedOut } = eventOf(await engine.history(run), 'ACTIVITY_TASK_TIMED_OUT');
    expect(timedOut?.retryState).toBe(RetryState.RETRY_STATE_TIMEOUT);
  });

  it('shortens a wait that has begun, and is taken back on demand', async () => {
    const run = await withActivity();
    await fail(await engine.activityTask(run.taskQueue));
    await engine.workflow.updateActivityOptions({
      ...on(run),
      activityOptions: { retryPolicy: { initialInterval: toDuration(1) } },
      updateMask: { paths: ['retryPolicy.initialInterval'] },
    });
    expect((await engine.activityTask(run.taskQueue)).attempt).toBe(2);
    const { activityOptions } = await engine.workflow.updateActivityOptions({ ...on(run), restoreOriginal: true });
    expect(activityOptions?.retryPolicy?.initialInterval).toMatchObject(toDuration(HOUR_MS));
  });
});
