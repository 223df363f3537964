/** The whole server with real certificates and keys, over loopback: who is served and who is not. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectOptions, TlsOptions } from '@tidemark/protocol/client';
import { connect } from '@tidemark/protocol/client';
import { RpcError, statusName } from '@tidemark/protocol/errors';
import { generate } from 'selfsigned';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AuditList } from '../api/audit/list.ts';
import type { CurrentSession } from '../api/session/current.ts';
import { parseServerConfig } from './config.ts';
import { createKey } from './create-key.ts';
import type { Running } from './start-dev.ts';
import { startDev } from './start-dev.ts';

interface Issued {
  readonly cert: string;
  readonly key: string;
}

let folder: string;
let authority: Issued;
let stranger: Issued;
let server: Issued;
let client: Issued;

async function issue(name: string, ca?: Issued): Promise<Issued> {
  const issued = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions:
      ca === undefined
        ? [
            { name: 'basicConstraints', cA: true },
            { name: 'keyUsage', keyCertSign: true },
          ]
        : [
            { name: 'basicConstraints', cA: false },
            { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
            {
              name: 'subjectAltName',
              altNames: [
                { type: 2, value: 'localhost' },
                { type: 7, ip: '127.0.0.1' },
              ],
            },
          ],
    ...(ca === undefined ? {} : { ca }),
  });
  return { cert: issued.cert, key: issued.private };
}

const file = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-security-'));
  authority = await issue('the authority');
  stranger = await issue('another authority');
  server = await issue('server', authority);
  client = await issue('client', authority);
});
afterAll(() => rm(folder, { recursive: true }));

let running: Running | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

interface Addresses {
  readonly grpc: string;
  readonly http: string;
}

async function start(...flags: string[]): Promise<Addresses> {
  const lines: string[] = [];
  const args = ['--port', '0', '--headless', '--log-level', 'never', ...flags];
  running = await startDev(parseServerConfig(args), (line) => lines.push(line));
  const said = (pattern: RegExp): string => lines.map((line) => pattern.exec(line)?.[1]).find((found) => found !== undefined) ?? '';
  return { grpc: said(/^gRPC +(\S+)/), http: said(/^HTTP +(\S+)/) };
}

const serverFlags = async (): Promise<string[]> => [
  '--tls-cert',
  await file('server.pem', server.cert),
  '--tls-key',
  await file('server.key', server.key),
];

const CALL_MS = 3000;

/** How a call ends for a client with these options, by the name of its status. */
async function outcome(options: ConnectOptions, call: 'system' | 'count' | 'health' = 'system'): Promise<string> {
  const connection = connect(options);
  const deadline = { deadline: Date.now() + CALL_MS };
  try {
    if (call === 'system') await connection.workflow.getSystemInfo({}, deadline);
    else if (call === 'health') await connection.health.check({}, deadline);
    else await connection.workflow.countWorkflowExecutions({ namespace: 'default' }, deadline);
    return 'OK';
  } catch (error) {
    return error instanceof RpcError ? statusName(error.code) : String(error);
  } finally {
    connection.close();
  }
}

const trusting = (ca: Issued, own?: Issued): TlsOptions => ({
  serverRootCaCert: Buffer.from(ca.cert),
  ...(own === undefined ? {} : { clientCert: Buffer.from(own.cert), clientPrivateKey: Buffer.from(own.key) }),
});
const refused = expect.stringMatching(/^(UNAVAILABLE|DEADLINE_EXCEEDED)$/) as string;

