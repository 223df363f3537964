/** Reset among several runs of one workflow id: which of them ends, which is current, and what each knows of the other. */
import { toNumber } from '@tidemark/protocol/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complete, fail } from '../support/commands.ts';
import { reset } from '../support/reset-calls.ts';
import type { RunName, WholeEngine } from '../support/whole-engine.ts';
import { eventOf, NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

type Named = Required<RunName> & { readonly taskQueue: string };

/** Past its first task, or completed by it. */
async function begin(isClosed: boolean, workflowId?: string): Promise<Named> {
  const run = await engine.start(workflowId === undefined ? {} : { workflowId, taskQueue: { name: workflowId } });
  await engine.step(run.taskQueue, ...(isClosed ? [complete()] : []));
  return run;
}
const currentOf = async ({ workflowId }: RunName) => (await engine.describe({ workflowId })).workflowExecutionInfo?.execution?.runId;
const resetRunIdOf = async (run: RunName) => (await engine.describe(run)).workflowExtendedInfo?.resetRunId;
const lastOf = async (run: RunName) => namesOf(await engine.history(run)).at(-1);
const COMPLETED = 'WORKFLOW_EXECUTION_COMPLETED';
const TERMINATED = 'WORKFLOW_EXECUTION_TERMINATED';

describe.each([true, false])('with the current run closed: %s,', (isClosed) => {
  it('a reset of that run makes another current one', async () => {
    const base = await begin(isClosed);
    const made = await reset(engine, base, { to: 4 });
    expect([await currentOf(base), await resetRunIdOf(base)]).toEqual([made.runId, made.runId]);
    expect(await lastOf(base)).toBe(isClosed ? COMPLETED : TERMINATED);
    expect(await lastOf(made)).toBe('WORKFLOW_TASK_SCHEDULED');
  });

  it('a reset of an older run leaves that as it is, and ends the current one if it must', async () => {
    const base = await begin(true);
    const before = (await engine.history(base)).length;
    const current = await begin(isClosed, base.workflowId);
    const made = await reset(engine, base, { to: 4 });
    expect([await currentOf(base), await resetRunIdOf(base), await resetRunIdOf(current)]).toEqual([made.runId, made.runId, '']);
    expect((await engine.history(base)).length).toBe(before);
    expect(await lastOf(current)).toBe(isClosed ? COMPLETED : TERMINATED);
  });

  it('a reset of the run that a reset made ends that one only', async () => {
    const base = await begin(true);
    const first = await reset(engine, base, { to: 4 });
    await engine.step(base.taskQueue, ...(isClosed ? [complete()] : []));
    const second = await reset(engine, first, { to: 7 });
    expect([await currentOf(base), await resetRunIdOf(first), await resetRunIdOf(base)]).toEqual([second.runId, second.runId, first.runId]);
    expect(await lastOf(first)).toBe(isClosed ? COMPLETED : TERMINATED);
    expect(await lastOf(base)).toBe(COMPLETED);
  });
});

it('the termination that makes room says who and why', async () => {
  const base = await begin(false);
  await reset(engine, base, { to: 4, reason: 'bad deploy' });
  const ended = eventOf(await engine.history(base), TERMINATED).workflowExecutionTerminatedEventAttributes;
  expect(ended).toMatchObject({ reason: 'bad deploy', identity: 'history-resetter' });
});

it('resets of one run, again and again, point it to the last and end the one before', async () => {
  const base = await begin(true);
  const made = [await reset(engine, base, { to: 4 }), await reset(engine, base, { to: 4 }), await reset(engine, base, { to: 4 })];
  const [first, second, third] = made;
  expect(await resetRunIdOf(base)).toBe(third?.runId);
  expect(await Promise.all([first, second, third].map((run) => lastOf(run ?? base)))).toEqual([
    TERMINATED,
    TERMINATED,
    'WORKFLOW_TASK_SCHEDULED',
  ]);
});

it('other closed runs of the id are left alone', async () => {
  const oldest = await begin(true);
  const older = await begin(true, oldest.workflowId);
  const base = await begin(true, oldest.workflowId);
  const before = await Promise.all([engine.describe(oldest), engine.describe(older)]);
  await reset(engine, base, { to: 4 });
  expect(await Promise.all([engine.describe(oldest), engine.describe(older)])).toEqual(before);
});

it('the run that a chain of resets began with stays the original one', async () => {
  const base = await begin(true);
  const first = await reset(engine, base, { to: 4 });
  await engine.step(base.taskQueue, fail());
  const second = await reset(engine, first, { to: 7 });
  const started = eventOf(await engine.history(second), 'WORKFLOW_EXECUTION_STARTED').workflowExecutionStartedEventAttributes;
  expect([started?.originalExecutionRunId, started?.firstExecutionRunId]).toEqual([base.runId, base.runId]);
  const { workflowExecutionInfo, workflowExtendedInfo } = await engine.describe(second);
  expect(workflowExecutionInfo?.firstRunId).toBe(base.runId);
  expect(toNumber(workflowExtendedInfo?.lastResetTime?.seconds)).toBeGreaterThan(0);
});

it('options may be changed after a reset, before the new run goes on', async () => {
  const base = await begin(false);
  const made = await reset(engine, base, {
    to: 4,
    postResetOperations: [
      { updateWorkflowOptions: { workflowExecutionOptions: { priority: { priorityKey: 2 } }, updateMask: { paths: ['priority'] } } },
      { signalWorkflow: { signalName: 'after' } },
    ],
  });
  expect((await engine.describe(made)).workflowExecutionInfo?.priority?.priorityKey).toBe(2);
  expect(namesOf(await engine.history(made)).slice(4)).toEqual([
    'WORKFLOW_EXECUTION_OPTIONS_UPDATED',
    'WORKFLOW_EXECUTION_SIGNALED',
    'WORKFLOW_TASK_SCHEDULED',
  ]);
});

it('a batch of resets changes options of each run after it', async () => {
  const base = await begin(false);
  await engine.workflow.startBatchOperation({
    namespace: NAMESPACE,
    jobId: base.runId,
    reason: 'again',
    executions: [{ workflowId: base.workflowId, runId: base.runId }],
    resetOperation: {
      identity: 'test',
      options: { lastWorkflowTask: {} },
      postResetOperations: [
        { updateWorkflowOptions: { workflowExecutionOptions: { priority: { priorityKey: 3 } }, updateMask: { paths: ['priority'] } } },
      ],
    },
  });
  const { workflowId } = base;
  await expect.poll(() => resetRunIdOf(base), { timeout: 10_000 }).not.toBe('');
  expect((await engine.describe({ workflowId })).workflowExecutionInfo?.priority?.priorityKey).toBe(3);
});
