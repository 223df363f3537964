/** Lists and counts of runs: filters over every kind of attribute, order, pages, groups. */
import { randomUUID } from 'node:crypto';
import { StatusCode } from '@tidemark/protocol/errors';
import { toDuration, toNumber } from '@tidemark/protocol/time';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { complete, fail, startChild } from '../support/commands.ts';
import { valueOf } from '../support/payloads.ts';
import { refusal } from '../support/refusal.ts';
import { addAttributes, attributesOf, count, idsOf, list } from '../support/visibility-calls.ts';
import type { StartedRun, WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, openWholeEngine } from '../support/whole-engine.ts';

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
  await addAttributes(engine);
});
afterAll(() => engine.stop());

/** A type that only the runs of one test have. */
const newType = () => `Type${randomUUID().replaceAll('-', '')}`;
const startOf = (type: string, values: Readonly<Record<string, unknown>> = {}, id: string = randomUUID()) =>
  engine.start({
    workflowId: id,
    taskQueue: { name: id },
    workflowType: { name: type },
    searchAttributes: attributesOf(values),
  });
const found = (query: string) => expect.poll(async () => idsOf(await list(engine, query)), { timeout: 10_000 });
const counted = (query: string) => expect.poll(async () => toNumber((await count(engine, query)).count), { timeout: 10_000 });
const close = (run: StartedRun, command = complete()) => engine.step(run.taskQueue, command);

describe('a list', () => {
  it('holds open and closed runs, each under its status', async () => {
    const type = newType();
    const open = await startOf(type);
    const [done, failed] = [await startOf(type), await startOf(type)];
    await close(done);
    await close(failed, fail());
    const ofType = (status: string) => `WorkflowType = '${type}' AND ExecutionStatus ${status}`;
    await found(ofType("= 'Running'")).toEqual([open.workflowId]);
    await found(ofType("= 'Completed'")).toEqual([done.workflowId]);
    await found(ofType("= 'WORKFLOW_EXECUTION_STATUS_FAILED'")).toEqual([failed.workflowId]);
    await found(ofType("IN ('Running', 'Failed')")).toEqual([open.workflowId, failed.workflowId]);
    await found(`WorkflowType = '${type}' AND CloseTime IS NULL`).toEqual([open.workflowId]);
    await found(`WorkflowId = '${done.workflowId}' AND RunId = '${done.runId}'`).toEqual([done.workflowId]);
    const [first, ...closed] = idsOf(await list(engine, `WorkflowType = '${type}'`));
    expect(first).toBe(open.workflowId);
    // They may have started in one millisecond, and are then in no order.
    expect(closed.toSorted()).toEqual([done.workflowId, failed.workflowId].toSorted());
  });

  it('of the older calls holds open or closed runs, by type, id and status', async () => {
    const type = newType();
    const open = await startOf(type);
    const done = await startOf(type);
    await close(done);
    const startTimeFilter = { earliestTime: { seconds: 0 as never }, latestTime: { seconds: 4_000_000_000 as never } };
    const base = { namespace: NAMESPACE, maximumPageSize: 10, startTimeFilter, typeFilter: { name: type } };
    await expect.poll(async () => idsOf((await engine.workflow.listOpenWorkflowExecutions(base)).executions)).toEqual([open.workflowId]);
    await expect.poll(async () => idsOf((await engine.workflow.listClosedWorkflowExecutions(base)).executions)).toEqual([done.workflowId]);
    const { typeFilter: _type, ...byId } = { ...base, executionFilter: { workflowId: done.workflowId } };
    expect(idsOf((await engine.workflow.listClosedWorkflowExecutions(byId)).executions)).toEqual([done.workflowId]);
    expect(idsOf((await engine.workflow.listOpenWorkflowExecutions(byId)).executions)).toEqual([]);
  });

  it('knows when a run that is held back will begin', async () => {
    const type = newType();
    const at = await engine.start({ workflowType: { name: type }, workflowStartDelay: toDuration(3_600_000) });
    const now = await startOf(type);
    const later = `WorkflowType = '${type}' AND ExecutionTime > '${new Date(Date.now() + 60_000).toISOString()}'`;
    await found(later).toEqual([at.workflowId]);
    await found(`WorkflowType = '${type}' AND StartTime <= '${new Date(Date.now() + 60_000).toISOString()}'`).toHaveLength(2);
    expect(now.workflowId).not.toBe(at.workflowId);
  });

  it('comes in pages without gap or repeat, whatever their size', async () => {
    const type = newType();
    for (let at = 0; at < 5; at += 1) await startOf(type);
    await found(`WorkflowType = '${type}'`).toHaveLength(5);
    const runs = idsOf(await list(engine, `WorkflowType = '${type}'`));
    expect(new Set(runs).size).toBe(5);
    for (const size of [1, 2, 5]) expect(idsOf(await list(engine, `WorkflowType = '${type}'`, size))).toEqual(runs);
    const small = await engine.workflow.listWorkflowExecutions({ namespace: NAMESPACE, query: `WorkflowType = '${type}'`, pageSize: 2 });
    expect(small.executions).toHaveLength(2);
  });

  it('is ordered in one way only, and says so', async () => {
    const asked = await refusal(list(engine, 'ORDER BY StartTime'));
    expect(asked.code).toBe(StatusCode.INVALID_ARGUMENT);
  });

  it('finds runs by their workflow id, however long it is', async () => {
    const type = newType();
    const run = await startOf(type, {}, `${'x'.repeat(900)}${randomUUID()}`);
    await found(`WorkflowId = '${run.workflowId}'`).toEqual([run.workflowId]);
  });

  it('finds children by their parent and by their root', async () => {
    const child = randomUUID();
    const parent = await startOf(newType());
    await engine.step(parent.taskQueue, startChild(child, { taskQueue: { name: child } }));
    await found(`ParentWorkflowId = '${parent.workflowId}' AND ParentRunId = '${parent.runId}'`).toEqual([child]);
    await found(`RootWorkflowId = '${parent.workflowId}' AND WorkflowId != '${parent.workflowId}'`).toEqual([child]);
    const [info] = await list(engine, `ParentWorkflowId = '${parent.workflowId}'`);
    expect(info).toMatchObject({
      parentExecution: { workflowId: parent.workflowId, runId: parent.runId },
      rootExecution: { workflowId: parent.workflowId, runId: parent.runId },
    });
  });
});

