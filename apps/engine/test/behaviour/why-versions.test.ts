/** Why a run does not move where its worker's version has a part in it. */
import { api } from '@tidemark/protocol/api';
import { toDuration } from '@tidemark/protocol/time';
import { expect, it } from 'vitest';
import { activity } from '../support/commands.ts';
import { Deployed, override, PINNED, versioningOf } from '../support/deployment-calls.ts';
import { stuckRuns } from '../support/stuck-runs.ts';
import { whyOf } from '../support/why.ts';
import { SOON, tellApart } from '../support/why-situations.ts';

/** Longer than a poll may last: whoever has not asked since is gone. */
const MUCH_LATER = 80_000;

const engine = tellApart({
  'the version it is pinned to polls no more': {
    code: 'task-version-unpolled',
    says: 'the run is pinned to v1 of deployment-',
    action: 'move',
    make: ({ pinnedTo }) => pinnedTo('v2'),
    asked: { later: MUCH_LATER },
  },
  'the only worker of the version it is pinned to says goodbye': {
    code: 'task-version-unpolled',
    says: ', which no worker polls; worker-v1 last did, … ago.',
    action: 'move',
    make: async ({ pinnedTo, beat, engine: whole }) => {
      const run = await pinnedTo('v2');
      const { WORKER_STATUS_SHUTDOWN: status } = api.enums.v1.WorkerStatus;
      const { workflowExecutionInfo: info } = await whole.describe(run);
      await beat(info?.taskQueue ?? '', {
        workerIdentity: 'worker-v1',
        deploymentVersion: info?.versioningInfo?.deploymentVersion ?? null,
        status,
      });
      return run;
    },
    asked: { later: SOON },
  },
  'people pinned it to a version that nobody ever polled for': {
    code: 'task-version-unpolled',
    says: 'the run is pinned to v9 of deployment-',
    action: 'move',
    make: async ({ engine: whole }) => {
      const deployed = new Deployed(whole);
      await deployed.register('v1');
      return whole.start({ taskQueue: { name: deployed.queue }, versioningOverride: deployed.pinned('v9') });
    },
    asked: { later: SOON },
  },
  'the version it is pinned to leaves an activity waiting': {
    code: 'activity-version-unpolled',
    says: ': the run is pinned to v1 of deployment-',
    action: 'move',
    make: async ({ engine: whole }) => {
      const deployed = new Deployed(whole);
      await deployed.register('v1');
      await deployed.setCurrent('v1');
      const run = await whole.start({ taskQueue: { name: deployed.queue } });
      const commands = [activity('a', { taskQueue: { name: deployed.queue }, startToCloseTimeout: toDuration(600_000) })];
      await deployed.step({ buildId: 'v1', behavior: PINNED, commands });
      return run;
    },
    asked: { later: MUCH_LATER },
  },
  'workers with versions poll its queue, and none of the versions is current': {
    code: 'task-unrouted',
    says: 'but the deployment has no current version, so that nothing goes to them.',
    action: 'deployment',
    make: async ({ engine: whole }) => {
      const deployed = new Deployed(whole);
      await deployed.register('v1');
      return whole.start({ taskQueue: { name: deployed.queue } });
    },
    asked: { later: SOON },
  },
  'the current version polls no more': {
    code: 'task-version-unpolled',
    says: ': new work goes to v1 of deployment-',
    action: 'deployment',
    make: async ({ engine: whole }) => {
      const deployed = new Deployed(whole);
      await deployed.register('v1');
      await deployed.setCurrent('v1');
      return whole.start({ taskQueue: { name: deployed.queue } });
    },
    asked: { later: MUCH_LATER },
  },
});

it('says what the version of a pinned run has come to, and where new work goes', async () => {
  const run = await stuckRuns(engine()).pinnedTo('v2');
  const [first] = await whyOf(engine(), run, { later: MUCH_LATER });
  const { info } = await versioningOf(engine(), run);
  const deployment = info?.deploymentVersion?.deploymentName ?? '';
  expect(first?.evidence).toEqual(
    expect.arrayContaining([
      { name: 'Pinned to', value: [`${deployment}:v1, by its workflow’s code`] },
      { name: 'That version', value: ['draining: it gets no new work, and open runs are pinned to it'] },
      { name: 'Current', value: [`${deployment}:v2`] },
    ]),
  );
  expect(first?.actions[0]).toEqual({ kind: 'move', deployment, from: 'v1', build: 'v2' });
  await override(engine(), run, { autoUpgrade: true });
  expect((await whyOf(engine(), run, { later: SOON }))[0]?.code).not.toBe('task-version-unpolled');
});
