/** The services over HTTP and JSON. One request is one call of the same service that the wire calls. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import type { Json } from '@tidemark/protocol/json-value';
import { fromJson, toJson } from '@tidemark/protocol/json';
import { JsonError, parseJson } from '@tidemark/protocol/json-value';
import { EncodedResponse } from '@tidemark/protocol/server';
import type { ServedService } from '@tidemark/protocol/server';
import { requestOf } from './request-fields.ts';
import type { Found } from './routes.ts';
import { createRoutes } from './routes.ts';
import { errorBody, httpStatusOf } from './status.ts';

export interface GatewayOptions {
  readonly services: readonly ServedService[];
  readonly requestBytesMax: number;
  /** Sees what went wrong without a status of its own; the caller is told only that something failed. */
  readonly onUnexpected: (error: unknown, method: string) => void;
  /** Called once per call, for metrics; `startedAt` as `performance.now()` says it. */
  readonly onEnd: (method: string, code: StatusCode, startedAt: number) => void;
}

export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => void;

/** How an answer is to be written; the protocol's own gateway takes these from the query or from the type that the caller accepts. */
interface Form {
  readonly isShort: boolean;
  readonly isPretty: boolean;
}

export function createGateway(options: GatewayOptions): HttpHandler {
  const routes = createRoutes(options.services);
  return (request, response) => {
    const [path = '/', search = ''] = (request.url ?? '/').split('?', 2);
    const query = new URLSearchParams(search);
    const form = formOf(request, query);
    const startedAt = performance.now();
    let name: string | undefined;
    const end = (code: StatusCode): void => {
      if (name !== undefined) options.onEnd(name, code, startedAt);
    };
    const answer = async (): Promise<void> => {
      const found = routes.find(request.method ?? 'GET', path);
      if (found === undefined) throw new RpcError(StatusCode.NOT_FOUND, 'there is no method at this path');
      if (found === 'wrong-verb') throw new RpcError(StatusCode.UNIMPLEMENTED, `there is no ${request.method} at this path`);
      name = found.method.name;
      const body = found.hasBody ? await readBody(request, options.requestBytesMax) : {};
      const answered = await call(found, { request, response, query, body }, form);
      end(StatusCode.OK);
      send(response, { status: 200, form, body: answered });
    };
    answer().catch((error: unknown) => {
      const isMalformed = error instanceof JsonError || error instanceof URIError;
      const known = isMalformed ? new RpcError(StatusCode.INVALID_ARGUMENT, error.message) : error;
      if (!(known instanceof RpcError)) options.onUnexpected(error, name ?? path);
      const told =
        known instanceof RpcError ? known : new RpcError(StatusCode.INTERNAL, 'the call failed inside the engine; its log says why');
      end(told.code);
      send(response, { status: httpStatusOf(told.code), form, body: errorBody(told) });
    });
  };
}

interface Incoming {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  readonly body: Json;
}

async function call({ method, service, fields }: Found, { request, response, query, body }: Incoming, { isShort }: Form): Promise<Json> {
  const message = fromJson(method.request, requestOf(method.request, { path: fields, query, body }));
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  // Through the codec, so that nothing reaches an operation which the wire could not have brought.
  const answer = await service.handle(method.request.decode(method.request.encode(message).finish()), {
    method,
    headers: headersOf(request),
    deadline: deadlineOf(request),
    signal: gone.signal,
    peer: request.socket.remoteAddress ?? '',
  });
  const bytes = answer instanceof EncodedResponse ? answer.bytes : method.response.encode(answer).finish();
  return toJson(method.response, method.response.decode(bytes), isShort);
}

function headersOf({ headers }: IncomingMessage): ReadonlyMap<string, string> {
  const own = Object.entries(headers).flatMap(([name, value]): [string, string][] => (typeof value === 'string' ? [[name, value]] : []));
  return new Map([['client-name', 'http'], ...own]);
}

const UNITS: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 0.001, n: 0.000_001 };

/** `grpc-timeout`, as gateways of this protocol take it; without one a call waits as long as it does by itself. */
function deadlineOf({ headers }: IncomingMessage): number {
  const given = headers['grpc-timeout'];
  if (given === undefined) return Infinity;
  const [, amount, unit] = /^(\d{1,8})([HMSmun])$/.exec(String(given)) ?? [];
  if (amount === undefined || unit === undefined)
    throw new RpcError(StatusCode.INVALID_ARGUMENT, 'grpc-timeout must be a number and a unit, as in 5S');
  return Date.now() + Number(amount) * (UNITS[unit] ?? 1);
}

/** Throws once the body is larger than `bytesMax`. */
async function readBody(request: IncomingMessage, bytesMax: number): Promise<Json> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bytesMax) throw new RpcError(StatusCode.RESOURCE_EXHAUSTED, `the body is larger than ${bytesMax} bytes`);
    chunks.push(chunk);
  }
  return size === 0 ? {} : parseJson(Buffer.concat(chunks).toString());
}

function formOf({ headers }: IncomingMessage, query: URLSearchParams): Form {
  const accepted = headers.accept ?? '';
  return {
    isShort: !query.has('noPayloadShorthand') && !accepted.includes('+no-payload-shorthand'),
    isPretty: query.has('pretty') || accepted.includes('+pretty'),
  };
}

function send(
  response: ServerResponse,
  { status, form, body }: { readonly status: number; readonly form: Form; readonly body: Json },
): void {
  if (response.headersSent || response.destroyed) return;
  const text = form.isPretty ? `${JSON.stringify(body, undefined, 2)}\n` : JSON.stringify(body);
  // A page of another site cannot read this, and no browser takes it for anything but data.
  response
    .writeHead(status, { 'content-type': 'application/json', 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' })
    .end(text);
}
