/** Where the work of a deployment goes, who may say so, and when a version may go. */
import { StatusCode } from '@tidemark/protocol/errors';
import { toNumber } from '@tidemark/protocol/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMemoryStore } from '../../src/persistence/memory/memory-store.ts';
import { complete } from '../support/commands.ts';
import { AUTO_UPGRADE, Deployed, PINNED } from '../support/deployment-calls.ts';
import { payloadOf, valuesOf } from '../support/payloads.ts';
import { refusal } from '../support/refusal.ts';
import type { WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, openWholeEngine } from '../support/whole-engine.ts';

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine({ limits: { deploymentVersionsMax: 3, versionQueuesMax: 2 } });
});
afterAll(() => engine.stop());

async function deployedWith(...builds: readonly string[]): Promise<Deployed> {
  const deployed = new Deployed(engine);
  await deployed.register(...builds);
  return deployed;
}
const startOn = (deployed: Deployed) => engine.start({ taskQueue: { name: deployed.queue } });
const deleteVersion = (deployed: Deployed, buildId: string, over: object = {}) =>
  engine.workflow.deleteWorkerDeploymentVersion({ namespace: NAMESPACE, deploymentVersion: deployed.version(buildId), ...over });
const deleteDeployment = (deploymentName: string) => engine.workflow.deleteWorkerDeployment({ namespace: NAMESPACE, deploymentName });

describe('the current version', () => {
  it('is told with the one before it, and setting it again changes nothing', async () => {
    const deployed = await deployedWith('v1', 'v2');
    const first = await deployed.setCurrent('v1');
    expect(first).toMatchObject({ previousVersion: '__unversioned__', previousDeploymentVersion: null });
    expect((await deployed.setCurrent('v1', { conflictToken: Buffer.from('old') })).conflictToken).toEqual(first.conflictToken);
    expect(await deployed.setCurrent('v2')).toMatchObject({
      previousVersion: `${deployed.name}.v1`,
      previousDeploymentVersion: deployed.version('v1'),
    });
    const { workerDeploymentInfo: info } = await deployed.describe();
    expect(info).toMatchObject({
      lastModifierIdentity: 'operator',
      routingConfig: { currentVersion: `${deployed.name}.v2`, currentDeploymentVersion: deployed.version('v2'), rampingVersion: '' },
    });
    expect([await deployed.statusOf('v1'), await deployed.statusOf('v2')]).toEqual(['DRAINED', 'CURRENT']);
  });

  it('may be none again', async () => {
    const deployed = await deployedWith('v1');
    await deployed.setCurrent('v1');
    expect(await deployed.setCurrent('')).toMatchObject({ previousVersion: `${deployed.name}.v1` });
    const run = await startOn(deployed);
    const task = await deployed.poll(undefined).task;
    expect(task.workflowExecution?.runId).toBe(run.runId);
    await engine.complete(task, [complete()]);
  });

  it('must be known, unless nobody needs to poll for it yet', async () => {
    const deployed = await deployedWith('v1');
    expect(await refusal(deployed.setCurrent('v9'))).toMatchObject({
      code: StatusCode.NOT_FOUND,
      message: 'Version not found in deployment',
    });
    const fresh = new Deployed(engine);
    expect(await refusal(fresh.setCurrent('v1'))).toMatchObject({
      code: StatusCode.FAILED_PRECONDITION,
      message: `no Worker Deployment found with name ${fresh.name}; does your Worker Deployment have pollers?`,
    });
    await fresh.setCurrent('v1', { allowNoPollers: true });
    expect(await fresh.statusOf('v1')).toBe('CURRENT');
  });

  it('must poll every queue of the one before it, unless that is waived', async () => {
    const deployed = await deployedWith('v1');
    await deployed.setCurrent('v1');
    await deployed.poll('v2').giveUp();
    const refused = await refusal(deployed.setCurrent('v2'));
    expect(refused.code).toBe(StatusCode.FAILED_PRECONDITION);
    expect(refused.message).toContain('proposed current version is missing active task queues from the current version');
    await deployed.setCurrent('v2', { ignoreMissingTaskQueues: true });
    expect(await deployed.statusOf('v2')).toBe('CURRENT');
  });

  it('is told of its queues', async () => {
    const deployed = await deployedWith('v1', 'v2');
    await deployed.setCurrent('v1');
    await deployed.setRamping('v2', 25);
    const { pollers, versioningInfo } = await engine.workflow.describeTaskQueue({
      namespace: NAMESPACE,
      taskQueue: { name: deployed.queue },
    });
    expect(versioningInfo).toMatchObject({
      currentVersion: `${deployed.name}.v1`,
      currentDeploymentVersion: deployed.version('v1'),
      rampingDeploymentVersion: deployed.version('v2'),
      rampingVersionPercentage: 25,
    });
    expect(pollers.map(({ deploymentOptions }) => deploymentOptions)).toEqual(
      expect.arrayContaining([expect.objectContaining(deployed.options('v1')), expect.objectContaining(deployed.options('v2'))]),
    );
  });
});

