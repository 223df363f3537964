/** The engine's HTTP side: is it alive, is it ready, how is it doing; and the console's api. */
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { HttpHandler } from '../gateway/gateway.ts';
import type { Metrics } from './metrics.ts';

export interface HttpOptions {
  readonly host: string;
  readonly port: number;
  readonly metrics: Metrics | undefined;
  readonly isReady: () => boolean;
  /** The console's api; without it nobody can act through this side. */
  readonly api: { readonly handle: HttpHandler /** Whether callers need not sign in. */; readonly isOpen: boolean } | undefined;
  /** The services as JSON. */
  readonly gateway?: { readonly handle: HttpHandler /** Whether callers need no credentials. */; readonly isOpen: boolean } | undefined;
}

export interface HttpSide {
  readonly port: number;
  close(): Promise<void>;
}

/** A site may point its own name at this machine, to act through a visitor's browser; the browser still says that name. */
const isThisMachine = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/** Throws when the address cannot be bound. */
export async function serveHttp(options: HttpOptions): Promise<HttpSide> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (path === '/healthz') text(response, 200, 'ok\n');
    else if (path === '/readyz') text(response, options.isReady() ? 200 : 503, options.isReady() ? 'ready\n' : 'not ready\n');
    else if (path === '/metrics' && options.metrics !== undefined) void sendMetrics(options.metrics, response);
    else if (path.startsWith('/trpc') && options.api !== undefined) {
      if (options.api.isOpen && !isThisMachine.test(request.headers.host ?? ''))
        text(response, 421, 'without sign-in the api answers under names of this machine only\n');
      else options.api.handle(request, response);
    } else if (path.startsWith('/api/') && options.gateway !== undefined) {
      if (request.headers.origin !== undefined) text(response, 403, 'this is for programs, not for pages\n');
      else if (options.gateway.isOpen && !isThisMachine.test(request.headers.host ?? ''))
        text(response, 421, 'without credentials this answers under names of this machine only\n');
      else options.gateway.handle(request, response);
    } else text(response, 404, 'not found\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : options.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Live pages hold streams that never end on their own.
        server.closeAllConnections();
      }),
  };
}

function text(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(body);
}

async function sendMetrics(metrics: Metrics, response: ServerResponse): Promise<void> {
  const body = await metrics.text();
  response.writeHead(200, { 'content-type': metrics.contentType }).end(body);
}
