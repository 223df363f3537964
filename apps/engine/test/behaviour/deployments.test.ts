/** Workers with versions: who gets which task. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activity, complete } from '../support/commands.ts';
import { AUTO_UPGRADE, Deployed, PINNED, versioningOf } from '../support/deployment-calls.ts';
import { answer, answerOf, query, stickTo } from '../support/queries.ts';
import { refusal } from '../support/refusal.ts';
import { list } from '../support/visibility-calls.ts';
import type { WholeEngine } from '../support/whole-engine.ts';
import { eventOf, NAMESPACE, openWholeEngine } from '../support/whole-engine.ts';

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

const startOn = (deployed: Deployed) => engine.start({ taskQueue: { name: deployed.queue } });
const signal = (workflowId: string) =>
  engine.workflow.signalWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId }, signalName: 'go' });

/** A run on build `v1` of a deployment whose current version that is. */
async function runOn(behavior: number, activityQueue?: (own: string) => string) {
  const deployed = new Deployed(engine);
  const commands = activityQueue === undefined ? [] : [activity('a', { taskQueue: { name: activityQueue(deployed.queue) } })];
  await deployed.register('v1', 'v2');
  await deployed.setCurrent('v1');
  const run = await startOn(deployed);
  await deployed.step({ buildId: 'v1', behavior, commands });
  return { deployed, run };
}

describe('a worker with a version', () => {
  it('makes its deployment, version and queues known by its first polls', async () => {
    const deployed = new Deployed(engine);
    await deployed.register('v1');
    const { workerDeploymentInfo: info } = await deployed.describe();
    expect(info?.versionSummaries?.map(({ deploymentVersion }) => deploymentVersion)).toMatchObject([deployed.version('v1')]);
    expect(info?.routingConfig?.currentVersion).toBe('__unversioned__');
    const { workerDeploymentVersionInfo: version } = await deployed.describeVersion('v1');
    expect(version?.taskQueueInfos).toMatchObject([
      { name: deployed.queue, type: 1 },
      { name: deployed.queue, type: 2 },
    ]);
    expect(await deployed.statusOf('v1')).toBe('INACTIVE');
  });

  it.each([
    ['a dot', 'a.b', 'v1', "deployment name cannot contain ':' or '.'"],
    ['a colon', 'a:b', 'v1', "deployment name cannot contain ':' or '.'"],
    ['a reserved beginning', '__a', 'v1', "deployment name cannot start with '__'"],
    ['no deployment', '', 'v1', 'versioned worker must have deployment name'],
    ['no build', 'a', '', 'versioned worker must have build id'],
    ['too many letters', 'a'.repeat(1001), 'v1', 'DeploymentName length exceeds limit.'],
  ])('is refused with %s in its names', async (_what, deploymentName, buildId, message) => {
    const deploymentOptions = { deploymentName, buildId, workerVersioningMode: 2 };
    const request = { namespace: NAMESPACE, taskQueue: { name: 'names' }, identity: 'test', deploymentOptions };
    for (const polled of [engine.workflow.pollWorkflowTaskQueue, engine.workflow.pollActivityTaskQueue])
      expect(await refusal(polled(request, { deadline: Date.now() + 5000 }))).toMatchObject({ code: 3, message });
  });

  it('gets nothing while its version is not current, and workers without one get what is there', async () => {
    const deployed = new Deployed(engine);
    const versioned = deployed.poll('v1');
    await startOn(deployed);
    const task = await deployed.poll(undefined).task;
    expect(await versioned.giveUp()).toBe(true);
    await engine.complete(task, [complete()]);
  });

  it('gets what waited, once its version is current', async () => {
    const deployed = new Deployed(engine);
    await deployed.register('v1');
    const run = await startOn(deployed);
    const unversioned = deployed.poll(undefined, { taskQueue: { name: `other-${deployed.queue}` } });
    const polled = deployed.poll('v1');
    await deployed.setCurrent('v1');
    expect((await polled.task).workflowExecution?.workflowId).toBe(run.workflowId);
    expect(await unversioned.giveUp()).toBe(true);
  });

  it('must say how its workflows go along with versions, and only it may', async () => {
    const deployed = new Deployed(engine);
    await startOn(deployed);
    const task = await deployed.poll(undefined).task;
    const refused = await refusal(engine.complete(task, [], { versioningBehavior: PINNED }));
    expect(refused.message).toContain('versioning behavior cannot be specified without deployment options');
    await engine.complete(task, [complete()]);
  });
});

