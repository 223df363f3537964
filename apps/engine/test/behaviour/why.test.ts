/** Why a run does not move, for each situation as it comes about on a whole engine. */
import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import { toDuration } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Finding, WhyCode } from '../../src/api/model/finding.ts';
import { activity, cancelActivity, continueAsNew, fail, startChild, timer } from '../support/commands.ts';
import { stickTo } from '../support/queries.ts';
import { accepted, admitUpdate, answerUpdates } from '../support/update-calls.ts';
import type { StartedRun, WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, openWholeEngine } from '../support/whole-engine.ts';
import type { Asked } from '../support/why.ts';
import { textOf, whyOf } from '../support/why.ts';

const { TaskQueueType, WorkerStatus, WorkflowTaskFailedCause: Cause } = api.enums.v1;
type Over = Parameters<WholeEngine['start']>[0];

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

/** Later than any grace, and sooner than any timeout that these runs have. */
const SOON = 4_000;
/** Longer than a poll may last: whoever has not asked since is gone. */
const MUCH_LATER = 80_000;

const beat = (taskQueue: string, slots: temporal.api.worker.v1.IWorkerHeartbeat) =>
  engine.workflow.recordWorkerHeartbeat({
    namespace: NAMESPACE,
    identity: 'w1',
    workerHeartbeat: [
      { workerInstanceKey: randomUUID(), workerIdentity: 'w1', taskQueue, status: WorkerStatus.WORKER_STATUS_RUNNING, ...slots },
    ],
  });
const full = { currentUsedSlots: 4, currentAvailableSlots: 0 };

/** A worker asks for workflow tasks and gets none, so that the queue knows of it. */
const pollWorkflow = (name: string) =>
  engine.workflow.pollWorkflowTaskQueue({ namespace: NAMESPACE, taskQueue: { name }, identity: 'w1' }, { deadline: Date.now() + 2_100 });
const pollActivity = (name: string, perSecond?: number) =>
  engine.workflow.pollActivityTaskQueue(
    {
      namespace: NAMESPACE,
      taskQueue: { name },
      identity: 'w1',
      ...(perSecond === undefined ? {} : { taskQueueMetadata: { maxTasksPerSecond: { value: perSecond } } }),
    },
    { deadline: Date.now() + 2_100 },
  );
const limit = (taskQueue: string, requestsPerSecond: number) =>
  engine.workflow.updateTaskQueueConfig({
    namespace: NAMESPACE,
    identity: 'operator',
    taskQueue,
    taskQueueType: TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
    updateQueueRateLimit: { reason: 'gently', rateLimit: { requestsPerSecond } },
  });

const onQueue = ({ taskQueue }: StartedRun) => ({ taskQueue: { name: taskQueue } });
/** A run whose only activity is on the run's own queue. */
async function withActivity(over: Parameters<typeof activity>[1] = {}, startOver: Over = {}): Promise<StartedRun> {
  const run = await engine.start(startOver);
  await engine.step(run.taskQueue, activity('a', { ...onQueue(run), startToCloseTimeout: toDuration(600_000), ...over }));
  return run;
}
async function withRunningActivity(over: Parameters<typeof activity>[1] = {}): Promise<StartedRun> {
  const run = await withActivity(over);
  await engine.activityTask(run.taskQueue);
  return run;
}
async function withFailingActivity(message: string, over: Parameters<typeof activity>[1] = {}): Promise<StartedRun> {
  const run = await withActivity({ retryPolicy: { initialInterval: toDuration(60_000) }, ...over });
  const { taskToken } = await engine.activityTask(run.taskQueue);
  await engine.workflow.respondActivityTaskFailed({
    namespace: NAMESPACE,
    taskToken,
    identity: 'w1',
    failure: { message, applicationFailureInfo: { type: 'GatewayError' } },
  });
  return run;
}
/** A run whose workflow task failed so often. */
async function withFailingTask(times: number, cause: temporal.api.enums.v1.WorkflowTaskFailedCause, message: string): Promise<StartedRun> {
  const run = await engine.start();
  for (let attempt = 0; attempt < times; attempt += 1) {
    const { taskToken } = await engine.workflowTask(run.taskQueue);
    await engine.workflow.respondWorkflowTaskFailed({ namespace: NAMESPACE, taskToken, cause, identity: 'w1', failure: { message } });
  }
  return run;
}
const idle = async (over: Over = {}): Promise<StartedRun> => {
  const run = await engine.start(over);
  await engine.step(run.taskQueue);
  return run;
};
async function withChild(inside: (childQueue: string) => Promise<unknown>): Promise<StartedRun> {
  const run = await engine.start();
  const childQueue = randomUUID();
  await engine.step(run.taskQueue, startChild(randomUUID(), { taskQueue: { name: childQueue } }));
  await inside(childQueue);
  // The word that the child began is a task of its own.
  await engine.step(run.taskQueue);
  return run;
}

