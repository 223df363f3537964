/** Why a run does not move, for each situation as it comes about on a whole engine: its workflow task, messages, the run itself. */
import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import { toDuration } from '@tidemark/protocol/time';
import { expect, it } from 'vitest';
import { continueAsNew, fail, startChild, timer } from '../support/commands.ts';
import { stickTo } from '../support/queries.ts';
import { accepted, admitUpdate, answerUpdates } from '../support/update-calls.ts';
import { NAMESPACE } from '../support/whole-engine.ts';
import { whyOf } from '../support/why.ts';
import { codesOf, SOON, tellApart } from '../support/why-situations.ts';

const { WorkflowTaskFailedCause: Cause } = api.enums.v1;
/** Longer than a poll may last: whoever has not asked since is gone. */
const MUCH_LATER = 80_000;
const full = { currentUsedSlots: 4, currentAvailableSlots: 0 };

const engine = tellApart({
  'nobody polls the queue of the workflow': {
    code: 'task-unpolled',
    says: 'The workflow task has waited …: no worker polls ',
    action: 'queue',
    make: ({ engine }) => engine.start(),
    asked: { later: SOON },
  },
  'the worker of the queue is gone': {
    code: 'task-unpolled',
    says: '; test last did, … ago.',
    make: async ({ idle, signal }) => {
      const run = await idle();
      await signal(run);
      return run;
    },
    asked: { later: MUCH_LATER },
  },
  'workers poll a queue with a close name': {
    code: 'task-close-name',
    says: 'Workers poll orders-eu: is one of the names a slip?',
    action: 'queue',
    make: async ({ beat, engine }) => {
      await beat('orders-eu', {});
      return engine.start({ taskQueue: { name: 'order-eu' } });
    },
    asked: { later: SOON },
  },
  'the only worker has no free slot for a workflow task': {
    code: 'task-slots-full',
    says: 'all 4 slots of its worker are taken.',
    action: 'workers',
    make: async ({ beat, pollWorkflow, engine }) => {
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
    make: async ({ pollWorkflow, engine }) => {
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
    make: async ({ pollWorkflow, engine }) => {
      const taskQueue = { name: randomUUID() };
      await pollWorkflow(taskQueue.name);
      return engine.start({ taskQueue });
    },
    asked: { later: SOON },
  },
  'the workflow task has just begun': {
    code: 'task-running',
    says: 'has run for … on test.',
    make: async ({ engine }) => {
      const run = await engine.start();
      await engine.workflowTask(run.taskQueue);
      return run;
    },
  },
  'the workflow task runs long': {
    code: 'task-long',
    says: 'without an answer. It times out in ….',
    action: 'workers',
    make: async ({ engine }) => {
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
    make: ({ withFailingTask }) =>
      withFailingTask(1, Cause.WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR, '[TMPRL1100] Task 2 (event 5): step 3 differs'),
  },
  'the code throws in its workflow task': {
    code: 'task-failing',
    says: 'keeps failing, attempt 3, for …. Cannot read properties of undefined',
    action: 'event',
    make: ({ withFailingTask }) =>
      withFailingTask(2, Cause.WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE, 'Cannot read properties of undefined\nat x'),
  },
  'no worker knows the workflow type': {
    code: 'task-type-missing',
    says: 'the worker does not know the type Order, attempt 2',
    action: 'workers',
    make: ({ withFailingTask }) =>
      withFailingTask(
        1,
        Cause.WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE,
        "Failed to initialize workflow of type 'Order': no such function is exported by the workflow bundle",
      ),
  },
  'the worker that kept the run is gone': {
    code: 'task-sticky-gone',
    says: 'The worker that kept this run in its cache is gone.',
    make: async ({ engine, signal }) => {
      const run = await engine.start();
      const sticky = `sticky-${randomUUID()}`;
      // It asks there, as a worker with a cache does, and then never again.
      const task = await engine.workflowTask(run.taskQueue);
      await engine.complete(task, [], stickTo(sticky, 600_000));
      await engine.workflow.pollWorkflowTaskQueue(
        { namespace: NAMESPACE, taskQueue: { name: sticky, normalName: run.taskQueue, kind: 2 }, identity: 'w1' },
        { deadline: Date.now() + 2_100 },
      );
      await signal(run);
      return run;
    },
    asked: { later: MUCH_LATER },
    foreign: 'task-unpolled',
  },
  'the run is paused': {
    code: 'run-paused',
    says: 'Paused by ops, … ago: too hot.',
    action: 'resume',
    make: async ({ withActivity, engine }) => {
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
    make: async ({ engine }) => {
      const run = await engine.start();
      await engine.step(run.taskQueue, timer('hold', 600_000));
      return run;
    },
  },
  'nothing is pending': {
    code: 'message',
    says: 'Nothing is pending: it waits for a signal, an update',
    action: 'signal',
    make: ({ idle }) => idle(),
  },
  'a child waits for a timer': {
    code: 'child',
    says: 'Waiting for the child child, where: Waiting for the timer hold, which fires in …',
    action: 'run',
    make: ({ withChild, engine }) => withChild((queue) => engine.step(queue, timer('hold', 600_000))),
  },
  'a child of a child has no worker': {
    code: 'child',
    says: 'where: Waiting for the child child, where: The workflow task has waited …: no worker polls nobody-there',
    action: 'run',
    make: ({ withChild, engine }) =>
      withChild(async (queue) => {
        await engine.step(queue, startChild(randomUUID(), { taskQueue: { name: 'nobody-there' } }));
        await engine.step(queue);
      }),
    asked: { later: SOON },
  },
  'its start was delayed': {
    code: 'start-delayed',
    says: 'It was asked to start later. The first workflow task comes in …, at ….',
    make: ({ engine }) => engine.start({ workflowStartDelay: toDuration(600_000) }),
  },
  'a cron schedule says when': {
    code: 'cron-wait',
    says: 'It waits for the next time of its cron schedule, in …, at ….',
    make: ({ engine }) => engine.start({ cronSchedule: '0 0 1 1 *' }),
  },
  'the run before it failed and is tried again': {
    code: 'retry-wait',
    says: 'The run before it failed. This one tries again in …, at …. The failure was: broken',
    make: async ({ engine }) => {
      const run = await engine.start({ retryPolicy: { initialInterval: toDuration(600_000) } });
      await engine.step(run.taskQueue, fail());
      return { ...run, runId: '' };
    },
  },
  'the run before it asked for a pause in between': {
    code: 'continue-wait',
    says: 'It continues the run before it, which asked for a pause in between.',
    make: async ({ engine }) => {
      const run = await engine.start();
      await engine.step(run.taskQueue, continueAsNew({ backoffStartInterval: toDuration(600_000) }));
      return { ...run, runId: '' };
    },
  },
  'cancellation was requested and nothing came of it': {
    code: 'cancel-ignored',
    says: 'Cancellation was requested … ago, and the workflow goes on',
    action: 'terminate',
    make: async ({ idle, engine }) => {
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
    make: async ({ idle, engine }) => {
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
    make: async ({ idle, engine }) => {
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
    make: ({ idle }) => idle({ workflowRunTimeout: toDuration(600_000) }),
    asked: { later: 570_000 },
  },
  'its tasks failed several times in a row': {
    code: 'task-failing',
    says: 'attempt 6',
    make: ({ withFailingTask }) => withFailingTask(5, Cause.WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE, 'boom'),
  },
});

it('says of a deprecated namespace that it takes no new runs, after what holds the run', async () => {
  const namespace = `old-${randomUUID().slice(0, 8)}`;
  const workflowExecutionRetentionPeriod = toDuration(24 * 3_600_000);
  await engine().workflow.registerNamespace({ namespace, workflowExecutionRetentionPeriod });
  const run = { workflowId: randomUUID() };
  const request = { namespace, ...run, workflowType: { name: 'Order' }, taskQueue: { name: 'old' }, requestId: randomUUID() };
  await engine().workflow.startWorkflowExecution(request);
  await engine().workflow.deprecateNamespace({ namespace });
  expect(codesOf(await whyOf(engine(), run, { namespace, later: SOON }))).toEqual(['task-unpolled', 'namespace-deprecated']);
});

it('answers nothing for a run that is closed', async () => {
  const run = await engine().start();
  await engine().workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId: run.workflowId } });
  expect(await whyOf(engine(), run)).toEqual([]);
});