describe('a ramp', () => {
  it('gives the next version a share of the workflows, each always the same way', async () => {
    const deployed = await deployedWith('v1', 'v2');
    await deployed.setCurrent('v1');
    await deployed.setRamping('v2', 50);
    const runs = await Promise.all(Array.from({ length: 20 }, () => startOn(deployed)));
    const takeAll = async (buildId: string): Promise<readonly string[]> => {
      const { workerDeploymentVersionInfo: _info, versionTaskQueues } = await engine.workflow.describeWorkerDeploymentVersion({
        namespace: NAMESPACE,
        deploymentVersion: deployed.version(buildId),
        reportTaskQueueStats: true,
      });
      const waiting = versionTaskQueues.reduce((sum, { stats }) => sum + toNumber(stats?.approximateBacklogCount), 0);
      const taken: string[] = [];
      for (let at = 0; at < waiting; at += 1) {
        const task = await deployed.step({ buildId, behavior: AUTO_UPGRADE, commands: [complete()] });
        taken.push(task.workflowExecution?.workflowId ?? '');
      }
      return taken;
    };
    const [ofFirst, ofSecond] = [await takeAll('v1'), await takeAll('v2')];
    expect(ofFirst.length + ofSecond.length).toBe(runs.length);
    expect(Math.min(ofFirst.length, ofSecond.length)).toBeGreaterThan(0);
    const [workflowId] = ofSecond;
    await engine.start({ workflowId: workflowId ?? '', taskQueue: { name: deployed.queue } });
    expect((await deployed.poll('v2').task).workflowExecution?.workflowId).toBe(workflowId);
  });

  it('of everything takes all, and of nothing none', async () => {
    const deployed = await deployedWith('v1', 'v2');
    await deployed.setCurrent('v1');
    await deployed.setRamping('v2', 100);
    const run = await startOn(deployed);
    await deployed.setRamping('v2', 0);
    expect((await deployed.poll('v1').task).workflowExecution?.runId).toBe(run.runId);
    await deployed.setRamping('v2', 100);
    const other = await startOn(deployed);
    expect((await deployed.poll('v2').task).workflowExecution?.runId).toBe(other.runId);
  });

  it('tells what it was before, and ends where its version becomes current or is taken away', async () => {
    const deployed = await deployedWith('v1', 'v2');
    await deployed.setCurrent('v1');
    expect(await deployed.setRamping('v2', 30)).toMatchObject({ previousVersion: '', previousPercentage: 0 });
    expect(await deployed.setRamping('v2', 60)).toMatchObject({ previousVersion: `${deployed.name}.v2`, previousPercentage: 30 });
    expect(await deployed.statusOf('v2')).toBe('RAMPING');
    await deployed.setCurrent('v2');
    expect((await deployed.describe()).workerDeploymentInfo?.routingConfig?.rampingVersion).toBe('');
    await deployed.setRamping('v1', 10);
    await deployed.setRamping('', 0);
    expect(await deployed.statusOf('v1')).toBe('DRAINED');
  });

  it('goes to workers without a version too', async () => {
    const deployed = await deployedWith('v1');
    expect(await refusal(deployed.setRamping('', 20))).toMatchObject({
      code: StatusCode.FAILED_PRECONDITION,
      message: 'requested ramping version __unversioned__ is already current',
    });
    await deployed.setCurrent('v1');
    await deployed.setRamping('', 100);
    const run = await startOn(deployed);
    const task = await deployed.poll(undefined).task;
    expect(task.workflowExecution?.runId).toBe(run.runId);
    await engine.complete(task, [complete()]);
  });

  it('is refused for what is no share, and for the current version', async () => {
    const deployed = await deployedWith('v1');
    await deployed.setCurrent('v1');
    for (const percentage of [-1, 101])
      expect(await refusal(deployed.setRamping('v1', percentage))).toMatchObject({
        code: StatusCode.INVALID_ARGUMENT,
        message: 'Percentage must be between 0 and 100 (inclusive)',
      });
    expect(await refusal(deployed.setRamping('v1', 10))).toMatchObject({
      code: StatusCode.FAILED_PRECONDITION,
      message: `requested ramping version ${deployed.name}.v1 is already current`,
    });
  });
});

