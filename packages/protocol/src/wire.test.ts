/** Client and server over a real socket: what one side means is what the other reads. */
import { connect as connectHttp2, constants } from 'node:http2';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api } from './api.ts';
import type { Connection } from './client.ts';
import { connect } from './client.ts';
import { detail, RpcError, StatusCode } from './errors.ts';
import type { GrpcServer, ServerCall } from './server.ts';
import { EncodedResponse, serve } from './server.ts';
import { workflowService } from './services.ts';
import { encodeWith } from './splice.ts';

const { GetSystemInfoRequest, GetSystemInfoResponse, GetWorkflowExecutionHistoryResponse } = api.workflowservice.v1;

let server: GrpcServer;
let connection: Connection;
let seen: { readonly request: object; readonly call: ServerCall } | undefined;
let answer: () => Promise<object | EncodedResponse>;
const unexpected: unknown[] = [];

beforeAll(async () => {
  server = await serve({
    address: '127.0.0.1:0',
    services: [
      {
        service: workflowService,
        handle: (request, call) => {
          seen = { request, call };
          return answer();
        },
      },
    ],
    requestBytesMax: 1000,
    onUnexpected: (error) => unexpected.push(error),
  });
  connection = connect({ address: `127.0.0.1:${server.port}`, metadata: { 'client-name': 'test' }, apiKey: 'secret' });
});

afterAll(async () => {
  connection.close();
  await server.stop(0);
});

const failure = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

/** One call as a native Core worker makes it: every message gzip-compressed, the deadline in microseconds. */
function rawCall(
  headers: Record<string, string>,
  message: Buffer,
  isCompressed: boolean,
): Promise<{ readonly status: string; readonly message: string; readonly body: Buffer }> {
  return new Promise((resolve, reject) => {
    const session = connectHttp2(`http://127.0.0.1:${server.port}`);
    const stream = session.request({
      ':method': 'POST',
      ':path': '/temporal.api.workflowservice.v1.WorkflowService/GetSystemInfo',
      'content-type': 'application/grpc',
      te: 'trailers',
      ...headers,
    });
    const chunks: Buffer[] = [];
    let status: Record<string, string | string[] | number | undefined> = {};
    stream.on('response', (got) => (status = { ...status, ...got }));
    stream.on('trailers', (got) => (status = { ...status, ...got }));
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', reject);
    stream.on('close', () => {
      session.close();
      resolve({ status: String(status['grpc-status']), message: String(status['grpc-message'] ?? ''), body: Buffer.concat(chunks) });
    });
    const frame = Buffer.alloc(5);
    frame.writeUInt8(isCompressed ? 1 : 0);
    frame.writeUInt32BE(message.byteLength, 1);
    stream.end(Buffer.concat([frame, message]));
    stream.setTimeout(5000, () => stream.close(constants.NGHTTP2_CANCEL));
  });
}

describe('calls', () => {
  it('carry messages, headers, deadline and key', async () => {
    answer = () => Promise.resolve({ serverVersion: '1.2.3' });
    const deadline = Date.now() + 5000;
    const response = await connection.workflow.describeNamespace({ namespace: 'n' }, { deadline, metadata: { 'x-more': 'yes' } });
    expect(response).toBeDefined();
    expect(seen?.request).toMatchObject({ namespace: 'n' });
    expect(Object.fromEntries(seen?.call.headers ?? [])).toMatchObject({
      'client-name': 'test',
      'x-more': 'yes',
      authorization: 'Bearer secret',
    });
    expect(Math.abs((seen?.call.deadline ?? 0) - deadline)).toBeLessThan(1500);
  });

  it('without a deadline say so', async () => {
    answer = () => Promise.resolve({});
    await connection.workflow.getSystemInfo({});
    expect(seen?.call.deadline).toBe(Infinity);
  });

  it('that the caller gives up abort on the server', async () => {
    const gone = new AbortController();
    let aborted: Promise<void> | undefined;
    answer = () => {
      const { signal } = seen?.call ?? {};
      aborted = new Promise((resolve) => signal?.addEventListener('abort', () => resolve()));
      gone.abort();
      return aborted.then(() => ({}));
    };
    const error = await failure(connection.workflow.getSystemInfo({}, { signal: gone.signal }));
    expect(error).toMatchObject({ code: StatusCode.CANCELLED });
    await aborted;
  });

  it('take spliced bytes for a field', async () => {
    const history = api.history.v1.History.encode({ events: [{ taskId: 7 as never }] }).finish();
    answer = () =>
      Promise.resolve(
        new EncodedResponse(
          encodeWith(GetWorkflowExecutionHistoryResponse, { nextPageToken: new Uint8Array([1]) }, { field: 'history', bytes: history }),
        ),
      );
    const response = await connection.workflow.getWorkflowExecutionHistory({});
    expect(response.history?.events).toHaveLength(1);
    expect([...response.nextPageToken]).toEqual([1]);
  });
});

