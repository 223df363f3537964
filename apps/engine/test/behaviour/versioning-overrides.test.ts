/** Runs that people bind to a version, and what runs hand on to the next and to their children. */
import { randomUUID } from 'node:crypto';
import { StatusCode } from '@tidemark/protocol/errors';
import { toDuration, toLong } from '@tidemark/protocol/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { continueAsNew, fail, startChild } from '../support/commands.ts';
import { AUTO_UPGRADE, Deployed, override, PINNED, versioningOf } from '../support/deployment-calls.ts';
import { refusal } from '../support/refusal.ts';
import type { StartedRun, WholeEngine } from '../support/whole-engine.ts';
import { eventOf, NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

async function deployment(): Promise<Deployed> {
  const deployed = new Deployed(engine);
  await deployed.register('v1', 'v2');
  await deployed.setCurrent('v1');
  return deployed;
}

const startOn = (deployed: Deployed, over: object = {}) => engine.start({ taskQueue: { name: deployed.queue }, ...over });
const signal = ({ workflowId }: StartedRun) =>
  engine.workflow.signalWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId }, signalName: 'go' });
const startedOf = async (workflowId: string) =>
  eventOf(await engine.history({ workflowId }), 'WORKFLOW_EXECUTION_STARTED').workflowExecutionStartedEventAttributes;

/** Pinned to `v1`, which is not current any more, with a workflow task that waits for it. */
async function stranded(): Promise<{ readonly deployed: Deployed; readonly run: StartedRun }> {
  const deployed = await deployment();
  const run = await startOn(deployed);
  await deployed.step({ buildId: 'v1', behavior: PINNED });
  await deployed.setCurrent('v2');
  await signal(run);
  return { deployed, run };
}

describe('an override of an open run', () => {
  it('moves the task that waits to another version', async () => {
    const { deployed, run } = await stranded();
    const { workflowExecutionOptions } = await override(engine, run, deployed.pinned('v2'));
    expect(workflowExecutionOptions?.versioningOverride).toMatchObject(deployed.pinned('v2'));
    const old = deployed.poll('v1');
    await deployed.step({ buildId: 'v2', behavior: PINNED });
    expect(await old.giveUp()).toBe(true);
    const { info, attributes } = await versioningOf(engine, run);
    expect(info).toMatchObject({
      deploymentVersion: deployed.version('v2'),
      versioningOverride: { behavior: PINNED, pinnedVersion: `${deployed.name}.v2`, ...deployed.pinned('v2') },
    });
    expect(attributes).toMatchObject({
      TemporalWorkerDeploymentVersion: `${deployed.name}:v2`,
      TemporalUsedWorkerDeploymentVersions: [`${deployed.name}:v1`, `${deployed.name}:v2`],
    });
    const updated = eventOf(await engine.history(run), 'WORKFLOW_EXECUTION_OPTIONS_UPDATED').workflowExecutionOptionsUpdatedEventAttributes;
    expect(updated).toMatchObject({ versioningOverride: deployed.pinned('v2'), unsetVersioningOverride: false, identity: 'operator' });
  });

  it('leaves nothing behind in the queue it waited in', async () => {
    const { deployed, run } = await stranded();
    await override(engine, run, { autoUpgrade: true });
    await deployed.step({ buildId: 'v2', behavior: PINNED });
    const { stats } = await engine.workflow.describeTaskQueue({
      namespace: NAMESPACE,
      taskQueue: { name: deployed.queue },
      reportStats: true,
    });
    expect(Number(stats?.approximateBacklogCount)).toBe(0);
  });

  it('lets a pinned run upgrade by itself', async () => {
    const { deployed, run } = await stranded();
    await override(engine, run, { autoUpgrade: true });
    expect((await versioningOf(engine, run)).attributes).toMatchObject({ TemporalWorkflowVersioningBehavior: 'AutoUpgrade' });
    expect((await deployed.poll('v2').task).workflowExecution?.runId).toBe(run.runId);
  });

  it('is taken away again, and is written once however often that is asked for', async () => {
    const { deployed, run } = await stranded();
    await override(engine, run, deployed.pinned('v2'));
    await override(engine, run, deployed.pinned('v2'));
    await override(engine, run, undefined);
    await override(engine, run, undefined);
    const events = await engine.history(run);
    expect(namesOf(events).filter((name) => name === 'WORKFLOW_EXECUTION_OPTIONS_UPDATED')).toHaveLength(2);
    expect(events.at(-1)?.workflowExecutionOptionsUpdatedEventAttributes).toMatchObject({ unsetVersioningOverride: true });
    const { info } = await versioningOf(engine, run);
    expect(info).toMatchObject({ behavior: PINNED, deploymentVersion: deployed.version('v1'), versioningOverride: null });
    expect((await deployed.poll('v1').task).workflowExecution?.runId).toBe(run.runId);
  });

  it('may be said in the older words', async () => {
    const { deployed, run } = await stranded();
    await override(engine, run, { behavior: PINNED, pinnedVersion: `${deployed.name}.v2` });
    expect((await versioningOf(engine, run)).info?.versioningOverride).toMatchObject(deployed.pinned('v2'));
    await override(engine, run, { behavior: AUTO_UPGRADE });
    expect((await versioningOf(engine, run)).info?.versioningOverride).toMatchObject({ autoUpgrade: true });
  });

  it.each([
    [{}, 'override behavior is required'],
    [{ pinned: { behavior: 1 } }, 'must provide version if override is pinned.'],
    [{ pinned: { version: { deploymentName: 'd', buildId: 'b' } } }, 'must specify pinned override behavior if override is pinned.'],
    [{ behavior: PINNED }, "must provide deployment (deprecated) or pinned version if behavior is 'PINNED'"],
    [{ behavior: AUTO_UPGRADE, pinnedVersion: 'd.b' }, "only provide pinned version if behavior is 'PINNED'"],
  ])('that says nothing is refused: %j', async (given, message) => {
    const run = await engine.start();
    for (const refused of [override(engine, run, given), engine.start({ versioningOverride: given })])
      expect(await refusal(refused)).toMatchObject({ code: StatusCode.INVALID_ARGUMENT, message });
  });

  it('is set on many runs by one job', async () => {
    const { deployed, run } = await stranded();
    await engine.workflow.startBatchOperation({
      namespace: NAMESPACE,
      jobId: randomUUID(),
      reason: 'v1 is gone',
      visibilityQuery: `TemporalWorkerDeploymentVersion = '${deployed.name}:v1'`,
      updateWorkflowOptionsOperation: {
        identity: 'operator',
        workflowExecutionOptions: { versioningOverride: deployed.pinned('v2') },
        updateMask: { paths: ['versioning_override'] },
      },
    });
    expect((await deployed.poll('v2').task).workflowExecution?.runId).toBe(run.runId);
  });
});