describe('a change', () => {
  it('is refused to whoever saw an older state', async () => {
    const deployed = await deployedWith('v1', 'v2');
    const { conflictToken } = await deployed.describe();
    const { conflictToken: next } = await deployed.setCurrent('v1', { conflictToken });
    for (const refused of [deployed.setCurrent('v2', { conflictToken }), deployed.setRamping('v2', 5, { conflictToken })])
      expect(await refusal(refused)).toMatchObject({ code: StatusCode.FAILED_PRECONDITION, message: 'conflict token mismatch' });
    await deployed.setRamping('v2', 5, { conflictToken: next });
  });

  it('is left to the manager of the deployment, where there is one', async () => {
    const deployed = await deployedWith('v1', 'v2');
    const manage = (over: object) =>
      engine.workflow.setWorkerDeploymentManager({ namespace: NAMESPACE, deploymentName: deployed.name, identity: 'boss', ...over });
    expect(await manage({ self: true })).toMatchObject({ previousManagerIdentity: '' });
    expect((await deployed.describe()).workerDeploymentInfo?.managerIdentity).toBe('boss');
    for (const refused of [
      deployed.setCurrent('v1'),
      deployed.setRamping('v2', 5),
      deleteVersion(deployed, 'v2', { identity: 'operator' }),
    ])
      expect((await refusal(refused)).message).toContain("ManagerIdentity 'boss' is set and does not match user identity 'operator'");
    await deployed.setCurrent('v1', { identity: 'boss' });
    expect(await manage({ managerIdentity: '' })).toMatchObject({ previousManagerIdentity: 'boss' });
    await deployed.setCurrent('v2');
  });

  it('of a version\u2019s notes keeps the others', async () => {
    const deployed = await deployedWith('v1');
    const update = (over: object) =>
      engine.workflow.updateWorkerDeploymentVersionMetadata({ namespace: NAMESPACE, deploymentVersion: deployed.version('v1'), ...over });
    await update({ upsertEntries: { commit: payloadOf('abc'), owner: payloadOf('me') } });
    const { metadata } = await update({ upsertEntries: { commit: payloadOf('def') }, removeEntries: ['owner'] });
    expect(valuesOf({ payloads: Object.values(metadata?.entries ?? {}) })).toEqual(['def']);
    const { workerDeploymentVersionInfo: info } = await deployed.describeVersion('v1');
    expect(Object.keys(info?.metadata?.entries ?? {})).toEqual(['commit']);
  });
});

