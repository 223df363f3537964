/** Namespaces, what keeps them apart, and payloads that are nobody's business but their owners'. */
import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import { fromDuration, toDuration } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activity, complete, startChild } from '../support/commands.ts';
import { registerNamespace } from '../support/namespace-calls.ts';
import { answer, answerOf, query } from '../support/queries.ts';
import { refusal } from '../support/refusal.ts';
import type { WholeEngine, WorkflowTask } from '../support/whole-engine.ts';
import { eventOf, NAMESPACE, openWholeEngine } from '../support/whole-engine.ts';

const { NamespaceState } = api.enums.v1;
type Payload = temporal.api.common.v1.IPayload;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
});
afterAll(() => engine.stop());

const describeNamespace = (namespace: string) => engine.workflow.describeNamespace({ namespace });
const idOf = async (namespace: string) => (await describeNamespace(namespace)).namespaceInfo?.id ?? '';
const startIn = (namespace: string, workflowId: string) =>
  engine.workflow.startWorkflowExecution({
    namespace,
    workflowId,
    requestId: randomUUID(),
    workflowType: { name: 'Order' },
    taskQueue: { name: workflowId },
  });

describe('a namespace', () => {
  it('is registered once, described by name or id, listed and changed', async () => {
    const name = await registerNamespace(engine);
    expect((await refusal(registerNamespace(engine, name))).find('NamespaceAlreadyExistsFailure')).toBeDefined();
    const described = await describeNamespace(name);
    expect(described.namespaceInfo).toMatchObject({ name, state: NamespaceState.NAMESPACE_STATE_REGISTERED });
    expect(fromDuration(described.config?.workflowExecutionRetentionTtl)).toBe(86_400_000);
    expect((await engine.workflow.describeNamespace({ id: await idOf(name) })).namespaceInfo?.name).toBe(name);
    const { namespaces } = await engine.workflow.listNamespaces({ pageSize: 100 });
    expect(namespaces.map(({ namespaceInfo }) => namespaceInfo?.name)).toContain(name);
    await engine.workflow.updateNamespace({
      namespace: name,
      updateInfo: { description: 'ours', data: { team: 'a' } },
      config: { workflowExecutionRetentionTtl: toDuration(2 * 86_400_000) },
    });
    const changed = await describeNamespace(name);
    expect(changed.namespaceInfo).toMatchObject({ description: 'ours', data: { team: 'a' } });
    expect(fromDuration(changed.config?.workflowExecutionRetentionTtl)).toBe(2 * 86_400_000);
  });

  it.each([
    ['name', (name: string) => Promise.resolve({ namespace: name })],
    ['id', async (name: string) => ({ namespaceId: await idOf(name) })],
  ])('is deleted by its %s, and its name is free', async (_what, selectorOf) => {
    const name = await registerNamespace(engine);
    const before = await idOf(name);
    const { deletedNamespace } = await engine.operator.deleteNamespace(await selectorOf(name));
    expect(deletedNamespace).toContain(name);
    const gone = await refusal(describeNamespace(name));
    expect([gone.code, gone.find('NamespaceNotFoundFailure')?.namespace]).toEqual([StatusCode.NOT_FOUND, name]);
    await registerNamespace(engine, name);
    expect(await idOf(name)).not.toBe(before);
  });

  it('is not deleted by both, by neither, or twice', async () => {
    const name = await registerNamespace(engine);
    const both = { namespace: name, namespaceId: await idOf(name) };
    expect((await refusal(engine.operator.deleteNamespace(both))).code).toBe(StatusCode.INVALID_ARGUMENT);
    expect((await refusal(engine.operator.deleteNamespace({}))).code).toBe(StatusCode.INVALID_ARGUMENT);
    await engine.operator.deleteNamespace({ namespace: name });
    expect((await refusal(engine.operator.deleteNamespace({ namespace: name }))).code).toBe(StatusCode.NOT_FOUND);
  });

  it('takes its runs along when it is deleted: their ids are free, and nothing may be started there', async () => {
    const name = await registerNamespace(engine);
    const workflowId = randomUUID();
    const { runId } = await startIn(name, workflowId);
    await engine.operator.deleteNamespace({ namespace: name });
    expect((await refusal(startIn(name, workflowId))).code).toBe(StatusCode.NOT_FOUND);
    await registerNamespace(engine, name);
    const execution = { workflowId, runId };
    expect((await refusal(engine.workflow.describeWorkflowExecution({ namespace: name, execution }))).code).toBe(StatusCode.NOT_FOUND);
  });

  it('that does not exist is said to be missing, whatever is asked of it', async () => {
    const namespace = randomUUID();
    const calls = [() => startIn(namespace, 'w'), () => engine.workflow.listWorkflowExecutions({ namespace })];
    for (const call of calls) expect((await refusal(call())).find('NamespaceNotFoundFailure')?.namespace).toBe(namespace);
  });

  it('keeps its runs to itself', async () => {
    const [name, run] = [await registerNamespace(engine), await engine.start()];
    const { runId } = await startIn(name, run.workflowId);
    expect(runId).not.toBe(run.runId);
    const execution = { workflowId: run.workflowId, runId: run.runId };
    expect((await refusal(engine.workflow.describeWorkflowExecution({ namespace: name, execution }))).code).toBe(StatusCode.NOT_FOUND);
    expect((await engine.workflow.listWorkflowExecutions({ namespace: name })).executions).toHaveLength(1);
  });
});

