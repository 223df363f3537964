import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JWTPayload } from 'jose';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { JwtConfig } from './jwt.ts';
import { loadJwtVerifier } from './jwt.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-jwt-'));
});
afterAll(() => rm(folder, { recursive: true }));

const now = Date.parse('2030-01-01T00:00:00Z');
let sinceNow = 0;
const clock = { now: () => now + sinceNow };
afterEach(() => {
  sinceNow = 0;
});
const seconds = now / 1000;
const HOUR = 3600;
const payload = { sub: 'ann', permissions: ['orders:write', 'temporal-system:read'], exp: seconds + HOUR };
const claims = {
  subject: 'ann',
  permissions: [
    { scope: { kind: 'namespace', name: 'orders' }, role: 'write' },
    { scope: { kind: 'cluster' }, role: 'read' },
  ],
};

const secret = Buffer.from(randomBytes(32).toString('hex'));
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();
const jwk = (key: KeyObject, kid: string) => ({ ...key.export({ format: 'jwk' }), kid });

interface Signed {
  readonly alg: string;
  readonly key: KeyObject | Uint8Array;
  readonly kid?: string;
}
const sign = (claimed: JWTPayload, { alg, key, kid }: Signed): Promise<string> =>
  new SignJWT(claimed).setProtectedHeader({ alg, ...(kid === undefined ? {} : { kid }) }).sign(key);

async function verifier(kind: JwtConfig['kind'], text: string | Uint8Array, named: Partial<JwtConfig> = {}) {
  const file = join(folder, `${kind}-${randomBytes(4).toString('hex')}`);
  await writeFile(file, text);
  return await loadJwtVerifier({ kind, file, issuer: undefined, audience: undefined, ...named }, clock);
}

const shared = { alg: 'HS256', key: secret };
const withRsa = { alg: 'RS256', key: rsa.privateKey };
const withEc = { alg: 'ES256', key: ec.privateKey };

describe('a token', () => {
  it('signed with the secret proves its permissions; the newline that ends the file is not part of it', async () => {
    const text = 'a secret of more than thirty-two bytes';
    const verify = await verifier('secret', `${text}\n`);
    expect(await verify(await sign(payload, { alg: 'HS256', key: Buffer.from(text) }))).toEqual(claims);
  });

  it.each([
    ['RSA', rsa, withRsa],
    ['EC', ec, withEc],
  ] as const)('signed with the private half of an %s key proves its permissions', async (_name, pair, signed) => {
    const verify = await verifier('public-key', pem(pair.publicKey));
    expect(await verify(await sign(payload, signed))).toEqual(claims);
  });

  it('signed with a key of the key set proves its permissions', async () => {
    const verify = await verifier('jwks', JSON.stringify({ keys: [jwk(rsa.publicKey, 'r'), jwk(ec.publicKey, 'e')] }));
    expect(await verify(await sign(payload, { ...withRsa, kid: 'r' }))).toEqual(claims);
    expect(await verify(await sign(payload, { ...withEc, kid: 'e' }))).toEqual(claims);
    expect(await verify(await sign(payload, { ...withEc, kid: 'other' }))).toBeUndefined();
  });

  it('without permissions in our words allows nothing', async () => {
    const verify = await verifier('secret', secret);
    const allowed = async (permissions: unknown) =>
      (await verify(await sign({ sub: 'ann', exp: payload.exp, permissions }, shared)))?.permissions;
    expect(await allowed(undefined)).toEqual([]);
    expect(await allowed('orders:admin')).toEqual([]);
    expect(await allowed(['orders', ':admin', 'orders:', 'orders:owner', 7, null, { orders: 'admin' }])).toEqual([]);
  });
});

describe('a token that was good before', () => {
  it('is good again until it expires, and not a moment longer than the tolerance', async () => {
    const verify = await verifier('secret', secret);
    const token = await sign(payload, shared);
    expect(await verify(token)).toEqual(claims);
    sinceNow = HOUR * 1000 - 1;
    expect(await verify(token)).toEqual(claims);
    sinceNow = (HOUR + 6) * 1000;
    expect(await verify(token)).toBeUndefined();
    expect(await verify(token)).toBeUndefined();
  });
});