describe('a pinned run', () => {
  it('says its version in its history, its description and the list', async () => {
    const { deployed, run } = await runOn(PINNED);
    expect(eventOf(await engine.history(run), 'WORKFLOW_TASK_COMPLETED').workflowTaskCompletedEventAttributes).toMatchObject({
      versioningBehavior: PINNED,
      workerDeploymentName: deployed.name,
      deploymentVersion: deployed.version('v1'),
    });
    const { info, attributes } = await versioningOf(engine, run);
    expect(info).toMatchObject({ behavior: PINNED, version: `${deployed.name}.v1`, deploymentVersion: deployed.version('v1') });
    const version = `${deployed.name}:v1`;
    expect(attributes).toEqual({
      TemporalWorkerDeployment: deployed.name,
      TemporalWorkerDeploymentVersion: version,
      TemporalWorkflowVersioningBehavior: 'Pinned',
      TemporalUsedWorkerDeploymentVersions: [version],
      BuildIds: [`pinned:${version}`],
    });
    const found = await list(engine, `TemporalWorkerDeploymentVersion = '${version}' AND TemporalWorkflowVersioningBehavior = 'Pinned'`);
    expect(found.map(({ execution }) => execution?.workflowId)).toEqual([run.workflowId]);
  });

  it('stays with its version, whichever is current', async () => {
    const { deployed, run } = await runOn(PINNED);
    await deployed.setCurrent('v2');
    const others = [deployed.poll('v2'), deployed.poll(undefined)];
    await signal(run.workflowId);
    expect((await deployed.poll('v1').task).workflowExecution?.runId).toBe(run.runId);
    expect(await Promise.all(others.map((poll) => poll.giveUp()))).toEqual([true, true]);
  });

  it('waits for its version, and is given to the worker that comes back with it', async () => {
    const { deployed, run } = await runOn(PINNED);
    await deployed.setCurrent('v2');
    await signal(run.workflowId);
    expect(await deployed.poll('v2').giveUp()).toBe(true);
    expect((await deployed.poll('v1').task).workflowExecution?.runId).toBe(run.runId);
  });

  it('has its activities done by its version', async () => {
    const { deployed } = await runOn(PINNED, (own) => own);
    await deployed.setCurrent('v2');
    const other = deployed.pollActivity('v2');
    expect((await deployed.pollActivity('v1').task).activityId).toBe('a');
    expect(await other.giveUp()).toBe(true);
  });

  it('has activities of a queue that its version does not poll done by whoever polls it', async () => {
    const { deployed } = await runOn(PINNED, (own) => `${own}-elsewhere`);
    expect((await deployed.pollActivity(undefined, `${deployed.queue}-elsewhere`).task).activityId).toBe('a');
  });

  it('gives a waiting activity to a worker of its version that comes to the queue late', async () => {
    const { deployed } = await runOn(PINNED, (own) => `${own}-late`);
    expect((await deployed.pollActivity('v1', `${deployed.queue}-late`).task).activityId).toBe('a');
  });

  it('is queried at its version', async () => {
    const { deployed, run } = await runOn(PINNED);
    await deployed.setCurrent('v2');
    const other = deployed.poll('v2');
    const asked = answerOf(query(engine, run));
    await answer(engine, await deployed.poll('v1').task, 'mine');
    expect(await asked).toBe('mine');
    expect(await other.giveUp()).toBe(true);
  });

  it('comes back to the worker that keeps it', async () => {
    const deployed = new Deployed(engine);
    await deployed.register('v1');
    await deployed.setCurrent('v1');
    const run = await startOn(deployed);
    const name = `${run.workflowId}-sticky`;
    await deployed.step({ buildId: 'v1', behavior: PINNED, ...stickTo(name) });
    const sticky = deployed.pollSticky('v1', { name, normalName: deployed.queue });
    await signal(run.workflowId);
    expect((await sticky.task).workflowExecution?.runId).toBe(run.runId);
  });
});

describe('a run that upgrades by itself', () => {
  it('goes to the current version with its next workflow task', async () => {
    const { deployed, run } = await runOn(AUTO_UPGRADE);
    await deployed.setCurrent('v2');
    expect((await versioningOf(engine, run)).info).toMatchObject({ behavior: AUTO_UPGRADE, deploymentVersion: deployed.version('v1') });
    await signal(run.workflowId);
    const old = deployed.poll('v1');
    const task = await deployed.poll('v2').task;
    expect(await old.giveUp()).toBe(true);
    expect((await versioningOf(engine, run)).info).toMatchObject({
      deploymentVersion: deployed.version('v1'),
      versionTransition: { deploymentVersion: deployed.version('v2') },
    });
    await deployed.complete(task, { buildId: 'v2', behavior: AUTO_UPGRADE });
    const { info, attributes } = await versioningOf(engine, run);
    expect(info).toMatchObject({ deploymentVersion: deployed.version('v2'), versionTransition: null });
    expect(attributes).toMatchObject({
      TemporalWorkerDeploymentVersion: `${deployed.name}:v2`,
      TemporalUsedWorkerDeploymentVersions: [`${deployed.name}:v1`, `${deployed.name}:v2`],
    });
    expect(attributes['BuildIds']).toBeUndefined();
  });

  it('leaves the worker that keeps it, when that is of a version it has left', async () => {
    const deployed = new Deployed(engine);
    await deployed.register('v1', 'v2');
    await deployed.setCurrent('v1');
    const run = await startOn(deployed);
    const name = `${run.workflowId}-sticky`;
    await deployed.step({ buildId: 'v1', behavior: AUTO_UPGRADE, ...stickTo(name) });
    const sticky = deployed.pollSticky('v1', { name, normalName: deployed.queue });
    await deployed.setCurrent('v2');
    await signal(run.workflowId);
    expect((await deployed.poll('v2').task).workflowExecution?.runId).toBe(run.runId);
    expect(await sticky.giveUp()).toBe(true);
  });

  it('shows the new version its workflow before its activities', async () => {
    const { deployed, run } = await runOn(AUTO_UPGRADE, (own) => own);
    await deployed.setCurrent('v2');
    const asked = deployed.pollActivity('v2');
    const task = await deployed.poll('v2').task;
    expect(task.workflowExecution?.runId).toBe(run.runId);
    await deployed.complete(task, { buildId: 'v2', behavior: AUTO_UPGRADE });
    expect((await asked.task).activityId).toBe('a');
  });

  it('goes back to workers without a version, where none is current any more', async () => {
    const { deployed, run } = await runOn(AUTO_UPGRADE);
    await deployed.setCurrent('');
    await signal(run.workflowId);
    const task = await deployed.poll(undefined).task;
    await engine.complete(task);
    expect((await versioningOf(engine, run)).info ?? {}).toMatchObject({ behavior: 0, deploymentVersion: null });
  });
});
