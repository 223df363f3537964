/** What a start says about its run, and where it is shown: memo, search attributes, summary and details. */
import { api } from '@tidemark/protocol/api';
import type { temporal } from '@tidemark/protocol/types';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complete } from '../support/commands.ts';
import { payloadOf, valueOf } from '../support/payloads.ts';
import type { WholeEngine } from '../support/whole-engine.ts';
import { NAMESPACE, openWholeEngine } from '../support/whole-engine.ts';

const { IndexedValueType } = api.enums.v1;
type StartRequest = Parameters<WholeEngine['workflow']['startWorkflowExecution']>[0];
type Payload = temporal.api.common.v1.IPayload;

let engine: WholeEngine;
beforeAll(async () => {
  engine = await openWholeEngine();
  await engine.operator.addSearchAttributes({
    namespace: NAMESPACE,
    searchAttributes: { Shop: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD, Till: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD },
  });
});
afterAll(() => engine.stop());

const requestOf = (workflowId: string, over: StartRequest) => ({
  namespace: NAMESPACE,
  workflowId,
  requestId: randomUUID(),
  workflowType: { name: 'Order' },
  taskQueue: { name: workflowId },
  ...over,
});
const starts = [
  ['start', (id: string, over: StartRequest) => engine.workflow.startWorkflowExecution(requestOf(id, over))],
  [
    'signal with start',
    (id: string, over: StartRequest) => engine.workflow.signalWithStartWorkflowExecution({ ...requestOf(id, over), signalName: 'go' }),
  ],
] as const;

const nothing: Payload = { metadata: { encoding: Buffer.from('binary/null') } };
const startedOf = async (workflowId: string) => (await engine.history({ workflowId }))[0];
const listed = async (workflowId: string) => {
  const { executions } = await engine.workflow.listWorkflowExecutions({ namespace: NAMESPACE, query: `WorkflowId = '${workflowId}'` });
  return executions[0];
};

describe.each(starts)('a %s', (name, start) => {
  it('shows its memo in the first event, in descriptions and in lists, open and closed', async () => {
    const workflowId = `memo-${name}`;
    await start(workflowId, { memo: { fields: { note: payloadOf('urgent') } } });
    const event = await startedOf(workflowId);
    expect(valueOf(event?.workflowExecutionStartedEventAttributes?.memo?.fields?.['note'])).toBe('urgent');
    const expectShown = async (): Promise<void> => {
      const { workflowExecutionInfo } = await engine.describe({ workflowId });
      expect(valueOf(workflowExecutionInfo?.memo?.fields?.['note'])).toBe('urgent');
      expect(valueOf((await listed(workflowId))?.memo?.fields?.['note'])).toBe('urgent');
    };
    await expectShown();
    await engine.step(workflowId, complete());
    await expectShown();
  });

  it('shows its summary and details in the first event and in descriptions', async () => {
    const workflowId = `metadata-${name}`;
    await start(workflowId, { userMetadata: { summary: payloadOf('one line'), details: payloadOf('many lines') } });
    const { executionConfig } = await engine.describe({ workflowId });
    for (const shown of [(await startedOf(workflowId))?.userMetadata, executionConfig?.userMetadata]) {
      expect(valueOf(shown?.summary)).toBe('one line');
      expect(valueOf(shown?.details)).toBe('many lines');
    }
  });
});

it('a start with an update shows its summary and details', async () => {
  const start = requestOf('metadata-multi', { userMetadata: { summary: payloadOf('one line') } });
  const request = { meta: { updateId: 'u' }, input: { name: 'u' } };
  const update = { namespace: NAMESPACE, workflowExecution: { workflowId: start.workflowId }, request };
  const done = engine.workflow.executeMultiOperation(
    { namespace: NAMESPACE, operations: [{ startWorkflow: start }, { updateWorkflow: update }] },
    { deadline: Date.now() + 10_000 },
  );
  await engine.step('metadata-multi');
  await done;
  expect(valueOf((await startedOf('metadata-multi'))?.userMetadata?.summary)).toBe('one line');
  expect(valueOf((await engine.describe({ workflowId: 'metadata-multi' })).executionConfig?.userMetadata?.summary)).toBe('one line');
});

describe('values that are nothing', () => {
  it('are no search attributes: not in the first event, nor in descriptions and lists', async () => {
    const searchAttributes = { indexedFields: { Shop: payloadOf('corner'), Till: nothing } };
    const { workflowId } = await engine.start({ searchAttributes });
    const event = await startedOf(workflowId);
    const shown = [
      event?.workflowExecutionStartedEventAttributes?.searchAttributes,
      (await engine.describe({ workflowId })).workflowExecutionInfo?.searchAttributes,
      (await listed(workflowId))?.searchAttributes,
    ];
    for (const attributes of shown) {
      expect(valueOf(attributes?.indexedFields?.['Shop'])).toBe('corner');
      expect(attributes?.indexedFields).not.toHaveProperty('Till');
    }
  });

  it('are no memo: not in the first event, nor in descriptions and lists', async () => {
    const { workflowId } = await engine.start({ memo: { fields: { note: payloadOf('urgent'), none: nothing } } });
    const event = await startedOf(workflowId);
    const shown = [
      event?.workflowExecutionStartedEventAttributes?.memo,
      (await engine.describe({ workflowId })).workflowExecutionInfo?.memo,
      (await listed(workflowId))?.memo,
    ];
    for (const memo of shown) expect(Object.keys(memo?.fields ?? {})).toEqual(['note']);
  });

  it('may be all there is', async () => {
    const over = { searchAttributes: { indexedFields: { Shop: nothing } }, memo: { fields: { none: nothing } } };
    const { workflowId } = await engine.start(over);
    const started = (await startedOf(workflowId))?.workflowExecutionStartedEventAttributes;
    expect(started?.searchAttributes?.indexedFields ?? {}).toEqual({});
    expect(started?.memo?.fields ?? {}).toEqual({});
    const { workflowExecutionInfo: info } = await engine.describe({ workflowId });
    expect(info?.searchAttributes?.indexedFields ?? {}).not.toHaveProperty('Shop');
    expect(info?.memo?.fields ?? {}).toEqual({});
  });
});