describe('TLS', () => {
  it('serves who trusts the certificate, and nobody in the clear', async () => {
    const { grpc } = await start(...(await serverFlags()));
    expect(await outcome({ address: grpc, tls: trusting(authority) })).toBe('OK');
    expect(await outcome({ address: grpc })).toEqual(refused);
    expect(await outcome({ address: grpc, tls: trusting(stranger) })).toEqual(refused);
  });

  it('with an authority serves only clients that it signed', async () => {
    const { grpc } = await start(...(await serverFlags()), '--tls-client-ca', await file('ca.pem', authority.cert));
    expect(await outcome({ address: grpc, tls: trusting(authority, client) })).toBe('OK');
    expect(await outcome({ address: grpc, tls: trusting(authority) })).toEqual(refused);
    expect(await outcome({ address: grpc, tls: trusting(authority, await issue('impostor', stranger)) })).toEqual(refused);
    expect(await outcome({ address: grpc })).toEqual(refused);
  });

  it.each([
    ['a missing file', async () => ['--tls-cert', join(folder, 'none.pem'), '--tls-key', 'x'], /^--tls-cert .* there is no such file$/],
    [
      'no certificate',
      async () => ['--tls-cert', await file('bad.pem', 'x'), '--tls-key', await file('s.key', server.key)],
      /^--tls-cert .* holds no/,
    ],
    [
      'no key',
      async () => ['--tls-cert', await file('s.pem', server.cert), '--tls-key', await file('b.key', 'x')],
      /^--tls-key .* holds no private/,
    ],
    [
      'the key of another certificate',
      async () => ['--tls-cert', await file('s.pem', server.cert), '--tls-key', await file('c.key', client.key)],
      /^--tls-key .* is not the key of the certificate in --tls-cert/,
    ],
    [
      'no authority',
      async () => [...(await serverFlags()), '--tls-client-ca', await file('b.pem', 'x')],
      /^--tls-client-ca .* holds no certificate/,
    ],
  ] as const)('refuses %s in one sentence', async (_what, flags, sentence) => {
    await expect(start(...(await flags()))).rejects.toThrow(sentence);
  });
});

