/** Names that are odd and valid, over the wire: they are data, and nothing reads anything into them. */
import { connect } from '@tidemark/protocol/client';
import type { Connection } from '@tidemark/protocol/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { complete } from '../support/commands.ts';
import { defaultLimits } from '../../src/kernel/limits.ts';
import { openMemoryStore } from '../../src/persistence/memory/memory-store.ts';
import type { RunningEngine } from '../../src/server/start-engine.ts';
import { startEngine } from '../../src/server/start-engine.ts';

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

let engine: RunningEngine;
let connection: Connection;
beforeAll(async () => {
  engine = await startEngine({
    store: openMemoryStore(),
    logger: quiet,
    ip: '127.0.0.1',
    port: 0,
    namespaces: ['default'],
    searchAttributes: {},
    limits: defaultLimits,
  });
  connection = connect({ address: `127.0.0.1:${engine.port}` });
});
afterAll(async () => {
  connection.close();
  await engine.stop(1000);
});

const soon = () => ({ deadline: Date.now() + 10_000 });
const controls = Array.from({ length: 32 }, (_value, at) => String.fromCharCode(at)).join('');

it.each([
  ['of letters', 'PlainOrder'],
  ['with a line break', 'two\nlines\r\n'],
  ['of control characters', `${controls}\u007f`],
  ['of a thousand bytes', 'n'.repeat(1000)],
  ['that ends like a binary header', 'order-bin'],
  ['beyond ASCII', 'Bestellung-ü-注文-🛒'],
])('a workflow type %s is started, carried out, described and found', async (what, name) => {
  const workflowId = `type ${what}`;
  const { workflow } = connection;
  const start = { namespace: 'default', workflowId, requestId: workflowId, workflowType: { name }, taskQueue: { name: workflowId } };
  await workflow.startWorkflowExecution(start, soon());
  const task = await workflow.pollWorkflowTaskQueue({ namespace: 'default', taskQueue: { name: workflowId } }, soon());
  expect(task.workflowType?.name).toBe(name);
  await workflow.respondWorkflowTaskCompleted({ namespace: 'default', taskToken: task.taskToken, commands: [complete()] }, soon());
  const { workflowExecutionInfo } = await workflow.describeWorkflowExecution({ namespace: 'default', execution: { workflowId } }, soon());
  expect(workflowExecutionInfo?.type?.name).toBe(name);
  const query = `WorkflowType = '${name}' AND WorkflowId = '${workflowId}'`;
  const { executions } = await workflow.listWorkflowExecutions({ namespace: 'default', query }, soon());
  expect(executions.map(({ type }) => type?.name)).toEqual([name]);
});