interface Situation {
  readonly code: WhyCode;
  /** Part of the first sentence, with `…` for each moment; runs' own names are left out. */
  readonly says: string;
  readonly action?: string;
  readonly make: () => Promise<StartedRun>;
  readonly asked?: Asked;
  /** What another server would be told to be the reason, where it is not the same: it says less. */
  readonly foreign?: WhyCode;
}

const situations: Readonly<Record<string, Situation>> = {
  'nobody polls the queue of the workflow': {
    code: 'task-unpolled',
    says: 'The workflow task has waited …: no worker polls ',
    action: 'queue',
    make: () => engine.start(),
    asked: { later: SOON },
  },
  'the worker of the queue is gone': {
    code: 'task-unpolled',
    says: '; test last did, … ago.',
    make: async () => {
      const run = await idle();
      await engine.workflow.signalWorkflowExecution({
        namespace: NAMESPACE,
        workflowExecution: { workflowId: run.workflowId },
        signalName: 's',
      });
      return run;
    },
    asked: { later: MUCH_LATER },
  },
  'workers poll a queue with a close name': {
    code: 'task-close-name',
    says: 'Workers poll orders-eu: is one of the names a slip?',
    action: 'queue',
    make: async () => {
      await beat('orders-eu', {});
      return engine.start({ taskQueue: { name: 'order-eu' } });
    },
    asked: { later: SOON },
  },
  'the only worker has no free slot for a workflow task': {
    code: 'task-slots-full',
    says: 'all 4 slots of its worker are taken.',
    action: 'workers',
    make: async () => {
      const taskQueue = randomUUID();
      await pollWorkflow(taskQueue);
      await beat(taskQueue, { workflowTaskSlotsInfo: full });
      return engine.start({ taskQueue: { name: taskQueue } });
    },
    asked: { later: SOON },
  },
  'other workflow tasks wait before it': {
    code: 'task-backlog',
    says: 'among 2 other tasks',
    make: async () => {
      const taskQueue = { name: randomUUID() };
      await pollWorkflow(taskQueue.name);
      for (let count = 0; count < 2; count += 1) await engine.start({ taskQueue });
      return engine.start({ taskQueue });
    },
    asked: { later: SOON },
  },
  'the workflow task waits though somebody polls': {
    code: 'task-waiting',
    says: 'which 1 worker polls.',
    make: async () => {
      const taskQueue = { name: randomUUID() };
      await pollWorkflow(taskQueue.name);
      return engine.start({ taskQueue });
    },
    asked: { later: SOON },
  },
  'the workflow task has just begun': {
    code: 'task-running',
    says: 'has run for … on test.',
    make: async () => {
      const run = await engine.start();
      await engine.workflowTask(run.taskQueue);
      return run;
    },
  },
  'the workflow task runs long': {
    code: 'task-long',
    says: 'without an answer. It times out in ….',
    action: 'workers',
    make: async () => {
      const run = await engine.start();
      await engine.workflowTask(run.taskQueue);
      return run;
    },
    asked: { later: 6_000 },
  },
  'the code does not replay': {
    code: 'task-failing',
    says: 'The workflow task does not replay on today’s code, attempt 2, for …. Step 3 differs',
    action: 'replay',
    make: () =>
      withFailingTask(1, Cause.WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR, '[TMPRL1100] Task 2 (event 5): step 3 differs'),
  },
  'the code throws in its workflow task': {
    code: 'task-failing',
    says: 'keeps failing, attempt 3, for …. Cannot read properties of undefined',
    action: 'event',
    make: () =>
      withFailingTask(2, Cause.WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE, 'Cannot read properties of undefined\nat x'),
  },
  'no worker knows the workflow type': {
    code: 'task-type-missing',
    says: 'the worker does not know the type Order, attempt 2',
    action: 'workers',
    make: () =>
      withFailingTask(
        1,
        Cause.WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE,
        "Failed to initialize workflow of type 'Order': no such function is exported by the workflow bundle",
      ),
  },
  'the worker that kept the run is gone': {
    code: 'task-sticky-gone',
    says: 'The worker that kept this run in its cache is gone.',
    make: async () => {
      const run = await engine.start();
      const sticky = `sticky-${randomUUID()}`;
      // It asks there, as a worker with a cache does, and then never again.
      const task = await engine.workflowTask(run.taskQueue);
      await engine.complete(task, [], stickTo(sticky, 600_000));
      const poll = engine.workflow.pollWorkflowTaskQueue(
        { namespace: NAMESPACE, taskQueue: { name: sticky, normalName: run.taskQueue, kind: 2 }, identity: 'w1' },
        { deadline: Date.now() + 2_100 },
      );
      await poll;
      await engine.workflow.signalWorkflowExecution({
        namespace: NAMESPACE,
        workflowExecution: { workflowId: run.workflowId },
        signalName: 's',
      });
      return run;
    },
    asked: { later: MUCH_LATER },
    foreign: 'task-unpolled',
  },
  'an activity backs off': {
    code: 'activity-backoff',
    says: 'Waiting on step: attempt 1 failed with 502 Bad Gateway. Next try in …, at ….',
    action: 'retry',
    make: () => withFailingActivity('502 Bad Gateway'),
  },
  'no worker knows the activity type': {
    code: 'activity-type-missing',
    says: 'has no activity step.',
    action: 'queue',
    make: () => withFailingActivity('Activity function step is not registered on this Worker, available activities: charge'),
  },
  'nobody polls the queue of an activity': {
    code: 'activity-unpolled',
    says: 'step has waited …: no worker polls nobody-here',
    action: 'queue',
    make: () => withActivity({ taskQueue: { name: 'nobody-here' } }),
    asked: { later: SOON },
  },
  'the queue of an activity is one letter off': {
    code: 'activity-close-name',
    says: 'Workers poll payments-eu',
    action: 'queue',
    make: async () => {
      await beat('payments-eu', {});
      return withActivity({ taskQueue: { name: 'payment-eu' } });
    },
    asked: { later: SOON },
  },
  'the only worker has no free slot for an activity': {
    code: 'activity-slots-full',
    says: 'all 4 slots of its worker are taken.',
    make: async () => {
      const name = randomUUID();
      await pollActivity(name);
      await beat(name, { activityTaskSlotsInfo: full });
      return withActivity({ taskQueue: { name } });
    },
    asked: { later: SOON },
  },
  'the queue of an activity is limited to nothing': {
    code: 'activity-queue-stopped',
    says: 'which is limited to 0 tasks a second by its configuration.',
    action: 'queue',
    make: async () => {
      const name = randomUUID();
      await pollActivity(name);
      await limit(name, 0);
      return withActivity({ taskQueue: { name } });
    },
    asked: { later: SOON },
  },
  'the workers of an activity’s queue take it slowly': {
    code: 'activity-queue-slow',
    says: 'which hands out 0.5 a second at most, set by its workers.',
    make: async () => {
      const name = randomUUID();
      await pollActivity(name, 0.5);
      return withActivity({ taskQueue: { name } });
    },
    asked: { later: SOON },
  },
  'other activities wait before it': {
    code: 'activity-backlog',
    says: 'among 3 other tasks',
    make: async () => {
      const taskQueue = { name: randomUUID() };
      await pollActivity(taskQueue.name);
      for (let count = 0; count < 3; count += 1) await withActivity({ taskQueue });
      return withActivity({ taskQueue });
    },
    asked: { later: SOON },
  },
  'an activity runs and beats': {
    code: 'activity-running',
    says: 'step has run for … on test.',
    action: 'workers',
    make: () => withRunningActivity({ heartbeatTimeout: toDuration(60_000) }),
  },
  'an activity runs for long without heartbeats': {
    code: 'activity-unwatched',
    says: 'without heartbeats. If that worker is gone, it is noticed in ….',
    make: () => withRunningActivity(),
    asked: { later: 40_000 },
  },
  'the heartbeat of an activity is nearly late': {
    code: 'activity-silent',
    says: 'has been silent for …. Without a heartbeat it times out in ….',
    make: () => withRunningActivity({ heartbeatTimeout: toDuration(30_000) }),
    asked: { later: 20_000 },
  },
  'an activity does not hear of its cancellation': {
    code: 'activity-canceling',
    says: 'was asked to stop and still runs on test. Without heartbeats it does not hear of it.',
    make: async () => {
      const run = await withRunningActivity();
      const wake = { namespace: NAMESPACE, workflowExecution: { workflowId: run.workflowId }, signalName: 'stop' };
      await engine.workflow.signalWorkflowExecution(wake);
      await engine.step(run.taskQueue, cancelActivity(5));
      return run;
    },
    asked: { later: 6_000 },
  },
  'an activity is paused': {
    code: 'activity-paused',
    says: 'step is paused by ops, … ago: too hot.',
    action: 'unpause',
    make: async () => {
      const run = await withActivity();
      const held = { identity: 'ops', reason: 'too hot' };
      await engine.workflow.pauseActivity({ namespace: NAMESPACE, execution: { workflowId: run.workflowId }, id: 'a', ...held });
      return run;
    },
  },
  'the time of all attempts is nearly over': {
    code: 'activity-expiring',
    says: 'step has … left for all its attempts together.',
    make: () => withRunningActivity({ scheduleToCloseTimeout: toDuration(40_000) }),
    asked: { later: 20_000 },
  },
  'the run is paused': {
    code: 'run-paused',
    says: 'Paused by ops, … ago: too hot.',
    action: 'resume',
    make: async () => {
      const run = await withActivity();
      const held = { identity: 'ops', reason: 'too hot' };
      await engine.workflow.pauseWorkflowExecution({ namespace: NAMESPACE, workflowId: run.workflowId, ...held });
      return run;
    },
  },
  'a timer runs': {
    code: 'timer',
    says: 'Waiting for the timer hold, which fires in …, at ….',
    action: 'event',
    make: async () => {
      const run = await engine.start();
      await engine.step(run.taskQueue, timer('hold', 600_000));
      return run;
    },
  },
  'nothing is pending': {
    code: 'message',
    says: 'Nothing is pending: it waits for a signal, an update',
    action: 'signal',
    make: () => idle(),
  },
  'a child waits for a timer': {
    code: 'child',
    says: 'Waiting for the child child, where: Waiting for the timer hold, which fires in …',
    action: 'run',
    make: () => withChild((queue) => engine.step(queue, timer('hold', 600_000))),
  },
  'a child of a child has no worker': {
    code: 'child',
    says: 'where: Waiting for the child child, where: The workflow task has waited …: no worker polls nobody-there',
    action: 'run',
    make: () =>
      withChild(async (queue) => {
        await engine.step(queue, startChild(randomUUID(), { taskQueue: { name: 'nobody-there' } }));
        await engine.step(queue);
      }),
    asked: { later: SOON },
  },
  'its start was delayed': {
    code: 'start-delayed',
    says: 'It was asked to start later. The first workflow task comes in …, at ….',
    make: () => engine.start({ workflowStartDelay: toDuration(600_000) }),
  },
  'a cron schedule says when': {
    code: 'cron-wait',
    says: 'It waits for the next time of its cron schedule, in …, at ….',
    make: () => engine.start({ cronSchedule: '0 0 1 1 *' }),
  },
  'the run before it failed and is tried again': {
    code: 'retry-wait',
    says: 'The run before it failed. This one tries again in …, at …. The failure was: broken',
    make: async () => {
      const run = await engine.start({ retryPolicy: { initialInterval: toDuration(600_000) } });
      await engine.step(run.taskQueue, fail());
      return { ...run, runId: '' };
    },
  },
  'the run before it asked for a pause in between': {
    code: 'continue-wait',
    says: 'It continues the run before it, which asked for a pause in between.',
    make: async () => {
      const run = await engine.start();
      await engine.step(run.taskQueue, continueAsNew({ backoffStartInterval: toDuration(600_000) }));
      return { ...run, runId: '' };
    },
  },
  'cancellation was requested and nothing came of it': {
    code: 'cancel-ignored',
    says: 'Cancellation was requested … ago, and the workflow goes on',
    action: 'terminate',
    make: async () => {
      const run = await idle();
      await engine.workflow.requestCancelWorkflowExecution({
        namespace: NAMESPACE,
        workflowExecution: { workflowId: run.workflowId },
        identity: 'ops',
      });
      await engine.step(run.taskQueue);
      return run;
    },
    asked: { later: 10_000 },
  },
  'an update waits for its acceptance': {
    code: 'update-admitted',
    says: 'The update add waits for a worker to accept or reject it, for ….',
    make: async () => {
      const run = await idle();
      const { response } = await admitUpdate(engine, run, 'u1');
      void response.catch(() => undefined);
      return run;
    },
    foreign: 'task-waiting',
  },
  'an update was accepted and is not done': {
    code: 'update-accepted',
    says: 'The update add is accepted; its handler has not finished.',
    action: 'event',
    make: async () => {
      const run = await idle();
      const { response } = await admitUpdate(engine, run, 'u1');
      void response.catch(() => undefined);
      await answerUpdates(engine, await engine.workflowTask(run.taskQueue), accepted('u1'));
      return run;
    },
  },
  'its time is nearly over': {
    code: 'run-expiring',
    says: 'The run’s time is over in …, at ….',
    make: () => idle({ workflowRunTimeout: toDuration(600_000) }),
    asked: { later: 570_000 },
  },
  'its tasks failed several times in a row': {
    code: 'task-failing',
    says: 'attempt 6',
    make: () => withFailingTask(5, Cause.WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE, 'boom'),
  },
};

