/** JSON Web Tokens that somebody else issues: their signature, their time, and the permissions they claim. */
import type { KeyObject } from 'node:crypto';
import { createHash, createPublicKey } from 'node:crypto';
import type { JSONWebKeySet, JWTPayload, JWTVerifyGetKey } from 'jose';
import { createLocalJWKSet, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Claims } from '../../frontend/claims.ts';
import { parsePermission } from '../../frontend/claims.ts';
import type { Clock, Instant } from '../../kernel/ports.ts';
import { UsageError } from '../usage-error.ts';
import type { TokenVerifier } from './api-keys.ts';
import { readFlagFile, readFlagJson } from './read-file.ts';

export interface JwtConfig {
  /** Which of `--jwt-secret`, `--jwt-public-key` and `--jwt-jwks` names the file. */
  readonly kind: 'secret' | 'public-key' | 'jwks';
  readonly file: string;
  readonly issuer: string | undefined;
  readonly audience: string | undefined;
}

interface Keys {
  readonly get: JWTVerifyGetKey;
  /** The only algorithms believed; what a token says of itself is not asked. */
  readonly algorithms: readonly string[];
}

const SECRET_BYTES_MIN = 32;
const RSA_BITS_MIN = 2048;
const CLOCK_TOLERANCE_S = 5;
/** Tokens remembered as good; workers show the same one with every call, and checking a signature costs more than most calls. */
const REMEMBERED_MAX = 1000;

/** Throws a UsageError when the file holds no key that may be used. */
export async function loadJwtVerifier(config: JwtConfig, clock: Clock): Promise<TokenVerifier> {
  const { get, algorithms } = await loadKeys(config);
  const fixed = {
    algorithms: [...algorithms],
    // A token that never ends could never be taken back.
    requiredClaims: ['exp'],
    clockTolerance: CLOCK_TOLERANCE_S,
    ...(config.issuer === undefined ? {} : { issuer: config.issuer }),
    ...(config.audience === undefined ? {} : { audience: config.audience }),
  };
  const remembered = new Map<string, { readonly claims: Claims; readonly until: Instant }>();
  return async (token) => {
    const mark = createHash('sha256').update(token).digest('base64');
    const known = remembered.get(mark);
    if (known !== undefined && clock.now() < known.until) return known.claims;
    remembered.delete(mark);
    try {
      const { payload } = await jwtVerify(token, get, { ...fixed, currentDate: new Date(clock.now()) });
      const claims = claimsOf(payload);
      remembered.set(mark, { claims, until: (payload.exp ?? 0) * 1000 });
      const oldest = remembered.size > REMEMBERED_MAX ? remembered.keys().next().value : undefined;
      if (oldest !== undefined) remembered.delete(oldest);
      return claims;
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  };
}

/** What is no permission in our words allows nothing: other services may share the token. */
function claimsOf(payload: JWTPayload): Claims {
  const claimed: unknown = payload['permissions'];
  const texts: readonly unknown[] = Array.isArray(claimed) ? claimed : [];
  const permissions = texts.flatMap((text) => (typeof text === 'string' ? (parsePermission(text) ?? []) : []));
  return { subject: payload.sub ?? 'jwt', permissions };
}

async function loadKeys({ kind, file }: JwtConfig): Promise<Keys> {
  const flag = `--jwt-${kind}`;
  switch (kind) {
    case 'secret': {
      const secret = withoutNewline(await readFlagFile(flag, file));
      if (secret.byteLength < SECRET_BYTES_MIN) throw new UsageError(`${flag} ${file} must hold at least ${SECRET_BYTES_MIN} bytes`);
      return { get: () => secret, algorithms: ['HS256'] };
    }
    case 'public-key': {
      const key = publicKeyOf(flag, file, await readFlagFile(flag, file));
      return { get: () => key, algorithms: [algorithmOf(`${flag} ${file}`, key)] };
    }
    case 'jwks':
      return await loadKeySet(flag, file);
  }
}

/** Editors end a file with a newline that nobody means to be part of the secret. */
function withoutNewline(bytes: Buffer): Uint8Array {
  let end = bytes.byteLength;
  while (end > 0 && (bytes[end - 1] === 0x0a || bytes[end - 1] === 0x0d)) end -= 1;
  return new Uint8Array(bytes.subarray(0, end));
}

function publicKeyOf(flag: string, file: string, pem: Buffer): KeyObject {
  // Node would derive the public half, and the private one would lie on a machine that only checks.
  if (pem.includes('PRIVATE KEY')) throw new UsageError(`${flag} ${file} holds a private key; give the public one`);
  try {
    return createPublicKey(pem);
  } catch {
    throw new UsageError(`${flag} ${file} holds no public key in PEM form`);
  }
}

function algorithmOf(where: string, key: KeyObject): string {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === 'rsa' && (details?.modulusLength ?? 0) >= RSA_BITS_MIN) return 'RS256';
  if (type === 'ec' && details?.namedCurve === 'prime256v1') return 'ES256';
  throw new UsageError(`${where} must hold RSA keys of at least ${RSA_BITS_MIN} bits or EC keys of the curve P-256, for RS256 or ES256`);
}

const keySetSchema = z.looseObject({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) });

async function loadKeySet(flag: string, file: string): Promise<Keys> {
  const read = keySetSchema.safeParse(await readFlagJson(flag, file));
  if (!read.success) throw new UsageError(`${flag} ${file} is no key set: it must be {"keys": [...]} with at least one key`);
  for (const jwk of read.data.keys) {
    if ('d' in jwk) throw new UsageError(`${flag} ${file} holds a private key; give the public ones`);
    algorithmOf(`${flag} ${file}`, keyOfJwk(flag, file, jwk));
  }
  const keySet: JSONWebKeySet = read.data;
  return { get: createLocalJWKSet(keySet), algorithms: ['RS256', 'ES256'] };
}

function keyOfJwk(flag: string, file: string, jwk: z.infer<typeof keySetSchema>['keys'][number]): KeyObject {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    throw new UsageError(`${flag} ${file} holds a key that is no public key`);
  }
}
