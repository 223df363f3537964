import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { StatusCode } from '@tidemark/protocol/errors';
import type { HttpOptions, HttpSide } from './http.ts';
import { serveHttp } from './http.ts';
import { createMetrics } from './metrics.ts';

let side: HttpSide | undefined;
afterEach(() => side?.close());

async function serve(options: Partial<HttpOptions> = {}): Promise<string> {
  side = await serveHttp({
    host: '127.0.0.1',
    port: 0,
    metrics: createMetrics(() => 7),
    isReady: () => true,
    api: { handle: (_request, response) => response.end('the api'), isOpen: true },
    ...options,
  });
  return `http://127.0.0.1:${side.port}`;
}

const get = async (url: string): Promise<[number, string]> => {
  const response = await fetch(url);
  return [response.status, await response.text()];
};

describe('the HTTP side', () => {
  it('is alive', async () => {
    expect(await get(`${await serve({ isReady: () => false })}/healthz`)).toEqual([200, 'ok\n']);
  });

  it('is ready when the engine is', async () => {
    let isReady = false;
    const url = await serve({ isReady: () => isReady });
    expect(await get(`${url}/readyz`)).toEqual([503, 'not ready\n']);
    isReady = true;
    expect(await get(`${url}/readyz?verbose`)).toEqual([200, 'ready\n']);
  });

  it('gives the measurements in the words of Prometheus', async () => {
    const metrics = createMetrics(() => 7);
    metrics.onCall('StartWorkflowExecution', StatusCode.OK, performance.now() - 30);
    metrics.onCall('StartWorkflowExecution', StatusCode.INVALID_ARGUMENT, performance.now());
    metrics.onCommit(12);
    const [status, text] = await get(`${await serve({ metrics })}/metrics`);
    expect(status).toBe(200);
    expect(text).toContain('tidemark_rpc_total{method="StartWorkflowExecution",code="OK"} 1');
    expect(text).toContain('tidemark_rpc_total{method="StartWorkflowExecution",code="INVALID_ARGUMENT"} 1');
    expect(text).toContain('tidemark_rpc_seconds_bucket{le="0.025",method="StartWorkflowExecution"} 1');
    expect(text).toContain('tidemark_rpc_seconds_count{method="StartWorkflowExecution"} 2');
    expect(text).toContain('tidemark_commit_transitions_sum 12');
    expect(text).toContain('tidemark_armed_runs 7');
  });

  it('has no measurements where there is no engine', async () => {
    expect(await get(`${await serve({ metrics: undefined })}/metrics`)).toEqual([404, 'not found\n']);
  });

  it('hands the api its calls and nothing else', async () => {
    const url = await serve();
    expect(await get(`${url}/trpc/system.info`)).toEqual([200, 'the api']);
    expect(await get(`${url}/`)).toEqual([404, 'not found\n']);
  });

  it.each([
    ['localhost', 200],
    ['127.0.0.1:7243', 200],
    ['[::1]:7243', 200],
    ['example.com', 421],
    ['localhost.example.com', 421],
    ['127.0.0.1.example.com:7243', 421],
  ])('answers calls of the api under the name "%s" with %d', async (host, status) => {
    const { port } = new URL(await serve());
    const answered = await new Promise<number | undefined>((resolve, reject) => {
      request({ host: '127.0.0.1', port, path: '/trpc/system.info', headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(answered).toBe(status);
  });

  it('says when its port is taken', async () => {
    const url = await serve();
    const options = { host: '127.0.0.1', port: Number(new URL(url).port), metrics: undefined, isReady: () => true, api: undefined };
    await expect(serveHttp(options)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('ends with streams still open', async () => {
    const url = await serve({ api: { handle: (_request, response) => response.writeHead(200).write('first'), isOpen: true } });
    const response = await fetch(`${url}/trpc/live`);
    await side?.close();
    side = undefined;
    await expect(response.text()).rejects.toThrow();
  });
});