describe('a version that gets no new work', () => {
  it('drains as long as an open run is pinned to it', async () => {
    const deployed = await deployedWith('v1', 'v2');
    await deployed.setCurrent('v1');
    const run = await startOn(deployed);
    await deployed.step({ buildId: 'v1', behavior: PINNED });
    await deployed.setCurrent('v2');
    expect(await deployed.statusOf('v1')).toBe('DRAINING');
    expect((await refusal(deleteVersion(deployed, 'v1'))).message).toBe('Version cannot be deleted since it is draining.');
    await engine.workflow.terminateWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId: run.workflowId } });
    expect(await deployed.statusOf('v1')).toBe('DRAINED');
    await deployed.setCurrent('v1');
    expect(await deployed.statusOf('v1')).toBe('CURRENT');
  });

  it('can be deleted once nobody polls for it, and not while work goes to it', async () => {
    const deployed = await deployedWith('v1', 'v2');
    await deployed.setCurrent('v1');
    await deployed.setRamping('v2', 10);
    for (const buildId of ['v1', 'v2'])
      expect((await refusal(deleteVersion(deployed, buildId))).message).toBe('Version cannot be deleted since it is current or ramping.');
    await deployed.setRamping('', 0);
    expect((await refusal(deleteVersion(deployed, 'v2'))).message).toBe('Version cannot be deleted since it has active pollers.');
    const unpolled = new Deployed(engine);
    await unpolled.setCurrent('v1', { allowNoPollers: true });
    await unpolled.setCurrent('v2', { allowNoPollers: true });
    expect((await refusal(deleteDeployment(unpolled.name))).code).toBe(StatusCode.FAILED_PRECONDITION);
    await deleteVersion(unpolled, 'v1');
    expect((await refusal(unpolled.describeVersion('v1'))).message).toBe('Worker Deployment Version not found');
    await unpolled.setCurrent('');
    await deleteVersion(unpolled, 'v2');
    await deleteDeployment(unpolled.name);
    await deleteDeployment(unpolled.name);
    expect((await refusal(unpolled.describe())).message).toBe('Worker Deployment not found');
  });
});

describe('deployments', () => {
  it('are listed in pages by their names', async () => {
    const [one, two] = [await deployedWith('v1', 'v2'), await deployedWith('v1')].sort((a, b) => (a.name < b.name ? -1 : 1));
    await two?.setCurrent('v1');
    const found = [];
    for (let nextPageToken = new Uint8Array(); ; ) {
      const page = await engine.workflow.listWorkerDeployments({ namespace: NAMESPACE, pageSize: 1, nextPageToken });
      expect(page.workerDeployments.length).toBeLessThanOrEqual(1);
      found.push(...page.workerDeployments);
      nextPageToken = new Uint8Array(page.nextPageToken);
      if (nextPageToken.length === 0) break;
    }
    const ours = found.filter(({ name }) => name === one?.name || name === two?.name);
    expect(ours.map(({ name }) => name)).toEqual([one?.name, two?.name]);
    expect(ours[1]).toMatchObject({ currentVersionSummary: { deploymentVersion: two?.version('v1') } });
  });

  it('are bounded in their versions and queues, and the versions nobody needs go first', async () => {
    const deployed = new Deployed(engine);
    await deployed.setCurrent('v1', { allowNoPollers: true });
    await deployed.setCurrent('v2', { allowNoPollers: true });
    await deployed.register('v3', 'v4');
    const builds = (await deployed.describe()).workerDeploymentInfo?.versionSummaries?.map(({ deploymentVersion }) => deploymentVersion);
    expect(builds?.map((version) => version?.buildId).sort()).toEqual(['v2', 'v3', 'v4']);
    expect((await refusal(deployed.poll('v5').task)).code).toBe(StatusCode.RESOURCE_EXHAUSTED);
    expect((await refusal(deployed.poll('v4', { taskQueue: { name: `${deployed.queue}-third` } }).task)).code).toBe(
      StatusCode.RESOURCE_EXHAUSTED,
    );
  });

  it('are there after the engine was away, with what waits for them', async () => {
    const store = openMemoryStore();
    const first = await openWholeEngine({ store });
    const deployed = new Deployed(first);
    await deployed.register('v1', 'v2');
    await deployed.setCurrent('v1');
    const run = await first.start({ taskQueue: { name: deployed.queue } });
    await deployed.step({ buildId: 'v1', behavior: PINNED });
    await deployed.setCurrent('v2');
    await first.workflow.signalWorkflowExecution({
      namespace: NAMESPACE,
      workflowExecution: { workflowId: run.workflowId },
      signalName: 'go',
    });
    await first.stop();
    const second = await openWholeEngine({ store });
    const back = deployed.on(second);
    expect(await back.statusOf('v2')).toBe('CURRENT');
    expect((await back.poll('v1').task).workflowExecution?.runId).toBe(run.runId);
    await second.stop();
  });
});
