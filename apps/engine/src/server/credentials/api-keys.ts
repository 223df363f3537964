/** API keys: random texts of which only hashes are kept. A key is as long as its hash, so a plain SHA-256 cannot be guessed backwards. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Claims } from '../../frontend/claims.ts';
import { parsePermission, roles } from '../../frontend/claims.ts';
import type { Clock } from '../../kernel/ports.ts';
import { UsageError } from '../usage-error.ts';
import { readFlagJson } from './read-file.ts';

/** What a bearer token proves; nothing when it proves nothing. */
export type TokenVerifier = (token: string) => Promise<Claims | undefined>;

const permission = z
  .string()
  .refine((text) => parsePermission(text) !== undefined, `must be NAMESPACE:ROLE, where ROLE is one of ${roles.join(', ')}`);
const entrySchema = z.strictObject({
  name: z.string().min(1),
  /** Of the key's text, in hexadecimal digits. */
  sha256: z.string().regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hexadecimal digits'),
  permissions: z.array(permission).min(1),
  expiresAt: z.iso.datetime({ offset: true, message: 'must be a time such as 2030-01-31T00:00:00Z' }).optional(),
});
const fileSchema = z.array(entrySchema).min(1, 'must hold at least one key');

/** One key as the key file holds it. */
export type ApiKeyEntry = z.infer<typeof entrySchema>;

const hash = (key: string): Buffer => createHash('sha256').update(key, 'utf8').digest();

/** Throws a UsageError that names the entry and what is wrong with it. */
export async function loadApiKeys(path: string): Promise<readonly ApiKeyEntry[]> {
  const read = fileSchema.safeParse(await readFlagJson('--api-keys', path));
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new UsageError(`--api-keys ${path}: ${[...(issue?.path ?? [])].join('.') || 'the file'} ${issue?.message ?? 'is not valid'}`);
  }
  return read.data;
}

/** Accepts the keys of these entries until they expire. Every entry is compared, in constant time, whichever matches. */
export function apiKeyVerifier(entries: readonly ApiKeyEntry[], clock: Clock): TokenVerifier {
  const known = entries.map(({ name, sha256, permissions, expiresAt }) => ({
    hash: Buffer.from(sha256, 'hex'),
    expiresAt: expiresAt === undefined ? Infinity : Date.parse(expiresAt),
    claims: { subject: name, permissions: permissions.flatMap((text) => parsePermission(text) ?? []) } satisfies Claims,
  }));
  return (token) => {
    const shown = hash(token);
    let found: (typeof known)[number] | undefined;
    for (const one of known) if (timingSafeEqual(one.hash, shown)) found = one;
    return Promise.resolve(found !== undefined && clock.now() < found.expiresAt ? found.claims : undefined);
  };
}

const KEY_BYTES = 32;

/** A new key, and the entry to store for it; the key itself is in no file. */
export function createApiKey(about: Omit<ApiKeyEntry, 'sha256'>): { readonly key: string; readonly entry: ApiKeyEntry } {
  const key = `tmk_${randomBytes(KEY_BYTES).toString('base64url')}`;
  const { name, permissions, expiresAt } = about;
  const entry = { name, sha256: hash(key).toString('hex'), permissions, ...(expiresAt === undefined ? {} : { expiresAt }) };
  return { key, entry: entrySchema.parse(entry) };
}