describe('an override at the start', () => {
  it('binds the run from its first task on', async () => {
    const deployed = await deployment();
    const run = await startOn(deployed, { versioningOverride: deployed.pinned('v2') });
    const other = deployed.poll('v1');
    await deployed.step({ buildId: 'v2', behavior: AUTO_UPGRADE });
    expect(await other.giveUp()).toBe(true);
    expect(await startedOf(run.workflowId)).toMatchObject({ versioningOverride: deployed.pinned('v2') });
    const { info, attributes } = await versioningOf(engine, run);
    expect(info).toMatchObject({ behavior: AUTO_UPGRADE, versioningOverride: deployed.pinned('v2') });
    expect(attributes).toMatchObject({ TemporalWorkflowVersioningBehavior: 'Pinned' });
  });

  it('holds with a signal too', async () => {
    const deployed = await deployment();
    const workflowId = randomUUID();
    await engine.workflow.signalWithStartWorkflowExecution({
      namespace: NAMESPACE,
      workflowId,
      workflowType: { name: 'Order' },
      taskQueue: { name: deployed.queue },
      signalName: 'go',
      versioningOverride: deployed.pinned('v2'),
    });
    expect((await deployed.poll('v2').task).workflowExecution?.workflowId).toBe(workflowId);
  });
});

describe('what follows a pinned run', () => {
  it('stays with its version when it continues as new', async () => {
    const deployed = await deployment();
    const run = await startOn(deployed);
    const first = await deployed.poll('v1').task;
    await deployed.setCurrent('v2');
    await deployed.complete(first, { buildId: 'v1', behavior: PINNED, commands: [continueAsNew()] });
    expect(await startedOf(run.workflowId)).toMatchObject({ inheritedPinnedVersion: deployed.version('v1') });
    expect((await deployed.poll('v1').task).workflowExecution?.workflowId).toBe(run.workflowId);
  });

  it('goes where the queue goes when its version does not poll that queue, or the workflow asks for it', async () => {
    const deployed = await deployment();
    for (const command of [
      continueAsNew({ taskQueue: { name: `${deployed.queue}-other` } }),
      continueAsNew({ initialVersioningBehavior: 1 }),
    ]) {
      const run = await startOn(deployed);
      await deployed.step({ buildId: 'v1', behavior: PINNED, commands: [command] });
      expect((await startedOf(run.workflowId))?.inheritedPinnedVersion ?? null).toBeNull();
    }
  });

  it('is chosen anew by the workflow\u2019s own retries', async () => {
    const deployed = await deployment();
    const run = await startOn(deployed, { retryPolicy: { initialInterval: toDuration(10), maximumAttempts: 2 } });
    await deployed.step({ buildId: 'v1', behavior: PINNED, commands: [fail()] });
    expect((await startedOf(run.workflowId))?.inheritedPinnedVersion ?? null).toBeNull();
  });

  it('as a child is pinned with it, where its version polls the child\u2019s queue', async () => {
    const deployed = await deployment();
    await startOn(deployed);
    const [own, other] = [randomUUID(), randomUUID()];
    const commands = [startChild(own), startChild(other, { taskQueue: { name: `${deployed.queue}-other` } })];
    await deployed.step({ buildId: 'v1', behavior: PINNED, commands });
    // The parent hears of both before its next task.
    await deployed.poll('v1').task;
    await deployed.poll('v1').task;
    expect(await startedOf(own)).toMatchObject({ inheritedPinnedVersion: deployed.version('v1') });
    expect((await versioningOf(engine, { workflowId: own })).info).toMatchObject({
      behavior: PINNED,
      deploymentVersion: deployed.version('v1'),
    });
    expect((await startedOf(other))?.inheritedPinnedVersion ?? null).toBeNull();
  });

  it('by a reset has its override again', async () => {
    const { deployed, run } = await stranded();
    await override(engine, run, deployed.pinned('v2'));
    const { runId } = await engine.workflow.resetWorkflowExecution({
      namespace: NAMESPACE,
      workflowExecution: { workflowId: run.workflowId, runId: run.runId },
      reason: 'again',
      workflowTaskFinishEventId: toLong(4),
      requestId: randomUUID(),
    });
    expect((await deployed.poll('v2').task).workflowExecution?.runId).toBe(runId);
  });
});