describe('a task token', () => {
  it('is refused in another namespace, whatever is said of the task', async () => {
    const namespace = await registerNamespace(engine);
    const run = await engine.start();
    const { workflow } = engine;
    const task = await engine.workflowTask(run.taskQueue);
    const ofWorkflow = { namespace, taskToken: task.taskToken };
    await engine.complete(task, [activity('a', { taskQueue: { name: run.taskQueue } })]);
    const ofActivity = { namespace, taskToken: (await engine.activityTask(run.taskQueue)).taskToken };
    const asked = answerOf(query(engine, run));
    const queryTask = await engine.workflowTask(run.taskQueue);
    const calls = [
      () => workflow.respondWorkflowTaskCompleted(ofWorkflow),
      () => workflow.respondWorkflowTaskFailed(ofWorkflow),
      () => workflow.respondActivityTaskCompleted(ofActivity),
      () => workflow.respondActivityTaskFailed(ofActivity),
      () => workflow.respondActivityTaskCanceled(ofActivity),
      () => workflow.recordActivityTaskHeartbeat(ofActivity),
      () => workflow.respondQueryTaskCompleted({ namespace, taskToken: queryTask.taskToken, completedType: 1 }),
    ];
    for (const call of calls) expect((await refusal(call())).code).toBe(StatusCode.INVALID_ARGUMENT);
    await answer(engine, queryTask, 'fine');
    expect(await asked).toBe('fine');
    await workflow.respondActivityTaskCompleted({ ...ofActivity, namespace: NAMESPACE });
  });

  it('that nobody handed out is refused', async () => {
    const taskToken = Buffer.from('nonsense');
    const call = engine.workflow.respondWorkflowTaskCompleted({ namespace: NAMESPACE, taskToken });
    expect((await refusal(call)).code).toBe(StatusCode.INVALID_ARGUMENT);
  });
});

describe('payloads', () => {
  /** Looks like JSON and is none; the encoding is one that only its owner knows. */
  const secret = (): Payload => ({
    metadata: { encoding: Buffer.from('binary/secret'), key: Buffer.from([0, 255, 10]) },
    data: Buffer.concat([Buffer.from('{"broken":'), Buffer.from([0, 1, 254])]),
  });
  const bytesOf = (payload: Payload | null | undefined) => ({
    metadata: Object.fromEntries(
      Object.entries(payload?.metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('hex')]),
    ),
    data: Buffer.from(payload?.data ?? []).toString('hex'),
  });

  const startOf = ({ history }: WorkflowTask) => history?.events?.[0]?.workflowExecutionStartedEventAttributes;

  it('go through starts, activities, children and results as they are', async () => {
    const payloads = [secret()];
    const run = await engine.start({ input: { payloads }, memo: { fields: { m: secret() } }, header: { fields: { h: secret() } } });
    const own = { taskQueue: { name: run.taskQueue } };
    const child = randomUUID();
    const task = await engine.workflowTask(run.taskQueue);
    const commands = [
      activity('a', { ...own, input: { payloads } }),
      startChild(child, { taskQueue: { name: child }, input: { payloads } }),
    ];
    await engine.complete(task, commands);
    const { input, taskToken } = await engine.activityTask(run.taskQueue);
    await engine.workflow.respondActivityTaskCompleted({ namespace: NAMESPACE, taskToken, result: { payloads } });
    const childTask = await engine.workflowTask(child);
    await engine.complete(childTask, [complete({ payloads })]);
    await engine.closed({ workflowId: child });
    const result = eventOf(await engine.history(run), 'ACTIVITY_TASK_COMPLETED').activityTaskCompletedEventAttributes?.result;
    const childResult = (await engine.closed({ workflowId: child })).workflowExecutionCompletedEventAttributes?.result;
    for (const one of [startOf(task)?.input, input, result, startOf(childTask)?.input, childResult])
      expect(bytesOf(one?.payloads?.[0])).toEqual(bytesOf(secret()));
    const { memo, header } = startOf(task) ?? {};
    for (const payload of [memo?.fields?.['m'], header?.fields?.['h']]) expect(bytesOf(payload)).toEqual(bytesOf(secret()));
  });
});