const codesOf = (found: readonly Finding[]) => found.map(({ code }) => code);

it.for(Object.entries(situations))('%s', async ([_name, { code, says, action, make, asked, foreign }]) => {
  const run = await make();
  const found = await whyOf(engine, run, asked);
  expect(codesOf(found)).toContain(code);
  const first = found[0];
  expect({ code: first?.code, text: textOf(first?.sentence ?? []) }).toEqual({ code, text: expect.stringContaining(says) });
  expect(first?.evidence.length).toBeGreaterThan(0);
  if (action !== undefined) expect(first?.actions[0]?.kind).toBe(action);
  // The same over the protocol alone, as of a server that is not ours.
  expect((await whyOf(engine, run, { ...asked, isForeign: true }))[0]?.code).toBe(foreign ?? code);
});

it('says of a deprecated namespace that it takes no new runs, after what holds the run', async () => {
  const namespace = `old-${randomUUID().slice(0, 8)}`;
  const workflowExecutionRetentionPeriod = toDuration(24 * 3_600_000);
  await engine.workflow.registerNamespace({ namespace, workflowExecutionRetentionPeriod });
  const run = { workflowId: randomUUID() };
  const request = { namespace, ...run, workflowType: { name: 'Order' }, taskQueue: { name: 'old' }, requestId: randomUUID() };
  await engine.workflow.startWorkflowExecution(request);
  await engine.workflow.deprecateNamespace({ namespace });
  expect(codesOf(await whyOf(engine, run, { namespace, later: SOON }))).toEqual(['task-unpolled', 'namespace-deprecated']);
});

it('answers nothing for a run that is closed', async () => {
  const run = await engine.start();
  await engine.workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId: run.workflowId } });
  expect(await whyOf(engine, run)).toEqual([]);
});
