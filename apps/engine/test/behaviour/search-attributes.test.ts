/** Search attributes and memo: set at the start, changed by the workflow, shown everywhere alike. */
import { randomUUID } from 'node:crypto';
import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import type { temporal } from '@tidemark/protocol/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../src/history/model/decide/commands/command.ts';
import { payloadOf, valueOf } from '../support/payloads.ts';
import { refusal } from '../support/refusal.ts';
import { addAttributes, attributesOf, idsOf, list } from '../support/visibility-calls.ts';
import type { StartedRun, WholeEngine } from '../support/whole-engine.ts';
import { eventOf, NAMESPACE, openWholeEngine } from '../support/whole-engine.ts';

const { CommandType, IndexedValueType, WorkflowTaskFailedCause } = api.enums.v1;
type Values = Readonly<Record<string, unknown>>;
type Fields = { [name: string]: temporal.api.common.v1.IPayload } | null | undefined;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
  await addAttributes(engine);
});
afterAll(() => engine.stop());

/** What removes an entry. */
const NOTHING = { metadata: { encoding: Buffer.from('binary/null') } };
const fieldsOf = (values: Values) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value === null ? NOTHING : payloadOf(value)]));
const upsert = (values: Values): Command => ({
  commandType: CommandType.COMMAND_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
  upsertWorkflowSearchAttributesCommandAttributes: { searchAttributes: { indexedFields: fieldsOf(values) } },
});
const modify = (values: Values): Command => ({
  commandType: CommandType.COMMAND_TYPE_MODIFY_WORKFLOW_PROPERTIES,
  modifyWorkflowPropertiesCommandAttributes: {
    upsertedMemo: { fields: fieldsOf(values) },
  },
});
const signal = ({ workflowId }: StartedRun) =>
  engine.workflow.signalWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId }, signalName: 'go' });
const plain = (fields: Fields) => Object.fromEntries(Object.entries(fields ?? {}).map(([name, payload]) => [name, valueOf(payload)]));
/** Those of tests, not those the engine keeps. */
const custom = (fields: Fields) => Object.fromEntries(Object.entries(plain(fields)).filter(([name]) => name.startsWith('Test')));

async function shown(run: StartedRun) {
  const described = (await engine.describe(run)).workflowExecutionInfo;
  const [listed] = await list(engine, `WorkflowId = '${run.workflowId}'`);
  const attributes = custom(described?.searchAttributes?.indexedFields);
  const memo = plain(described?.memo?.fields);
  expect(custom(listed?.searchAttributes?.indexedFields)).toEqual(attributes);
  expect(plain(listed?.memo?.fields)).toEqual(memo);
  return { attributes, memo };
}

describe('search attributes', () => {
  it('are those of the start, then what the workflow makes of them; null removes one', async () => {
    const run = await engine.start({ searchAttributes: attributesOf({ TestKeyword: 'a', TestInt: 1 }) });
    await expect.poll(() => shown(run)).toMatchObject({ attributes: { TestKeyword: 'a', TestInt: 1 } });
    await engine.step(run.taskQueue, upsert({ TestKeyword: 'b', TestBool: true, TestList: ['x', 'y'] }));
    await expect
      .poll(() => shown(run))
      .toMatchObject({ attributes: { TestKeyword: 'b', TestInt: 1, TestBool: true, TestList: ['x', 'y'] } });
    await signal(run);
    await engine.step(run.taskQueue, upsert({ TestInt: null, TestBool: false }));
    await expect.poll(() => shown(run)).toEqual({ attributes: { TestKeyword: 'b', TestBool: false, TestList: ['x', 'y'] }, memo: {} });
    expect(idsOf(await list(engine, `WorkflowId = '${run.workflowId}' AND TestInt IS NULL AND TestBool = false`))).toHaveLength(1);
  });

  it('are returned with their type', async () => {
    const run = await engine.start({ searchAttributes: attributesOf({ TestKeyword: 'a' }) });
    const fields = (await engine.describe(run)).workflowExecutionInfo?.searchAttributes?.indexedFields;
    expect(Buffer.from(fields?.['TestKeyword']?.metadata?.['type'] ?? []).toString()).toBe('Keyword');
  });

  it.each([
    ['of an unknown name', { Nobody: 1 }],
    ['of another type', { TestInt: 'many' }],
    ['that the engine keeps itself', { WorkflowType: 'mine' }],
  ])('%s are refused at the start, and fail the task that sets them', async (_what, values) => {
    expect((await refusal(engine.start({ searchAttributes: attributesOf(values) }))).code).toBe(StatusCode.INVALID_ARGUMENT);
    const run = await engine.start();
    const task = await engine.workflowTask(run.taskQueue);
    expect((await refusal(engine.complete(task, [upsert(values)]))).code).toBe(StatusCode.INVALID_ARGUMENT);
    const failed = eventOf(await engine.history(run), 'WORKFLOW_TASK_FAILED').workflowTaskFailedEventAttributes;
    expect(failed?.cause).toBe(WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_BAD_SEARCH_ATTRIBUTES);
  });

  it('are added for a namespace, listed with their types, and removed', async () => {
    const name = `Test${randomUUID().slice(0, 8)}`;
    const type = IndexedValueType.INDEXED_VALUE_TYPE_INT;
    await engine.operator.addSearchAttributes({ namespace: NAMESPACE, searchAttributes: { [name]: type } });
    const listed = await engine.operator.listSearchAttributes({ namespace: NAMESPACE });
    expect(listed.customAttributes[name]).toBe(type);
    expect(listed.systemAttributes['WorkflowId']).toBe(IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
    await engine.operator.removeSearchAttributes({ namespace: NAMESPACE, searchAttributes: [name] });
    expect((await engine.operator.listSearchAttributes({ namespace: NAMESPACE })).customAttributes[name]).toBeUndefined();
    expect((await refusal(list(engine, `${name} = 1`))).code).toBe(StatusCode.INVALID_ARGUMENT);
  });
});

describe('a memo', () => {
  it('is that of the start, then what the workflow makes of it; null removes an entry', async () => {
    const run = await engine.start({ memo: { fields: { a: payloadOf(1), b: payloadOf('two') } } });
    await engine.step(run.taskQueue, modify({ b: 2, c: [3] }));
    await expect.poll(() => shown(run)).toMatchObject({ memo: { a: 1, b: 2, c: [3] } });
    await signal(run);
    await engine.step(run.taskQueue, modify({ a: null }));
    await expect.poll(() => shown(run)).toMatchObject({ memo: { b: 2, c: [3] } });
    expect(Object.keys((await shown(run)).memo)).not.toContain('a');
  });
});