describe('what native workers send', () => {
  it('a compressed message, even an empty one', async () => {
    answer = () => Promise.resolve({ serverVersion: 'zipped' });
    const empty = Buffer.from(GetSystemInfoRequest.encode({}).finish());
    const { status, body } = await rawCall({ 'grpc-encoding': 'gzip', 'grpc-timeout': '5000000u' }, gzipSync(empty), true);
    expect(status).toBe('0');
    expect(GetSystemInfoResponse.decode(body.subarray(5)).serverVersion).toBe('zipped');
  });

  it.each([
    ['5000000u', 5000],
    ['5000m', 5000],
    ['5S', 5000],
    ['1M', 60_000],
    ['1H', 3_600_000],
  ])('a deadline of %s', async (timeout, ms) => {
    answer = () => Promise.resolve({});
    await rawCall({ 'grpc-timeout': timeout }, Buffer.alloc(0), false);
    expect(Math.abs((seen?.call.deadline ?? 0) - Date.now() - ms)).toBeLessThan(2000);
  });

  it('bytes that are no protobuf', async () => {
    const { status, message } = await rawCall({}, Buffer.from([0xff, 0xff, 0xff]), false);
    expect(status).toBe(String(StatusCode.INVALID_ARGUMENT));
    expect(decodeURIComponent(message)).toMatch(/^the request of getSystemInfo is not valid protobuf/);
  });
});

describe('errors', () => {
  it('keep code, text and typed detail', async () => {
    answer = () =>
      Promise.reject(new RpcError(StatusCode.NOT_FOUND, 'no such thing: ü', [detail('NamespaceNotFoundFailure', { namespace: 'x' })]));
    const error = await failure(connection.workflow.getSystemInfo({}));
    expect(error).toMatchObject({ code: StatusCode.NOT_FOUND, message: 'no such thing: ü' });
    expect((error as RpcError).find('NamespaceNotFoundFailure')).toMatchObject({ namespace: 'x' });
  });

  it('nobody expected tell the caller nothing', async () => {
    answer = () => Promise.reject(new Error('secret inside'));
    const error = await failure(connection.workflow.getSystemInfo({}));
    expect(error).toMatchObject({ code: StatusCode.INTERNAL, message: 'an internal error occurred; it was logged by the server' });
    expect(unexpected).toHaveLength(1);
  });

  it('that quote half a character, or more than headers hold, still arrive', async () => {
    answer = () => Promise.reject(new RpcError(StatusCode.INVALID_ARGUMENT, `no such name: ${'💧'.slice(0, 1)}`));
    expect(await failure(connection.workflow.getSystemInfo({}))).toMatchObject({ message: 'no such name: \ufffd' });
    answer = () => Promise.reject(new RpcError(StatusCode.INVALID_ARGUMENT, 'x'.repeat(100_000)));
    expect(await failure(connection.workflow.getSystemInfo({}))).toMatchObject({ message: `${'x'.repeat(2000)}…` });
  });

  it('name the size of a message that is too large', async () => {
    const error = await failure(connection.workflow.describeNamespace({ namespace: 'x'.repeat(1100) }));
    expect(error).toMatchObject({ code: StatusCode.RESOURCE_EXHAUSTED, message: 'grpc: received message larger than max (1103 vs. 1000)' });
  });

  it('of a server that is not there', async () => {
    const nobody = connect({ address: '127.0.0.1:1' });
    await expect(nobody.ready(Date.now() + 300)).rejects.toMatchObject({ code: StatusCode.UNAVAILABLE });
    nobody.close();
  });
});
