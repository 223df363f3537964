/** Forwards the browser's calls to the api, so that the browser talks to the console's origin only. Streams pass through as they come. */
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/** Where the api listens, as this server reaches it. */
export const apiUrl = (): string => process.env['TIDEMARK_API_URL'] ?? 'http://127.0.0.1:7243/trpc';
const PASSED = ['content-type', 'accept', 'last-event-id', 'trpc-accept', 'cookie', 'x-tidemark-write-token'] as const;
const BODY_MAX = 4 * 1024 * 1024;

export async function forward(request: Request, path: readonly string[]): Promise<Response> {
  const source = new URL(request.url);
  const target = new URL(`${apiUrl()}/${path.map(encodeURIComponent).join('/')}${source.search}`);
  if (!isSameOrigin(request)) return failure(403, 'FORBIDDEN', 'This call came from another site.');
  const body = request.method === 'GET' ? undefined : new Uint8Array(await request.arrayBuffer());
  if (body !== undefined && body.length > BODY_MAX) return failure(413, 'PAYLOAD_TOO_LARGE', 'The input is larger than 4 MB.');
  try {
    const answer = await send(target, request, body);
    const type = answer.headers['content-type'] ?? 'application/json';
    const headers = new Headers({
      'content-type': type,
      // Answers are compressed on their way; what is streamed has to arrive piece by piece.
      'cache-control': type.startsWith('application/json') ? 'no-store' : 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    for (const cookie of answer.headers['set-cookie'] ?? []) headers.append('set-cookie', cookie);
    return new Response(Readable.toWeb(answer) as ReadableStream<Uint8Array>, { status: answer.statusCode ?? 502, headers });
  } catch {
    return failure(503, 'SERVICE_UNAVAILABLE', `Nothing listens at ${target.host}.`);
  }
}

/** `fetch` would end a silent stream after five minutes and pools connections that streams then occupy. */
function send(target: URL, request: Request, body: Uint8Array | undefined): Promise<IncomingMessage> {
  // Whether a cookie may travel in the clear is decided by how the browser came here.
  const headers: Record<string, string> = {
    'x-forwarded-proto': request.headers.get('x-forwarded-proto') ?? new URL(request.url).protocol.replace(':', ''),
  };
  for (const name of PASSED) {
    const value = request.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  return new Promise((resolve, reject) => {
    const call = (target.protocol === 'https:' ? secure : plain)(
      target,
      { method: request.method, headers, agent: false, signal: request.signal },
      resolve,
    );
    call.once('error', reject);
    call.end(body);
  });
}

/** Browsers send `Origin` with every call that writes. Another site's page must not be able to write here. */
function isSameOrigin(request: Request): boolean {
  const origin = request.headers.get('origin');
  return origin === null || new URL(origin).host === request.headers.get('host');
}

function failure(status: number, code: string, message: string): Response {
  return Response.json({ error: { message, code: -32603, data: { code, httpStatus: status } } }, { status });
}
