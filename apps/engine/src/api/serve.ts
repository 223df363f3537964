import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Api } from './root.ts';

export interface Served {
  /** `http://127.0.0.1:7243/trpc`: what the console is told. */
  readonly url: string;
  close(): Promise<void>;
}

/** Mounts the api on an http server of its own. Port 0 takes any free one. */
export async function serveApi({ api, host = '127.0.0.1', port }: { api: Api; host?: string; port: number }): Promise<Served> {
  const server = createServer((request, response) => {
    if (request.url === '/health') {
      response.writeHead(200, { 'content-type': 'text/plain' }).end('ok\n');
      return;
    }
    api.handler(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const bound = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}/trpc`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Streams never end on their own.
        server.closeAllConnections();
      }),
  };
}
