/** What a run may grow to, and what happens to one that wants more. */
import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../src/history/model/decide/commands/command.ts';
import { activity, cancelExternal, complete, marker, signalExternal, startChild } from '../support/commands.ts';
import { payloadOf, payloadsOf } from '../support/payloads.ts';
import { refusal } from '../support/refusal.ts';
import type { StartedRun, WholeEngine } from '../support/whole-engine.ts';
import { eventOf, NAMESPACE, namesOf, openWholeEngine } from '../support/whole-engine.ts';

const { WorkflowExecutionStatus: Status, WorkflowTaskFailedCause: Cause } = api.enums.v1;
const PENDING_MAX = 3;
const BYTES_MAX = 20_000;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine({
    limits: {
      historyEventsMax: 20,
      historyBytesMax: 2 * BYTES_MAX,
      blobBytesMax: BYTES_MAX,
      pendingActivitiesMax: PENDING_MAX,
      pendingChildrenMax: PENDING_MAX,
      pendingExternalsMax: PENDING_MAX,
      bufferedEventsMax: 5,
      stateBytesMax: 3 * BYTES_MAX,
    },
  });
});
afterAll(() => engine.stop());

const signal = ({ workflowId }: StartedRun, signalName = 'go', size = 0) =>
  engine.workflow.signalWorkflowExecution({
    namespace: NAMESPACE,
    workflowExecution: { workflowId },
    signalName,
    ...(size > 0 ? { input: payloadsOf('x'.repeat(size)) } : {}),
  });
const terminationOf = async (run: StartedRun) => (await engine.closed(run)).workflowExecutionTerminatedEventAttributes;

describe('a history', () => {
  it('with too many events ends its run and says why, and a late answer finds nothing', async () => {
    const run = await engine.start();
    await engine.step(run.taskQueue);
    for (let sent = 0; sent < 13; sent += 1) await signal(run);
    const task = await engine.workflowTask(run.taskQueue);
    const last = Array.from({ length: 10 }, (_value, at) => marker(`${at}`));
    await engine.complete(task, last);
    expect((await terminationOf(run))?.reason).toBe('Workflow history count exceeds limit.');
    expect((await refusal(engine.complete(task, last))).code).toBe(StatusCode.NOT_FOUND);
    expect((await engine.describe(run)).workflowExecutionInfo?.status).toBe(Status.WORKFLOW_EXECUTION_STATUS_TERMINATED);
  });

  it('with too many bytes ends its run and says why, and a late answer finds nothing', async () => {
    const run = await engine.start();
    await engine.step(run.taskQueue);
    await signal(run, 'large', BYTES_MAX - 100);
    const task = await engine.workflowTask(run.taskQueue);
    for (const name of ['larger', 'largest']) await signal(run, name, BYTES_MAX - 100);
    await engine.complete(task);
    await signal(run).catch(() => undefined);
    expect((await terminationOf(run))?.reason).toBe('Workflow history size exceeds limit.');
    expect((await refusal(engine.complete(task))).code).toBe(StatusCode.NOT_FOUND);
  });
});

describe('what a run makes the engine remember', () => {
  const reason = 'Workflow mutable state size exceeds limit.';

  it('ends it when too much waits for its task, and a late answer finds nothing', async () => {
    const run = await engine.start();
    const task = await engine.workflowTask(run.taskQueue);
    for (let sent = 0; sent < 4; sent += 1) await signal(run, 'large', BYTES_MAX - 100);
    expect((await terminationOf(run))?.reason).toBe(reason);
    expect((await refusal(engine.complete(task))).code).toBe(StatusCode.NOT_FOUND);
  });

  it('ends it when its activities say too much of how far they are', async () => {
    const run = await engine.start({ memo: { fields: { large: payloadOf('x'.repeat(BYTES_MAX)) } } });
    await engine.step(run.taskQueue, ...[1, 2, 3].map((at) => activity(`${at}`, { taskQueue: { name: run.taskQueue } })));
    for (let beats = 0; beats < 3; beats += 1) {
      const { taskToken } = await engine.activityTask(run.taskQueue);
      const details = payloadsOf('x'.repeat(BYTES_MAX - 100));
      await engine.workflow.recordActivityTaskHeartbeat({ namespace: NAMESPACE, taskToken, details });
    }
    expect((await terminationOf(run))?.reason).toBe(reason);
  });
});

