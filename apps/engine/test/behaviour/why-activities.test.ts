/** Why a run does not move, for each situation of its activities as it comes about on a whole engine. */
import { randomUUID } from 'node:crypto';
import { toDuration } from '@tidemark/protocol/time';
import { cancelActivity } from '../support/commands.ts';
import { NAMESPACE } from '../support/whole-engine.ts';
import { SOON, tellApart } from '../support/why-situations.ts';

const full = { currentUsedSlots: 4, currentAvailableSlots: 0 };

tellApart({
  'an activity backs off': {
    code: 'activity-backoff',
    says: 'Waiting on step: attempt 1 failed with 502 Bad Gateway. Next try in …, at ….',
    action: 'retry',
    make: ({ withFailingActivity }) => withFailingActivity('502 Bad Gateway'),
  },
  'no worker knows the activity type': {
    code: 'activity-type-missing',
    says: 'has no activity step.',
    action: 'queue',
    make: ({ withFailingActivity }) =>
      withFailingActivity('Activity function step is not registered on this Worker, available activities: charge'),
  },
  'nobody polls the queue of an activity': {
    code: 'activity-unpolled',
    says: 'step has waited …: no worker polls nobody-here',
    action: 'queue',
    make: ({ withActivity }) => withActivity({ taskQueue: { name: 'nobody-here' } }),
    asked: { later: SOON },
  },
  'the queue of an activity is one letter off': {
    code: 'activity-close-name',
    says: 'Workers poll payments-eu',
    action: 'queue',
    make: async ({ beat, withActivity }) => {
      await beat('payments-eu', {});
      return withActivity({ taskQueue: { name: 'payment-eu' } });
    },
    asked: { later: SOON },
  },
  'the only worker has no free slot for an activity': {
    code: 'activity-slots-full',
    says: 'all 4 slots of its worker are taken.',
    make: async ({ beat, pollActivity, withActivity }) => {
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
    make: async ({ pollActivity, limit, withActivity }) => {
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
    make: async ({ pollActivity, withActivity }) => {
      const name = randomUUID();
      await pollActivity(name, 0.5);
      return withActivity({ taskQueue: { name } });
    },
    asked: { later: SOON },
  },
  'other activities wait before it': {
    code: 'activity-backlog',
    says: 'among 3 other tasks',
    make: async ({ pollActivity, withActivity }) => {
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
    make: ({ withRunningActivity }) => withRunningActivity({ heartbeatTimeout: toDuration(60_000) }),
  },
  'an activity runs for long without heartbeats': {
    code: 'activity-unwatched',
    says: 'without heartbeats. If that worker is gone, it is noticed in ….',
    make: ({ withRunningActivity }) => withRunningActivity(),
    asked: { later: 40_000 },
  },
  'the heartbeat of an activity is nearly late': {
    code: 'activity-silent',
    says: 'has been silent for …. Without a heartbeat it times out in ….',
    make: ({ withRunningActivity }) => withRunningActivity({ heartbeatTimeout: toDuration(30_000) }),
    asked: { later: 20_000 },
  },
  'an activity does not hear of its cancellation': {
    code: 'activity-canceling',
    says: 'was asked to stop and still runs on test. Without heartbeats it does not hear of it.',
    make: async ({ withRunningActivity, engine, signal }) => {
      const run = await withRunningActivity();
      await signal(run);
      await engine.step(run.taskQueue, cancelActivity(5));
      return run;
    },
    asked: { later: 6_000 },
  },
  'an activity is paused': {
    code: 'activity-paused',
    says: 'step is paused by ops, … ago: too hot.',
    action: 'unpause',
    make: async ({ withActivity, engine }) => {
      const run = await withActivity();
      const held = { identity: 'ops', reason: 'too hot' };
      await engine.workflow.pauseActivity({ namespace: NAMESPACE, execution: { workflowId: run.workflowId }, id: 'a', ...held });
      return run;
    },
  },
  'the time of all attempts is nearly over': {
    code: 'activity-expiring',
    says: 'step has … left for all its attempts together.',
    make: ({ withRunningActivity }) => withRunningActivity({ scheduleToCloseTimeout: toDuration(40_000) }),
    asked: { later: 20_000 },
  },
});