describe('API keys', () => {
  const lines: string[] = [];
  let flags: readonly string[];
  let key: string;
  beforeAll(async () => {
    createKey(['--name', 'reader', '--permission', 'default:read'], (line) => lines.push(line));
    key = lines[1] ?? '';
    flags = ['--api-keys', await file('keys.json', `[${lines[3]}]`)];
  });

  it('are told once and kept as hashes', () => {
    expect(key).toMatch(/^tmk_[\w-]{43}$/);
    expect(lines[3]).toContain(createHash('sha256').update(key).digest('hex'));
    expect(lines[3]).not.toContain(key);
  });

  it('open what they permit; health and what the server is stay open', async () => {
    const { grpc: address } = await start(...flags);
    expect(await outcome({ address, apiKey: key }, 'count')).toBe('OK');
    expect(await outcome({ address }, 'count')).toBe('UNAUTHENTICATED');
    expect(await outcome({ address, apiKey: `${key}x` }, 'count')).toBe('UNAUTHENTICATED');
    expect(await outcome({ address }, 'health')).toBe('OK');
    expect(await outcome({ address }, 'system')).toBe('OK');
  });

  it('go together with TLS', async () => {
    const { grpc: address } = await start(...flags, ...(await serverFlags()));
    expect(await outcome({ address, apiKey: key, tls: trusting(authority) }, 'count')).toBe('OK');
    expect(await outcome({ address, tls: trusting(authority) }, 'count')).toBe('UNAUTHENTICATED');
  });

  const ofConsole = (http: string, path: string, about: object, cookie = ''): Promise<Response> =>
    fetch(`${http}/trpc/${path}?input=${encodeURIComponent(JSON.stringify(about))}`, { headers: { cookie } });
  const input = { namespace: 'default' };

  it('leave no way around through the console', async () => {
    const { http } = await start(...flags);
    expect((await ofConsole(http, 'workflow.count', input)).status).toBe(401);
    expect((await fetch(`${http}/healthz`)).status).toBe(200);
  });

  describe('sign people in to the console', () => {
    const ask = (http: string, path: string, { cookie = '', body, token }: { cookie?: string; body?: object; token?: string } = {}) =>
      fetch(`${http}/trpc/${path}${body ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`}`, {
        ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
        headers: { cookie, 'content-type': 'application/json', ...(token === undefined ? {} : { 'x-tidemark-write-token': token }) },
      });
    const signIn = async (http: string, credential: string) => {
      const response = await ask(http, 'session.signIn', { body: { credential } });
      return { status: response.status, setCookie: response.headers.get('set-cookie') ?? '' };
    };
    const dataOf = async <Data>(response: Response): Promise<Data> => ((await response.json()) as { result: { data: Data } }).result.data;

    it('and serve each with their own rights, until they go', async () => {
      const { http } = await start(...flags);
      expect((await signIn(http, `${key}x`)).status).toBe(401);
      const { status, setCookie } = await signIn(http, key);
      expect(status).toBe(200);
      expect(setCookie).toMatch(/^tidemark_session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/);
      expect(setCookie).not.toContain(key);
      const cookie = setCookie.split(';')[0] ?? '';
      expect((await ask(http, 'workflow.count', { cookie })).status).toBe(200);
      expect((await ofConsole(http, 'workflow.count', { namespace: 'other' }, cookie)).status).toBe(403);
      const session = await dataOf<CurrentSession>(await ask(http, 'session.current', { cookie }));
      expect(session).toMatchObject({ isAsked: true, subject: 'reader', may: { write: false, administerCluster: false } });
      expect((await ask(http, 'session.signOut', { cookie, body: {}, token: session.writeToken })).status).toBe(200);
      expect((await ask(http, 'workflow.count', { cookie })).status).toBe(401);
    });

    it('take writes from pages of the console alone, and put each into the audit', async () => {
      const { http } = await start(...flags);
      const cookie = (await signIn(http, key)).setCookie.split(';')[0] ?? '';
      const { writeToken: token } = await dataOf<CurrentSession>(await ask(http, 'session.current', { cookie }));
      const body = { namespace: 'default', workflowId: 'order-1', reason: 'wrong price' };
      const outside = await ask(http, 'workflow.terminate', { cookie, body });
      expect(outside.status).toBe(403);
      expect(await outside.text()).toContain('opened before somebody signed in');
      const refused = await ask(http, 'workflow.terminate', { cookie, body, token });
      expect(await refused.text()).toContain('terminateWorkflowExecution needs the role write');
      const { entries, isKept } = await dataOf<AuditList>(await ask(http, 'audit.list', { cookie }));
      expect(entries).toMatchObject([
        { who: 'reader', action: 'workflow.terminate', namespace: 'default', workflowId: 'order-1', why: 'wrong price', outcome: 'failed' },
      ]);
      expect(isKept).toBe(true);
      expect((await ask(http, 'audit.list')).status).toBe(401);
      expect((await ofConsole(http, 'audit.list', { namespace: 'other' }, cookie)).status).toBe(403);
      expect((await ofConsole(http, 'audit.list', { namespace: '' }, cookie)).status).toBe(403);
    });
  });

  it('make views personal, and leave the views of the team to writers', async () => {
    const { http } = await start(...flags);
    const begun = await fetch(`${http}/trpc/session.signIn`, {
      method: 'POST',
      body: JSON.stringify({ credential: key }),
      headers: { 'content-type': 'application/json' },
    });
    const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
    const dataOf = async (path: string): Promise<unknown> =>
      ((await (await ofConsole(http, path, input, cookie)).json()) as { result: { data: unknown } }).result.data;
    const { writeToken } = (await dataOf('session.current')) as CurrentSession;
    const save = (view: object) =>
      fetch(`${http}/trpc/view.save`, {
        method: 'POST',
        body: JSON.stringify({ ...input, search: 'status=Failed', ...view }),
        headers: { cookie, 'content-type': 'application/json', 'x-tidemark-write-token': writeToken },
      });
    expect((await save({ scope: 'personal', name: 'Mine' })).status).toBe(200);
    expect((await save({ scope: 'personal', name: 'Mine' })).status).toBe(409);
    expect(await (await save({ scope: 'team', name: 'Ours' })).text()).toContain('changed with the role write');
    expect(await dataOf('view.list')).toMatchObject({
      team: [],
      personal: [{ name: 'Mine', search: 'status=Failed', changedBy: 'reader' }],
    });
    expect((await ofConsole(http, 'view.list', { namespace: 'other' }, cookie)).status).toBe(403);
  });

  it('let the console do what its own key permits', async () => {
    const { http } = await start(...flags, '--ui-api-key', key);
    expect((await ofConsole(http, 'workflow.count', input)).status).toBe(200);
    expect((await ofConsole(http, 'workflow.count', { namespace: 'other' })).status).toBe(403);
  });

  it('that the console is given must be of this server', async () => {
    await expect(start(...flags, '--ui-api-key', 'nonsense')).rejects.toThrow(/^--ui-api-key is no key or JWT that this server accepts$/);
  });
});