it('a command with too large a payload ends its run at once', async () => {
  const run = await engine.start();
  const large = activity('large', { taskQueue: { name: run.taskQueue }, input: payloadsOf('x'.repeat(BYTES_MAX)) });
  const error = await refusal(engine.complete(await engine.workflowTask(run.taskQueue), [large]));
  const text = 'BadScheduleActivityAttributes: ScheduleActivityTaskCommandAttributes.Input exceeds size limit.';
  expect([error.code, error.message]).toEqual([StatusCode.INVALID_ARGUMENT, text]);
  expect(namesOf(await engine.history(run)).slice(3)).toEqual(['WORKFLOW_TASK_FAILED', 'WORKFLOW_EXECUTION_TERMINATED']);
  expect((await terminationOf(run))?.reason).toBe(text);
});

it('events beyond what may wait take the task from its worker, and none is lost', async () => {
  const run = await engine.start();
  await engine.workflowTask(run.taskQueue);
  const names = ['1', '2', '3', '4', '5', '6'];
  for (const name of names) await signal(run, name);
  const events = await engine.history(run);
  expect(events[3]?.workflowTaskFailedEventAttributes?.cause).toBe(Cause.WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND);
  const sent = events.flatMap(({ workflowExecutionSignaledEventAttributes: attributes }) => attributes?.signalName ?? []);
  expect(sent).toEqual(names);
  expect(
    namesOf((await engine.workflowTask(run.taskQueue)).history?.events ?? []).filter((name) => name.endsWith('SIGNALED')),
  ).toHaveLength(6);
});

describe('more than may be pending', () => {
  /** Waits for nobody: a queue without a worker. */
  const nowhere = { taskQueue: { name: 'nowhere' } };
  const many = (make: (at: number) => Command, count: number): Command[] => Array.from({ length: count }, (_value, at) => make(at));

  const kinds = [
    ['activities', (at: number) => activity(`${at}`, nowhere), Cause.WORKFLOW_TASK_FAILED_CAUSE_PENDING_ACTIVITIES_LIMIT_EXCEEDED],
    [
      'children',
      (_at: number) => startChild(randomUUID(), nowhere),
      Cause.WORKFLOW_TASK_FAILED_CAUSE_PENDING_CHILD_WORKFLOWS_LIMIT_EXCEEDED,
    ],
    ['signals', (_at: number) => signalExternal('nobody'), Cause.WORKFLOW_TASK_FAILED_CAUSE_PENDING_SIGNALS_LIMIT_EXCEEDED],
    ['cancel requests', (_at: number) => cancelExternal('nobody'), Cause.WORKFLOW_TASK_FAILED_CAUSE_PENDING_REQUEST_CANCEL_LIMIT_EXCEEDED],
  ] as const;

  it.each(kinds)('%s at once fail the task with the cause, and as many as may be are taken', async (_kind, make, cause) => {
    const run = await engine.start();
    await refusal(engine.complete(await engine.workflowTask(run.taskQueue), many(make, PENDING_MAX + 1)));
    const failed = eventOf(await engine.history(run), 'WORKFLOW_TASK_FAILED').workflowTaskFailedEventAttributes;
    expect(failed?.cause).toBe(cause);
    await engine.step(run.taskQueue, ...many(make, PENDING_MAX));
    expect(
      namesOf(await engine.history(run)).filter((name) => /_SCHEDULED$|_INITIATED$/.test(name) && !name.startsWith('WORKFLOW_TASK')),
    ).toHaveLength(PENDING_MAX);
  });

  it('activities in two tasks are counted together, until one has ended', async () => {
    const run = await engine.start();
    const own = { taskQueue: { name: run.taskQueue } };
    await engine.step(run.taskQueue, ...many((at) => activity(`${at}`, own), PENDING_MAX));
    await signal(run);
    await refusal(engine.complete(await engine.workflowTask(run.taskQueue), [activity('more', own)]));
    const { taskToken } = await engine.activityTask(run.taskQueue);
    await engine.workflow.respondActivityTaskCompleted({ namespace: NAMESPACE, taskToken });
    await engine.step(run.taskQueue, activity('more', own));
    expect((await engine.describe(run)).pendingActivities).toHaveLength(PENDING_MAX);
  });

  it('cancel requests in two tasks are taken, once the first have arrived', async () => {
    const run = await engine.start();
    await engine.step(run.taskQueue, ...many((_at) => cancelExternal('nobody'), PENDING_MAX));
    await engine.step(run.taskQueue, cancelExternal('nobody'));
    await engine.step(run.taskQueue, complete());
    expect(namesOf([await engine.closed(run)])).toEqual(['WORKFLOW_EXECUTION_COMPLETED']);
  });
});