describe('a token proves nothing', () => {
  const bad: readonly (readonly [string, () => Promise<string>])[] = [
    ['when it has expired', () => sign({ ...payload, exp: seconds - HOUR }, shared)],
    ['when it never expires', () => sign({ sub: 'ann', permissions: payload.permissions }, shared)],
    ['before its time', () => sign({ ...payload, nbf: seconds + HOUR }, shared)],
    ['when it is signed with another secret', () => sign(payload, { alg: 'HS256', key: randomBytes(32) })],
    ['when it is signed with another algorithm of the same key', () => sign(payload, { alg: 'HS384', key: randomBytes(48) })],
    ['when it is signed with a key pair', () => sign(payload, withRsa)],
    ['when it is not signed', () => Promise.resolve(new UnsecuredJWT(payload).encode())],
    ['when it is no token', () => Promise.resolve('a.b.c')],
    ['when it is cut', async () => (await sign(payload, shared)).slice(0, -4)],
  ];
  it.each(bad)('%s', async (_why, token) => {
    const verify = await verifier('secret', secret);
    expect(await verify(await sign(payload, shared))).toEqual(claims);
    expect(await verify(await token())).toBeUndefined();
  });

  it('when its permissions were changed after it was signed', async () => {
    const verify = await verifier('secret', secret);
    const [header, , signature] = (await sign(payload, shared)).split('.');
    const more = Buffer.from(JSON.stringify({ ...payload, permissions: ['*:admin'] })).toString('base64url');
    expect(await verify([header, more, signature].join('.'))).toBeUndefined();
  });

  it('when the public key is used as a secret', async () => {
    const text = pem(rsa.publicKey);
    const verify = await verifier('public-key', text);
    expect(await verify(await sign(payload, { alg: 'HS256', key: Buffer.from(text) }))).toBeUndefined();
    const verifyOfSet = await verifier('jwks', JSON.stringify({ keys: [jwk(rsa.publicKey, 'r')] }));
    expect(await verifyOfSet(await sign(payload, { alg: 'HS256', key: Buffer.from(text), kid: 'r' }))).toBeUndefined();
  });

  it('when it is signed with the right key by another algorithm', async () => {
    const verify = await verifier('public-key', pem(rsa.publicKey));
    expect(await verify(await sign(payload, { alg: 'PS256', key: rsa.privateKey }))).toBeUndefined();
    expect(await verify(await sign(payload, { alg: 'RS512', key: rsa.privateKey }))).toBeUndefined();
  });

  it('when it is of another issuer or for another audience', async () => {
    const verify = await verifier('secret', secret, { issuer: 'us', audience: 'tidemark' });
    expect(await verify(await sign({ ...payload, iss: 'us', aud: 'tidemark' }, shared))).toEqual(claims);
    expect(await verify(await sign({ ...payload, iss: 'them', aud: 'tidemark' }, shared))).toBeUndefined();
    expect(await verify(await sign({ ...payload, iss: 'us', aud: 'others' }, shared))).toBeUndefined();
    expect(await verify(await sign(payload, shared))).toBeUndefined();
  });
});

describe('a key that may not be used is refused before anything listens', () => {
  const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
  const otherCurve = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey;
  const privatePem = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  it.each([
    ['secret', 'short\n', /^--jwt-secret .* must hold at least 32 bytes$/],
    ['public-key', 'nonsense', /holds no public key in PEM form$/],
    ['public-key', privatePem, /holds a private key; give the public one$/],
    ['public-key', pem(small), /must hold RSA keys of at least 2048 bits or EC keys of the curve P-256/],
    ['public-key', pem(otherCurve), /must hold RSA keys/],
    ['jwks', 'nonsense', /is not valid JSON$/],
    ['jwks', '{}', /is no key set/],
    ['jwks', JSON.stringify({ keys: [] }), /is no key set/],
    ['jwks', JSON.stringify({ keys: [{ kty: 'oct', k: secret.toString('base64url') }] }), /holds a key that is no public key$/],
    ['jwks', JSON.stringify({ keys: [jwk(rsa.privateKey, 'r')] }), /holds a private key/],
    ['jwks', JSON.stringify({ keys: [jwk(otherCurve, 'o')] }), /must hold RSA keys/],
  ] as const)('%s %#', async (kind, text, sentence) => {
    await expect(verifier(kind, text)).rejects.toThrow(sentence);
  });
});
