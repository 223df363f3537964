import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StatusCode } from '@tidemark/protocol/errors';
import { openMemoryEngine } from '../../test/support/memory-engine.ts';
import { createFrontend } from '../frontend/frontend.ts';
import { createGateway } from './gateway.ts';

const ended: string[] = [];
let server: Server;
let base: string;

beforeAll(async () => {
  const { engine } = await openMemoryEngine();
  const gateway = createGateway({
    services: createFrontend(engine).services,
    requestBytesMax: 10_000,
    onUnexpected: (error) => ended.push(`unexpected ${String(error)}`),
    onEnd: (method, code) => ended.push(`${method} ${code}`),
  });
  server = createServer(gateway);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/namespaces/default`;
});
afterAll(() => server.close());

const post = (path: string, body: unknown) => fetch(`${base}${path}`, { method: 'POST', body: JSON.stringify(body) });
interface Described {
  readonly workflowExecutionInfo: { readonly execution: { readonly workflowId: string; readonly runId: string } };
}
interface WithHistory {
  readonly history: { readonly events: readonly { readonly workflowExecutionStartedEventAttributes: { readonly input: unknown } }[] };
}
/** Each answer is looked at field by field, so that a wrong shape fails there. */
const read = async <Shape>(response: Promise<Response> | Response): Promise<Shape> => (await (await response).json()) as Shape;
const order = (over: object = {}) => ({ workflowType: { name: 'Order' }, taskQueue: { name: 'orders' }, ...over });

describe('a call over HTTP', () => {
  it('starts a run from path and body, and reads it back with its payloads in short', async () => {
    const started = await post('/workflows/order-1', order({ input: [{ total: 3 }], memo: { fields: { customer: 'ann' } } }));
    expect(started.status).toBe(200);
    expect(await started.json()).toMatchObject({ started: true, status: 'WORKFLOW_EXECUTION_STATUS_RUNNING' });
    const { history } = await read<WithHistory>(fetch(`${base}/workflows/order-1/history`));
    expect(history.events[0]).toMatchObject({
      eventId: '1',
      eventType: 'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED',
      workflowExecutionStartedEventAttributes: { input: [{ total: 3 }], memo: { fields: { customer: 'ann' } } },
    });
    expect(ended).toContain(`startWorkflowExecution ${StatusCode.OK}`);
  });

  it('writes payloads in full, or on many lines, when it is asked to', async () => {
    await post('/workflows/order-2', order({ input: [1] }));
    const full = await read<WithHistory>(
      fetch(`${base}/workflows/order-2/history`, { headers: { accept: 'application/json+no-payload-shorthand' } }),
    );
    expect(full.history.events[0]?.workflowExecutionStartedEventAttributes.input).toEqual({
      payloads: [{ metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: 'MQ==' }],
    });
    expect(await (await fetch(`${base}/workflows/order-2?pretty`)).text()).toContain('\n  ');
  });

  it('takes the fields of a query, those of messages within and lists among them', async () => {
    const { runId } = await read<{ readonly runId: string }>(post('/workflows/order-3', order()));
    const described = await fetch(`${base}/workflows/order-3?execution.runId=${runId}`);
    expect((await read<Described>(described)).workflowExecutionInfo.execution).toEqual({ workflowId: 'order-3', runId });
    expect((await fetch(`${base}/workflows/order-3?execution.run_id=00000000-0000-4000-8000-000000000000`)).status).toBe(404);
    const list = await fetch(`${base}/workflows?query=${encodeURIComponent("WorkflowId = 'order-3'")}&pageSize=1&page_size=1`);
    expect((await read<{ readonly executions: readonly unknown[] }>(list)).executions).toHaveLength(1);
  });

  it('lets the path win over the body', async () => {
    await post('/workflows/order-4', order({ workflowId: 'another', namespace: 'another' }));
    expect((await fetch(`${base}/workflows/order-4`)).status).toBe(200);
    expect((await fetch(`${base}/workflows/another`)).status).toBe(404);
  });

  it('reads names in the path that are percent-encoded', async () => {
    const id = 'a/b c%?ü';
    await post(`/workflows/${encodeURIComponent(id)}`, order());
    const described = await read<Described>(fetch(`${base}/workflows/${encodeURIComponent(id)}`));
    expect(described.workflowExecutionInfo.execution.workflowId).toBe(id);
  });

  it('serves the system beside namespaces', async () => {
    expect(await (await fetch(new URL('/api/v1/system-info', base))).json()).toMatchObject({ capabilities: { eagerWorkflowStart: true } });
  });
});

describe('a call that fails', () => {
  it('says the status and the details of the call', async () => {
    const response = await fetch(`${base}/workflows/nobody`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      code: StatusCode.NOT_FOUND,
      message: 'workflow not found for ID: nobody',
      details: [{ '@type': 'type.googleapis.com/temporal.api.errordetails.v1.NotFoundFailure' }],
    });
    expect(ended).toContain(`describeWorkflowExecution ${StatusCode.NOT_FOUND}`);
  });

  it.each([
    ['a path that is not there', 404, () => fetch(`${base}/nothing`)],
    ['a verb that is not there', 501, () => fetch(`${base}/workflows`, { method: 'DELETE' })],
    ['a method that is not built', 501, () => fetch(new URL('/api/v1/nexus/endpoints', base))],
    ['a body that is not JSON', 400, () => fetch(`${base}/workflows/x`, { method: 'POST', body: '{' })],
    ['a field that is not there', 400, () => post('/workflows/x', { nothing: 1 })],
    ['a number that is none', 400, () => fetch(`${base}/workflows?pageSize=ten`)],
    ['a path that is not percent-encoded', 400, () => fetch(`${base}/workflows/%ZZ`)],
    ['a body over the limit', 429, () => post('/workflows/x', { workflowId: 'x'.repeat(10_001) })],
    ['a timeout without a unit', 400, () => fetch(`${base}/workflows`, { headers: { 'grpc-timeout': '5' } })],
  ])('answers %s with its status', async (_what, status, call) => {
    const response = await call();
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code: expect.any(Number), message: expect.stringMatching(/\w/) });
  });

  it('never fails unexpectedly', () => expect(ended.filter((each) => each.startsWith('unexpected'))).toEqual([]));
});