describe('a filter', () => {
  let type = '';
  const [ada, bob] = ['ada', 'bob'].map((name) => `${name}-${randomUUID()}`) as [string, string];
  beforeAll(async () => {
    type = newType();
    await startOf(
      type,
      {
        TestKeyword: 'gold-1',
        TestText: 'A swift brown fox',
        TestInt: 5,
        TestDouble: 1.5,
        TestBool: true,
        TestTime: '2024-05-01T00:00:00Z',
        TestList: ['red', 'blue'],
      },
      ada,
    );
    await startOf(type, { TestKeyword: 'silver-1', TestText: 'a slow dog', TestInt: 7, TestBool: false, TestList: ['blue'] }, bob);
    await vi.waitFor(async () => expect(await list(engine, `WorkflowType = '${type}'`)).toHaveLength(2), 10_000);
  });

  it.each<[string, readonly ('ada' | 'bob')[]]>([
    ["TestKeyword = 'gold-1'", ['ada']],
    ["TestKeyword != 'gold-1'", ['bob']],
    ["TestKeyword IN ('gold-1', 'silver-1')", ['ada', 'bob']],
    ["TestKeyword NOT IN ('gold-1')", ['bob']],
    ["TestKeyword STARTS_WITH 'gold'", ['ada']],
    ["TestKeyword NOT STARTS_WITH 'gold'", ['bob']],
    ["TestKeyword > 'h'", ['bob']],
    ["TestText = 'FOX'", ['ada']],
    ["TestText = 'fox dog'", ['ada', 'bob']],
    ["TestText = 'fo'", []],
    ['TestInt > 5', ['bob']],
    ['TestInt BETWEEN 5 AND 6', ['ada']],
    ['TestInt NOT BETWEEN 5 AND 6', ['bob']],
    ['TestDouble >= 1.5', ['ada']],
    ['TestDouble IS NULL', ['bob']],
    ['TestDouble IS NOT NULL', ['ada']],
    ['TestBool = true', ['ada']],
    ["TestTime < '2024-05-01T00:00:01Z'", ['ada']],
    ["TestList = 'red'", ['ada']],
    ["TestList = 'blue'", ['ada', 'bob']],
    ["TestList != 'red'", ['bob']],
    ["TestList IN ('red', 'green')", ['ada']],
    ["TestKeyword = 'gold-1' OR TestInt = 7", ['ada', 'bob']],
    ["(TestKeyword = 'gold-1' OR TestInt = 7) AND TestBool = false", ['bob']],
    ["NOT (TestKeyword = 'gold-1')", ['bob']],
    ['`TestKeyword` = "gold-1"', ['ada']],
  ])('%s', async (clause, names) => {
    const ids = { ada, bob };
    const listed = idsOf(await list(engine, `WorkflowType = '${type}' AND (${clause})`));
    expect([...listed].sort()).toEqual(names.map((name) => ids[name]).sort());
  });

  it.each(['TestKeyword LIKE "g%"', 'Unknown = 1', 'TestInt = "x"', 'WorkflowId ==', "TestText > 'a'", 'TestBool BETWEEN 1 AND 2'])(
    'that cannot be read is refused: %s',
    async (query) => {
      expect((await refusal(list(engine, query))).code).toBe(StatusCode.INVALID_ARGUMENT);
      expect((await refusal(count(engine, query))).code).toBe(StatusCode.INVALID_ARGUMENT);
    },
  );
});

describe('a count', () => {
  it('is of the runs that a query finds, in all or by status', async () => {
    const type = newType();
    await startOf(type);
    for (let closed = 0; closed < 2; closed += 1) await close(await startOf(type));
    await counted(`WorkflowType = '${type}'`).toBe(3);
    await counted(`WorkflowType = '${type}' AND ExecutionStatus = 'Completed'`).toBe(2);
    const grouped = await count(engine, `WorkflowType = '${type}' GROUP BY ExecutionStatus`);
    const groups = Object.fromEntries(grouped.groups.map((group) => [valueOf(group.groupValues?.[0]), toNumber(group.count)]));
    expect([toNumber(grouped.count), groups]).toEqual([3, { Running: 1, Completed: 2 }]);
    await counted(`WorkflowType = '${newType()}'`).toBe(0);
  });

  it('is grouped by status only', async () => {
    expect((await refusal(count(engine, 'GROUP BY WorkflowType'))).code).toBe(StatusCode.INVALID_ARGUMENT);
    expect((await refusal(count(engine, 'GROUP BY ExecutionStatus, WorkflowType'))).code).toBe(StatusCode.INVALID_ARGUMENT);
  });
});
